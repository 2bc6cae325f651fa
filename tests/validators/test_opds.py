"""The OPDS catalogues, read by the library that reading apps of Readium read them with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Build
from tests.source import BRIEFING, ROOT
from validators.programs import read_report, require_program, run

OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip", ".html": "text/html"}

pytestmark = pytest.mark.slow


def read(*catalogues: Path) -> list[list[dict[str, Any]]]:
    """The publications of each catalogue, as they were read."""
    script = str(ROOT / "validators" / "opds.mjs")
    said = read_report(run([require_program("node"), script, *map(str, catalogues)]))
    found: list[list[dict[str, Any]]] = said["catalogues"]
    return found


def test_readium_finds_every_file_of_every_edition(built: Build) -> None:
    for publications in read(built.output / "opds.json", built.output / "opds.xml"):
        (publication,) = publications
        assert publication["title"] == "Japan–Kazakhstan relations"
        assert publication["language"] == ["en"]
        downloads = {
            link["href"]: link["type"]
            for link in publication["links"]
            if link["rel"] == [OPEN_ACCESS]
        }
        files = {f"{BRIEFING}/{BRIEFING}.en{suffix}": each for suffix, each in TYPES.items()}
        assert downloads == files
        assert all((built.output / href).is_file() for href in downloads)
        assert {image["type"] for image in publication["images"]} == {"image/png"}


def test_a_link_that_is_lost_is_missed(built: Build, tmp_path: Path) -> None:
    catalogue = json.loads((built.output / "opds.json").read_bytes())
    catalogue["publications"][0]["links"].pop()
    (tmp_path / "opds.json").write_text(json.dumps(catalogue), "utf-8")
    ((publication,),) = read(tmp_path / "opds.json")
    assert len(publication["links"]) == len(TYPES) - 1
