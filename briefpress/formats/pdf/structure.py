"""The structure tree of the PDF, built along the HTML that was laid out.

An element of the HTML that means something gets one element in the tree, in the place that it has
in the HTML, however many lines and pages it runs over: a table that goes on for five pages is one
Table, and a footnote stands behind its call. Elements that mean nothing to a reader get none.

The types are the standard ones of ISO 32000-1, 14.8.4, with Aside, Em and Strong of ISO 32000-2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

import pydyf

from briefpress.formats.pdf.boxes import Marks, Piece

_TYPES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "pre": "P",
    "code": "Code",
    "em": "Em",
    "strong": "Strong",
    "a": "Link",
    "header": "Sect",
    "nav": "Sect",
    "section": "Sect",
    "main": "Part",
    "aside": "Aside",
    "blockquote": "BlockQuote",
    "figure": "Figure",
    "img": "Figure",
    "figcaption": "Caption",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
}
# What holds the content of an element beside its label.
_BODIES = {"LI": "LBody", "TOCI": "Reference"}
_ROW_GROUPS = {"THead", "TBody", "TFoot"}
_LABELS = {"marker", "footnote-marker"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: its page, counted from 0, and its identifier there."""

    page: int
    id: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A link annotation, and its page."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(slots=True)
class Tag:
    """An element of the tree, made for an element of the HTML whose place there is `order`.

    `language` is set where it changes. `picture` is what a Figure shows, and `numbering` how the
    items of a list are marked, if they are.
    """

    type: str
    element: Element
    order: int
    speaks: str
    language: str | None = None
    picture: Piece | None = None
    numbering: str | None = None
    kids: list[Kid] = field(default_factory=list)

    @property
    def page(self) -> int | None:
        """The page where it begins, counted from 0; none if nothing of it was painted."""
        return next((page for kid in self.kids if (page := kid.page) is not None), None)

    def walk(self) -> Iterator[Tag]:
        """The tag and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def part(self, type_: str) -> Tag:
        """The tag's own part of a type, such as the LBody of an LI; made where there is none."""
        for kid in self.kids:
            if isinstance(kid, Tag) and kid.type == type_ and kid.element is self.element:
                return kid
        part = Tag(type_, self.element, self.order, self.speaks)
        self.kids.append(part)
        return part

    @property
    def body(self) -> Tag:
        """Where its content goes. A group of a description list has its terms right in it."""
        if self.type not in _BODIES or self.element.tag == "div":
            return self
        return self.part(_BODIES[self.type])


Kid: TypeAlias = Tag | Mark | LinkArea


def tree_of(html: Element, pieces: list[Piece], marks: Marks) -> Tag:
    """The tree of a document, from its HTML and what was painted of it, from Document down."""
    tree = _Tree(html)
    for piece in pieces:
        if piece.artifact is not None:
            continue
        if piece.annotation is not None:
            area = LinkArea(piece.page, piece.annotation)
            tree.tag_of(piece.element).kids.append(area)
        elif piece.box in marks[piece.page]:
            mark = Mark(piece.page, marks[piece.page][piece.box])
            tree.home_of(piece).kids.append(mark)
    # Rows and cells that are empty count as well.
    for group in [tag for tag in tree.root.walk() if tag.type in _ROW_GROUPS]:
        for row in group.element:
            for cell in row:
                tree.tag_of(cell)
    for tag in tree.root.walk():
        # What floats may be painted on a later page than what stands behind it in the HTML.
        if all(isinstance(kid, Tag) for kid in tag.kids):
            tag.kids.sort(key=lambda kid: kid.order if isinstance(kid, Tag) else 0)
    return tree.root


class _Tree:
    """A tree that grows a tag wherever content comes that needs one."""

    def __init__(self, html: Element) -> None:
        self.root = Tag("Document", html, 0, html.get("lang", ""))
        self._order = {element: order for order, element in enumerate(html.iter())}
        self._parents = {child: parent for parent in html.iter() for child in parent}
        self._tags = {html: self.root}

    def home_of(self, piece: Piece) -> Tag:
        """The tag that the content of a piece goes into."""
        if piece.pseudo == "footnote-call":
            return self._call_of(piece.element)
        tag = self.tag_of(piece.element)
        if piece.is_picture:
            tag.picture = piece
        if piece.pseudo == "marker":
            parent = self._parents[piece.element]
            self.tag_of(parent).numbering = "Decimal" if parent.tag == "ol" else "Disc"
        return tag.part("Lbl") if piece.pseudo in _LABELS else tag.body

    def tag_of(self, element: Element) -> Tag:
        """The tag of an element, or that of the nearest element around it that has one."""
        if element not in self._tags:
            parent = self._parents[element]
            around = self.tag_of(parent)
            type_ = _type_of(element, parent, around)
            self._tags[element] = self._new(type_, element, around) if type_ else around
        return self._tags[element]

    def _new(self, type_: str, element: Element, around: Tag) -> Tag:
        speaks = element.get("lang", around.speaks)
        tag = Tag(type_, element, self._order[element], speaks)
        tag.language = speaks if speaks != around.speaks else None
        # The entries below one of the contents belong to the entry, not to its reference.
        (around if type_ == "TOC" else around.body).kids.append(tag)
        return tag

    def _call_of(self, note: Element) -> Tag:
        """A tag for the number that calls a note; the note's own comes right behind it."""
        around = self.tag_of(self._parents[note])
        call = Tag("Reference", note, self._order[note], around.speaks)
        around.body.kids.append(call)
        self.tag_of(note)
        return call


def _type_of(element: Element, parent: Element, around: Tag) -> str | None:
    """The type of an element's tag, if it gets one."""
    type_ = _TYPES.get(element.tag)
    if element.tag == "ol" and (around.type == "TOCI" or parent.get("role") == "doc-toc"):
        type_ = "TOC"
    elif element.tag == "li" and around.type == "TOC":
        type_ = "TOCI"
    elif element.tag == "div" and parent.tag == "dl":
        type_ = "LI"
    elif element.tag == "img" and around.type == "Figure":
        type_ = None
    elif element.get("role") == "doc-footnote":
        type_ = "Note"
    if type_ is None and element.get("lang", around.speaks) != around.speaks:
        return "Span"
    return type_
