"""What must be found, from the model alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from briefpress import dates, model
from briefpress.content.labels import Labels
from briefpress.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ExpectedDate:
    """A date as it must stand: EDTF, the words for it, and its place in the source."""

    edtf: str
    words: str
    span: Span


@dataclass(slots=True)
class Piece:
    """A run of words that no footnote interrupts, and the dates in it by where they begin."""

    text: str = ""
    dates: dict[int, ExpectedDate] = field(default_factory=dict)


@dataclass(slots=True)
class ExpectedPassage:
    """A heading, and what must stand before the next one, in order.

    What is a `listing` says again what stands elsewhere, and some formats list more than others.
    What is `floating` has facts in the margin, which may go on overleaf in the midst of its text.
    """

    level: int
    heading: str
    span: Span
    listing: bool = False
    floating: bool = False
    pieces: list[Piece] = field(default_factory=list)

    @property
    def dates(self) -> list[ExpectedDate]:
        """Every date of the passage, in order."""
        return [date for piece in self.pieces for date in piece.dates.values()]


@dataclass(frozen=True, slots=True)
class Expected:
    """A whole briefing: its passages, and for each footnote what it must say."""

    passages: list[ExpectedPassage]
    notes: list[tuple[str, Span]]
    date_pattern: re.Pattern[str]


def expect(briefing: model.Briefing, labels: Labels) -> Expected:
    """List what a reader of any format must find of a briefing."""
    words = labels.date_words()

    def written(date: dates.Date) -> str:
        return dates.write(date, labels.locale, words)

    passages = list(_passages(briefing, labels, written))
    notes = [
        (_citation(note, briefing, written), note.span)
        for note in model.walk(briefing)
        if isinstance(note, model.Note)
    ]
    forms = {date.words for passage in passages for date in passage.dates}
    return Expected(passages, notes, _date_pattern(forms, labels.locale))


def _date_pattern(forms: set[str], locale: str) -> re.Pattern[str]:
    """Finds every date of the briefing, and whatever else looks like one."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    known = [r"\s+".join(map(re.escape, form.split())) for form in longest_first]
    either = "|".join([*known, dates.bare_date_pattern(locale).pattern])
    return re.compile(rf"(?<!\d)(?:{either})(?!\d)")


def _passages(
    briefing: model.Briefing, labels: Labels, written: Callable[[dates.Date], str]
) -> Iterator[ExpectedPassage]:
    collect = _Collector(written)
    span = briefing.span
    cover = ExpectedPassage(1, model.text_of(briefing.title, written), span)
    collect.into(cover, (briefing.subtitle, briefing.issued, briefing.as_of))
    imprint = (briefing.author, briefing.handling, briefing.series.publisher)
    cover.pieces.extend(Piece(line) for line in imprint if line)
    yield cover
    summary = ExpectedPassage(2, labels.words["summary"], span)
    collect.into(summary, briefing.summary)
    yield summary
    contents = ExpectedPassage(2, labels.words["contents"], span, listing=True)
    sections = []
    for level, section in briefing.all_sections():
        passage = ExpectedPassage(level + 1, _heading(section, labels, written), section.span)
        contents.pieces.append(Piece(passage.heading))
        collect.into(passage, section.blocks)
        passage.floating = any(isinstance(b, model.MarginFacts) for b in section.blocks)
        sections.append(passage)
    yield contents
    yield from sections
    colophon = ExpectedPassage(2, labels.words["about-this"], span)
    colophon.pieces.extend(Piece(f"{briefing.id}/{file}") for file in briefing.files)
    colophon.pieces.append(Piece(briefing.digest))
    yield colophon


def _heading(section: model.Section, labels: Labels, written: Callable[[dates.Date], str]) -> str:
    title = model.text_of(section.title, written)
    if section.number is None:
        return title
    pattern = labels.words["annex"] if section.annex else "{number}"
    return f"{pattern.format(number=section.number)} {title}"


def _citation(
    note: model.Note, briefing: model.Briefing, written: Callable[[dates.Date], str]
) -> str:
    title = model.text_of(briefing.sources[note.source].title, written)
    return f"{title}\n{model.text_of(note.where, written)}"


class _Collector:
    """Gathers what parts of the model say."""

    def __init__(self, written: Callable[[dates.Date], str]) -> None:
        self.written = written

    def into(self, passage: ExpectedPassage, part: object) -> None:
        """Add what a part of the model says to a passage, in reading order."""
        if isinstance(part, model.DateMention):
            passage.pieces.extend(self._pieces((part,)))
        elif isinstance(part, model.CodeBlock):
            passage.pieces.append(Piece(part.text))
        elif isinstance(part, tuple) and part and _is_inline(part[0]):
            passage.pieces.extend(self._pieces(part))
        elif isinstance(part, tuple):
            for each in part:
                self.into(passage, each)
        elif isinstance(part, model.Node):
            for name in type(part).model_fields:
                self.into(passage, getattr(part, name))
                if name == "published" and isinstance(part, model.Source) and part.href:
                    passage.pieces.append(Piece(part.href))

    def _pieces(self, inlines: model.Inlines) -> Iterator[Piece]:
        piece = Piece()
        for leaf in model.leaves(inlines):
            if isinstance(leaf, model.Note):
                yield piece
                piece = Piece()
            elif isinstance(leaf, model.DateMention):
                words = model.words_of(leaf, self.written)
                piece.dates[len(piece.text)] = ExpectedDate(leaf.date.edtf, words, leaf.span)
                piece.text += words
            else:
                piece.text += leaf
        yield piece


def _is_inline(part: object) -> bool:
    return isinstance(part, get_args(get_args(model.Inline)[0]))
