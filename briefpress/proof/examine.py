"""A finished file, opened and held against what it must say."""

from __future__ import annotations

from pathlib import Path

from briefpress.diagnostics import Code, Diagnostic
from briefpress.proof.compare import Comparison
from briefpress.proof.expected import Expected
from briefpress.proof.facts import Proved, places_in
from briefpress.proof.readers import UnreadableError, read_epub, read_html, read_pdf

# By the last part of a format's suffix.
_READERS = {".pdf": read_pdf, ".epub": read_epub, ".html": read_html}


def prove(data: bytes, expected: Expected, name: str) -> list[Diagnostic]:
    """Hold a file against what it must say.

    `name` says by its ending how to read it, and is what diagnostics call it.
    """
    compared = _compared(data, expected, name)
    return [compared] if isinstance(compared, Diagnostic) else list(compared.faults())


def examine(data: bytes, expected: Expected, name: str) -> Proved:
    """Hold a file against what it must say, and tell where each thing was found in it."""
    compared = _compared(data, expected, name)
    if isinstance(compared, Diagnostic):
        return Proved(name, (compared,), {})
    faults = tuple(compared.faults())
    return Proved(name, faults, places_in(compared, faults))


def _compared(data: bytes, expected: Expected, name: str) -> Comparison | Diagnostic:
    ending = Path(name).suffix
    try:
        return Comparison(expected, _READERS[ending](data), name)
    except UnreadableError as error:
        span = expected.passages[0].span
        hint = "build it anew, or fetch it again"
        message = f"{name} can't be read as {ending[1:].upper()}: {error}"
        return Diagnostic(Code.NOT_A_BRIEFING, span, message, hint)
