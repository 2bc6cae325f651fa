"""Reading to the end in foliate-js notices what a reader would miss or couldn't read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.conftest import Said, ask_about, change_epub
from validators import reading_system

pytestmark = pytest.mark.slow

CHANGES = {
    # The last chapter is on no page, though the contents lead there.
    "content.opf": {'<itemref idref="text-colophon"/>': ""},
    "nav.xhtml": {
        'href="01-points.xhtml#points"><': 'href="01-points.xhtml#nowhere"><',
        '<a href="02-story.xhtml#texts"': '<a href="03-lists.xhtml#lists"',
        'href="02-story.xhtml#page-4"': 'href="summary.xhtml#page-2"',
    },
    "summary.xhtml": {
        'href="summary.xhtml#note-1"': 'href="summary.xhtml#note-9"',
        "<h2 ": '<h2 style="color: #bbb" ',
    },
    "01-points.xhtml": {"<h2 ": '<h2 style="position: absolute; left: -100em" '},
    "02-story.xhtml": {
        "<cite>": '<cite style="display: none">',
        "<h2 ": '<h2 style="color: #444" ',
    },
    # What is narrow becomes longer, so that its columns are wide: then it becomes short.
    "style.css": {"body {": "@media (max-width: 40em) { #summary { min-height: 300vh } }\nbody {"},
}

NOTICED = [
    "light: EPUB/colophon.xhtml: <h2> “About this document” is on no page",
    "light: contents: “About this document” leads to",
    "light: contents: “Key points” (EPUB/01-points.xhtml#nowhere) leads nowhere",
    "light: contents: “1.1 The texts” leads to “Annex A Lists”",
    "light: page list: “4” leads to the mark of page 2",
    "light: EPUB/summary.xhtml: no note pops up for summary.xhtml#note-9",
    "light: EPUB/02-story.xhtml: for 02-story.xhtml#note-2 there pops up “2",
    "light: EPUB/summary.xhtml: <h2> “Summary” has a contrast of 1.",
    "light: EPUB/01-points.xhtml: <h2> “Key points” is on no page",
    "light: EPUB/summary.xhtml: its pages never come to rest",
    "dark: EPUB/02-story.xhtml: <h2> “1 The story” has a contrast of 1.",
    "dark: EPUB/colophon.xhtml: <h2> “About this document” is on no page",
]


@pytest.fixture(scope="module")
def said(note: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    whole = (note / "note.en.epub").read_bytes()
    artefacts = {
        "whole.epub": whole,
        "broken.epub": change_epub(whole, CHANGES),
        "cut.epub": whole[:2000],
    }
    folder = tmp_path_factory.mktemp("epub")
    return ask_about(reading_system.ask_foliate, folder, artefacts)


@pytest.mark.parametrize("message", NOTICED)
def test_what_is_broken_is_named(said: Said, message: str) -> None:
    assert said.notices("broken.epub", message), said.of("broken.epub")


def test_a_whole_book_is_read_to_its_end(said: Said) -> None:
    assert said.of("whole.epub") == []


def test_what_is_cut_off_cannot_be_read(said: Said) -> None:
    assert said.notices("cut.epub", "could not be read")


def test_an_epub_that_names_a_printed_book_has_its_pages(note: Path, tmp_path: Path) -> None:
    without = {"nav.xhtml": {'epub:type="page-list"': "", 'role="doc-pagelist"': ""}}
    path = tmp_path / "unpaged.epub"
    path.write_bytes(change_epub((note / "note.en.epub").read_bytes(), without))
    assert reading_system.gather(path, readings=[]).messages == [
        "it names a printed book (pageBreakSource), and has no page list"
    ]
