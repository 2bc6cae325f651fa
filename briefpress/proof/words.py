"""Finds what must be said in what is said.

What must be said is a sequence of pieces. Between them may stand nothing but furniture: the labels
that templates set among the words of a briefing, and some punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

_PUNCTUATION = " ,;:：.()–—·•"

# What made a file says so, and in which version.
_MAKER = re.compile(r"Briefpress ?\d+(?:\.\d+)*")

# Behind these there is a space.
_BEFORE_SPACE = ".,;:"


class Furniture:
    """The words that may stand between pieces, spelt as texts are compared.

    `spaced` says whether the spaces between words are kept: if so, no piece may begin right behind
    a letter, a digit or a point.
    """

    def __init__(
        self, labels: Iterable[str], normal: Callable[[str], str], *, spaced: bool
    ) -> None:
        self._spaced = spaced
        self._between = " " if spaced else ""
        parts = {part for label in labels for part in re.split(r"\{.*?\}", normal(label))}
        self._parts = sorted({*filter(None, map(str.strip, parts)), *_PUNCTUATION})
        self._any = re.compile(f"{_MAKER.pattern}|{'|'.join(map(re.escape, self._parts))}")

    def joined(self, pieces: Iterable[str]) -> str:
        """Pieces one after the other, with nothing between them that need be there."""
        return self._between.join(pieces)

    def steps(self, text: str, start: int) -> Iterator[int]:
        """The places up to which a text may be a single label, or such, from `start` on.

        There may be several: a series is called as one of the labels begins.
        """
        if not self._any.match(text, start):
            return
        if maker := _MAKER.match(text, start):
            yield maker.end()
        for part in self._parts:
            if text.startswith(part, start):
                yield start + len(part)

    def may_begin(self, piece: str, text: str, at: int) -> bool:
        """Whether a piece stands at a place of a text, and by itself."""
        if at and self._spaced and piece[0].isalnum():
            before = text[at - 1]
            if before.isalnum() or before in _BEFORE_SPACE:
                return False
        return text.startswith(piece, at)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each piece begins in a text (None: nowhere), and what else stands there.

    Each stray is what stands before a piece, by its index, or at the end, by their number.
    """

    starts: list[int | None]
    strays: dict[int, str]

    @property
    def is_whole(self) -> bool:
        """Whether the text says all the pieces, in order, and nothing else."""
        return None not in self.starts and not self.strays


def says(pieces: Sequence[str], text: str, furniture: Furniture) -> bool:
    """Whether a text says pieces one after the other, and nothing else but furniture.

    Most texts are the pieces themselves, or lack one; no place need be looked for in those.
    """
    if furniture.joined(pieces) == text:
        return True
    return all(piece in text for piece in pieces) and align(pieces, text, furniture).is_whole


def align(pieces: Sequence[str], text: str, furniture: Furniture) -> Alignment:
    """Find pieces in a text, all spelt as they are compared."""
    starts: list[int | None] = []
    strays: dict[int, str] = {}
    reached = {0}
    for index, piece in enumerate(pieces):
        ends = _ends(furniture, text, reached)
        begins = [at for at in ends if furniture.may_begin(piece, text, at)]
        if not begins:
            behind = max(reached)
            at = _further_on(pieces[index:], text, behind)
            starts.append(at)
            if at is None:
                continue
            strays[index], begins = text[behind:at], [at]
        else:
            starts.append(begins[0])
        reached = {at + len(piece) for at in begins}
    rest = text[max(reached) :]
    if len(text) not in _ends(furniture, text, reached):
        strays[len(pieces)] = rest
    return Alignment(starts, strays)


def _ends(furniture: Furniture, text: str, reached: Iterable[int]) -> list[int]:
    """The places up to which a text may be furniture from any of some places on, in order.

    Those places are among them. What follows a place is the same whencesoever it was reached, and
    is gone through once.
    """
    seen: set[int] = set()
    waiting = [*reached]
    while waiting:
        if (place := waiting.pop()) not in seen:
            seen.add(place)
            waiting += furniture.steps(text, place)
    return sorted(seen)


def _further_on(pieces: Sequence[str], text: str, behind: int) -> int | None:
    """Where the first of some pieces stands further on, if it comes before the one after it."""
    at = text.find(pieces[0], behind)
    if at < 0:
        return None
    following = text.find(pieces[1], behind) if len(pieces) > 1 else -1
    return None if 0 <= following < at else at
