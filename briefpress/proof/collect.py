"""Gathers what each part of a model says, in reading order, and what is to be said of its words.

That a date leads to its event and a name in another script has its language is stated here once
more, by hand: were it taken from the templates, they would be proved by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from typing import get_args

from briefpress import model
from briefpress.dates import Date
from briefpress.diagnostics import Span
from briefpress.proof.collect_text import TextCollector
from briefpress.proof.expected import ExpectedMark, ExpectedPassage, Piece
from briefpress.proof.reading import Kind, cell_at, item_at

# What a run of words is called after the part of the model that it is of.
_CALLED = {
    model.BulletList: "list item",
    model.NumberedList: "list item",
    model.CodeBlock: "code",
    model.KeyPoints: "key point",
    model.Chronology: "event",
    model.Table: "cell",
    model.Visits: "cell",
    model.People: "person",
    model.Quote: "quotation",
    model.Figure: "caption",
    model.Chart: "caption",
    model.Timeline: "caption",
    model.Map: "caption",
    model.Documents: "document",
    model.MarginFacts: "margin fact",
    model.Sources: "source",
    model.Index: "index entry",
}

# The items of blocks that are nothing but lists.
_ITEMS = {
    model.BulletList: "items",
    model.NumberedList: "items",
    model.KeyPoints: "points",
    model.People: "people",
    model.Documents: "documents",
    model.Sources: "sources",
}


class Collector(TextCollector):
    """Adds what parts of a briefing say to passages.

    `headings` and `references` are by the id of a section: its heading, and what the index calls
    it. `labels` are the words that templates set, by their names.
    """

    def __init__(
        self, written: Callable[[Date], str], locale: str, labels: Mapping[str, str]
    ) -> None:
        super().__init__(written, locale)
        self.headings: dict[str, str] = {}
        self.references: dict[str, str] = {}
        self._labels = labels
        self._lists: Counter[ExpectedPassage] = Counter()

    def into(self, passage: ExpectedPassage, part: object) -> None:
        """Add what a part of the model says to a passage, in reading order."""
        if isinstance(part, model.DateMention):
            self._text(passage, (part,))
        elif isinstance(part, tuple) and part and _is_inline(part[0]):
            self._text(passage, part)
        elif isinstance(part, tuple):
            for each in part:
                self.into(passage, each)
        elif isinstance(part, model.Node):
            with self._within(part):
                self._node(passage, part)

    def title(self, passage: ExpectedPassage, title: model.Inlines) -> None:
        """Add the marks of a heading, whose words are the passage's own."""
        aside = ExpectedPassage(passage.level, "", passage.span)
        with self.unlinked():
            self._text(aside, title)
        passage.marks += aside.marks
        passage.marks += (
            ExpectedMark(Kind.DATE, (date.words,), date.edtf, date.span) for date in aside.dates
        )

    def words(self, inlines: model.Inlines) -> str:
        """What inlines say, the calls to footnotes included."""
        aside = ExpectedPassage(0, "", self._span)
        self._text(aside, inlines)
        return "".join(piece.text for piece in aside.pieces)

    @contextmanager
    def called(self, of: str, span: Span) -> Iterator[None]:
        """What is added meanwhile is of something, at a place of the source."""
        outer = self._of, self._span
        self._of, self._span = of, span
        yield
        self._of, self._span = outer

    @contextmanager
    def _within(self, node: model.Node) -> Iterator[None]:
        of = _CALLED.get(type(node), self._of)
        with self.called(of, getattr(node, "span", None) or self._span):
            yield

    # Blocks

    def _node(self, passage: ExpectedPassage, node: model.Node) -> None:
        if (items := _ITEMS.get(type(node))) is not None:
            start = node.start if isinstance(node, model.NumberedList) else None
            self._list(passage, getattr(node, items), start)
            return
        match node:
            case model.MarginFacts():
                self.into(passage, node.title)
                self._list(passage, node.facts)
            case model.CodeBlock():
                self.line(passage, node.text)
            case model.Table():
                self._table(passage, node)
            case model.Visits():
                self._visits(passage, node)
            case model.Quote():
                with self._marked(passage, Kind.QUOTE):
                    self._fields(passage, node)
            case model.Figure():
                self._picture(passage, node.alt, (node.caption, node.credit), node.says)
            case model.Drawn():
                self._drawn(passage, node)
            case model.Person():
                self.into(passage, (node.name, *((name,) for name in node.other_names), node.role))
            case _:
                self._reference(passage, node)

    def _picture(self, passage: ExpectedPassage, alt: str, caption: object, says: str = "") -> None:
        passage.marks.append(ExpectedMark(Kind.PICTURE, (says,) * bool(says), alt, self._span))
        with self._marked(passage, Kind.CAPTION):
            self.into(passage, caption)

    def _drawn(self, passage: ExpectedPassage, drawn: model.Drawn) -> None:
        """A picture that the press draws, and what says the same in words."""
        match drawn:
            case model.Chart():
                self._picture(passage, drawn.alt, (drawn.caption, drawn.credit))
                self.into(passage, drawn.table)
            case model.Timeline():
                self._picture(passage, drawn.alt, drawn.caption)
                self._timeline(passage, drawn)
            case model.Map():
                self._picture(passage, drawn.alt, drawn.caption)
                self.label(passage, "borders")
                self.label(passage, "shown")
                self.into(passage, tuple(country.name for country in drawn.countries))
                self.into(passage, tuple(place.name for place in drawn.places))

    def _timeline(self, passage: ExpectedPassage, timeline: model.Timeline) -> None:
        if timeline.told:
            self.label(passage, "told")
            self.into(passage, timeline.told)
        if timeline.told or timeline.beside:
            return
        with self.listed(passage) as item:
            for moment in timeline.moments:
                with item(""):
                    with self.unlinked():
                        self._or_label(passage, moment.when, "undated")
                    self.into(passage, moment.says)
        self._sources(passage, timeline.sources)

    def _reference(self, passage: ExpectedPassage, node: model.Node) -> None:
        """Nodes that lead to others."""
        match node:
            case model.Occurrence():
                with self.unlinked():
                    self._or_label(passage, node.when, "undated")
                self.into(passage, node.says)
            case model.Chronology():
                self._list(passage, node.occurrences)
                self._sources(passage, node.sources)
            case model.SourceLink():
                with self.unlinked():
                    self.into(passage, node.title)
            case model.Document(href=str(href)):
                with self.unlinked(), self._marked(passage, Kind.LINK, href):
                    self.into(passage, node.title)
                self._said_of(passage, node)
            case model.Document():
                self.into(passage, node.title)
                self._said_of(passage, node)
            case model.Source():
                self._source(passage, node)
            case model.Index():
                self._index(passage, node)
            case model.IndexEntry():
                with self.unlinked():
                    self.into(passage, node.name)
                for id_ in node.sections:
                    with self._marked(passage, Kind.LINK, self.sections[id_]):
                        piece = Piece(self._of, self._span, self.references[id_])
                        passage.pieces.append(piece)
            case _:
                self._fields(passage, node)

    def _fields(self, passage: ExpectedPassage, node: model.Node) -> None:
        for name in type(node).model_fields:
            self.into(passage, getattr(node, name))

    def _source(self, passage: ExpectedPassage, source: model.Source) -> None:
        parts = (source.author, source.title, source.publisher, source.published)
        self.into(passage, parts)
        if source.href:
            with self._marked(passage, Kind.LINK, source.href):
                self.line(passage, source.href)
        if source.accessed:
            self.label(passage, "accessed")
        self.into(passage, (source.accessed, source.note))

    def _said_of(self, passage: ExpectedPassage, document: model.Document) -> None:
        self._or_label(passage, document.when, "undated")
        self.into(passage, document.says)

    def _index(self, passage: ExpectedPassage, index: model.Index) -> None:
        for label, entries in (("people", index.people), ("places", index.places)):
            if entries:
                self.label(passage, label)
                self._list(passage, entries)

    def _sources(self, passage: ExpectedPassage, sources: tuple[model.SourceLink, ...]) -> None:
        if sources:
            self.label(passage, "source")
            self.into(passage, sources)

    def label(self, passage: ExpectedPassage, name: str) -> None:
        """Add a label that templates must set."""
        self.line(passage, self._labels[name])

    def line(self, passage: ExpectedPassage, words: str) -> None:
        """Add words that have no marks."""
        passage.pieces.append(Piece(self._of, self._span, words))

    def _or_label(self, passage: ExpectedPassage, part: object, name: str) -> None:
        """Add what a part says, or the label that stands in its place."""
        if part:
            self.into(passage, part)
        else:
            self.label(passage, name)

    # Lists and tables

    def _list(
        self, passage: ExpectedPassage, parts: Sequence[object], start: int | None = None
    ) -> None:
        """Add a list with its items, which are numbered if it says from where."""
        with self.listed(passage) as item:
            for index, part in enumerate(parts):
                with item("" if start is None else str(start + index)):
                    self.into(passage, part)

    @contextmanager
    def listed(
        self, passage: ExpectedPassage
    ) -> Iterator[Callable[[str], AbstractContextManager[None]]]:
        """What is added meanwhile is a list; what is given back begins each of its items."""
        self._lists[passage] += 1
        list_, items = self._lists[passage], count(1)

        def item(number: str = "") -> AbstractContextManager[None]:
            return self._marked(passage, Kind.ITEM, item_at(list_, next(items), number))

        yield item

    def _table(self, passage: ExpectedPassage, table: model.Table) -> None:
        passage.tables += 1
        if table.caption:
            with self._marked(passage, Kind.CAPTION):
                self.into(passage, table.caption)
        self._row(passage, Kind.HEAD, 0, table.head, len(table.head))
        for number, row in enumerate(table.rows, start=1):
            header = () if row.header is None else (row.header,)
            with self._within(row):
                cells = (*header, *row.cells)
                self._row(passage, Kind.CELL, number, cells, len(header))
        self.into(passage, table.notes)

    def _visits(self, passage: ExpectedPassage, table: model.Visits) -> None:
        passage.tables += 1
        with self._marked(passage, Kind.CAPTION):
            self.into(passage, table.caption)
        # Where the table is too narrow for a head, some of these labels stand in the cells.
        for column, name in enumerate(("date", "visitor", "to", "outcome"), start=1):
            place = cell_at(passage.tables, 0, column, is_header=True)
            words = (self._labels[name],)
            passage.marks.append(ExpectedMark(Kind.HEAD, words, place, self._span))
        for row, visit in enumerate(table.visits, start=1):
            with self._cell(passage, Kind.CELL, row, 1):
                self._or_label(passage, visit.when, "undated")
            with self._cell(passage, Kind.CELL, row, 2, is_header=True):
                self.into(passage, (visit.visitors, visit.office))
            with self._cell(passage, Kind.CELL, row, 3):
                self._or_label(passage, visit.to, "not-stated")
            with self._cell(passage, Kind.CELL, row, 4):
                self.into(passage, visit.outcome)
        self._sources(passage, table.sources)

    def _row(
        self, passage: ExpectedPassage, kind: Kind, row: int, cells: tuple[object, ...], heads: int
    ) -> None:
        """Add the cells of a row, of which the first `heads` are headers."""
        for column, cell in enumerate(cells, start=1):
            with self._cell(passage, kind, row, column, is_header=column <= heads):
                self.into(passage, cell)

    def _cell(
        self,
        passage: ExpectedPassage,
        kind: Kind,
        row: int,
        column: int,
        *,
        is_header: bool = False,
    ) -> AbstractContextManager[None]:
        header = is_header or kind is Kind.HEAD
        place = cell_at(passage.tables, row, column, is_header=header)
        return self._marked(passage, kind, place)


def _is_inline(part: object) -> bool:
    return isinstance(part, get_args(get_args(model.Inline)[0]))
