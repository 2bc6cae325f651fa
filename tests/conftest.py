"""What the tests share: the command line, and the real briefing built with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from briefpress.atomic import put_in_place
from briefpress.press import Outcome
from tests.source import BRIEFING, ROOT

FORMATS = ("pdf", "epub", "html")


class Briefpress(Protocol):
    """Runs `briefpress` with some arguments, by default in the project's folder."""

    def __call__(
        self, *arguments: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@dataclass(frozen=True)
class Build:
    """The real briefing as it was built, and what the command line said."""

    output: Path
    said: subprocess.CompletedProcess[str]

    def file(self, format_name: str) -> Path:
        return self.output / BRIEFING / f"{BRIEFING}.en.{format_name}"


def put_down(outcome: Outcome) -> None:
    """Write what was made where it belongs, as a build does once it is proved."""
    assert outcome.faults == ()
    put_in_place({each.path: each.artefact.data for each in outcome.proved})


@pytest.fixture(scope="session", autouse=True)
def _caches_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stamps and ledgers of the tests' builds stay out of the user's cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="session")
def briefpress() -> Briefpress:
    program = Path(sys.executable).with_name("briefpress")

    def run(
        *arguments: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def built(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The real briefing, built once by the command line (once a worker, under xdist)."""
    output = tmp_path_factory.mktemp("built")
    said = briefpress("build", "--output", output)
    assert said.returncode == 0, said.stdout + said.stderr
    return Build(output, said)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of two small briefings, alpha and beta."""
    folder = tmp_path / "content"
    for name in ("alpha", "beta"):
        (folder / name).mkdir(parents=True)
        (folder / name / "facts.yaml").write_text(_FACTS)
        (folder / name / "en.yaml").write_text(_WORDS.format(title=name.title()))
    return folder


_FACTS = """\
number: S 1
issued: 2001-02-03
events:
  start: {date: 1992-05}
"""
_WORDS = """\
title: {title}
summary: Words of {{start}}.
events:
  start: The start
sections:
  - id: first
    title: The first
    blocks:
      - prose: It began in {{start}}.
  - id: second
    title: The second
    blocks:
      - prose: It went on.
"""
