"""What must be found in an artefact, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefpress.diagnostics import Span
from briefpress.proof.reading import Kind


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedDate:
    """A date as it must stand: EDTF, the words for it, and its place in the source."""

    edtf: str
    words: str
    span: Span


@dataclass(slots=True, eq=False)
class Piece:
    """A run of words, what it is of (a paragraph, a cell), and the dates in it by their offsets."""

    of: str
    span: Span
    text: str = ""
    dates: dict[int, ExpectedDate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedMark:
    """Words that must have a mark. Those of a cell are in several pieces, with labels among them.

    Where a link leads inside the document, `value` is how what stands there begins. Words of a
    single `piece` stand at an offset of it.
    """

    kind: Kind
    words: tuple[str, ...]
    value: str
    span: Span
    piece: Piece | None = None
    offset: int = 0


@dataclass(slots=True, eq=False)
class ExpectedPassage:
    """A heading, and what must stand before the next one, in order; or a footnote by its number.

    A `listing` is a list of contents: it says again what stands elsewhere, and some formats list
    more than others.
    """

    level: int
    heading: str
    span: Span
    listing: bool = False
    pieces: list[Piece] = field(default_factory=list)
    marks: list[ExpectedMark] = field(default_factory=list)
    tables: int = 0

    @property
    def dates(self) -> list[ExpectedDate]:
        """Every date of the text, in order."""
        return [date for piece in self.pieces for date in piece.dates.values()]

    def date_marks(self) -> Iterator[ExpectedMark]:
        """The same, as what says to machines which date it is."""
        for piece in self.pieces:
            for offset, date in piece.dates.items():
                yield ExpectedMark(Kind.DATE, (date.words,), date.edtf, date.span, piece, offset)


@dataclass(frozen=True, slots=True)
class Expected:
    """A whole briefing: its passages and footnotes, and what files must say of it.

    `furniture` are the words that templates may set among those of the briefing. `series` must
    stand on the cover, wherever the theme has it.
    """

    passages: list[ExpectedPassage]
    notes: list[ExpectedPassage]
    metadata: dict[str, str]
    furniture: tuple[str, ...]
    series: tuple[str, ...]
    date_pattern: re.Pattern[str]
