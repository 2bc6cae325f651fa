"""The project's own files, for the tests that hold it to its rules."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

from tests.source import ROOT

PACKAGE = ROOT / "briefpress"
TEMPLATES = ROOT / "templates"


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in the repository, or would be if all that is new were added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def modules() -> list[Path]:
    """Every Python file."""
    return [path for path in files() if path.suffix == ".py"]


def name_of(path: Path) -> str:
    """A file's name in the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def syntax_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))
