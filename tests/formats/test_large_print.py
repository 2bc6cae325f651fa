"""Large print: one more PDF of the same words, for those who can't read small letters."""

from __future__ import annotations

import ctypes
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from click.testing import CliRunner

from briefpress.cli import main
from tests.conftest import FORMATS, Briefpress, Build
from tests.formats.conformance import faults_of
from tests.formats.conftest import EDITIONS, SPECIMEN
from tests.readers import poppler, read
from tests.source import BRIEFING

MARGIN = 22 / 25.4 * 72
INDENT = 60  # of a list in a list

each_edition = pytest.mark.parametrize("edition", EDITIONS)

Large = Callable[[str], Path]


def build(content: str | Path, output: Path, *more: str) -> Path:
    folders = ("--content", str(content), "--output", str(output))
    said = CliRunner().invoke(main, ["build", *folders, "--large-print", *more])
    assert said.exit_code == 0, said.output
    return output


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The output folders of the real briefing and of the specimen."""
    folder = tmp_path_factory.mktemp("large")
    return {
        BRIEFING: build("content", folder / "real"),
        "specimen": build(SPECIMEN, folder / "specimen", "--format", "pdf"),
    }


@pytest.fixture(scope="session")
def large(outputs: dict[str, Path]) -> Large:
    def find(edition: str) -> Path:
        briefing = edition.partition(".")[0]
        return outputs[briefing] / briefing / f"{edition}.large-print.pdf"

    return find


def texts(file: Path) -> Iterator[tuple[int, Any]]:
    """The text objects of a PDF, each after the number of its page."""
    with closing(pdfium.PdfDocument(file)) as document:
        for number, page in enumerate(document, start=1):
            for each in page.get_objects((pdfium_c.FPDF_PAGEOBJ_TEXT,)):
                yield number, each


def size_of(text: Any) -> float:
    size = ctypes.c_float()
    assert pdfium_c.FPDFTextObj_GetFontSize(text, size)
    return size.value * math.hypot(*text.get_matrix().get()[2:4])


def contrast(text: Any) -> float:
    """How much a text stands out from white paper (WCAG 2.2, contrast ratio)."""
    parts = [ctypes.c_uint() for _ in range(4)]
    assert pdfium_c.FPDFPageObj_GetFillColor(text, *parts)
    channels = [part.value / 255 for part in parts[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def pages(file: Path) -> list[list[str]]:
    """The lines of each page."""
    text = poppler("pdftotext", "-enc", "UTF-8", "-layout", file, "-")
    return [[line.strip() for line in page.splitlines()] for page in text.split("\f")[:-1]]


# Letters


@each_edition
def test_no_text_is_small_or_pale(large: Large, edition: str) -> None:
    sizes: Counter[int] = Counter()
    for number, text in texts(large(edition)):
        assert size_of(text) >= 14 - 0.01, number
        assert contrast(text) >= 7, number
        sizes[round(size_of(text))] += 1
    assert sizes.most_common(1)[0][0] == 18


def test_nor_is_it_in_another_theme_and_on_another_paper(tmp_path: Path) -> None:
    look = ("--theme", "plain", "--paper", "letter")
    output = build(SPECIMEN, tmp_path, "--format", "pdf", *look)
    for file in output.rglob("*.large-print.pdf"):
        assert min(size_of(text) for _, text in texts(file)) >= 14 - 0.01
        assert faults_of(file) == []


@each_edition
def test_no_text_is_slanted_and_no_word_is_broken(large: Large, edition: str) -> None:
    assert "Italic" not in poppler("pdffonts", large(edition))
    assert not [p for p in pages(large(edition)) if any(re.search("[\u2010\u00ad]$", x) for x in p)]


@each_edition
def test_there_is_one_column(large: Large, edition: str) -> None:
    """Each line begins at the margin, or where a list or a box is set in."""
    starts = [
        (number, text.get_matrix().f, text.get_bounds()[0], size_of(text))
        for number, text in texts(large(edition))
    ]
    for number, line, _, size in starts:
        left = min(x for page, y, x, _ in starts if page == number and abs(y - line) < 6)
        if size > 17:  # not a running head, a footnote's call, or in a table
            assert MARGIN - 2 < left < MARGIN + INDENT, (number, line)


# Pages of its own


@each_edition
def test_the_contents_lead_to_its_own_pages(large: Large, edition: str) -> None:
    file = large(edition)
    with closing(pdfium.PdfDocument(file)) as document:
        places = {
            "".join(bookmark.get_title().split()): bookmark.get_dest().get_index() + 1
            for bookmark in document.get_toc(max_depth=6)
        }
    lines = (re.fullmatch(r"(.*\S)\s{2,}(\d+)", line) for line in pages(file)[2][1:-1])
    found = {"".join(line[1].split()): int(line[2]) for line in lines if line}
    assert len(found) >= 4
    assert found.items() <= places.items()


def test_it_has_more_pages_than_the_other(outputs: dict[str, Path]) -> None:
    (entry,) = json.loads((outputs[BRIEFING] / "manifest.json").read_bytes())["briefings"]
    files = entry["files"]
    assert list(files) == ["pdf", "large-print", "epub", "html", "cover"]
    assert files["large-print"]["pages"] > files["pdf"]["pages"] * 1.5


def test_the_page_numbers_of_the_others_stay(outputs: dict[str, Path], built: Build) -> None:
    for name in FORMATS:
        again = outputs[BRIEFING] / BRIEFING / f"{BRIEFING}.en.{name}"
        assert again.read_bytes() == built.file(name).read_bytes()


# The same words, published like the others


@each_edition
def test_it_says_what_the_other_pdf_says(
    large: Large, outputs: dict[str, Path], edition: str
) -> None:
    briefing = edition.partition(".")[0]
    other = read(outputs[briefing] / briefing / f"{edition}.pdf")
    assert [(p.level, p.heading) for p in read(large(edition))] == [
        (p.level, p.heading) for p in other
    ]


@each_edition
def test_it_is_accessible_and_archival(large: Large, edition: str) -> None:
    assert faults_of(large(edition)) == []


def test_the_catalogue_lists_it(outputs: dict[str, Path]) -> None:
    output = outputs[BRIEFING]
    name = f"{BRIEFING}/{BRIEFING}.en.large-print.pdf"
    index = (output / "index.html").read_text("utf-8")
    link = re.search(rf'<a href="{name}"[^>]*><span class="format">(.*?)</span>', index)
    assert link
    assert link[1] == "PDF in large print"
    assert f"  {name}\n" in (output / "SHA256SUMS").read_text("utf-8")


@pytest.mark.parametrize("option", [(), ("--alone",)])
def test_it_is_proved_by_its_name(large: Large, option: tuple[str, ...]) -> None:
    file = large(EDITIONS[0])
    said = CliRunner().invoke(main, ["proof", *option, str(file)])
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith(f"{file}: proved")


def test_it_is_proved_with_all_the_rest(outputs: dict[str, Path]) -> None:
    said = CliRunner().invoke(main, ["proof", "--output", str(outputs[BRIEFING])])
    assert said.stdout.count("proved") == len(FORMATS) + 1


def test_it_is_made_only_where_it_is_asked_for(built: Build) -> None:
    assert not list(built.output.rglob("*large-print*"))


def test_it_can_be_built_again(briefpress: Briefpress, large: Large, tmp_path: Path) -> None:
    """From what it carries, elsewhere."""
    file = large("specimen.en")
    said = briefpress("extract", file, "--to", "content", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    said = briefpress("build", "--large-print", "--language", "en", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    again = tmp_path / "output" / "specimen" / file.name
    assert again.read_bytes() == file.read_bytes()
