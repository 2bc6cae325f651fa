"""Text: words, and what can stand among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal, TypeAlias

from briefpress.dates import Date
from briefpress.diagnostics import Span
from briefpress.model.node import Built, Node


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
    date: Annotated[Date, Built(Date)]
    event: str | None = None
    inlines: Inlines = ()
    span: Annotated[Span, Built(Span)]


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
    span: Annotated[Span, Built(Span)]


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
    Built(Node),
]
Inlines: TypeAlias = tuple[Inline, ...]


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
