"""The pages look as they did when somebody last looked at them.

`make bless` (or `BLESS=1 pytest tests/visual`) makes the pictures in `pages/` anew; look at them
before they are committed. Where a page differs, a picture of it before, after, and of where it
differs, is in `differences/`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Briefpress
from tests.formats.conftest import SPECIMEN
from tests.source import CONTENT
from tests.visual.pictures import Album, drawn

HERE = Path(__file__).parent
EDITIONS = {"japan-kazakhstan.en": CONTENT, "specimen.en": SPECIMEN, "specimen.ja": SPECIMEN}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_pages_look_as_they_did(briefpress: Briefpress, tmp_path: Path, edition: str) -> None:
    briefing, language = edition.split(".")
    said = briefpress(
        *("build", briefing, "--content", EDITIONS[edition], "--output", tmp_path),
        *("--language", language, "--format", "pdf"),
    )
    assert said.returncode == 0, said.stderr
    pages = list(drawn(tmp_path / briefing / f"{edition}.pdf"))
    album = Album(HERE / "pages" / edition, HERE / "differences")
    if os.environ.get("BLESS"):
        album.bless(pages)
    if faults := album.faults(pages):
        pytest.fail("\n".join(faults), pytrace=False)


def test_every_album_is_of_an_edition() -> None:
    assert {path.name for path in (HERE / "pages").iterdir()} == EDITIONS.keys()
