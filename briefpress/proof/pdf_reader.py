"""Reads a PDF along its structure tree, as assistive technology does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2 as pdfium

from briefpress.proof.carried import files_in
from briefpress.proof.pdf_actions import run_by
from briefpress.proof.pdf_metadata import metadata_of
from briefpress.proof.pdf_tree import Content, Element, Target, read_tree, target_of
from briefpress.proof.reading import (
    BOUNDARY,
    CALL,
    Entry,
    Kind,
    Mark,
    Place,
    Reading,
    Recorder,
    UnreadableError,
    any_of,
    lands_at,
    resolve,
)

KINDS = frozenset(Kind) - {Kind.DATE, Kind.CALL}

# What PDFium sets between words and blocks, and between ours.
_EDGES = f"{BOUNDARY} \r\n"
_HEADING = re.compile(r"H([1-6])")
_NOTES = {"Note", "FENote"}
_PHRASING = {"Code", "Em", "Link", "Span", "Strong"}
_GROUPS = {"THead", "TBody"}
_ROLES = {
    "Caption": Kind.CAPTION,
    "BlockQuote": Kind.QUOTE,
    "LI": Kind.ITEM,
}
# What marks the items of a list isn't of the text (ISO 32000-1, table 347).
_MARKERS = {"Decimal", "Disc"}
_NUMBERS = "Decimal"
# A destination is the corner of a box; the letters in it begin so many points further down.
_NEAR = 4
# What begins no further below is beside it.
_BESIDE = 3

_UNTAGGED = Target(uri="a link that isn't tagged as one")


def read_pdf(data: bytes) -> Reading:
    """Read a tagged PDF. Raises `UnreadableError`."""
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            return _read(document, data)
    except pdfium.PdfiumError as error:
        raise UnreadableError(str(error)) from None


def _read(document: pdfium.PdfDocument, data: bytes) -> Reading:
    unclaimed: list[tuple[int, Target]] = []
    reading = Reading(KINDS, spaced=False, metadata=metadata_of(document, data))
    tree = read_tree(document, unclaimed, reading.untagged)
    reading.files = files_in(document)
    reader = _TreeReader(Recorder(reading, _place(0)))
    reader.read(tree)
    for page, target in unclaimed:
        reader.link_without_words(page, target)
    resolve(reading, reader.lands)
    reading.outlines["bookmarks"] = [
        Entry(each.level, each.get_title(), reader.lands_on(_aimed(document, each)))
        for each in document.get_toc()
    ]
    reading.active += run_by(document)
    return reading


def _aimed(document: pdfium.PdfDocument, bookmark: pdfium.PdfBookmark) -> Target | None:
    destination = bookmark.get_dest()
    return target_of(document, destination) if destination else None


@lru_cache(maxsize=256)
def _place(page: int) -> Place:
    return Place(page + 1, f"#page={page + 1}")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Words on a page: where they begin, and where in the reading their block begins."""

    left: float
    top: float
    at: tuple[int, int] | str

    def is_below(self, target: Target) -> bool:
        """Whether somebody who is led to a target on the page has the words before them."""
        return self.top <= target.top + _NEAR and self.left >= target.left - _NEAR


