"""A briefing as it is meant, free of YAML, Markdown and HTML. Everything in it is frozen.

Text is a tuple of typed inlines. Whatever comes after the content (pages, proof) walks this one
tree: `walk` yields the nodes in the order in which they are read, because fields are declared in
that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from briefpress.dates import Date
from briefpress.diagnostics import Span


class Node(BaseModel):
    """A part of a briefing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Inlines


class Words(Node):
    """Plain words."""

    type: Literal["words"] = "words"
    text: str


class Emphasis(Node):
    """Words said with stress, or a title of a work."""

    type: Literal["emphasis"] = "emphasis"
    inlines: Inlines


class Strong(Node):
    """Words of importance."""

    type: Literal["strong"] = "strong"
    inlines: Inlines


class Code(Node):
    """Words of a machine."""

    type: Literal["code"] = "code"
    text: str


class Break(Node):
    """A line break that the writer asked for."""

    type: Literal["break"] = "break"


class DateMention(Node):
    """A date. `inlines` are the writer's words for it; if empty, the language writes it out."""

    type: Literal["date"] = "date"
    date: Date
    event: str | None = None
    inlines: Inlines = ()
    span: Span


class EventMention(Node):
    """Words about an event that has no date."""

    type: Literal["event"] = "event"
    event: str
    inlines: Inlines


class PersonMention(Node):
    """A person's name, in the order and script that the text uses."""

    type: Literal["person"] = "person"
    person: str
    inlines: Inlines


class PlaceMention(Node):
    """A place's name."""

    type: Literal["place"] = "place"
    place: str
    inlines: Inlines


class Note(Node):
    """A footnote that cites a source. `first` is true where the source is cited for the first time.

    `number` counts the notes of the briefing from 1; `where` is the place within the source.
    """

    type: Literal["note"] = "note"
    number: int
    source: str
    first: bool
    where: Inlines = ()
    span: Span


class Link(Node):
    """A link to a section (`#id`) or to an address."""

    type: Literal["link"] = "link"
    href: str
    inlines: Inlines


class Foreign(Node):
    """Words in another language, by its BCP 47 tag."""

    type: Literal["foreign"] = "foreign"
    language: str
    inlines: Inlines


Inline: TypeAlias = Annotated[
    Words
    | Emphasis
    | Strong
    | Code
    | Break
    | DateMention
    | EventMention
    | PersonMention
    | PlaceMention
    | Note
    | Link
    | Foreign,
    Field(discriminator="type"),
]
Inlines: TypeAlias = tuple[Inline, ...]


# Blocks


class Paragraph(Node):
    """A paragraph."""

    type: Literal["paragraph"] = "paragraph"
    inlines: Inlines


class Item(Node):
    """An item of a list."""

    blocks: Blocks


class BulletList(Node):
    """A list whose order says nothing."""

    type: Literal["bullet-list"] = "bullet-list"
    items: tuple[Item, ...]


class NumberedList(Node):
    """A list whose order says something, numbered from `start`."""

    type: Literal["numbered-list"] = "numbered-list"
    start: int = 1
    items: tuple[Item, ...]


class Quote(Node):
    """Words of somebody else, with who said them where it is known."""

    type: Literal["quote"] = "quote"
    blocks: Blocks
    by: Inlines = ()


class CodeBlock(Node):
    """Lines of a machine, kept as they are."""

    type: Literal["code-block"] = "code-block"
    text: str


class Rule(Node):
    """A break between two thoughts."""

    type: Literal["rule"] = "rule"


class Row(Node):
    """A row of a table. `header` is the cell that names it, if one does."""

    header: Inlines | None = None
    cells: tuple[Inlines, ...]


class Table(Node):
    """A table. `numeric` tells, for each column of `head`, whether it holds numbers."""

    type: Literal["table"] = "table"
    caption: Inlines = ()
    head: tuple[Inlines, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Row, ...]
    notes: Inlines = ()


class KeyPoints(Node):
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


class Chronology(Node):
    """Events in order. `anchored` names those whose entry here is what a date links to."""

    type: Literal["chronology"] = "chronology"
    occurrences: tuple[Occurrence, ...]
    anchored: frozenset[str]
    sources: tuple[SourceLink, ...]


