"""What EPUB and web page say of their own accessibility, held against what is in them."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.formats.conftest import EDITIONS, Published

PICTURES = {
    "en": "Every picture has a text alternative.",
    "ja": "すべての図版に代替テキストがあります。",
}
PAGES = {"en": "The page numbers are those of the PDF.", "ja": "ページ番号はPDF版と同じです。"}
UNCERTIFIED = {"en": "nobody has certified that it does.", "ja": "適合の認証は受けていません。"}

each_edition = pytest.mark.parametrize("edition", EDITIONS)
each_format = pytest.mark.parametrize("format_name", ["epub", "html"])

Said = dict[str, list[str]]


def said_by(file: Path) -> Said:
    """The properties that a file has, and their values; sets of modes as texts with commas."""
    return (_said_by_package if file.suffix == ".epub" else _said_by_page)(file)


def _said_by_package(file: Path) -> Said:
    said: Said = {}
    with zipfile.ZipFile(file) as container:
        package = ET.fromstring(container.read("EPUB/content.opf"))
    for meta in package.iter("{http://www.idpf.org/2007/opf}meta"):
        prefix, _, name = meta.get("property", "").rpartition(":")
        if prefix == "schema":
            said.setdefault(name, []).append(str(meta.text))
    return said


def _said_by_page(file: Path) -> Said:
    script = re.search(r"<script[^>]*>(.*?)</script>", file.read_text("utf-8"), re.DOTALL)
    assert script is not None
    data: dict[str, Any] = json.loads(script[1])
    return {
        **{name: data[name] for name in ("accessMode", "accessibilityFeature")},
        "accessModeSufficient": [
            ",".join(each["itemListElement"]) for each in data["accessModeSufficient"]
        ],
        "accessibilityHazard": data["accessibilityHazard"],
        "accessibilitySummary": [data["accessibilitySummary"]],
    }


def markup_of(file: Path) -> str:
    """All markup of a file, without what is for machines."""
    if file.suffix == ".epub":
        with zipfile.ZipFile(file) as container:
            names = [name for name in container.namelist() if name.endswith(".xhtml")]
            return "\n".join(container.read(name).decode() for name in names)
    return re.sub(r"<(style|script).*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)


@each_format
@each_edition
def test_the_modes_are_those_that_it_needs(
    published: Published, edition: str, format_name: str
) -> None:
    file = published(edition, format_name)
    visual = ["visual"] if "<img" in markup_of(file) else []
    assert said_by(file)["accessMode"] == ["textual", *visual]
    both = ["textual,visual"] if visual else []
    assert said_by(file)["accessModeSufficient"] == ["textual", *both]
    assert said_by(file)["accessibilityHazard"] == ["none"]


@each_format
@each_edition
def test_the_features_are_those_that_it_has(
    published: Published, edition: str, format_name: str
) -> None:
    file = published(edition, format_name)
    markup = markup_of(file)
    there = {
        "tableOfContents": 'role="doc-toc"' in markup,
        "structuralNavigation": "<h2" in markup,
        "readingOrder": True,
        "displayTransformability": True,
        "alternativeText": "<img" in markup,
        "index": 'class="index"' in markup,
        "pageBreakMarkers": 'class="page-break"' in markup,
        "pageNavigation": 'role="doc-pagelist"' in markup,
    }
    features = said_by(file)["accessibilityFeature"]
    assert sorted(features) == sorted(name for name, is_there in there.items() if is_there)


@each_format
@each_edition
def test_the_summary_says_so_in_its_language(
    published: Published, edition: str, format_name: str
) -> None:
    file = published(edition, format_name)
    markup, language = markup_of(file), edition.partition(".")[2]
    (summary,) = said_by(file)["accessibilitySummary"]
    assert (PICTURES[language] in summary) is ("<img" in markup)
    assert (PAGES[language] in summary) is ('class="page-break"' in markup)
    assert summary.endswith(UNCERTIFIED[language])


@each_edition
def test_what_nobody_has_evaluated_is_not_claimed(published: Published, edition: str) -> None:
    with zipfile.ZipFile(published(edition, "epub")) as container:
        package = container.read("EPUB/content.opf").decode()
    assert "conformsTo" not in package
    assert "certif" not in package.replace(UNCERTIFIED["en"], "")


@each_format
@each_edition
def test_a_narrow_screen_leaves_tables_tables(
    published: Published, edition: str, format_name: str
) -> None:
    """Only cells change their display: some assistive technology knows tables by their layout."""
    file = published(edition, format_name)
    if format_name == "epub":
        with zipfile.ZipFile(file) as container:
            css = container.read("EPUB/style.css").decode()
    else:
        css = "".join(re.findall(r"<style>(.*?)</style>", file.read_text("utf-8"), re.DOTALL))
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    stacked = [
        selector.split()[-1]
        for selectors, declarations in rules
        if re.search(r"(?<![\w-])(display|position|float)\s*:", declarations)
        for selector in selectors.split(",")
    ]
    assert "th" in stacked, "cells are stacked"
    assert not {"table", "caption", "thead", "tbody", "tr"} & set(stacked)
