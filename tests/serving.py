"""A preview as users start it, asked over HTTP."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.source import ROOT


class Served:
    """A preview that runs."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url
        self.port = int(url.rstrip("/").rpartition(":")[2])

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """Ask for a path, as it is written; the answer, and its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> bytes:
        """What is at a path that has to be there."""
        answer, body = self.ask(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return body

    @contextmanager
    def news(self, of: str = "") -> Iterator[Iterator[dict[str, Any]]]:
        """What is told of an edition such as "note/en", or of all, as it is told."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", f"/news/{of}" if of else "/news")
        answer = connection.getresponse()
        try:
            yield (json.loads(line[6:]) for line in answer if line.startswith(b"data: "))
        finally:
            answer.close()
            connection.close()

    def end(self, sign: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End it as Ctrl-C does; its exit code, and what else it has said."""
        self.process.send_signal(sign)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said


@contextmanager
def serving(
    *arguments: str | Path,
    cwd: Path = ROOT,
    program_in: Path = ROOT,
    env: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Served]:
    """A preview at a port that is free, for as long as this lasts.

    `program_in` is the checkout whose program and built-in templates it has.
    """
    program = Path(sys.executable).with_name("briefpress")
    process = subprocess.Popen(
        [program, "serve", "--port", "0", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(program_in), **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", line)
        assert found, line + process.stdout.read()
        yield Served(process, found[1])
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def note_in(folder: Path) -> Path:
    """A content folder of its own with the complete small briefing."""
    return shutil.copytree(ROOT / "tests/cases/_base", folder / "content")


def until(news: Iterator[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    """The first news in which all of this is so."""
    return next(state for state in news if all(state.get(k) == v for k, v in wanted.items()))
