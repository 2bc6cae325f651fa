"""Where the pages of the PDF begin, said so that every other format can find the place.

A place is a part of the document (the cover, the contents, a section) and how many characters of it
come before. White space and hyphens don't count, since setting lines adds and takes away both;
footnotes and what calls them don't either, because they stand elsewhere in each format. A picture
counts as a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

# Beside white space.
_UNCOUNTED = "\u00ad\u200b\u2010\u2060-"
SKIPPED_ROLES = {"doc-noteref", "doc-footnote", "doc-endnotes"}
PARTS = {"header", "section", "nav"}

# What may hold a marker among its children, which is phrasing content (HTML, 3.2.5.2). The body may
# as well, but what is right in it belongs to no landmark.
_HOLDS_MARKERS = {
    "header",
    "main",
    "section",
    "aside",
    "blockquote",
    "figure",
    "li",
    "dd",
    "th",
    "td",
}


@dataclass(frozen=True, slots=True)
class PageStart:
    """The place at which a page begins: `offset` counted characters into the part with an id."""

    page: int
    part: str
    offset: int


def counted(text: str) -> int:
    """How many characters of a text count."""
    return sum(map(len, text.split())) - sum(map(text.count, _UNCOUNTED))


def mark_pages(
    markup: str, starts: Iterable[PageStart], marker: Callable[[int], str]
) -> tuple[str, list[int]]:
    """Put a marker into well-formed markup wherever a page begins.

    Only the parts that the markup has are looked at. A marker comes before a word that is broken
    across pages, and before whatever begins where the page does. Returns the markup, and the pages
    that are marked in it.
    """
    scanner = _Scanner(markup.encode(), starts)
    pieces: list[bytes] = []
    written = 0
    for place, page in scanner.found:
        pieces += [scanner.markup[written:place], marker(page).encode()]
        written = place
    pieces.append(scanner.markup[written:])
    return b"".join(pieces).decode(), [page for _, page in scanner.found]


@dataclass(slots=True)
class _Open:
    """An element that is open: where its tag begins, and whether anything is in it yet."""

    name: str
    place: int
    skipped: bool
    is_empty: bool = True


@dataclass(slots=True)
class _Scanner:
    """Reads markup and finds the byte at which each page begins."""

    markup: bytes
    starts: Iterable[PageStart]
    found: list[tuple[int, int]] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _count: int = 0
    _wanted: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: self._begin(
            name, attributes, parser.CurrentByteIndex
        )
        parser.EndElementHandler = lambda _: self._end()
        parser.CharacterDataHandler = lambda text: self._say(text, parser.CurrentByteIndex)
        parser.Parse(self.markup, True)

    def _begin(self, name: str, attributes: dict[str, str], place: int) -> None:
        skipped = attributes.get("role") in SKIPPED_ROLES or (
            bool(self._open) and self._open[-1].skipped
        )
        self._open.append(_Open(name, place, skipped))
        if name in PARTS and "id" in attributes:
            here = [s for s in self.starts if s.part == attributes["id"]]
            self._wanted += [(self._count + start.offset, start.page) for start in here]
        if name == "img" and not skipped:
            self._reach(1, lambda _: (place, True))

    def _end(self) -> None:
        closed = self._open.pop()
        # A `source` shows nothing, and the picture that it's in begins with its `img`.
        if self._open and closed.name != "source":
            self._open[-1].is_empty = False

    def _say(self, text: str, place: int) -> None:
        if self._open[-1].skipped or not text.strip():
            return

        def place_of(count: int) -> tuple[int, bool]:
            before = text[: _beginning_of_word(text, count)]
            return place + len(before.encode()), not before.strip()

        self._reach(counted(text), place_of)
        self._open[-1].is_empty = False

    def _reach(self, length: int, place_of: Callable[[int], tuple[int, bool]]) -> None:
        """Go on by some counted characters.

        `place_of` gives the byte of one among them, and whether they begin with it.
        """
        while self._wanted and self._wanted[0][0] < self._count + length:
            wanted, page = self._wanted.pop(0)
            place, is_first = place_of(wanted - self._count)
            self.found.append((self._outermost() or place if is_first else place, page))
        self._count += length

    def _outermost(self) -> int | None:
        """The place of the outermost element that begins here, among those a marker may precede."""
        best = None
        if any(element.name == "nav" for element in self._open):
            return None  # whose lists hold links and nothing else (EPUB 3.3, 7.3)
        for inner, outer in zip(reversed(self._open), reversed(self._open[:-1]), strict=False):
            if not inner.is_empty:
                break
            if outer.name in _HOLDS_MARKERS:
                best = inner.place
        return best


def _beginning_of_word(text: str, count: int) -> int:
    """The index of a counted character of a text, or of the first in the word that it is in."""
    said = [index for index, each in enumerate(text) if counted(each)]
    index = said[count]
    if _is_in_a_word(text, index):
        index = max(text.rfind(space, 0, index) for space in " \u00a0\n") + 1
    return index


def _is_in_a_word(text: str, index: int) -> bool:
    around = text[max(index - 1, 0) : index + 1]
    return len(around) == 2 and all(
        c.isalnum() and unicodedata.east_asian_width(c) not in "WF" for c in around
    )
