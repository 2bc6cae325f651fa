"""The web page: one file that needs no other, for people and for machines."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Briefpress
from tests.formats.conftest import EDITIONS, Published

LOCALES = {"en": "en-GB", "ja": "ja-JP"}

each_edition = pytest.mark.parametrize("edition", EDITIONS)

Element = tuple[str, dict[str, str]]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.texts: dict[str, str] = {}
        self._current = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._current = tag
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts[self._current] = self.texts.get(self._current, "") + data


def parsed(file: Path) -> _Elements:
    parser = _Elements()
    parser.feed(file.read_text("utf-8"))
    return parser


def elements(file: Path, *tags: str) -> list[dict[str, str]]:
    return [attributes for tag, attributes in parsed(file).found if not tags or tag in tags]


def loaded(file: Path) -> Iterator[str]:
    """Every URL that a browser would load without being asked to."""
    page = parsed(file)
    css = page.texts["style"]
    for tag, attributes in page.found:
        css += attributes.get("style", "")
        loading = {"src", "srcset", "poster", "data", "background", "xlink:href"}
        if tag != "a":
            loading.add("href")
        yield from (attributes[name] for name in loading & attributes.keys())
    yield from re.findall(r"url\(\s*[\"']?([^\"')]*)", css)
    yield from re.findall(r"@import\s+[\"']([^\"']*)", css)


@each_edition
def test_it_loads_nothing(published: Published, edition: str) -> None:
    urls = list(loaded(published(edition, "html")))
    assert urls, "its fonts are in it"
    assert [url[:60] for url in urls if not url.startswith("data:")] == []


@each_edition
def test_it_runs_nothing(published: Published, edition: str) -> None:
    file = published(edition, "html")
    assert [script["type"] for script in elements(file, "script")] == ["application/ld+json"]
    assert [name for a in elements(file) for name in a if name.startswith("on")] == []


@each_edition
def test_its_links_lead_into_it_or_to_the_index_or_to_the_web(
    published: Published, edition: str
) -> None:
    file = published(edition, "html")
    ids = {attributes["id"] for attributes in elements(file) if "id" in attributes}
    hrefs = [attributes["href"] for attributes in elements(file, "a")]
    inside = [href[1:] for href in hrefs if href.startswith("#")]
    assert set(inside) - ids == set()
    outside = {href for href in hrefs if not href.startswith(("#", "https://example.org/"))}
    assert outside == {"../index.html"}
    assert (file.parent / "../index.html").resolve().is_file()


@each_edition
def test_no_id_stands_twice(published: Published, edition: str) -> None:
    ids = Counter(a["id"] for a in elements(published(edition, "html")) if "id" in a)
    assert [id_ for id_, count in ids.items() if count > 1] == []


@each_edition
def test_what_labels_and_describes_is_there(published: Published, edition: str) -> None:
    file = published(edition, "html")
    ids = {a["id"] for a in elements(file) if "id" in a}
    named = {
        id_
        for a in elements(file)
        for name in ("aria-labelledby", "aria-describedby")
        for id_ in a.get(name, "").split()
    }
    assert named - ids == set()


@each_edition
def test_the_first_link_skips_to_the_text(published: Published, edition: str) -> None:
    file = published(edition, "html")
    first = elements(file, "a")[0]
    (main,) = elements(file, "main")
    assert first["href"] == f"#{main['id']}"


@each_edition
def test_it_says_its_language_and_fits_a_phone(published: Published, edition: str) -> None:
    file = published(edition, "html")
    (root,) = elements(file, "html")
    assert root == {"lang": LOCALES[edition.partition(".")[2]], "dir": "ltr"}
    metas = elements(file, "meta")
    assert metas[0] == {"charset": "utf-8"}
    contents = {meta.get("name"): meta.get("content", "") for meta in metas}
    assert "width=device-width" in contents["viewport"]
    assert "dark" in contents["color-scheme"]
    assert contents["description"]


@each_edition
def test_its_headings_skip_no_level(published: Published, edition: str) -> None:
    levels = [
        int(t[1]) for t, _ in parsed(published(edition, "html")).found if re.fullmatch("h[1-6]", t)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_edition
def test_dates_that_html_can_say_are_said_to_machines(published: Published, edition: str) -> None:
    plain = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")
    marked = [(tag, a) for tag, a in parsed(published(edition, "html")).found if "data-edtf" in a]
    assert marked
    for tag, attributes in marked:
        edtf = attributes["data-edtf"]
        if plain.fullmatch(edtf):
            assert (tag, attributes["datetime"]) == ("time", edtf)
        else:
            assert (tag, "datetime" in attributes) == ("span", False)


@each_edition
def test_each_landmark_has_a_name_of_its_own(published: Published, edition: str) -> None:
    landmarks = Counter(
        (a.get("role") or tag, a.get("aria-label") or a["aria-labelledby"])
        for tag, a in parsed(published(edition, "html")).found
        if tag in {"nav", "section"} and {"aria-label", "aria-labelledby"} & a.keys()
    )
    assert {"nav", "doc-endnotes", "doc-toc", "section"} <= {role for role, _ in landmarks}
    assert [landmark for landmark, count in landmarks.items() if count > 1] == []


def test_a_table_that_can_be_too_wide_can_be_moved_with_the_keyboard(published: Published) -> None:
    """WCAG 2.2, 2.1.1. Visits never are: on a narrow screen they are a list."""
    boxes = elements(published("specimen.en", "html"), "div")
    assert [a for a in boxes if "table" in a.get("class", "")] == [
        *(
            {"class": "table", "role": "group", "tabindex": "0", "aria-label": of_a_chart}
            for of_a_chart in ("Data · billion yen", "Data")
        ),
        {
            "class": "table",
            "role": "group",
            "tabindex": "0",
            "aria-label": "Rows & columns of July\u2009–\u2009August 1997",
        },
        {"class": "table visits"},
    ]


def test_pictures_have_words_and_table_heads_a_scope(published: Published) -> None:
    file = published("specimen.en", "html")
    assert [image["alt"] for image in elements(file, "img")] == [
        'A chart "of" bars & lines',
        "A map",
        'Two lines, of which "imports" are higher',
        "Three bars, one of them below nought",
        'A map of "a few"',
        'A timeline "of" all',
    ]
    assert {head.get("scope") for head in elements(file, "th")} == {"col", "row"}


def test_what_is_written_is_not_markup(published: Published) -> None:
    text = published("specimen.en", "html").read_text("utf-8")
    assert "Public &lt;draft&gt;" in text
    assert "code &amp; &lt;tags&gt;" in text
    assert 'href="https://example.org/?a=1&amp;b=2"' in text
    tags = {tag for tag, _ in parsed(published("specimen.en", "html")).found}
    assert not {"draft", "angles", "tags", "block"} & tags


def test_nothing_parts_a_call_from_what_follows(briefpress: Briefpress, content: Path) -> None:
    (content / "alpha" / "facts.yaml").write_text("sources:\n  book: {title: A Book}\n")
    (content / "alpha" / "en.yaml").write_text(
        "title: Alpha\nsummary: One[^book], two.\n"
        "sections:\n  - id: one\n    title: One\n    blocks:\n      - prose: Words.\n"
    )
    output = content.parent / "out"
    command = ("build", "alpha", "--content", content, "--output", output)
    assert briefpress(*command).returncode == 0
    html = (output / "alpha" / "alpha.en.html").read_text("utf-8")
    with zipfile.ZipFile(output / "alpha" / "alpha.en.epub") as container:
        xhtml = container.read("EPUB/summary.xhtml").decode()
    for markup in (html, xhtml):
        assert re.search(r"One<a [^>]*>1</a>, two\.", markup)
