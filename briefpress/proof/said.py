"""How faults call the words and marks that they are about."""

from __future__ import annotations

from briefpress.proof.expected import ExpectedMark
from briefpress.proof.reading import Mark, collapsed

_SHOWN = 60


def described(mark: ExpectedMark | Mark) -> str:
    """A mark with its words, and what it says of them."""
    words = mark.words if isinstance(mark.words, str) else " ".join(mark.words)
    value = f" ({mark.value})" if mark.value else ""
    return f"the {mark.kind} {shown(collapsed(words))}{value}"


def shown(text: str) -> str:
    """A text in quotation marks, or how it begins if it is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
