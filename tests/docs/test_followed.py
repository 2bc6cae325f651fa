"""What the documentation tells its readers to do is done, and comes out as it says."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.docs.walk import Walk
from tests.source import ROOT


@pytest.fixture
def environment() -> dict[str, str]:
    """The program is on the path, as after installing it."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": programs, "COLUMNS": "100"}


@pytest.mark.parametrize("page", ["languages.md"])
def test_the_page_can_be_followed(page: str, tmp_path: Path, environment: dict[str, str]) -> None:
    Walk(tmp_path, environment, {"/path/to/briefpress": str(ROOT)}).follow(page)


def test_the_program_can_be_extended(tmp_path: Path, environment: dict[str, str]) -> None:
    for name in ("briefpress", "templates", "content"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    here = {**environment, "PYTHONPATH": str(tmp_path)}
    Walk(tmp_path, here).follow("extending.md")


def test_the_first_briefing_can_be_made(tmp_path: Path, environment: dict[str, str]) -> None:
    installing = ["python3 -m venv .venv", ". .venv/bin/activate"]
    installing += ["pip install '/path/to/briefpress[serve]'"]
    Walk(tmp_path, environment, without={*installing, "briefpress serve"}).follow(
        "first-briefing.md"
    )
