"""Lines of text stand on one grid, as PDFium finds their baselines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from tests.conftest import Briefpress, Build

GRID = 7.5
BODY = 14  # WeasyPrint writes the size of type in px: 10.5pt
MARGIN = 28 * 72 / 25.4

# Headings of both levels, paragraphs, lists, quotations, boxes, key points, people, documents,
# other scripts, footnotes: all that stands in the text but tables and pictures.
WORDS = """\
title: Rhythm
summary: Words of {@doe}.
people: {doe: "Words of a person"}
sections:
"""
SECTION = """\
  - id: s{n}
    title: Words of a title that needs a second line of its own to be set
    blocks:
      - key-points: ["{words}", Words]
      - prose: "{words}{words}"
    sections:
      - id: i{n}
        title: Inner
        blocks:
          - prose: |
              {words} [渡辺]{{lang=ja}} {words}[^book]

              - {words}
                - Words
              - Words

              {words}
          - quote: {{text: "{words}", by: A person}}
          - box: {{title: Box, text: "{words}"}}
          - people: {{only: [doe]}}
          - documents: [{{title: A document, says: "{words}", date: 1990}}]
          - prose: "{words}"
"""
FACTS = "people: {doe: {family: Doe}}\nsources: {book: {title: A Book}}\n"


def offsets(file: Path) -> Iterator[float]:
    """How far below a line of the grid the baselines of body text are, page after page."""
    with pdfium.PdfDocument(file) as document:
        for page in list(document)[2:]:
            top = page.get_height() - MARGIN
            yield from ((top - y) % GRID for y in _baselines(page.get_textpage()))


def _baselines(textpage: Any) -> set[float]:
    found: set[float] = set()
    for index in range(textpage.count_chars()):
        x, y = ctypes.c_double(), ctypes.c_double()
        if abs(pdfium_c.FPDFText_GetFontSize(textpage, index) - BODY) < 0.1:
            pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
            found.add(round(y.value, 1))
    return found


def on_grid(file: Path) -> float:
    """The share of baselines that are where those of a paragraph at a page's top are."""
    found = list(offsets(file))
    assert len(found) > 60
    return sum(abs(offset - 3.7) < 0.4 for offset in found) / len(found)


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_text_without_tables_is_on_the_grid(
    briefpress: Briefpress, tmp_path: Path, theme: str
) -> None:
    folder = tmp_path / "content" / "rhythm"
    folder.mkdir(parents=True)
    sections = (SECTION.format(n=n, words="words " * (30 + 9 * n)) for n in range(5))
    (folder / "en.yaml").write_text(WORDS + "".join(sections), "utf-8")
    (folder / "facts.yaml").write_text(FACTS)
    output = ("--output", tmp_path / "out", "--format", "pdf", "--theme", theme)
    said = briefpress("build", "--content", tmp_path / "content", *output)
    assert said.returncode == 0, said.stderr
    assert on_grid(tmp_path / "out" / "rhythm" / "rhythm.en.pdf") > 0.9


def test_most_of_the_real_briefing_is_on_the_grid(built: Build) -> None:
    # The rest is in tables, in the margin, and in small letters beside drawings.
    assert on_grid(built.file("pdf")) > 0.65
