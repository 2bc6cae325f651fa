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
_NOTES = {"Note", "FENote"}
_PHRASING = {"Code", "Em", "Link", "Span", "Strong"}
_HYPHEN_AT_THE_END_OF_A_LINE = "\x02"  # as PDFium has it; CPDF_TextPage::IsHyphen


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

    def read_page(self, page: Any) -> None:  # PDFium's bindings have no types
        """Read the elements that have content on a page, in the order of the tree."""
        self._text_of = _marked_content(page)
        tree = pdfium_c.FPDF_StructTree_GetForPage(page)
        try:
            for index in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
                self._read(pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index))
        finally:
            pdfium_c.FPDF_StructTree_Close(tree)

    def _read(self, element: Any) -> None:
        kind = _type(element)
        if heading := _HEADING.fullmatch(kind):
            self._begin(int(heading[1]), collapsed(self._text(element)))
        elif kind in _NOTES:
            self.reading.notes.append(collapsed(self._text(element)))
        else:
            edge = "" if kind in _PHRASING else BOUNDARY
            self._say(edge)
            for kid in _kids(element):
                if isinstance(kid, int):
                    self._say(self._text_of.get(kid, ""))
                else:
                    self._read(kid)
            self._say(edge)

    def _begin(self, level: int, heading: str) -> None:
        """Begin a passage."""
        self.reading.passages.append(Passage(level, heading))

    def _say(self, text: str) -> None:
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
        character = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        current.append("-" if character == _HYPHEN_AT_THE_END_OF_A_LINE else character)
    return {id_: "".join(chars) for id_, chars in texts.items()}
