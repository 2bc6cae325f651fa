"""Letters in an author's drawing are published, and prove nothing of the text around it."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from briefpress import press
from briefpress.diagnostics import Code, Diagnostic
from briefpress.proof import examine
from briefpress.proof.expect import expect
from briefpress.tasks import find_tasks, read_edition

WORDS = """\
title: The lake
summary: A summary.
sections:
  - id: only
    title: Only
    blocks:
      - prose: Before it.
      - figure: {file: lake.svg, alt: A drawing, caption: The trade}
"""
AFTER = "      - prose: After it.\n"

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
<defs><text id="used" x="20" y="160" font-size="20">Used twice</text></defs>
<text x="20" y="60" font-size="30" font-family="Helvetica">Exports of 1992</text>
<g opacity=".5"><g opacity=".5"><text x="20" y="120" font-size="20" font-weight="bold">Growth in
 <tspan fill="red">tonnes</tspan></text></g></g>
<use href="#used"/><use href="#used" x="150"/>
<text x="20 40 60" y="200" font-size="20" rotate="20">abc</text>
<text x="20" y="230" font-size="20" opacity=".3" letter-spacing="12">Spaced</text>
<text x="20" y="260" font-size="20" textLength="200">Stretched 日本 1992-12</text>
<text x="20" y="290" font-size="20"><title>😀 </title>After <!-- -->it.<desc>🐟</desc></text>
</svg>
"""


class Lake:
    """A briefing with a drawing, which can be altered and published again."""

    def __init__(self, folder: Path) -> None:
        self._content = folder / "content"
        self._output = folder / "output"
        (self._content / "lake").mkdir(parents=True)
        self.write()

    def write(self, words: str = WORDS + AFTER, drawing: str = DRAWING) -> None:
        (self._content / "lake" / "en.yaml").write_text(words)
        (self._content / "lake" / "lake.svg").write_text(drawing)

    def made(self) -> press.Outcome:
        (task,) = find_tasks(self._content, self._output)
        return press.build_one(task)

    def pdf(self) -> bytes:
        return next(each for each in self.made().proved if each.path.suffix == ".pdf").artefact.data

    def faults_of(self, pdf: bytes) -> list[Diagnostic]:
        """What is wrong with a PDF by what is written now."""
        (task,) = find_tasks(self._content, self._output)
        return examine.prove(pdf, expect(*read_edition(task)), "lake.pdf")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


def test_letters_are_published_in_the_fonts_of_the_templates(lake: Lake, tmp_path: Path) -> None:
    made = lake.made()
    assert made.faults == ()
    assert len(made.proved) == 3
    (tmp_path / "lake.pdf").write_bytes(lake.pdf())
    fonts, text = (
        subprocess.run([tool, "lake.pdf", *more], cwd=tmp_path, capture_output=True, check=True)
        for tool, more in (("pdffonts", ()), ("pdftotext", ("-layout", "-")))
    )
    names = re.findall(rb"^[A-Z]{6}\+(\S+)", fonts.stdout, re.MULTILINE)
    assert names
    assert all(name.startswith(b"Briefpress") for name in names)
    shown = text.stdout.decode()
    for words in ("Exports of 1992", "Growth in tonnes", "S p a c e d", "Stretched 日本 1992-12"):
        assert words in shown


def test_a_picture_that_says_something_else_is_not_proved(lake: Lake) -> None:
    pdf = lake.pdf()
    assert lake.faults_of(pdf) == []
    lake.write(drawing=DRAWING.replace("Exports of", "Imports of"))
    (fault,) = (each for each in lake.faults_of(pdf) if each.code is Code.PROOF_PICTURE)
    assert "Exports of 1992" in fault.message
    assert fault.span.line == 8


def test_words_in_a_picture_are_none_of_the_text(lake: Lake) -> None:
    lake.write(WORDS)
    pdf = lake.pdf()
    lake.write(WORDS + AFTER)
    found = [each.message for each in lake.faults_of(pdf) if each.code is Code.PROOF_TEXT]
    assert "lake.pdf: the words 'After it.' are missing in '1 Only'" in found


def test_a_link_on_letters_of_a_picture_is_found(lake: Lake) -> None:
    with pikepdf.open(io.BytesIO(lake.pdf())) as document:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 600, 800],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/")),
        )
        document.pages[-1].Annots = pikepdf.Array([document.make_indirect(link)])
        spoilt = io.BytesIO()
        document.save(spoilt)
    faults = lake.faults_of(spoilt.getvalue())
    assert any("Exports of" in each.message for each in faults if each.code is Code.PROOF_LINK)
