"""`python -m validators` asks everybody about everything, and says so in a table."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT
from validators import table
from validators.__main__ import VALIDATORS, faults_of
from validators.table import Asked
from validators.verdict import Finding, Verdict

ASKED = [
    Asked(one, Verdict("1.0", {Path("a"): Finding(1), Path("b"): Finding(2_000)}))
    for one in VALIDATORS
]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "validators", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_validator_with_nothing_to_read_is_a_fault(tmp_path: Path) -> None:
    said = run(tmp_path)
    assert said.returncode == 1
    for one in VALIDATORS:
        expected = f"{one.name}, {one.about}: there is nothing for it to read"
        assert (expected in said.stdout) == one.required


@pytest.mark.slow
def test_a_validator_that_cannot_run_is_a_fault_of_each_artefact(note: Path) -> None:
    said = run(note, CHROMIUM="/nowhere/chromium", PATH="/nowhere")
    assert said.returncode == 1
    for name in ("Ace by DAISY", "axe-core", "foliate-js", "Nu", "veraPDF", "EPUBCheck"):
        assert f"{name}: {name} could not run" in said.stdout


def test_the_table_has_each_artefact_and_validator() -> None:
    lines = table.aligned(table.by_artefact(ASKED)).splitlines()
    assert len(lines) == 1 + 2 * len(VALIDATORS)
    failed = Asked(VALIDATORS[0], Verdict("1.0", {Path("a"): Finding(7, ["x", "y"])}))
    assert "FAILED (2), 7 checks" in table.aligned(table.by_artefact([failed]))
    assert faults_of([failed]) == ["a: veraPDF: x", "a: veraPDF: y"]


def test_the_page_has_the_sums(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n\n{table.BEGIN}\n{table.END}\n\nAfter\n", "utf-8")
    table.bless(page, ASKED)
    written = page.read_text("utf-8")
    assert "| veraPDF | 1.0 | PDF/UA-1 | 2 | 2,001 checks |\n" in written
    table.bless(page, ASKED)
    assert page.read_text("utf-8") == written
    assert written.startswith("Before\n")
    assert written.endswith("After\n")


def test_the_page_names_the_versions_that_ran() -> None:
    now = table.markdown(table.by_validator(ASKED))
    assert table.is_true(now, ASKED)
    assert table.is_true(now.replace("2,001", "1,999"), ASKED)
    assert not table.is_true(now.replace("| 1.0 |", "| 0.9 |", 1), ASKED)
    assert not table.is_true("\n".join(now.splitlines()[:-1]), ASKED)


def test_the_page_of_the_project_has_a_table_with_every_validator() -> None:
    _, written, _ = table.find_table((ROOT / "docs/trust.md").read_text("utf-8"))
    named = {(cells[0], cells[2]) for cells in table.cells_of(written)}
    assert {(one.name, one.about) for one in VALIDATORS if one.required} <= named
