"""What a reader finds in an artefact, whatever its format.

Text is read in passages: a heading, and all that stands before the next one. What can't be heard in
the words alone is a `Mark`: that they lead somewhere, are of another language, or are a cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

# Set between words of which the second needn't go on where the first ends: of two cells, of two
# paragraphs.
BOUNDARY = "\u2063"
# Set on both sides of the number that calls a footnote.
CALL = "\u2062"

# Hyphens, since a typesetter adds some; zero-width characters.
_LOOSE = f"{BOUNDARY}-\u2010\u00ad\u200b\u2060"

# So much of what stands at a place tells it from others.
_LANDMARK = 60
_INSIDE = re.compile(r"(?P<passage>\d+): ")


class UnreadableError(Exception):
    """A file isn't of the format that its name says. The message says why."""


class Kind(StrEnum):
    """What a mark says of words."""

    DATE = "date"
    LINK = "link"
    CALL = "call to a footnote"
    BACK = "link back from a footnote"
    LANGUAGE = "language"
    HEAD = "head of a column"
    CELL = "cell"
    ITEM = "item of a list"
    CAPTION = "caption"
    QUOTE = "quotation"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words, and what is said of them by other means than words.

    `value` is the EDTF of a date, the place that a link leads to (see `Reading.landing`), the
    BCP 47 tag of a language, the place of a cell or of an item, the alternative text of a picture.
    `at` is where the words begin in the text of the passage, if they aren't of its heading.
    """

    kind: Kind
    words: str
    value: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: on which page, if the format has pages, and by which fragment."""

    page: int | None
    fragment: str


@dataclass(slots=True)
class Passage:
    """A heading and the text up to the next one; or a footnote, whose heading is its number.

    What comes before the first heading is a passage of level 0. `places` are those of the text, by
    the offsets at which they begin. The text is put together when it is asked for: there are many
    thousand parts where a passage has a long table.
    """

    level: int
    heading: str
    place: Place
    marks: list[Mark] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)
    tables: int = 0
    lists: int = 0
    length: int = 0
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that stands in it."""
        if len(self.parts) != 1:
            self.parts[:] = ["".join(self.parts)]
        return self.parts[0]

    def say(self, text: str, place: Place) -> None:
        """Add words that stand at a place."""
        last = self.places[-1][1] if self.places else None
        if place is not last and place != last:
            self.places.append((self.length, place))
        self.parts.append(text)
        self.length += len(text)

    def place_at(self, offset: int) -> Place:
        """Where the character at an offset of the text stands."""
        index = bisect_right(self.places, offset, key=lambda each: each[0])
        return self.places[index - 1][1] if index else self.place


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of contents that isn't part of the text, such as a bookmark of a PDF."""

    level: int
    title: str
    lands: str


@dataclass(slots=True)
class Reading:
    """An artefact as it was read: passages and footnotes in order, and what it says of itself.

    `tells` are the kinds of marks that the format has; `spaced` says whether it keeps the spaces
    between words. `metadata` has a key for all that the format can say, even if it doesn't.
    `outlines` are its lists of contents beside the one in the text, by name, and `breaks` the
    numbers of the pages that are marked in the text. `active` says in words what it loads from
    elsewhere or runs. `page_lists` have for each entry what it says, and which page begins where it
    leads; `landmarks` where each leads, if the format has any; `titles` are those of its parts,
    each with the heading that the part begins with; `untagged` is what can be seen and is not in
    the text; `files` are those that it carries, if it can carry any. One that `is_among_others`
    leads to them before its title.
    """

    tells: frozenset[Kind]
    spaced: bool
    passages: list[Passage] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, list[Entry]] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    page_lists: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    landmarks: dict[str, str] | None = None
    titles: list[tuple[str, str]] = field(default_factory=list)
    untagged: list[str] = field(default_factory=list)
    files: dict[str, bytes] | None = None
    is_among_others: bool = False

    def normal(self, text: str) -> str:
        """A text as it is compared: with single spaces, or with none where lines lose them."""
        return collapsed(text) if self.spaced else squashed(text)

    def number_at(self, lands: str) -> int | None:
        """The number of the passage that a link inside leads to; None for any other link."""
        found = _INSIDE.match(lands)
        return int(found["passage"]) if found else None

    def heading_at(self, lands: str) -> Passage | None:
        """The passage that a link inside the document leads to; None for any other link."""
        number = self.number_at(lands)
        return None if number is None else self.passages[number]

    def landing(self, index: int, offset: int) -> str:
        """What stands at a place of a passage, or, where its text ends there, at the next one."""
        rest = _beginning(self.passages[index].text, max(offset, 0))
        if offset >= 0 and not rest and index + 1 < len(self.passages):
            index, offset = index + 1, -1
        passage = self.passages[index]
        words = passage.heading + _beginning(passage.text, 0) if offset < 0 else rest
        return lands_at(index, words)


def _beginning(text: str, start: int) -> str:
    """As much of what stands at an offset of a text as tells the place from others."""
    found = ""
    while len(found) < _LANDMARK and start < len(text):
        found += squashed(text[start : start + 2 * _LANDMARK])
        start += 2 * _LANDMARK
    return found


