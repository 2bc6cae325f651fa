"""Blocks: what a section is made of. Each has its template `blocks/<type>.html.j2`."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from briefpress.dates import Date
from briefpress.model.inlines import DateMention, Foreign, Inlines
from briefpress.model.node import Built, Node, Placed


class Paragraph(Placed):
    """A paragraph."""

    type: Literal["paragraph"] = "paragraph"
    inlines: Inlines


class Item(Node):
    """An item of a list."""

    blocks: Blocks


class BulletList(Placed):
    """A list whose order says nothing."""

    type: Literal["bullet-list"] = "bullet-list"
    items: tuple[Item, ...]


class NumberedList(Placed):
    """A list whose order says something, numbered from `start`."""

    type: Literal["numbered-list"] = "numbered-list"
    start: int = 1
    items: tuple[Item, ...]


class Quote(Placed):
    """Words of somebody else, with who said them where it is known."""

    type: Literal["quote"] = "quote"
    blocks: Blocks
    by: Inlines = ()


class CodeBlock(Placed):
    """Lines of a machine, kept as they are."""

    type: Literal["code-block"] = "code-block"
    text: str


class Rule(Placed):
    """A break between two thoughts."""

    type: Literal["rule"] = "rule"


class Row(Placed):
    """A row of a table. `header` is the cell that names it, if one does."""

    header: Inlines | None = None
    cells: tuple[Inlines, ...]


class Table(Placed):
    """A table. `numeric` tells, for each column of `head`, whether it holds numbers."""

    type: Literal["table"] = "table"
    caption: Inlines = ()
    head: tuple[Inlines, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Row, ...]
    notes: Inlines = ()


class KeyPoints(Placed):
    """What a reader with twenty seconds must know."""

    type: Literal["key-points"] = "key-points"
    points: tuple[Inlines, ...]


class Occurrence(Node):
    """An event as a chronology shows it. `when` is empty where the date isn't known."""

    event: str
    when: Inlines
    says: Inlines


class Visit(Node):
    """An event as a table of visits shows it. What isn't known is empty."""

    event: str
    when: Inlines
    visitors: Inlines
    office: Inlines
    to: Inlines
    outcome: Inlines


class SourceLink(Node):
    """A source that a list of events was drawn from."""

    source: str
    title: Inlines


class Chronology(Placed):
    """Events in order. `anchored` names those whose entry here is what a date links to."""

    type: Literal["chronology"] = "chronology"
    occurrences: tuple[Occurrence, ...]
    anchored: frozenset[str]
    sources: tuple[SourceLink, ...]


class Visits(Placed):
    """Events with visitors, as a table."""

    type: Literal["visits"] = "visits"
    caption: Inlines
    visits: tuple[Visit, ...]
    sources: tuple[SourceLink, ...]


class Person(Node):
    """A person of the briefing: name, the name in other scripts, and who it is."""

    id: str
    name: Inlines
    other_names: tuple[Foreign, ...]
    role: Inlines


class People(Placed):
    """The people of the briefing."""

    type: Literal["people"] = "people"
    people: tuple[Person, ...]


class Figure(Placed):
    """A picture. `file` is relative to the briefing's folder; sizes are in CSS pixels."""

    type: Literal["figure"] = "figure"
    file: str
    media_type: str
    width: float
    height: float
    says: str = ""  # by the letters in a drawing
    alt: str
    caption: Inlines
    credit: Inlines = ()


class Drawn(Placed):
    """A picture that the press draws itself, of what the block holds.

    `name` is what pictures are asked for by; no file in a briefing's folder can be called so.
    """

    name: str
    alt: str
    caption: Inlines


class Moment(Node):
    """An event as a timeline shows it.

    `label` is what the picture calls it. Where its date isn't known, `when` is empty, and `after`
    is the event that it follows, if that is known.
    """

    event: str
    when: Inlines
    says: Inlines
    label: Inlines
    after: str | None = None


