"""Where each page of a laid out document begins in its HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from xml.etree.ElementTree import Element

from briefpress.formats.page_starts import PARTS, SKIPPED_ROLES, PageStart, counted
from briefpress.formats.pdf.boxes import Piece


def page_starts(html: Element, pieces: list[Piece], pages: int) -> tuple[PageStart, ...]:
    """The places at which pages begin. One of which nothing counts begins where the next one does.

    What floated over from an earlier page doesn't begin a page.
    """
    text = _Text(html)
    stretches: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for piece in pieces:
        if piece.artifact is None and not piece.in_note and not piece.pseudo:
            length = 1 if piece.is_picture else counted(piece.text)
            if length:
                stretches[piece.page].append(text.take(piece.element, length))
    read, starts = 0, []
    for page in range(pages):
        begins = min((start for start, _ in stretches[page] if start >= read), default=read)
        starts.append(text.place(page + 1, begins))
        read = max([read, *(end for _, end in stretches[page])])
    return tuple(starts)


class _Text:
    """The counted characters of a document, each by its number in the order of the HTML."""

    def __init__(self, html: Element) -> None:
        self._runs: defaultdict[Element, list[tuple[int, int]]] = defaultdict(list)
        self._parts: list[tuple[int, str]] = []
        self._length = 0
        self._read(html)

    def _read(self, element: Element) -> None:
        """Number the characters of an element. Those right in it make a run between children."""
        if element.tag in PARTS and "id" in element.attrib:
            self._parts.append((self._length, element.attrib["id"]))
        self._run(element, 1 if element.tag == "img" else counted(element.text or ""))
        for child in element:
            if child.get("role") not in SKIPPED_ROLES:
                self._read(child)
            self._run(element, counted(child.tail or ""))

    def _run(self, element: Element, length: int) -> None:
        if length:
            self._runs[element].append((self._length, length))
        self._length += length

    def take(self, element: Element, length: int) -> tuple[int, int]:
        """The numbers of the next characters right in an element: the first, and after the last.

        Where WeasyPrint has set something twice there are none left; the proof tells of that.
        """
        runs = self._runs[element]
        if not runs:
            return self._length, self._length
        start, available = runs.pop(0)
        taken = min(length, available)
        if taken < available:
            runs.insert(0, (start + taken, available - taken))
        return start, start + taken

    def place(self, page: int, number: int) -> PageStart:
        """The place of a character, from the beginning of the part that it is in."""
        index = bisect_right(self._parts, (number, "\uffff")) - 1
        start, part = self._parts[max(index, 0)]
        return PageStart(page, part, number - start)
