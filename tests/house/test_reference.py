"""The references in docs/ and the fault that the README shows are what the program says today."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefpress.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = runpy.run_path(str(ROOT / "docs" / "reference.py"))["PAGES"]


@pytest.mark.parametrize("page", PAGES)
def test_the_reference_is_what_the_program_says(page: str) -> None:
    assert (ROOT / "docs" / page).read_text("utf-8") == PAGES[page]()


def test_the_readme_shows_the_fault_as_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "content", "content")
    words = Path("content/japan-kazakhstan/en.yaml")
    misspelt = words.read_text("utf-8").replace(
        "          {recognition}, before", "          {recogniton}, before"
    )
    words.write_text(misspelt, "utf-8")
    shown = CliRunner().invoke(main, ["check"]).stderr.removesuffix("\n\n1 fault\n")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "\n".join(f"  {line}" for line in shown.splitlines()) in readme
