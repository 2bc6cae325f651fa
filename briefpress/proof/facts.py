"""Every fact of a briefing, and where it was found in each of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefpress.diagnostics import Code, Diagnostic, Span
from briefpress.proof.compare import Comparison
from briefpress.proof.expected import (
    Expected,
    ExpectedDate,
    ExpectedMark,
    ExpectedPassage,
    Piece,
)
from briefpress.proof.marks import differences
from briefpress.proof.reading import Kind, Passage, Place, Reading

# Marks that say more than the words that they are of; those are facts themselves.
_MARKS = (Kind.LINK, Kind.LANGUAGE, Kind.PICTURE)

Thing = ExpectedPassage | Piece | ExpectedDate | ExpectedMark


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the source says: what it is, its words, the section it is in, its place."""

    kind: str
    words: str
    section: str
    span: Span
    thing: Thing


@dataclass(frozen=True, slots=True)
class Proved:
    """A file that was held against its source: what is wrong, and where each thing was found."""

    name: str
    faults: tuple[Diagnostic, ...]
    places: dict[Thing, Place]


def facts_of(expected: Expected) -> Iterator[Fact]:
    """Every fact, in reading order; footnotes come last."""
    for passage in (*expected.passages, *expected.notes):
        note = passage.level == 0
        section = f"footnote {passage.heading}" if note else passage.heading
        if not note:
            yield Fact("section", passage.heading, section, passage.span, passage)
        elif passage in expected.notes:
            words = " ".join(piece.text for piece in passage.pieces)
            yield Fact("footnote", words, section, passage.span, passage)
        if not note and not passage.listing:
            yield from _facts_in(passage, section)


def _facts_in(passage: ExpectedPassage, section: str) -> Iterator[Fact]:
    for piece in passage.pieces:
        if piece.text.strip():
            yield Fact(piece.of, piece.text, section, piece.span, piece)
        for date in piece.dates.values():
            yield Fact("date", f"{date.words} ({date.edtf})", section, date.span, date)
    for mark in passage.marks:
        if mark.kind in _MARKS:
            words = mark.value if mark.kind is Kind.PICTURE else " ".join(mark.words) or mark.value
            yield Fact(str(mark.kind), words, section, mark.span, mark)


def places_in(comparison: Comparison, faults: Iterable[Diagnostic]) -> dict[Thing, Place]:
    """Where each thing was found. What isn't there wasn't found, or not as the source has it.

    `faults` are those that the comparison has found.
    """
    found: dict[Thing, Place] = {}
    reading = comparison.found
    for want, have in comparison.pairs:
        found[want] = have.place
        for mark in _found_marks(comparison, want, have):
            found[mark] = have.place
    offsets: dict[int, list[int]] = {}
    for piece, (passage, start) in comparison.starts.items():
        if id(passage) not in offsets:
            offsets[id(passage)] = _offsets(reading, passage.text)
        kept = offsets[id(passage)]
        found[piece] = passage.place_at(kept[start])
        for offset, date in piece.dates.items():
            before = len(reading.normal(piece.text[:offset] + "x")) - 1
            found[date] = passage.place_at(kept[min(start + before, len(kept) - 1)])
    numbers = {note.heading: note for note in reading.notes}
    missing = {fault.span for fault in faults if fault.code is Code.PROOF_NOTE}
    for note in comparison.expected.notes:
        if note.heading in numbers and note.span not in missing:
            found[note] = numbers[note.heading].place
    return found


def _found_marks(
    comparison: Comparison, want: ExpectedPassage, have: Passage
) -> Iterator[ExpectedMark]:
    for kind in set(_MARKS) & comparison.found.tells:
        wanted = [mark for mark in want.marks if mark.kind is kind]
        seen = [mark for mark in have.marks if mark.kind is kind]
        missing = {
            mark for lost, _ in differences(wanted, seen, kind, comparison.says) for mark in lost
        }
        yield from (mark for mark in wanted if mark not in missing)


def _offsets(reading: Reading, text: str) -> list[int]:
    """For each character of a text as it is compared, the offset that it has in the text itself."""
    # Each character that is kept makes the text longer by one; spaces in a row are kept as one.
    kept: list[int] = []
    before = " "
    for offset, character in enumerate(text):
        normal = reading.normal(f"x{character}x")[1:-1]
        if normal and not (normal == before == " "):
            kept.append(offset)
        before = normal or before
    return kept