class _TreeReader:
    """Goes along the tree of one document."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._spots: dict[int, list[_Spot]] = {}
        self._targets: list[Target | str | None] = []
        self._block: tuple[int, int] | str = (0, 0)
        self._row = self._column = 0
        self._marks_items = ""
        self._in_head = self._in_link = self._in_picture = False

    def read(self, element: Element) -> None:
        """Read an element and all in it."""
        kind, recorder = element.type, self._recorder
        if kind in _NOTES:
            self._note(element)
        elif kind == "Reference" and not any(map(_is_element, element.in_order())):
            recorder.say(f"{CALL}{_text_of(element).strip()}{CALL}")
        else:
            with ExitStack() as around:
                for mark in self._marks(element):
                    around.enter_context(mark)
                if heading := _HEADING.fullmatch(kind):
                    self._turn_to(element)
                    around.enter_context(recorder.heading(int(heading[1])))
                self._kids(element)

    def _kids(self, element: Element) -> None:
        outer = self._in_link, self._in_picture, self._marks_items, self._block
        self._in_link = self._in_link or element.type == "Link"
        self._in_picture = element.type == "Figure"
        if element.type == "L":
            self._marks_items = element.numbering if element.numbering in _MARKERS else ""
        edge = "" if element.type in _PHRASING else BOUNDARY
        self._recorder.say(edge)
        if edge:
            self._block = self._recorder.here()
        if element.instead:
            self._recorder.say(element.instead)
        for index, kid in sorted(element.kids.items()) if not element.instead else ():
            if element.type in _GROUPS:
                self._row = 0 if self._in_head else index + 1
            elif element.type == "TR":
                self._column = index + 1
            self._kid(kid)
        self._recorder.say(edge)
        self._in_link, self._in_picture, self._marks_items, self._block = outer

    def _kid(self, kid: Element | Content) -> None:
        if isinstance(kid, Content):
            self._say(kid)
        elif kid.type != "Lbl" or not self._marks_items:
            self.read(kid)

    def _say(self, content: Content) -> None:
        """Words that lead somewhere must be said to be a link (ISO 14289-1, 7.18.5)."""
        self._recorder.place = _place(content.page)
        spot = _Spot(content.left, content.top, self._block)
        self._spots.setdefault(content.page, []).append(spot)
        if self._in_picture and not any(content.targets):
            self._recorder.draw(content.text)
        elif self._in_link or not any(content.targets):
            self._recorder.say(content.text)
        else:
            with self._recorder.marked(Kind.LINK, self._target({_UNTAGGED})):
                self._recorder.say(content.text)

    def _note(self, element: Element) -> None:
        first = next(element.in_order(), None)
        label = first if first and _is_label(first) else None
        number = _digits_of(label)
        self._turn_to(element)
        # A footnote leads back to its call where it stands right behind it.
        called = [Mark(Kind.BACK, "", self._at_call(number))]
        with self._recorder.note(number):
            self._recorder.reading.notes[-1].marks += called
            self._block = self._recorder.here()
            self._recorder.say(element.instead)
            for kid in element.in_order() if not element.instead else ():
                if kid is not label:
                    self._kid(kid)

    def _at_call(self, number: str) -> str:
        """A name for the call that a footnote stands right behind, or else for nowhere."""
        passages, call = self._recorder.reading.passages, f"{CALL}{number}{CALL}"
        is_behind = passages[-1].text.rstrip(_EDGES).endswith(call)
        self._targets.append(lands_at(len(passages) - 1, call) if is_behind else None)
        return str(len(self._targets) - 1)

    def _turn_to(self, element: Element) -> None:
        """Turn to the page on which an element begins."""
        if first := next(element.content(), None):
            self._recorder.place = _place(first.page)

    # Marks

    def _marks(self, element: Element) -> Iterator[AbstractContextManager[None]]:
        recorder = self._recorder
        if element.language:
            yield recorder.marked(Kind.LANGUAGE, element.language)
        if element.type == "L":
            yield recorder.listed()
        if element.type == "Figure":
            yield recorder.picture(element.alternative)
        elif element.type == "Link":
            targets = {target for content in element.content() for target in content.targets}
            yield recorder.marked(Kind.LINK, self._target(targets))
        elif (kind := self._cell(element.type)) or (kind := _ROLES.get(element.type)):
            yield recorder.marked(kind, self._value(kind, element))

    def _cell(self, type_: str) -> Kind | None:
        if type_ == "Table":
            self._recorder.table()
        elif type_ in _GROUPS:
            self._in_head = type_ == "THead"
        elif type_ in {"TH", "TD"}:
            return Kind.HEAD if self._in_head else Kind.CELL
        return None

    def _value(self, kind: Kind, element: Element) -> str:
        match kind:
            case Kind.CELL | Kind.HEAD:
                row = 0 if kind is Kind.HEAD else self._row
                is_header = element.type == "TH"
                return self._recorder.cell(row, self._column, is_header=is_header)
            case Kind.ITEM:
                return self._recorder.item(self._number_of(element))
        return ""

    def _number_of(self, item: Element) -> str:
        """The number of an item, where those of its list are numbered."""
        label = next(filter(_is_label, item.in_order()), None)
        return _digits_of(label) if self._marks_items == _NUMBERS else ""

    # Links

    def _target(self, targets: set[Target | None]) -> str:
        """A name for the place that all parts of a link lead to."""
        self._targets.append(targets.pop() if len(targets) == 1 else None)
        return str(len(self._targets) - 1)

    def link_without_words(self, page: int, target: Target) -> None:
        """Keep a link on which no words stand, and which nobody would expect."""
        into = self._recorder.reading.passages[-1]
        into.marks.append(Mark(Kind.LINK, f"nothing on page {page + 1}", self._target({target})))

    def lands(self, name: str) -> str:
        """What stands at the place of a name."""
        target = self._targets[int(name)]
        return target if isinstance(target, str) else self.lands_on(target)

    def lands_on(self, target: Target | None) -> str:
        """What stands at a target: the words on its page that begin nearest below it.

        A reader sees what begins beside them as well, as a heading may beside its number.
        """
        if target is None:
            return "nowhere"
        if target.uri:
            return target.uri
        below = [spot for spot in self._spots.get(target.page, ()) if spot.is_below(target)]
        nearest = min((target.top - spot.top for spot in below), default=0)
        found = [spot.at for spot in below if target.top - spot.top <= nearest + _BESIDE]
        lands = (at if isinstance(at, str) else self._recorder.reading.landing(*at) for at in found)
        return any_of(lands) or "nowhere"


def _is_label(kid: Element | Content) -> bool:
    return isinstance(kid, Element) and kid.type == "Lbl"


def _is_element(kid: Element | Content) -> bool:
    return isinstance(kid, Element)


def _digits_of(label: Element | Content | None) -> str:
    return re.sub(r"\D", "", _text_of(label)) if label else ""


def _text_of(element: Element | Content) -> str:
    if isinstance(element, Content):
        return element.text
    return element.instead or "".join(content.text for content in element.content())
