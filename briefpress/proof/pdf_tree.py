"""The structure tree of a PDF with what it says, by PDFium.

PDFium gives the tree page by page, each time with the elements alone that have content there. They
are put together again by their places among the kids of their parents, which are the same on each
page. So a table over five pages is one, and a footnote that goes on overleaf is whole.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_HYPHEN_AT_THE_END_OF_A_LINE = "\x02"  # as PDFium has it; CPDF_TextPage::IsHyphen
_ARTIFACT = -2  # in the place of the identifier that marked content has
_LONGEST = 65536  # bytes of an alternative text or an address that are read


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: to an address, or to a point on a page (in points, from below left)."""

    uri: str = ""
    page: int = -1
    left: float = 0
    top: float = 0


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: its page, from 0, its text, where it begins, and where a click on it leads.

    A click at its beginning and one at its end may lead to different places.
    """

    page: int
    text: str
    left: float
    top: float
    targets: tuple[Target | None, ...]


@dataclass(slots=True)
class Element:
    """An element of the structure tree (ISO 32000-1, 14.7.2), its kids in order.

    `numbering` says how the items of a list are marked, if they are. `instead` is what is read
    aloud in the place of all that is in it (14.9.3 to 14.9.5), which nothing of ours asks for.
    """

    type: str
    language: str = ""
    alternative: str = ""
    numbering: str = ""
    instead: str = ""
    kids: dict[int, Element | Content] = field(default_factory=dict)

    def content(self) -> Iterator[Content]:
        """All marked content in the element, in order."""
        for kid in self.in_order():
            if isinstance(kid, Content):
                yield kid
            else:
                yield from kid.content()

    def in_order(self) -> Iterator[Element | Content]:
        """The kids, in order."""
        return (self.kids[index] for index in sorted(self.kids))


Handle: TypeAlias = Any  # PDFium's bindings have no types


def read_tree(
    document: pdfium.PdfDocument, unclaimed: list[tuple[int, Target]], untagged: list[str]
) -> Element:
    """Read the structure tree of a document.

    Links of which no marked content is a part are added to `unclaimed`, each with its page; texts
    that can be seen, and that no element has, to `untagged`.
    """
    root = Element("")
    for number, page in enumerate(document):
        reader = _PageReader(document, page, number)
        tree = pdfium_c.FPDF_StructTree_GetForPage(page)
        try:
            for index in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
                reader.merge(pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index), index, root)
        finally:
            pdfium_c.FPDF_StructTree_Close(tree)
        untagged += reader.untagged()
        unclaimed += ((number, target) for target in reader.unclaimed())
    return root


class _PageReader:
    """Merges what one page has of the tree into the whole."""

    def __init__(self, document: pdfium.PdfDocument, page: Handle, number: int) -> None:
        self._document, self._page, self._number = document, page, number
        self._links = _Links(document, page)
        self._content = {}
        self._tagged: set[int] = set()
        for id_, characters in _marked_content(page).items():
            self._content[id_] = self._content_of(characters)

    def unclaimed(self) -> Iterator[Target]:
        """The targets of links on which no text stands."""
        return self._links.unclaimed()

    def untagged(self) -> Iterator[str]:
        """The texts that no element has."""
        for id_, content in self._content.items():
            if id_ not in self._tagged and id_ != _ARTIFACT and content.text.strip():
                yield content.text

    def merge(self, handle: Handle, index: int, parent: Element) -> None:
        """Merge an element, and all that it has on the page, into the kids of its parent."""
        if not handle:
            return
        element = parent.kids.get(index)
        if not isinstance(element, Element):
            element = _element(handle)
            parent.kids[index] = element
        for kid in range(pdfium_c.FPDF_StructElement_CountChildren(handle)):
            if child := pdfium_c.FPDF_StructElement_GetChildAtIndex(handle, kid):
                self.merge(child, kid, element)
                continue
            id_ = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(handle, kid)
            if id_ >= 0 and id_ in self._content:
                element.kids[kid] = self._content[id_]
                self._tagged.add(id_)

    def _content_of(self, characters: list[_Character]) -> Content:
        seen = [each for each in characters if not each.text.isspace()]
        ends = (seen[0], seen[-1]) if seen else ()
        boxes = [each.box() for each in ends]
        left, top = (boxes[0][0], boxes[0][3]) if boxes else (0.0, 0.0)
        targets = tuple(map(self._links.at, boxes))
        text = "".join(each.text for each in characters)
        return Content(self._number, text, left, top, targets)


@dataclass(frozen=True, slots=True)
class _Character:
    textpage: Handle
    index: int
    text: str

    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top, in points."""
        edges = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = edges
        pdfium_c.FPDFText_GetCharBox(
            self.textpage, self.index, *(ctypes.byref(e) for e in (left, right, bottom, top))
        )
        return left.value, bottom.value, right.value, top.value


