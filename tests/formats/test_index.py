"""Where entries of the index stand that take several lines, as poppler finds them in the PDFs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import Briefpress
from tests.readers import poppler

PLACES = {"north": "Northport", "south": "Southport"}
_WORD = re.compile(r'<word [^>]* yMin="([\d.]+)"[^>]* yMax="([\d.]+)">([^<]+)')

# What the stylesheet has between two entries, and between the last and what follows, in points.
# Lines are higher than letters, so letters are as far apart at least.
BETWEEN, BEHIND = 4, 30


def write(folder: Path) -> None:
    """A briefing of which each section names all the places."""
    named = ", ".join(f"{{#{place}}}" for place in PLACES)
    sections = [
        {"id": f"s{n}", "title": f"Topic {n}", "blocks": [{"prose": f"In {named}."}]}
        for n in range(100)
    ]
    index = {"id": "names", "title": "Names", "annex": True, "blocks": [{"index": None}]}
    english = {"title": "Ports", "summary": "Words.", "places": PLACES}
    folder.mkdir(parents=True)
    (folder / "en.yaml").write_text(yaml.safe_dump(english | {"sections": [*sections, index]}))


@pytest.fixture(scope="module")
def ports(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the briefing's files, less their ending. Each is proved."""
    folder = tmp_path_factory.mktemp("ports")
    write(folder / "content" / "ports")
    output = ("--output", folder / "out", "--format", "pdf", "--large-print")
    said = briefpress("build", "--content", folder / "content", *output)
    assert said.returncode == 0, said.stderr
    return folder / "out" / "ports" / "ports"


def test_nothing_runs_into_a_long_entry(ports: Path) -> None:
    last = poppler("pdftotext", "-bbox", ports.with_suffix(".en.pdf"), "-").split("<page ")[-1]
    words = [(float(top), float(foot), word) for top, foot, word in _WORD.findall(last)]
    begin = {word: top for top, _, word in reversed(words)}
    number = [(top, foot) for top, foot, word in words if re.fullmatch(r"\d+,?", word)]
    for name, following, room in (
        ("Northport", "Southport", BETWEEN),
        ("Southport", "About", BEHIND),
    ):
        of_entry = [foot for top, foot in number if begin[name] < top < begin[following]]
        assert len(set(of_entry)) > 3
        assert begin[following] - max(of_entry) >= room
