"""The footnotes: what each says, in order, and its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from briefpress.diagnostics import Span
from briefpress.proof.expected import ExpectedPassage
from briefpress.proof.marks import Says, differing, numbered
from briefpress.proof.reading import CALL, Passage, collapsed, lands_at
from briefpress.proof.said import shown


def note_faults(
    wanted: Sequence[ExpectedPassage], seen: Sequence[Passage], says: Says
) -> Iterator[tuple[Span | None, str]]:
    """Say in what footnotes differ, and at which place of the source, if at any."""
    names = ["\n".join(piece.text for piece in note.pieces) for note in wanted]
    found = [_recognised(note, dict.fromkeys(names), says) for note in seen]
    for missing, there in differing(*numbered(names, found)):
        there_is = ", ".join(shown(collapsed(note.text)) for note in seen[there])
        instead = f"; there stands {there_is}" if there_is else ""
        for note in wanted[missing]:
            yield note.span, f"footnote {note.heading} is missing{instead}"
        if not wanted[missing]:
            yield None, f"the footnote {there_is} isn't in the source"
    if names == found:
        for want, have in zip(wanted, seen, strict=True):
            if want.heading != have.heading:
                yield want.span, f"footnote {want.heading} has the number {have.heading!r}"


def _recognised(note: Passage, names: Iterable[str], says: Says) -> str:
    """Which of the notes that are wanted a note is, by what it says."""
    said = (name for name in names if says(name.split("\n"), note.text))
    return next(said, f"{note.text}\n")


def calls_in(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """Where each footnote is called, by its number, as places that a link leads to."""
    calls: dict[str, list[str]] = defaultdict(list)
    for index, passage in enumerate(passages):
        for number in dict.fromkeys(passage.text.split(CALL)[1:-1]):
            calls[number].append(lands_at(index, f"{CALL}{number}{CALL}"))
    return calls