class _Links:
    """The link annotations of a page."""

    def __init__(self, document: pdfium.PdfDocument, page: Handle) -> None:
        self._document, self._page = document, page
        self._claimed: set[int | None] = set()
        self._all = list(self._listed())

    def at(self, box: tuple[float, float, float, float]) -> Target | None:
        """Where a click into the middle of a box leads."""
        if not self._all:
            return None
        left, bottom, right, top = box
        x, y = (left + right) / 2, (bottom + top) / 2
        link = pdfium_c.FPDFLink_GetLinkAtPoint(self._page, x, y)
        if not link:
            return None
        self._claimed.add(_address(link))
        return self._target(link)

    def unclaimed(self) -> Iterator[Target]:
        """The targets of links that no click into a text led to."""
        return (self._target(link) for link in self._all if _address(link) not in self._claimed)

    def _listed(self) -> Iterator[Handle]:
        position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
        while pdfium_c.FPDFLink_Enumerate(self._page, ctypes.byref(position), ctypes.byref(link)):
            yield link
            link = pdfium_c.FPDF_LINK()

    def _target(self, link: Handle) -> Target:
        action = pdfium_c.FPDFLink_GetAction(link)
        kind = pdfium_c.FPDFAction_GetType(action) if action else pdfium_c.PDFACTION_GOTO
        if kind == pdfium_c.PDFACTION_URI:
            return Target(uri=_text(pdfium_c.FPDFAction_GetURIPath, self._document, action))
        destination = pdfium_c.FPDFLink_GetDest(self._document, link)
        if kind != pdfium_c.PDFACTION_GOTO or not destination:
            return Target(uri=f"an action of type {kind}")
        return target_of(self._document, destination)


def target_of(document: pdfium.PdfDocument, destination: Handle) -> Target:
    """A destination (ISO 32000-1, 12.3.2) as a point on a page."""
    page = pdfium_c.FPDFDest_GetDestPageIndex(document, destination)
    flags = (ctypes.c_int(), ctypes.c_int(), ctypes.c_int())
    numbers = (ctypes.c_float(), ctypes.c_float(), ctypes.c_float())
    pdfium_c.FPDFDest_GetLocationInPage(
        destination, *(ctypes.byref(each) for each in (*flags, *numbers))
    )
    return Target(page=page, left=numbers[0].value, top=numbers[1].value)


def _address(handle: Handle) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value


def _text(get: Callable[..., int], *arguments: Handle) -> str:
    """A text of bytes, by one of PDFium's functions that fill a buffer."""
    buffer = ctypes.create_string_buffer(min(get(*arguments, None, 0), _LONGEST))
    get(*arguments, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")


def wide_text(get: Callable[..., int], *arguments: Handle) -> str:
    """A text in UTF-16, by one of PDFium's functions that fill a buffer."""
    size = min(get(*arguments, None, 0), _LONGEST)
    if size <= 2:
        return ""
    # Of bytes or of characters: either kind of function takes it.
    buffer = (ctypes.c_ushort * -(-size // 2))()
    get(*arguments, buffer, size)
    return _decoded(bytes(buffer))


def _decoded(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").rstrip("\0")


def _element(handle: Handle) -> Element:
    element = Element(
        wide_text(pdfium_c.FPDF_StructElement_GetType, handle),
        wide_text(pdfium_c.FPDF_StructElement_GetLang, handle),
    )
    alternative = wide_text(pdfium_c.FPDF_StructElement_GetAltText, handle)
    element.instead = (
        wide_text(pdfium_c.FPDF_StructElement_GetActualText, handle)
        or wide_text(pdfium_c.FPDF_StructElement_GetExpansion, handle)
        or (alternative if element.type != "Figure" else "")
    )
    element.alternative = alternative if element.type == "Figure" else ""
    if element.type == "L":
        element.numbering = _attribute(handle, b"ListNumbering")
    return element


def _attribute(element: Handle, name: bytes) -> str:
    """The value of an attribute that is a name or a string (ISO 32000-1, 14.7.5.3)."""
    for index in range(pdfium_c.FPDF_StructElement_GetAttributeCount(element)):
        attribute = pdfium_c.FPDF_StructElement_GetAttributeAtIndex(element, index)
        value = pdfium_c.FPDF_StructElement_Attr_GetValue(attribute, name)
        buffer, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
        if value and pdfium_c.FPDF_StructElement_Attr_GetStringValue(
            value, buffer, len(buffer), ctypes.byref(size)
        ):
            return _decoded(buffer.raw[: size.value])
    return ""


def _is_artifact(item: Handle) -> bool:
    """Whether something on a page is no part of the text (ISO 32000-1, 14.8.2.2)."""
    marks = range(pdfium_c.FPDFPageObj_CountMarks(item))
    names = (pdfium_c.FPDFPageObj_GetMark(item, index) for index in marks)
    return any(_name_of(mark) == "Artifact" for mark in names)


def _name_of(mark: Handle) -> str:
    size, buffer = ctypes.c_ulong(), (ctypes.c_ushort * 32)()
    pdfium_c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(size))
    return _decoded(bytes(buffer)[: size.value])


def _marked_content(page: Handle) -> dict[int, list[_Character]]:
    """The characters of each marked-content sequence of a page, by its identifier.

    PDFium adds the white space between words and lines; it belongs to what stands before it.
    """
    found: dict[int, list[_Character]] = {}
    textpage = page.get_textpage()
    current: list[_Character] = []
    for index in range(pdfium_c.FPDFText_CountChars(textpage)):
        if item := pdfium_c.FPDFText_GetTextObject(textpage, index):
            id_ = pdfium_c.FPDFPageObj_GetMarkedContentID(item)
            id_ = _ARTIFACT if id_ < 0 and _is_artifact(item) else id_
            current = found.setdefault(id_, [])
        character = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        shown = "-" if character == _HYPHEN_AT_THE_END_OF_A_LINE else character
        current.append(_Character(textpage, index, shown))
    return found
