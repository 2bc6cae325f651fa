"""The PDF: tags, metadata, bookmarks, fonts, footnotes, and nothing from elsewhere."""

from __future__ import annotations

import ctypes
import re
import shutil
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from briefpress import press, tasks
from briefpress.diagnostics import Code, Diagnostic
from briefpress.look import Templates
from briefpress.tasks import Task
from tests import source
from tests.conftest import Build
from tests.formats.conftest import EDITIONS, SPECIMEN, Published
from tests.readers import poppler, read_pdf
from tests.source import ROOT

LOCALES = {"en": "en-GB", "ja": "ja-JP"}
PAGE_NUMBERS = {"en": "Page {} of {}", "ja": "ページ {} / {}"}
TITLES = {
    "japan-kazakhstan.en": "Japan–Kazakhstan relations",
    "specimen.en": "A specimen of every block & more",
    "specimen.ja": "すべてのブロックの見本",
}

each_edition = pytest.mark.parametrize("edition", EDITIONS)


def info(file: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in poppler("pdfinfo", "-enc", "UTF-8", file).splitlines())
    return {name: value.strip() for name, _, value in lines}


def pages(file: Path) -> list[str]:
    """The text of each page, with single spaces."""
    text = poppler("pdftotext", "-enc", "UTF-8", "-layout", file, "-")
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def language(file: Path) -> str:
    buffer = (ctypes.c_ushort * 20)()
    with closing(pdfium.PdfDocument(file)) as document:
        pdfium_c.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


@each_edition
def test_it_is_tagged_and_has_a_title_and_a_language(published: Published, edition: str) -> None:
    file = published(edition, "pdf")
    assert info(file)["Tagged"] == "yes"
    assert info(file)["Title"] == TITLES[edition]
    assert language(file) == LOCALES[edition.partition(".")[2]]


@each_edition
def test_the_bookmarks_are_the_headings(published: Published, edition: str) -> None:
    file = published(edition, "pdf")
    headings = [(p.level, "".join(p.heading.split())) for p in read_pdf(file) if p.level > 1]
    with closing(pdfium.PdfDocument(file)) as document:
        bookmarks = [
            (bookmark.level + 2, "".join(bookmark.get_title().split()))
            for bookmark in document.get_toc(max_depth=6)
        ]
    assert bookmarks == headings


@each_edition
def test_every_font_is_one_of_the_templates_and_embedded(
    published: Published, edition: str
) -> None:
    rows = poppler("pdffonts", published(edition, "pdf")).splitlines()[2:]
    fonts = [row.split() for row in rows]
    assert fonts
    for name, *_, embedded, subset, unicode, _number, _generation in fonts:
        assert re.fullmatch(r"[A-Z]{6}\+Briefpress-.*", name)
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")


@each_edition
def test_every_page_but_the_cover_says_its_number(published: Published, edition: str) -> None:
    said = PAGE_NUMBERS[edition.partition(".")[2]]
    cover, *others = pages(published(edition, "pdf"))
    assert len(others) >= 3
    assert said.format(1, len(others) + 1) not in cover
    for number, page in enumerate(others, start=2):
        assert said.format(number, len(others) + 1) in page


def test_every_footnote_is_printed(built: Build) -> None:
    text = poppler("pdftotext", "-enc", "UTF-8", "-layout", built.file("pdf"), "-")
    printed = re.findall(r"^\s*(\d+)\. Japan-Kazakhstan Relations: Overview", text, re.MULTILINE)
    assert [int(number) for number in printed] == list(range(1, len(source.notes()) + 1))


# A table over several pages, and a page of footnotes


def test_the_head_of_a_table_stands_on_each_of_its_pages(long: Path) -> None:
    with_rows = [page for page in pages(long) if "Value" in page]
    assert len(with_rows) > 1
    assert all("Column of names" in page and "Column of values" in page for page in with_rows)


def test_footnotes_are_printed_however_many_there_are(long: Path) -> None:
    printed = re.findall(r"(\d+)\. A Book, under page (\d+)\.", " ".join(pages(long)))
    assert printed == [(str(n + 1), str(n)) for n in range(60)]


def test_a_footnote_stands_on_the_page_that_calls_it(long: Path) -> None:
    for page in pages(long):
        calls = re.findall(r"Words\.\s?(\d+)", page)
        assert re.findall(r"(\d+)\. A Book", page) == calls


# What comes from elsewhere


ELSEWHERE = ("/etc/hostname", "localhost:9/x", "localhost:9/x.png", "localhost:9/x.css", "x.ttf")
SPOILERS = {
    "an image of the web": ("section.html.j2", "<img src='http://localhost:9/x.png' alt='x'/>"),
    "an image of the machine": ("section.html.j2", "<img src='file:///etc/hostname' alt='x'/>"),
    "a frame of text": ("section.html.j2", "<object data='file:///etc/hostname'>x</object>"),
    "an attachment": ("cover.html.j2", "<a rel='attachment' href='file:///etc/hostname'>x</a>"),
    "a stylesheet of the web": (
        "cover.html.j2",
        "<style>@import url('https://localhost:9/x.css');</style>",
    ),
    "a linked stylesheet": (
        "cover.html.j2",
        "<link rel='stylesheet' href='http://localhost:9/x.css'/>",
    ),
    "a background of the web": ("css/text.css", "body { background: url(http://localhost:9/x) }"),
    "a font of the web": (
        "css/text.css",
        "@font-face { font-family: X; src: url(http://localhost:9/x.ttf) } p { font-family: X }",
    ),
}


def build_with(tmp_path: Path, template: str, addition: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the specimen's PDF once something is added to a template."""
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    file = templates / template
    file.write_text(f"{addition}\n{file.read_text('utf-8')}", "utf-8")
    task = Task(SPECIMEN, tmp_path / "output", "specimen", "en", ("pdf",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "find_templates", lambda _: Templates((templates,)))
        outcome = press.build_one(task)
    assert (outcome.proved == ()) is bool(outcome.faults)
    return outcome.faults


@pytest.mark.parametrize("what", SPOILERS)
def test_nothing_is_fetched_from_elsewhere(tmp_path: Path, what: str) -> None:
    faults = build_with(tmp_path, *SPOILERS[what])
    assert {fault.code for fault in faults} == {Code.LAYOUT}
    refused = [f.message for f in faults if f.message.startswith("may not load ")]
    assert any(message.endswith(ELSEWHERE) for message in refused)
    assert not (tmp_path / "output").exists()


def test_a_font_of_the_machine_is_a_fault(tmp_path: Path) -> None:
    faults = build_with(tmp_path, "css/text.css", "p { font-family: 'DejaVu Sans', serif }")
    assert faults == ()  # the machine's fonts are shut out, so it is as if there were none


def test_what_the_typesetter_warns_of_is_a_fault(tmp_path: Path) -> None:
    faults = build_with(tmp_path, "css/text.css", "p { colour: red }")
    assert {fault.code for fault in faults} == {Code.LAYOUT}
    assert "colour" in faults[0].message
