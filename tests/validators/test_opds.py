"""The OPDS catalogues, read by the libraries that reading apps of Readium and Palace use."""

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


def ask(script: str, *catalogues: Path) -> dict[str, Any]:
    """What one of the scripts beside the validators says of catalogues."""
    where = str(ROOT / "validators" / script)
    return read_report(run([require_program("node"), where, *map(str, catalogues)]))


def as_readium_reads(*catalogues: Path) -> list[list[dict[str, Any]]]:
    """The publications of each catalogue."""
    found: list[list[dict[str, Any]]] = ask("opds.mjs", *catalogues)["catalogues"]
    return found


def downloads(publication: dict[str, Any]) -> dict[str, str]:
    """The type of each file that can be had, by its address."""
    links = publication["links"]
    return {link["href"]: link["type"] for link in links if link["rel"] == [OPEN_ACCESS]}


FILES = {f"{BRIEFING}/{BRIEFING}.en{suffix}": each for suffix, each in TYPES.items()}


def test_readium_finds_every_file_of_every_edition(built: Build) -> None:
    for publications in as_readium_reads(built.output / "opds.json", built.output / "opds.xml"):
        (publication,) = publications
        assert publication["title"] == "Japan–Kazakhstan relations"
        assert publication["language"] == ["en"]
        assert downloads(publication) == FILES
        assert all((built.output / href).is_file() for href in FILES)
        assert {image["type"] for image in publication["images"]} == {"image/png"}


def test_a_link_that_is_lost_is_missed(built: Build, tmp_path: Path) -> None:
    catalogue = json.loads((built.output / "opds.json").read_bytes())
    catalogue["publications"][0]["links"].pop()
    (tmp_path / "opds.json").write_text(json.dumps(catalogue), "utf-8")
    ((publication,),) = as_readium_reads(tmp_path / "opds.json")
    assert len(publication["links"]) == len(TYPES) - 1


def test_palace_finds_every_file_of_every_edition(built: Build) -> None:
    (publication,) = ask("palace.mjs", built.output / "opds.json")["publications"]
    assert publication["title"] == "Japan–Kazakhstan relations"
    assert publication["language"] == ["eng"]
    assert downloads(publication) == FILES
    (cover,) = publication["images"]
    assert (built.output / cover["href"]).is_file()


def test_palace_refuses_what_isnt_a_catalogue(built: Build, tmp_path: Path) -> None:
    catalogue = json.loads((built.output / "opds.json").read_bytes())
    del catalogue["publications"][0]["metadata"]["title"]
    (tmp_path / "opds.json").write_text(json.dumps(catalogue), "utf-8")
    refused = ask("palace.mjs", tmp_path / "opds.json")["refused"]
    assert "publications.0.metadata.title\n  Field required" in refused
