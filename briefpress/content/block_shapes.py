"""What blocks may hold: the keys, and what each takes.

Texts said to be prose or lines below are read by `prose.py`. The text under each key is what
editors show of it (`briefpress/schemas.py`); it is for those who write briefings.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from briefpress.content.drawn_shapes import ChartEntry, MapEntry, TimelineEntry
from briefpress.content.shape import Shape, fault
from briefpress.content.texts import Edtf, Id, PictureFile, Text, Url
from briefpress.diagnostics import Code
from briefpress.limits import TABLE_COLUMNS, TABLE_ROWS


class ChronologyEntry(Shape):
    """Events in the order of time, each with its date, its wording and its source."""

    kind: list[Text] | None = None
    """The kinds of events to show, such as `[milestone, visit]`; all of them if left out."""


class VisitsEntry(Shape):
    """A table of visits, made of events: date, visitor, office, where to, outcome."""

    kind: list[Text] = ["visit"]
    """The kinds of events to show; `[visit]` if left out."""

    caption: Text
    """What stands above the table, such as `High-level visits`."""


class TableEntry(Shape):
    """A table. Each row has as many cells as the head."""

    caption: Text
    """What stands above the table, such as `Trade by year`."""

    head: list[str] = Field(min_length=1, max_length=TABLE_COLUMNS.most)
    """The names of the columns, such as `[Year, Exports, Imports]`."""

    rows: list[list[str]] = Field(min_length=1, max_length=TABLE_ROWS.most)
    """The rows, each a list of cells, such as `- [1999, "12.5", "8.1"]`."""

    row_headers: bool = False
    """`true` where the first cell of each row names the row."""

    numeric: list[str] = []
    """The names of the columns that hold numbers, as `head` has them; they are set flush right."""

    note: Text | None = None
    """What stands below the table, such as where its numbers are from."""


class PeopleEntry(Shape):
    """Who is who: names, also in their own writing, and what `people` of this file says of each."""

    only: list[Id] | None = None
    """The ids of those to show; everybody if left out."""


class QuoteEntry(Shape):
    """A quotation that stands by itself."""

    text: Text
    """The words quoted, as prose, without quotation marks."""

    by: Text | None = None
    """Who said it and where, such as `{@obuchi}, in a speech of {speech}`."""


class FigureEntry(Shape):
    """A picture of the briefing's folder."""

    file: PictureFile
    """Its path from the briefing's folder on, such as `figures/lake.svg`; PNG, JPEG or SVG."""

    alt: Text
    """What it shows, in words, for those who don't see it."""

    caption: Text
    """What stands below it."""

    credit: Text | None = None
    """Whose picture it is, and under which licence."""


class DocumentEntry(Shape):
    """A document, with what it says."""

    title: Text
    """Its title, as it is cited."""

    event: Id | None = None
    """The event that gives it its date, by id; or give it a `date`."""

    date: Edtf | None = None
    """Its date in EDTF, such as `1999-12`; or name an `event`."""

    says: Text
    """What it says, in a sentence or two."""

    url: Url | None = None
    """Where it can be read, such as `https://example.org/statement`."""


class BoxEntry(Shape):
    """Text in a box, beside the thread of the section."""

    title: Text
    """What it is about."""

    text: Text
    """What it says, as prose."""


class FactEntry(Shape):
    """A fact in the margin, such as a number."""

    label: Text
    """What it is, such as `Area`."""

    value: Text
    """How much or which, such as `2,724,900 km²`."""


class MarginFactsEntry(Shape):
    """A few facts in the margin."""

    title: Text
    """What they are about, such as `Kazakhstan at a glance`."""

    facts: list[FactEntry] = Field(min_length=1)
    """The facts, each a `label` and a `value`."""


class SourcesEntry(Shape):
    """All sources of `facts.yaml`, with what this file says of them. Nothing to choose."""


class IndexEntry(Shape):
    """People and places, with the sections that mention them. Nothing to choose."""


class BlockEntry(Shape):
    """A block: one key, which says what it is. Those that choose by themselves need no value."""

    prose: Text | None = None
    """Paragraphs, lists and tables in CommonMark; begin with `prose: |` and indent the text.

    `{id}` is an event's date, `{@id}` a person, `{#id}` a place, `[^id]` a note with a source.
    """

    key_points: list[Text] | None = Field(default=None, min_length=1)
    """What to keep in mind: a list of lines, each a point."""

    chronology: ChronologyEntry | None = None
    """Events in the order of time: all of them, or those of some kinds (`kind: [visit]`)."""

    visits: VisitsEntry | None = None
    """A table of visits, made of the events whose `kind` is `visit`; it takes a `caption`."""

    table: TableEntry | None = None
    """A table: `caption`, `head` and `rows`."""

    people: PeopleEntry | None = None
    """Who is who: everybody, or those named (`only: [watanabe]`)."""

    quote: QuoteEntry | None = None
    """A quotation: its `text`, and `by` whom."""

    figure: FigureEntry | None = None
    """A picture: its `file`, `alt` for those who don't see it, and a `caption`."""

    chart: ChartEntry | None = None
    """Values over dates or categories, drawn: of what `type`, with `alt` and a `caption`."""

    timeline: TimelineEntry | None = None
    """Events along an axis of time, drawn: `alt` for those who don't see it, and a `caption`."""

    map: MapEntry | None = None
    """A map, drawn: `highlight` for countries, `places`, `alt` and a `caption`."""

    documents: list[DocumentEntry] | None = Field(default=None, min_length=1)
    """Documents, each with its `title` and what it `says`."""

    box: BoxEntry | None = None
    """Text in a box: `title` and `text`."""

    margin_facts: MarginFactsEntry | None = None
    """Facts in the margin: a `title`, and `facts` with `label` and `value`."""

    sources: SourcesEntry | None = None
    """All sources; nothing to choose."""

    index: IndexEntry | None = None
    """People and places, with the sections that mention them; nothing to choose."""

    @model_validator(mode="before")
    @classmethod
    def _one_key(cls, value: Any) -> Any:  # whatever the file holds
        kinds = [field.alias or name for name, field in cls.model_fields.items()]
        key, *others = value if isinstance(value, dict) and value else [""]
        if not key:
            message = "a block begins with what it is"
            hint = f"write a colon behind one of: {', '.join(kinds)}"
            if value in kinds:
                hint = f"write a colon behind it: `{value}:`"
            raise fault(Code.WRONG_VALUE, message, hint)
        if others:
            message = f"a block has one key, which says what it is; {others[0]!r} is another"
            hint = f"indent it below {key!r}, or give it a dash of its own"
            raise fault(Code.WRONG_VALUE, message, hint, key=others[0])
        if value[key] is None and key in BARE:
            return {key: {}}
        if value[key] is None and key in kinds:
            hint = "write what it holds, or delete it"
            raise fault(Code.EMPTY_SECTION, f"{key!r} is empty", hint, key=key)
        return value


BARE = frozenset({"chronology", "people", "sources", "index"})
"""The blocks that need no value."""
