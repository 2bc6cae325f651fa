"""What a command takes: seconds, seconds of the processor, memory."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

SPAWNER = Path(__file__).with_name("scripts") / "spawner.py"
# A user's environment has none of these. The first would have the program compiled at each start;
# the last is set by Briefpress itself where it is imported.
UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "SOURCE_DATE_EPOCH", "FONTCONFIG_FILE")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took.

    `wall` is seconds from start to end; `cpu` seconds of the processor, those of its children
    included; `peak` the bytes that the largest of its processes had at once; `said` what it
    printed.
    """

    wall: float
    cpu: float = 0
    peak: float = 0
    said: str = ""


class Clock:
    """Runs commands, each started by the same small process. Use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        # Empty, so that no command finds a project's templates where it is started.
        self._cwd = folder / "started-here"
        self._said = folder / "said"

    def __enter__(self) -> Clock:
        """Start the process that starts the others."""
        self._cwd.mkdir()
        self._spawner = subprocess.Popen(
            [sys.executable, "-I", "-S", str(SPAWNER), str(self._said)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._cwd,
            env={name: value for name, value in os.environ.items() if name not in UNUSUAL},
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self._spawner.communicate()

    def run(self, command: Sequence[str]) -> Cost:
        """Run a command. Exits with what it said where it fails: its time would mean nothing."""
        assert self._spawner.stdin is not None
        assert self._spawner.stdout is not None
        self._spawner.stdin.write(f"{json.dumps(command)}\n")
        self._spawner.stdin.flush()
        cost = json.loads(self._spawner.stdout.readline())
        said, wrong = (self._said.with_suffix(f".{n}").read_text("utf-8") for n in (1, 2))
        if cost.pop("status") != 0:
            sys.exit(f"{shlex.join(command)} failed:\n{said[-2000:]}{wrong[-4000:]}")
        return Cost(**cost, said=said)
