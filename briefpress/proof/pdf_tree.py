"""The structure tree of a PDF with what it says, by PDFium.

PDFium gives the tree page by page, each time with the elements alone that have content there. They
are put together again by their places among the kids of their parents, which are the same on each
page. So a table over five pages is one, and a footnote that goes on overleaf is whole.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from briefpress.proof.pdf_text import (
    ARTIFACT,
    Handle,
    Marked,
    PageText,
    address_of,
    decoded,
    plain,
    text,
    wide_text,
)

_kids_of = plain(pdfium_c.FPDF_StructElement_CountChildren, gives=ctypes.c_int)
_kid_of = plain(pdfium_c.FPDF_StructElement_GetChildAtIndex, ctypes.c_int)
_content_of = plain(
    pdfium_c.FPDF_StructElement_GetChildMarkedContentID, ctypes.c_int, gives=ctypes.c_int
)
_type_of, _language_of, _alternative_of, _actual_text_of, _expansion_of = (
    plain(function, ctypes.c_void_p, ctypes.c_ulong, gives=ctypes.c_ulong)
    for function in (
        pdfium_c.FPDF_StructElement_GetType,
        pdfium_c.FPDF_StructElement_GetLang,
        pdfium_c.FPDF_StructElement_GetAltText,
        pdfium_c.FPDF_StructElement_GetActualText,
        pdfium_c.FPDF_StructElement_GetExpansion,
    )
)
_link_at = plain(pdfium_c.FPDFLink_GetLinkAtPoint, ctypes.c_double, ctypes.c_double)


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
                child = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index)
                reader.merge(address_of(child), index, root)
        finally:
            pdfium_c.FPDF_StructTree_Close(tree)
        untagged += reader.untagged()
        unclaimed += ((number, target) for target in reader.unclaimed())
    return root


class _PageReader:
    """Merges what one page has of the tree into the whole."""

    def __init__(self, document: pdfium.PdfDocument, page: Handle, number: int) -> None:
        self._number = number
        self._links = _Links(document, page)
        self._text = PageText(page)
        self._content = {
            id_: self._content_of(marked) for id_, marked in self._text.marked_content()
        }
        self._tagged: set[int] = set()

    def unclaimed(self) -> Iterator[Target]:
        """The targets of links on which no text stands."""
        return self._links.unclaimed()

    def untagged(self) -> Iterator[str]:
        """The texts that no element has."""
        for id_, content in self._content.items():
            if id_ not in self._tagged and id_ != ARTIFACT and content.text.strip():
                yield content.text

    def merge(self, handle: int, index: int, parent: Element) -> None:
        """Merge an element, and all that it has on the page, into the kids of its parent."""
        if not handle:
            return
        element = parent.kids.get(index)
        if not isinstance(element, Element):
            element = _element(handle)
            parent.kids[index] = element
        for kid in range(_kids_of(handle)):
            if child := _kid_of(handle, kid):
                self.merge(child, kid, element)
                continue
            id_ = _content_of(handle, kid)
            if id_ >= 0 and id_ in self._content:
                element.kids[kid] = self._content[id_]
                self._tagged.add(id_)

    def _content_of(self, marked: Marked) -> Content:
        ends = [index for index in (marked.first, marked.last) if index is not None]
        boxes = [self._text.box(index) for index in ends]
        left, top = (boxes[0][0], boxes[0][3]) if boxes else (0.0, 0.0)
        targets = tuple(map(self._links.at, boxes))
        return Content(self._number, marked.text, left, top, targets)


class _Links:
    """The link annotations of a page."""

    def __init__(self, document: pdfium.PdfDocument, page: Handle) -> None:
        self._document, self._page = document, page
        self._handle = address_of(page)
        self._claimed: set[int] = set()
        self._all = list(self._listed())
        self._targets: dict[int, Target] = {}

    def at(self, box: tuple[float, float, float, float]) -> Target | None:
        """Where a click into the middle of a box leads."""
        if not self._all:
            return None
        left, bottom, right, top = box
        link = _link_at(self._handle, (left + right) / 2, (bottom + top) / 2)
        if not link:
            return None
        self._claimed.add(link)
        return self._target(link)

    def unclaimed(self) -> Iterator[Target]:
        """The targets of links that no click into a text led to."""
        return (self._target(link) for link in self._all if link not in self._claimed)

    def _listed(self) -> Iterator[int]:
        position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
        while pdfium_c.FPDFLink_Enumerate(self._page, ctypes.byref(position), ctypes.byref(link)):
            yield address_of(link)

    def _target(self, link: int) -> Target:
        if link not in self._targets:
            self._targets[link] = self._read(ctypes.cast(link, pdfium_c.FPDF_LINK))
        return self._targets[link]

    def _read(self, link: Handle) -> Target:
        action = pdfium_c.FPDFLink_GetAction(link)
        kind = pdfium_c.FPDFAction_GetType(action) if action else pdfium_c.PDFACTION_GOTO
        if kind == pdfium_c.PDFACTION_URI:
            return Target(uri=text(pdfium_c.FPDFAction_GetURIPath, self._document, action))
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


def _element(handle: int) -> Element:
    element = Element(wide_text(_type_of, handle), wide_text(_language_of, handle))
    alternative = wide_text(_alternative_of, handle)
    element.instead = (
        wide_text(_actual_text_of, handle)
        or wide_text(_expansion_of, handle)
        or (alternative if element.type != "Figure" else "")
    )
    element.alternative = alternative if element.type == "Figure" else ""
    if element.type == "L":
        element.numbering = _attribute(handle, b"ListNumbering")
    return element


def _attribute(address: int, name: bytes) -> str:
    """The value of an attribute that is a name or a string (ISO 32000-1, 14.7.5.3)."""
    element = ctypes.cast(address, pdfium_c.FPDF_STRUCTELEMENT)
    for index in range(pdfium_c.FPDF_StructElement_GetAttributeCount(element)):
        attribute = pdfium_c.FPDF_StructElement_GetAttributeAtIndex(element, index)
        value = pdfium_c.FPDF_StructElement_Attr_GetValue(attribute, name)
        buffer, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
        if value and pdfium_c.FPDF_StructElement_Attr_GetStringValue(
            value, buffer, len(buffer), ctypes.byref(size)
        ):
            return decoded(buffer.raw[: size.value])
    return ""