class Visits(Node):
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


class People(Node):
    """The people of the briefing."""

    type: Literal["people"] = "people"
    people: tuple[Person, ...]


class Figure(Node):
    """A picture. `file` is relative to the briefing's folder; sizes are in CSS pixels."""

    type: Literal["figure"] = "figure"
    file: str
    media_type: str
    width: float
    height: float
    alt: str
    caption: Inlines
    credit: Inlines = ()


class Document(Node):
    """A text that the briefing names, with a link where it can be read."""

    title: Inlines
    when: Inlines
    says: Inlines
    href: str | None = None


class Documents(Node):
    """A list of texts."""

    type: Literal["documents"] = "documents"
    documents: tuple[Document, ...]


class Box(Node):
    """Something beside the argument, in a frame."""

    type: Literal["box"] = "box"
    title: Inlines
    blocks: Blocks


class Fact(Node):
    """A fact for the margin."""

    label: Inlines
    value: Inlines


class MarginFacts(Node):
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


class Sources(Node):
    """The sources of the briefing."""

    type: Literal["sources"] = "sources"
    sources: tuple[Source, ...]


class IndexEntry(Node):
    """A name, and the ids of the sections that mention it."""

    id: str
    name: Inlines
    sections: tuple[str, ...]


class Index(Node):
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
    | Documents
    | Box
    | MarginFacts
    | Sources
    | Index,
    Field(discriminator="type"),
]
Blocks: TypeAlias = tuple[Block, ...]


class Section(Node):
    """A section. `number` is what is printed before its title ("3.1", "A"), if it has one."""

    id: str
    number: str | None
    annex: bool
    title: Inlines
    blocks: Blocks
    sections: tuple[Section, ...]
    span: Span

    def with_descendants(self, level: int = 1) -> Iterator[tuple[int, Section]]:
        """The section and all below it, each with its level, in reading order."""
        yield level, self
        for section in self.sections:
            yield from section.with_descendants(level + 1)


class Series(Node):
    """The series that a briefing belongs to."""

    title: str
    publisher: str | None
    identifier: str


class Briefing(Node):
    """One briefing in one language.

    `digest` is the SHA-256 of all that it was made from, as `files` lists it. `locale` is the
    BCP 47 tag by which dates are written and text is hyphenated.
    """

    id: str
    language: str
    locale: str
    series: Series
    title: Inlines
    subtitle: Inlines
    number: str | None
    author: str | None
    handling: str | None
    issued: DateMention | None
    as_of: DateMention | None
    summary: Blocks
    sections: tuple[Section, ...]
    sources: dict[str, Source]
    files: tuple[str, ...]
    digest: str
    span: Span

    def all_sections(self) -> Iterator[tuple[int, Section]]:
        """Every section with its level, in reading order."""
        for section in self.sections:
            yield from section.with_descendants()


def walk(node: object) -> Iterator[Node]:
    """The node, if it is one, and all inside it, in reading order."""
    if isinstance(node, Node):
        yield node
        for name in type(node).model_fields:
            yield from walk(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from walk(item)


def leaves(inlines: Inlines) -> Iterator[str | DateMention | Note]:
    """The inlines in reading order, as words, dates and footnotes; what is in those, left out."""
    for inline in inlines:
        match inline:
            case Words() | Code():
                yield inline.text
            case Break():
                yield " "
            case Note() | DateMention():
                yield inline
            case _:
                yield from leaves(inline.inlines)


def text_of(inlines: Inlines, written: Callable[[Date], str]) -> str:
    """The inlines as plain text, without footnotes; `written` says how a date is written."""
    return "".join(_texts(inlines, written))


def _texts(inlines: Inlines, written: Callable[[Date], str]) -> Iterator[str]:
    for leaf in leaves(inlines):
        match leaf:
            case str():
                yield leaf
            case DateMention():
                yield words_of(leaf, written)


def words_of(mention: DateMention, written: Callable[[Date], str]) -> str:
    """The words that stand for a date."""
    return text_of(mention.inlines, written) if mention.inlines else written(mention.date)
