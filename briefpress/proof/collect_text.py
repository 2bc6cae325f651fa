"""Gathers what text says, and the marks that its words must have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from briefpress import model
from briefpress.dates import Date
from briefpress.diagnostics import Span
from briefpress.proof.expected import ExpectedDate, ExpectedMark, ExpectedPassage, Piece
from briefpress.proof.reading import CALL, Kind, lands_at_note


class TextCollector:
    """Adds what inlines say to passages.

    `sections` are by their id where a link to each lands; `events` say the last of each event that
    is shown.
    """

    def __init__(self, written: Callable[[Date], str], locale: str) -> None:
        self.sections: dict[str, str] = {}
        self.events: dict[str, str] = {}
        self._written = written
        self._language = locale
        self._of = "paragraph"
        self._span = Span("")
        self._linked = True

    @contextmanager
    def unlinked(self) -> Iterator[None]:
        """Dates lead nowhere in headings, in what is a link itself, and where they are at home."""
        outer, self._linked = self._linked, False
        yield
        self._linked = outer

    @contextmanager
    def _marked(self, passage: ExpectedPassage, kind: Kind, value: str = "") -> Iterator[None]:
        """The words that are added meanwhile have a mark."""
        pieces, marks = len(passage.pieces), len(passage.marks)
        yield
        words = tuple(piece.text for piece in passage.pieces[pieces:])
        passage.marks.insert(marks, ExpectedMark(kind, words, value, self._span))

    def _text(self, passage: ExpectedPassage, inlines: model.Inlines) -> None:
        piece = Piece(self._of, self._span)
        for inline in inlines:
            self._inline(passage, piece, inline)
        passage.pieces.append(piece)

    def _inline(self, passage: ExpectedPassage, piece: Piece, inline: model.Inline) -> None:
        start, marks = len(piece.text), len(passage.marks)
        kind, value, span = self._mark_of(inline)
        match inline:
            case model.Words(text=text) | model.Code(text=text):
                piece.text += text
            case model.Break():
                piece.text += " "
            case model.Note(number=number):
                piece.text += f"{CALL}{number}{CALL}"
            case model.DateMention():
                words = model.words_of(inline, self._written)
                piece.dates[start] = ExpectedDate(inline.date.edtf, words, inline.span)
                self._date(passage, piece, inline, words)
            case model.Foreign():
                outer, self._language = self._language, inline.language
                self._inner(passage, piece, inline.inlines)
                self._language = outer
            case model.EventMention() | model.Link():
                with self.unlinked():
                    self._inner(passage, piece, inline.inlines)
            case _:
                self._inner(passage, piece, inline.inlines)
        if kind:
            mark = ExpectedMark(kind, (piece.text[start:],), value, span, piece, start)
            passage.marks.insert(marks, mark)

    def _inner(self, passage: ExpectedPassage, piece: Piece, inlines: model.Inlines) -> None:
        for inline in inlines:
            self._inline(passage, piece, inline)

    def _date(
        self, passage: ExpectedPassage, piece: Piece, date: model.DateMention, words: str
    ) -> None:
        """A date's own words are written out, those of the writer may have marks of their own."""
        if not date.inlines:
            piece.text += words
            return
        with self.unlinked():
            self._inner(passage, piece, date.inlines)

    def _mark_of(self, inline: model.Inline) -> tuple[Kind | None, str, Span]:
        """The mark that the words of an inline must have, if any."""
        match inline:
            case model.Note(number=number, span=span):
                return Kind.CALL, lands_at_note(str(number)), span
            case model.DateMention(event=str(event), span=span) if self._leads(event):
                return Kind.LINK, self.events[event], span
            case model.EventMention(event=event) if self._leads(event):
                return Kind.LINK, self.events[event], self._span
            case model.Link(href=href) if self._linked:
                lands = self.sections[href[1:]] if href.startswith("#") else href
                return Kind.LINK, lands, self._span
            case model.Foreign(language=language) if language != self._language:
                return Kind.LANGUAGE, language, self._span
        return None, "", self._span

    def _leads(self, event: str) -> bool:
        return self._linked and event in self.events
