"""The documentation as a site, for the tests that look at it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.source import ROOT


def make_site(folder: Path) -> Path:
    """Have Sphinx make the site as `make site` does, and say nothing."""
    command = ["-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", "docs"]
    folders = ["--doctree-dir", str(folder / ".doctrees"), ".", str(folder)]
    said = subprocess.run(
        [sys.executable, *command, *folders], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (said.returncode, said.stderr) == (0, "")
    return folder
