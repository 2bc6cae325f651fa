"""Builds that die while they write; run as a program, which is warm when the next one is asked for.

Each line of its input asks for a build, as JSON: `output`, `at`, `most`, and the `arguments` of the
command line. The build dies at the `at`-th thing that it does to the output folder: before it, or,
if that is to write a file, when `most` bytes are written. The answer, as JSON: whether it was
killed, and how many things it had done if not.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from briefpress.cli import main
from briefpress.formats import PUBLISHED
from tests.source import ROOT

DONE_TO_FOLDERS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class DeadlyPress:
    """The program, as a test uses it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.publishing.deadly"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def build(self, output: Path, arguments: list[str], at: int = 0, most: int = 0) -> int | None:
        """Build; None if that was killed, or how many things it did to the folder."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"output": str(output), "arguments": arguments, "at": at, "most": most}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        things: int | None = json.loads(self._process.stdout.readline())
        return things

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0


def serve() -> None:
    for each in PUBLISHED.values():
        import_module(each.publisher.partition(":")[0])
    import_module("briefpress.press_run")
    for line in sys.stdin:
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            build(json.loads(line), writer)
        os.close(writer)
        with open(reader) as told:  # noqa: PTH123 - a file descriptor
            things = told.read()
        _, status = os.wait()
        died = os.waitstatus_to_exitcode(status) in {-signal.SIGKILL, -signal.SIGXFSZ}
        assert died is not bool(things)
        sys.stdout.write(f"{json.dumps(int(things) if things else None)}\n")
        sys.stdout.flush()


def build(asked: dict[str, Any], writer: int) -> None:
    """Build in this process, which ends with it."""
    parent, done = os.getpid(), 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event not in DONE_TO_FOLDERS or os.getpid() != parent:
            return
        path = str(arguments[0])
        if not path.startswith(asked["output"]):
            return
        done += 1
        if done == asked["at"]:
            die(path, asked["most"] if event == "open" else 0)

    sys.addaudithook(count)
    try:
        main(asked["arguments"])
    finally:
        os.write(writer, str(done).encode())
        os._exit(0)


def die(path: str, most: int) -> None:
    """Die now, or when the part that is about to be written has more than so many bytes."""
    if not (most and path.endswith(".part")):
        os.kill(os.getpid(), signal.SIGKILL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


if __name__ == "__main__":
    serve()
