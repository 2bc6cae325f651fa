"""A briefing that uses every kind of block, built in two languages, beside the real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Briefpress, Build

SPECIMEN = Path(__file__).parent / "content"
EDITIONS = ["japan-kazakhstan.en", "specimen.en", "specimen.ja"]

Published = Callable[[str, str], Path]
"""Finds the file of an edition, in a format."""


@pytest.fixture(scope="session")
def specimen(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the specimen."""
    output = tmp_path_factory.mktemp("specimen")
    said = briefpress("build", "--content", SPECIMEN, "--output", output)
    assert said.returncode == 0, said.stdout + said.stderr
    return output


@pytest.fixture(scope="session")
def published(built: Build, specimen: Path) -> Published:
    def find(edition: str, format_name: str) -> Path:
        briefing = edition.partition(".")[0]
        output = specimen if briefing == "specimen" else built.output
        return output / briefing / f"{edition}.{format_name}"

    return find
