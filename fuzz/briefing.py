"""A tiny briefing on disk, read again with some of its files made of fuzzed bytes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from briefpress import model
from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.tasks import Task, read_edition

WORDS = """\
title: A Title
summary: Words of {start}.
events: {start: The start}
places: {kyoto: Kyoto}
people: {ito: Chair}
sections:
  - id: first
    title: The first
    blocks:
      - prose: It began in {start}, in {#kyoto}.[^book|page 1] {@ito} was there.
"""
FACTS = """\
number: S 1
issued: 2001-02-03
events: {start: {date: 1992-05}}
people: {ito: {family: Ito}}
sources: {book: {title: A Book}}
"""


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="briefpress-fuzz-")


def read_with(
    words: bytes = WORDS.encode(), facts: bytes = FACTS.encode()
) -> model.Briefing | None:
    """The briefing, or None where it has faults; each of those must lie inside its file."""
    content = Path(_folder().name) / "content"
    folder = content / "note"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "en.yaml").write_bytes(words)
    (folder / "facts.yaml").write_bytes(facts)
    try:
        briefing, _ = read_edition(Task(content, content, "note", "en"))
    except ContentError as error:
        assert error.diagnostics
        for fault in error.diagnostics:
            _check_place(fault)
        return None
    return briefing


def _check_place(fault: Diagnostic) -> None:
    """Whoever mends a fault must find it: in a line that there is, and not beyond its end."""
    assert fault.message, fault
    assert fault.hint, fault
    span = fault.span
    path = Path(span.file)
    text = path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else ""
    lines = text.replace("\r\n", "\n").split("\n")
    assert 1 <= span.line <= len(lines), fault
    line = lines[span.line - 1]
    assert 1 <= span.column <= len(line) + 1, fault
    assert span.column + span.length <= len(line) + 2, fault
