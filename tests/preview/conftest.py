"""What the tests of the preview share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Served, note_in, serving


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A content folder with one small briefing, note, in English."""
    return note_in(tmp_path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview of one small briefing that nobody changes."""
    with serving("--content", note_in(tmp_path_factory.mktemp("served"))) as preview:
        yield preview
