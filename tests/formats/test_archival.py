"""What a PDF says of itself, and what it carries."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from tests.conftest import Briefpress, Build
from tests.formats.conformance import faults_of
from tests.formats.conftest import EDITIONS, SPECIMEN, Published
from tests.source import BRIEFING, CONTENT

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
TYPES = {
    ".yaml": "/application/yaml",
    ".json": "/application/json",
    ".csv": "/text/csv",
    ".svg": "/image/svg+xml",
    ".png": "/image/png",
}

each_edition = pytest.mark.parametrize("edition", EDITIONS)


def metadata(file: Path) -> dict[str, str]:
    """What the XMP says of standards; read from the bytes, as programs do that know no PDF."""
    packet = file.read_bytes().partition(b"<?xpacket begin")[2].partition(b"?>")[2]
    root = ET.fromstring(packet.partition(b"<?xpacket end")[0])
    values = {each.tag: each.text or "" for each in root.iter()}
    return values | {key: value for each in root.iter() for key, value in each.attrib.items()}


@each_edition
def test_it_says_which_standards_it_follows(published: Published, edition: str) -> None:
    said = metadata(published(edition, "pdf"))
    assert (said[f"{PDFA}part"], said[f"{PDFA}conformance"], said[f"{PDFUA}part"]) == (
        ("3", "A", "1")
    )


@each_edition
def test_it_is_accessible_and_archival(published: Published, edition: str) -> None:
    assert faults_of(published(edition, "pdf")) == []


def test_so_is_one_with_long_tables_and_many_notes(long: Path) -> None:
    assert faults_of(long) == []


def test_one_without_a_structure_tree_is_neither(published: Published, tmp_path: Path) -> None:
    with pikepdf.open(published("specimen.en", "pdf")) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(tmp_path / "untagged.pdf")
    said = " ".join(faults_of(tmp_path / "untagged.pdf"))
    assert "PDFUA1-" in said
    assert "PDFA3A-" in said


def test_it_can_follow_the_second_parts(briefpress: Briefpress, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SPECIMEN, content)
    with (content / "series.yaml").open("a") as series:
        series.write("pdf: ua-2\n")
    said = briefpress("build", "--content", content, "--output", tmp_path, "--language", "en")
    assert said.returncode == 0, said.stderr
    file = tmp_path / "specimen" / "specimen.en.pdf"
    found = metadata(file)
    assert (found[f"{PDFA}part"], found[f"{PDFA}conformance"]) == ("4", "F")
    assert (found[f"{PDFUA}part"], found[f"{PDFUA}rev"]) == ("2", "2024")
    with pikepdf.open(file) as pdf:
        assert pdf.pdf_version == "2.0"
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        inside = [link.A for link in links if link.A.S == "/GoTo"]
        assert inside
        assert all(action.SD[0].S in {"/Sect", "/LI", "/H2", "/H3", "/H4"} for action in inside)


@each_edition
def test_it_carries_its_source_each_file_once(published: Published, edition: str) -> None:
    briefing, _, language = edition.partition(".")
    content = CONTENT if briefing == BRIEFING else SPECIMEN
    with pikepdf.open(published(edition, "pdf")) as pdf:
        associated = list(pdf.Root.AF)
        assert len(associated) == len(pdf.attachments)
        for file in associated:
            name = str(file.UF)
            relationship = "/Data" if name.endswith(".json") else "/Source"
            assert file.AFRelationship == relationship
            assert file.EF.F.Subtype == TYPES[Path(name).suffix]
            if relationship == "/Source":
                assert file.EF.F.read_bytes() == (content / name).read_bytes()
        names = {str(file.UF) for file in associated}
    assert {f"{briefing}/{language}.yaml", f"{edition}.json", "series.yaml"} <= names


def test_the_model_it_carries_has_every_section_and_its_dates(built: Build) -> None:
    with pikepdf.open(built.file("pdf")) as pdf:
        data = pdf.attachments[f"{BRIEFING}.en.json"].get_file().read_bytes()
    model = json.loads(data)
    assert [section["id"] for section in model["sections"]][:2] == ["key-points", "overview"]
    assert {"type": "date", "date": "1991-12-28", "event": "recognition"}.items() <= next(
        each for each in nodes(model) if each.get("event") == "recognition"
    ).items()


def nodes(part: object) -> list[dict[str, object]]:
    if isinstance(part, dict):
        return [part, *(each for value in part.values() for each in nodes(value))]
    return [each for value in part for each in nodes(value)] if isinstance(part, list) else []


@pytest.mark.parametrize("edition", ["specimen.en", "specimen.ja"])
def test_no_unit_of_a_tile_is_larger_than_a_point(published: Published, edition: str) -> None:
    """Poppler leaves the rest of a gradient out (tiles.py)."""
    with pikepdf.open(published(edition, "pdf")) as pdf:
        tiles = [each for each in pdf.objects if _is_tile(each)]
        assert tiles
        assert all(abs(float(number)) <= 1.0001 for t in tiles for number in list(t.Matrix)[:4])
        # One of them is as large as all bars of the chart, which are 100 mm wide.
        widths = [float(t.BBox[2]) - float(t.BBox[0]) for t in tiles]
        assert max(widths) == pytest.approx(100 / 25.4 * 72, abs=1)


def _is_tile(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Stream) and found.get("/PatternType") == 1
