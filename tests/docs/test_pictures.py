"""The pictures of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.source import ROOT

PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
def test_the_picture_has_few_colours_and_holds_no_time(file: Path) -> None:
    with Image.open(file) as image:
        assert image.mode == "P"
        assert image.info == {}


def test_pictures_weigh_little() -> None:
    assert PICTURES
    assert max(file.stat().st_size for file in PICTURES) <= 250_000
