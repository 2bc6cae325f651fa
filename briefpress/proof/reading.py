"""What a reader finds in an artefact, whatever its format."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Set between words of which the second needn't go on where the first ends: of two cells, before
# and after the number of a footnote.
BOUNDARY = "\u2063"

_SPACE = re.compile(rf"[\s{BOUNDARY}]+")
# Hyphens, since a typesetter adds some; zero-width characters; white space.
_LOOSE = re.compile(rf"[\s{BOUNDARY}\u2010\u00ad\u200b\u2060-]+")


class UnreadableError(Exception):
    """A file isn't of the format that its name says. The message says why."""


@dataclass(slots=True)
class Passage:
    """A heading and the text up to the next one. `dates` are (EDTF, words), where marked up."""

    level: int
    heading: str
    text: str = ""
    dates: list[tuple[str, str]] | None = None


@dataclass(slots=True)
class Reading:
    """An artefact as it was read: its passages in order, and the texts of its footnotes."""

    passages: list[Passage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collapsed(text: str) -> str:
    """A text with each run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def squashed(text: str) -> str:
    """A text without white space and hyphens, which line breaking adds and takes away."""
    return _LOOSE.sub("", text)
