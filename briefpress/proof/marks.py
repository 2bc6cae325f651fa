"""The marks that words must have against those that they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TypeAlias
from urllib.parse import unquote

from briefpress.proof.expected import ExpectedMark, ExpectedPassage
from briefpress.proof.reading import Kind, Mark, Passage, squashed

Says: TypeAlias = Callable[[Sequence[str], str], bool]
"""Whether a text says some words, one after the other, and nothing else."""

Difference: TypeAlias = tuple[Sequence[ExpectedMark], Sequence[Mark]]
"""Marks that are missing, and those that stand in their place."""

_BY_PLACE = {Kind.HEAD, Kind.CELL, Kind.ITEM}


def differences(
    wanted: Sequence[ExpectedMark], seen: Sequence[Mark], kind: Kind, says: Says
) -> Iterator[Difference]:
    """Say how the marks of one kind in a passage differ."""
    if kind in _BY_PLACE:
        yield from _in_places(wanted, seen, says)
        return
    agreeing = Agreeing(wanted)
    found = [_recognised(mark, wanted, agreeing, says) for mark in seen]
    # Of two that are the same, each is called after the first.
    firsts: dict[tuple[tuple[str, ...], str], int] = {}
    names = [firsts.setdefault((m.words, m.value), index) for index, m in enumerate(wanted)]
    for missing, there in differing(names, [names[n] if n >= 0 else n for n in found]):
        yield wanted[missing], seen[there]


def _in_places(
    wanted: Sequence[ExpectedMark], seen: Sequence[Mark], says: Says
) -> Iterator[Difference]:
    """Cells and items are known by their places; one that says nothing may be left out."""
    waiting: dict[str, Mark] = {}
    for mark in seen:
        if mark.value in waiting:
            yield [], [mark]
        elif not says((), mark.words) or mark.kind is Kind.HEAD:
            waiting[mark.value] = mark
    for want in wanted:
        have = waiting.pop(want.value, None)
        if have is None and not says((), " ".join(want.words)):
            yield [want], []
        elif have is not None and not says(want.words, have.words):
            yield [want], [have]
    if waiting:
        yield [], list(waiting.values())


def _recognised(mark: Mark, wanted: Sequence[ExpectedMark], agreeing: Agreeing, says: Says) -> int:
    """Which of those that are wanted a mark is, by its index; a number of its own if none."""
    for index in agreeing.with_mark(mark):
        says_so = _says_no_more if mark.kind is Kind.PICTURE else says
        if says_so(wanted[index].words, mark.words):
            return index
    return -1 - id(mark)


def _says_no_more(words: Sequence[str], text: str) -> bool:
    """Whether each word that can be read in a picture is in what its drawing says.

    Some of that may not be shown, or more than once, and formats that show the drawing itself have
    no words of it: its alternative text speaks for it.
    """
    drawn = squashed("".join(words))
    return all(squashed(word) in drawn for word in text.split())


class Agreeing:
    """Marks that are wanted, by what they say of their words.

    How what stands at a place of the document begins is enough to know the place.
    """

    def __init__(self, wanted: Sequence[ExpectedMark]) -> None:
        self._whole: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        for index, mark in enumerate(wanted):
            if mark.kind in {Kind.LINK, Kind.BACK} and not _is_address(mark.value):
                self._beginnings.setdefault(mark.value, []).append(index)
            else:
                self._whole.setdefault(unquote(mark.value), []).append(index)
        self._lengths = {len(beginning) for beginning in self._beginnings}

    def with_mark(self, mark: Mark) -> list[int]:
        """Which of them say of their words what a mark does, by their indices, in order."""
        found = set(self._whole.get(unquote(mark.value), ()))
        for place in mark.value.split("\n") if self._lengths else ():
            for length in self._lengths:
                found.update(self._beginnings.get(place[:length], ()))
        return sorted(found)


def agrees(want: ExpectedMark, have: Mark) -> bool:
    """Whether a mark says of its words what it must."""
    return bool(Agreeing([want]).with_mark(have))


def but_for_words(difference: Difference) -> Difference:
    """What differs in more than words, of a text that is known to be altered."""
    missing, there = difference
    return (
        [mark for mark in missing if not any(agrees(mark, each) for each in there)],
        [each for each in there if not any(agrees(mark, each) for mark in missing)],
    )


def cells_gone(want: ExpectedPassage, have: Passage) -> Iterator[ExpectedMark]:
    """Cells that aren't there, even those that say nothing. A PDF has only those with words."""
    heads = {table_of(mark) for mark in have.marks if mark.kind is Kind.HEAD}
    there = {mark.value for mark in have.marks if mark.kind is Kind.CELL}
    for mark in want.marks:
        in_table = mark.kind is Kind.CELL and table_of(mark) in heads
        if in_table and mark.value not in there:
            yield mark


def table_of(mark: ExpectedMark | Mark) -> str:
    """The table that a cell or a head is of, among those of its passage."""
    return mark.value.partition(",")[0]


def _is_address(value: str) -> bool:
    return value.partition(":")[0].isalpha()


def numbered(wanted: Sequence[str], seen: Sequence[str]) -> tuple[list[int], list[int]]:
    """Two lists of texts as numbers, the same for the same text."""
    numbers: dict[str, int] = {}
    return (
        [numbers.setdefault(each, len(numbers)) for each in wanted],
        [numbers.setdefault(each, len(numbers)) for each in seen],
    )


def differing(wanted: Sequence[int], seen: Sequence[int]) -> Iterator[tuple[slice, slice]]:
    """Which parts of a list are missing in another, and what stands there instead."""
    # What is the same at the end is set aside: of two equal entries, it is the altered one that is
    # to be told, and not the other.
    pairs = zip(reversed(wanted), reversed(seen), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    before, there = wanted[: len(wanted) - same], seen[: len(seen) - same]
    for kind, a, b, c, d in SequenceMatcher(None, before, there, autojunk=False).get_opcodes():
        if kind != "equal":
            yield slice(a, b), slice(c, d)