class Timeline(Drawn):
    """Events along an axis of time, which begins and ends at `first` and `last` if they are given.

    `told` leads to the chronology that has all of them in words, unless that is `beside` it, in the
    same section. If there is none, they follow the picture.
    """

    type: Literal["timeline"] = "timeline"
    first: Annotated[Date, Built(Date)] | None = None
    last: Annotated[Date, Built(Date)] | None = None
    beside: bool = False
    told: Inlines = ()
    moments: tuple[Moment, ...]
    sources: tuple[SourceLink, ...]


class Chart(Drawn):
    """Values over dates or categories, drawn, and as a table that says all that is drawn.

    A row of `values` belongs to the row of the table in the same place, whose header is a date or a
    category; None is where no number is known. `file` is that of the data, if they have one.
    """

    type: Literal["chart"] = "chart"
    mark: Literal["bar", "line", "area", "point"]
    file: str | None = None
    credit: Inlines = ()
    unit: Inlines = ()
    values: tuple[tuple[float | None, ...], ...]
    table: Table

    @property
    def dates(self) -> tuple[Date, ...]:
        """The dates that the values are drawn over; none where they are over categories."""
        headers = (row.header for row in self.table.rows if row.header)
        return tuple(h[0].date for h in headers if isinstance(h[0], DateMention))


class MapCountry(Node):
    """A country that a map highlights, by its ISO 3166 code in capitals."""

    code: str
    name: Inlines


class MapPlace(Node):
    """A place that a map marks; north and east are positive, in degrees."""

    place: str
    name: Inlines
    latitude: float
    longitude: float


class Map(Drawn):
    """Countries among their neighbours, and places; all of that, or what lies within `bounds`.

    The bounds are west, south, east and north.
    """

    type: Literal["map"] = "map"
    bounds: tuple[float, float, float, float] | None = None
    countries: tuple[MapCountry, ...]
    places: tuple[MapPlace, ...]


class Document(Node):
    """A text that the briefing names, with a link where it can be read."""

    title: Inlines
    when: Inlines
    says: Inlines
    href: str | None = None


class Documents(Placed):
    """A list of texts."""

    type: Literal["documents"] = "documents"
    documents: tuple[Document, ...]


class Box(Placed):
    """Something beside the argument, in a frame."""

    type: Literal["box"] = "box"
    title: Inlines
    blocks: Blocks


class Fact(Node):
    """A fact for the margin."""

    label: Inlines
    value: Inlines


class MarginFacts(Placed):
    """A few facts beside the text."""

    type: Literal["margin-facts"] = "margin-facts"
    title: Inlines
    facts: tuple[Fact, ...]


class Source(Node):
    """A source: what it is, as far as it says so itself."""

    id: str
    author: Inlines = ()
    title: Inlines
    publisher: Inlines = ()
    published: Inlines = ()
    accessed: Inlines = ()
    note: Inlines = ()
    href: str | None = None


class Sources(Placed):
    """The sources of the briefing."""

    type: Literal["sources"] = "sources"
    sources: tuple[Source, ...]


class IndexEntry(Node):
    """A name, and the ids of the sections that mention it."""

    id: str
    name: Inlines
    sections: tuple[str, ...]


class Index(Placed):
    """Where people and places are mentioned."""

    type: Literal["index"] = "index"
    people: tuple[IndexEntry, ...]
    places: tuple[IndexEntry, ...]


Block: TypeAlias = Annotated[
    Paragraph
    | BulletList
    | NumberedList
    | Quote
    | CodeBlock
    | Rule
    | Table
    | KeyPoints
    | Chronology
    | Visits
    | People
    | Figure
    | Timeline
    | Chart
    | Map
    | Documents
    | Box
    | MarginFacts
    | Sources
    | Index,
    Built(Node),
]
Blocks: TypeAlias = tuple[Block, ...]
