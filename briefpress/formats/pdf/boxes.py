"""What WeasyPrint lays out and paints, piece by piece.

WeasyPrint promises nothing of its boxes, nor of how it marks what it paints. Whatever is borrowed
of that is borrowed here; `tests/formats/test_tags.py` names each part, and fails where a new
version of WeasyPrint has moved it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

Box: TypeAlias = Any  # WeasyPrint has no types

# CSS pixels are WeasyPrint's unit, points PDF's.
POINTS = 0.75


@dataclass(frozen=True, slots=True)
class Piece:
    """Something painted on a page (a line's part of a text, a picture), or part of a link.

    `page` counts from 0. `pseudo` names the pseudo-element that made it, such as "marker". An
    `artifact` isn't of the text: a running head, or the head of a table said once more; it has the
    properties of a PDF artifact (ISO 32000-1, table 330). `in_note` says that it is in a footnote.
    """

    page: int
    box: Box
    element: Element
    pseudo: str
    artifact: Mapping[str, str] | None
    in_note: bool

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return isinstance(self.box, boxes.ReplacedBox)

    @property
    def text(self) -> str:
        """What it says; nothing for a picture or a link, whose words are pieces of their own."""
        return str(self.box.text) if isinstance(self.box, boxes.TextBox) else ""

    @property
    def annotation(self) -> pydyf.Dictionary | None:
        """The link annotation, once the page was painted."""
        return self.box.link_annotation

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page, in points from its upper left corner."""
        left, top = self.box.content_box_x(), self.box.content_box_y()
        right, bottom = left + self.box.width, top + self.box.height
        return left * POINTS, top * POINTS, right * POINTS, bottom * POINTS


def pieces_of(document: Any) -> list[Piece]:
    """Every piece of a document, page by page, in the order of the boxes."""
    found: list[Piece] = []
    heads: dict[Element, int] = {}
    for number, page in enumerate(document.pages):
        for child in page._page_box.children:
            _gather(child, Piece(number, child, child.element, "", None, False), heads, found)
    return found


def _gather(box: Box, around: Piece, heads: dict[Element, int], found: list[Piece]) -> None:
    """Add the pieces in a box. `around` is what holds for all of them."""
    box = getattr(box, "_box", box)  # where a box stood that is placed absolutely
    element = around.element if box.element is None else box.element
    artifact, in_note = around.artifact, around.in_note
    if isinstance(box, boxes.MarginBox):
        where = "/Header" if box.at_keyword.startswith("@top") else "/Footer"
        artifact = {"Type": "/Pagination", "Subtype": where}
    elif isinstance(box, boxes.FootnoteAreaBox):
        in_note = True
    elif _is_said_again(box, element, around.page, heads):
        artifact = {"Type": "/Pagination"}
    pseudo = (box.element_tag or "").partition("::")[2]
    here = Piece(around.page, box, element, pseudo, artifact, in_note)
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        found.append(here)
        return
    if box.link and not isinstance(box, boxes.LineBox):
        found.append(here)
    for child in box.children:
        _gather(child, here, heads, found)


def _is_said_again(box: Box, element: Element, page: int, heads: dict[Element, int]) -> bool:
    """Whether a box is the head of a table that began on an earlier page, kept in `heads`."""
    is_head = isinstance(box, boxes.TableRowGroupBox) and box.is_header
    return is_head and heads.setdefault(element, page) != page


def anchors_of(document: Any) -> dict[str, int]:
    """The number of the page, from 1, on which each anchor of a document first stands."""
    found: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    return found


def keep_one_link_a_line(document: Any, pieces: list[Piece]) -> None:
    """Keep one annotation for each line of a link, and none in artifacts.

    WeasyPrint adds one for each element inside a link as well, which a reader would say again.
    """
    artifacts = {id(piece.box) for piece in pieces if piece.artifact is not None}
    for page in document.pages:
        page.links[:] = [
            link for link in page.links if link[3].link and id(link[3]) not in artifacts
        ]


Marks: TypeAlias = list[dict[Box, int]]
"""For each page, the identifiers of the marked content that its boxes were painted as."""


@contextmanager
def tagged_by(
    add_tags: Callable[[pydyf.PDF, list[Piece], Marks], None], pieces: list[Piece]
) -> Iterator[None]:
    """Have a PDF that is written meanwhile tagged by a function of ours.

    Artifacts are painted as such, with their properties, and don't get an identifier.
    """
    artifacts = {id(p.box): p.artifact for p in pieces if p.artifact is not None}

    class MarkingStream(Stream):  # type: ignore[misc]  # WeasyPrint has no types
        @contextmanager
        def marked(self, box: Box, tag: str) -> Iterator[None]:
            properties = artifacts.get(id(box))
            if properties is None or self._tags is None:
                with super().marked(box, tag):
                    yield
                return
            self.begin_marked_content("Artifact", pydyf.Dictionary(properties))
            yield
            self.end_marked_content()

    def tag(pdf: pydyf.PDF, document: Any, version: object, streams: list[Stream]) -> None:  # noqa: ARG001 - WeasyPrint's signature
        marks = [{box: mark["mcid"] for box, mark in s._tags.items()} for s in streams]
        add_tags(pdf, pieces, marks)

    ours = {"add_tags": tag, "Stream": MarkingStream}
    theirs = {name: getattr(weasyprint.pdf, name) for name in ours}
    for name, value in ours.items():
        setattr(weasyprint.pdf, name, value)
    try:
        yield
    finally:
        for name, value in theirs.items():
            setattr(weasyprint.pdf, name, value)
