"""Marks that are on the same words as they should be, but where those stand once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefpress.proof.expected import ExpectedMark, Piece
from briefpress.proof.marks import Difference
from briefpress.proof.reading import Mark, Passage, squashed


def misplaced(
    wanted: Sequence[ExpectedMark],
    seen: Sequence[Mark],
    have: Passage,
    starts: Mapping[Piece, tuple[Passage, int]],
    normal: str,
) -> Iterator[Difference]:
    """The marks that aren't at their place in a passage, though all of them are on it, in order.

    `starts` has for each piece where it begins in the text as it is compared, which is `normal`.
    """
    said = squashed(have.text)
    as_read, as_compared = _Ruler(have.text), _Ruler(normal)
    for want, mark in zip(wanted, seen, strict=False):
        words = squashed(mark.words)
        passage, start = starts.get(want.piece, (None, 0)) if want.piece else (None, 0)
        if mark.at is None or passage is not have or want.piece is None:
            continue
        place = as_compared.before(start) + len(squashed(want.piece.text[: want.offset]))
        begins = as_read.before(mark.at)
        is_there = begins <= place < begins + max(len(words), 1)
        # To look for the words everywhere takes long, and is done only where something is wrong.
        if not is_there and said.count(words) > 1:
            yield [want], []


class _Ruler:
    """Counts the characters before places, but for white space; quickly if they are in order."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._count = text, 0, 0

    def before(self, place: int) -> int:
        """How many characters there are before a place."""
        if place < self._at:
            self._at = self._count = 0
        self._count += len(squashed(self._text[self._at : place]))
        self._at = place
        return self._count
