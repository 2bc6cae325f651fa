"""Reads a PDF along its structure tree, with PDFium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from briefpress.proof.reading import BOUNDARY, Passage, Reading, UnreadableError, collapsed

_HEADING = re.compile(r"H([1-6])")
_MARKER = re.compile(r"\d+\.\s")
_NOTES = {"Note", "FENote"}


def read_pdf(data: bytes) -> Reading:
    """Read a tagged PDF. Raises `UnreadableError`."""
    reader = _PdfReader()
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            for page in document:
                reader.read_page(page)
    except pdfium.PdfiumError as error:
        raise UnreadableError(str(error)) from None
    return reader.reading


class _PdfReader:
    """Collects passages over the pages of one document."""

    def __init__(self) -> None:
        self.reading = Reading()
        self._text_of: dict[int, str] = {}
        self._table_head = ""
        self._page_begins = True

    def read_page(self, page: Any) -> None:  # PDFium's bindings have no types
        """Read the elements that have content on a page, in the order of the tree."""
        self._text_of = _marked_content(page)
        self._page_begins = True
        tree = pdfium_c.FPDF_StructTree_GetForPage(page)
        try:
            for index in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
                document = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index)
                for element in _children(document):
                    self._read_top(element)
        finally:
            pdfium_c.FPDF_StructTree_Close(tree)

    def _read_top(self, element: Any) -> None:
        """Footnotes stand beside the parts of the document, in an element without a meaning."""
        if _type(element) == "NonStruct":
            notes = [collapsed(self._text(child)) for child in _children(element)]
            if notes and all(map(_MARKER.match, notes)):
                self.reading.notes.extend(notes)
                return
        self._read(element)

    def _read(self, element: Any) -> None:
        kind = _type(element)
        if heading := _HEADING.fullmatch(kind):
            self._begin(int(heading[1]), collapsed(self._text(element)))
        elif kind in _NOTES:
            self.reading.notes.append(collapsed(self._text(element)))
        elif kind != "THead" or not self._is_repeated(element):
            edge = "" if kind == "Span" else BOUNDARY
            self._say(edge)
            for kid in _kids(element):
                if isinstance(kid, int):
                    self._say(self._text_of.get(kid, ""))
                else:
                    self._read(kid)
            self._say(edge)

    def _is_repeated(self, table_head: Any) -> bool:
        """Whether a table that goes on from the page before only shows its head again."""
        above, self._table_head = self._table_head, collapsed(self._text(table_head))
        return self._page_begins and self._table_head == above

    def _begin(self, level: int, heading: str) -> None:
        """Begin a passage."""
        self.reading.passages.append(Passage(level, heading))
        self._page_begins = False

    def _say(self, text: str) -> None:
        if collapsed(text):
            self._page_begins = False
        if self.reading.passages:
            self.reading.passages[-1].text += text

    def _text(self, element: Any) -> str:
        return "".join(
            self._text_of.get(kid, "") if isinstance(kid, int) else self._text(kid)
            for kid in _kids(element)
        )


def _kids(element: Any) -> Iterator[Any]:
    """What an element has on the page, in order: elements, and identifiers of marked content."""
    for index in range(pdfium_c.FPDF_StructElement_CountChildren(element)):
        if child := pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index):
            yield child
            continue
        id_ = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if id_ >= 0:
            yield id_


def _children(element: Any) -> Iterator[Any]:
    return (kid for kid in _kids(element) if not isinstance(kid, int))


def _type(element: Any) -> str:
    size = pdfium_c.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _marked_content(page: Any) -> dict[int, str]:
    """The text of each marked-content sequence of a page, by its identifier.

    PDFium adds the white space between words and lines; it belongs to what stands before it.
    """
    texts: dict[int, list[str]] = {}
    textpage = page.get_textpage()
    current: list[str] = []
    for index in range(pdfium_c.FPDFText_CountChars(textpage)):
        if item := pdfium_c.FPDFText_GetTextObject(textpage, index):
            id_ = pdfium_c.FPDFPageObj_GetMarkedContentID(item)
            current = texts.setdefault(id_, [])
        current.append(chr(pdfium_c.FPDFText_GetUnicode(textpage, index)))
    return {id_: "".join(chars) for id_, chars in texts.items()}
