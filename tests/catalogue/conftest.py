"""A small series in two languages, where one edition replaces another, and what is built of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publishing.outputs import build, write_content

SERIES = "title: Lakes\npublisher: A publisher\nidentifier: urn:x-lakes\nlanguages: [en, ja]\n"
ADDRESS = "https://example.org/lakes"

FORMATS = ("--format", "pdf", "--format", "epub", "--format", "html", "--large-print")

WORDS = """\
title: {title}
subtitle: A subtitle
author: An author
summary: The first paragraph.
events: {{start: The start}}
sections:
  - id: only
    title: The only one
    blocks:
      - prose: "{{@aso}} went to {{#kz}} in {{start}}."
      - people:
"""
FACTS = """\
number: {number}
issued: {issued}
events: {{start: {{date: 1992-05}}}}
people: {{aso: {{family: Aso, given: Taro, names: {{ja: 麻生太郎}}}}}}
"""


@pytest.fixture
def lakes(tmp_path: Path) -> Path:
    return write_lakes(tmp_path / "content")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of it, in all formats, at no address."""
    folder = tmp_path_factory.mktemp("lakes")
    said = build(write_lakes(folder / "content"), folder / "out", *FORMATS)
    assert said.exit_code == 0, said.output
    return folder / "out"


@pytest.fixture(scope="module")
def at_an_address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of it as web pages, at an address."""
    folder = tmp_path_factory.mktemp("lakes")
    content = write_lakes(folder / "content", f"{SERIES}address: {ADDRESS}\n")
    said = build(content, folder / "out")
    assert said.exit_code == 0, said.output
    return folder / "out"


def write_lakes(folder: Path, series: str = SERIES) -> Path:
    """The content: `aral`, which `balkhash` replaces, and `balkhash` in Japanese as well."""
    write_content(folder, {}, series)
    _write(folder, "aral", FACTS.format(number="L 1", issued="2001-02-03"))
    _write(folder, "balkhash", FACTS.format(number="L 2", issued="2002-03-04") + "replaces: L 1\n")
    japanese = WORDS.format(title="バルハシ湖").replace("The first paragraph", "最初の段落")
    japanese = japanese.replace("went to", "は").replace("The only one", "唯一の節")
    japanese = japanese.replace("The start", "開始").replace("A subtitle", "副題")
    japanese = japanese.replace(" in {start}", "{start}").replace("An author", "著者")
    (folder / "balkhash" / "ja.yaml").write_text(japanese, "utf-8")
    return folder


def _write(folder: Path, name: str, facts: str) -> None:
    (folder / name).mkdir()
    (folder / name / "facts.yaml").write_text(facts, "utf-8")
    title = f"Lake {name.title()} & more"
    (folder / name / "en.yaml").write_text(WORDS.format(title=title), "utf-8")
