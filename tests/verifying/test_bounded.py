"""What reads a stranger's file is ended where it takes too much, as a job is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefpress import bounded
from briefpress.cli import main
from briefpress.jobs import Allowance
from tests.conftest import Build


@pytest.mark.parametrize("command", [("verify",), ("proof", "--alone"), ("extract", "--to", "out")])
def test_a_file_that_takes_too_long_is_a_fault(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = shutil.copy(built.file("pdf"), ".")
    shutil.copy(built.output / "SHA256SUMS", ".")
    shutil.copy(built.output / "manifest.json", ".")
    monkeypatch.setattr(bounded, "Allowance", lambda: Allowance(seconds=0))
    said = CliRunner().invoke(main, [*command, str(file)])
    assert said.exit_code == 1
    assert re.findall(r"error\[([a-z-]+)\]: (.*)", said.stderr) == [
        ("job-limit", "what reads it took more than 0 s")
    ]
    assert not Path("out").exists()