def lands_at(index: int, words: str) -> str:
    """A place that a link leads to: the number of a passage, and what stands there."""
    return f"{index}: {squashed(words)[:_LANDMARK]}"


def any_of(lands: Iterable[str]) -> str:
    """Places that a link leads to at once, since they are beside each other."""
    return "\n".join(dict.fromkeys(lands))


def lands_at_note(number: str) -> str:
    """A footnote, as a place that a link leads to."""
    return f"footnote {number}."


def cell_at(table: int, row: int, column: int, *, is_header: bool, columns: int = 1) -> str:
    """The place of a cell: that of its table among those of the passage, row and column from 1.

    Row 0 is the head of the table. Said as well is whether it heads others, and how many columns
    it takes.
    """
    where = f"row {row}, column {column}" if row else f"head of column {column}"
    header = ", a header" if is_header and row else ""
    header = header if is_header or row else ", no header"
    wide = f", {columns} columns wide" if columns != 1 else ""
    return f"table {table}, {where}{header}{wide}"


def item_at(list_: int, item: int, number: str = "") -> str:
    """The place of an item: that of its list among those of the passage, and in it, from 1.

    And its number, if the items of the list have numbers.
    """
    return f"list {list_}, item {item}" + (f", number {number}" if number else "")


class Recorder:
    """Puts a reading together in the order in which an artefact is read."""

    def __init__(self, reading: Reading, start: Place) -> None:
        self.reading = reading
        self.place = start
        self._into = Passage(0, "", start)
        self._in_heading = False
        self._open: list[list[str]] = []
        self._lists: list[tuple[int, list[str]]] = []
        self._letters: list[str] = []
        reading.passages.append(self._into)

    def say(self, text: str) -> None:
        """Words are read."""
        if not text:
            return
        for words in self._open:
            words.append(text)
        if self._in_heading:
            self._into.heading += text
        else:
            self._into.say(text, self.place)

    def here(self) -> tuple[int, int] | str:
        """The place that is reached: a passage and an offset into its text, or a footnote."""
        if self._into is not self.reading.passages[-1]:
            return lands_at_note(self._into.heading)
        offset = -1 if self._in_heading else self._into.length
        return len(self.reading.passages) - 1, offset

    @contextmanager
    def heading(self, level: int) -> Iterator[None]:
        """What is read meanwhile is a heading, and begins a passage."""
        self._into = Passage(level, "", self.place)
        self.reading.passages.append(self._into)
        self._in_heading = True
        yield
        self._in_heading = False
        self._into.heading = collapsed(self._into.heading)

    @contextmanager
    def note(self, number: str) -> Iterator[None]:
        """What is read meanwhile is a footnote."""
        outer, in_heading, opened = self._into, self._in_heading, self._open
        self._into, self._in_heading, self._open = Passage(0, number, self.place), False, []
        self.reading.notes.append(self._into)
        yield
        self._into, self._in_heading, self._open = outer, in_heading, opened

    def table(self) -> None:
        """A table begins."""
        self._into.tables += 1

    def cell(self, row: int, column: int, *, is_header: bool, columns: int = 1) -> str:
        """The place of a cell of the table that began last; row 0 is its head."""
        tables = self._into.tables
        return cell_at(tables, row, column, is_header=is_header, columns=columns)

    @contextmanager
    def listed(self) -> Iterator[None]:
        """What is read meanwhile is a list."""
        self._into.lists += 1
        self._lists.append((self._into.lists, []))
        yield
        self._lists.pop()

    def item(self, number: str = "") -> str:
        """The place of the next item of the list that is being read."""
        if not self._lists:
            return "in no list"
        list_, items = self._lists[-1]
        items.append(number)
        return item_at(list_, len(items), number)

    @contextmanager
    def marked(self, kind: Kind, value: str) -> Iterator[None]:
        """What is read meanwhile has a mark."""
        into, words = self._into, list[str]()
        index, at = len(into.marks), None if self._in_heading else into.length
        self._open.append(words)
        yield
        self._open.pop()
        into.marks.insert(index, Mark(kind, "".join(words), value, at))

    @contextmanager
    def picture(self, alternative: str) -> Iterator[None]:
        """What is drawn meanwhile is in a picture; what is said meanwhile isn't."""
        outer, letters = self._letters, list[str]()
        into, index, self._letters = self._into, len(self._into.marks), letters
        yield
        into.marks.insert(index, Mark(Kind.PICTURE, "".join(letters), alternative))
        self._letters = outer

    def draw(self, letters: str) -> None:
        """Letters of a picture are read, which aren't of the text."""
        self._letters.append(letters)


def resolve(reading: Reading, lands: Callable[[str], str]) -> None:
    """Put what stands where links lead in the place of their targets, when all is read."""
    leading = {Kind.LINK, Kind.CALL, Kind.BACK}
    for passage in (*reading.passages, *reading.notes):
        passage.marks = [
            replace(mark, value=lands(mark.value)) if mark.kind in leading else mark
            for mark in passage.marks
        ]


def collapsed(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.replace(BOUNDARY, " ").split())


def squashed(text: str) -> str:
    """A text without white space and hyphens, which line breaking adds and takes away."""
    for loose in _LOOSE:
        text = text.replace(loose, "")
    return "".join(text.split())
