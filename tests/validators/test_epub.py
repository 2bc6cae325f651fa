"""EPUBCheck, Ace and Nu each notice an EPUB that is broken where they look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.conftest import Ask, ask_about, change_epub
from validators import epub, nu

pytestmark = pytest.mark.slow

CHANGES = {
    "01-points.xhtml": {"<li>The treaty": '<li id="points" type="a">The treaty'},
    "02-story.xhtml": {
        ' alt="A blue square"': "",
        "<p>The visitor": '<p align="right">The visitor',
    },
    "content.opf": {'<meta property="schema:accessibilityHazard">none</meta>': ""},
}

EPUBCHECK = [("ERROR RSC-005 EPUB/01-points.xhtml", 'Duplicate ID "points"')]
ACE = [
    ("02-story.xhtml: image-alt (critical)", "alt attribute"),
    ("content.opf: metadata-accessibilityhazard (serious)", "must declare"),
]
NU = [
    ("02-story.xhtml: warning", "The “align” attribute on the “p” element is obsolete"),
    ("01-points.xhtml: warning", "The “type” attribute on the “li” element is obsolete"),
]


@pytest.mark.parametrize(
    ("ask", "expected"),
    [(epub.ask_epubcheck, EPUBCHECK), (epub.ask_ace, ACE), (nu.ask_about_chapters, NU)],
)
def test_what_is_broken_is_named(
    ask: Ask, expected: list[tuple[str, str]], note: Path, tmp_path: Path
) -> None:
    whole = (note / "note.en.epub").read_bytes()
    artefacts = {"whole.epub": whole, "broken.epub": change_epub(whole, CHANGES)}
    said = ask_about(ask, tmp_path, artefacts)
    for where, what in expected:
        assert said.notices("broken.epub", where, what), said.of("broken.epub")
        assert not said.notices("whole.epub", where, what)


@pytest.mark.parametrize("ask", [epub.ask_epubcheck, nu.ask_about_chapters])
def test_what_is_cut_off_is_no_epub(ask: Ask, note: Path, tmp_path: Path) -> None:
    whole = (note / "note.en.epub").read_bytes()
    said = ask_about(ask, tmp_path, {"whole.epub": whole, "cut.epub": whole[:2000]})
    assert said.of("cut.epub")
