"""What stands on a page of a PDF, by PDFium: its characters, and the marked content they are in.

A page has thousands of characters. So PDFium is asked about each once and no more than that, and
gives handles as plain numbers: pypdfium2's bindings make an object of each.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, repeat
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium_c

Handle: TypeAlias = Any  # PDFium's bindings have no types

ARTIFACT = -2  # in the place of the identifier that marked content has
_NONE = -1  # as PDFium says that there is none
_HYPHEN_AT_THE_END_OF_A_LINE = "\x02"  # as PDFium has it; CPDF_TextPage::IsHyphen
_HYPHEN_IN_A_TEXT = re.compile("\ufffe")  # the same where PDFium gives a text and not a character
_LONGEST = 65536  # bytes of an alternative text or an address that are read

# Most texts fit in here, and needn't be asked for their size first. Some functions want units of
# UTF-16, and count in bytes as the others do.
_BUFFER = (ctypes.c_ushort * 128)()


def address_of(handle: Handle) -> int:
    """A handle as a number; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def plain(function: Handle, *kinds: type, gives: type = ctypes.c_void_p) -> Callable[..., Any]:
    """One of PDFium's functions that takes its first handle as a number, and gives one."""
    made = ctypes.CFUNCTYPE(gives, ctypes.c_void_p, *kinds)
    return made(address_of(function))


_text_object = plain(pdfium_c.FPDFText_GetTextObject, ctypes.c_int)
_content_id = plain(pdfium_c.FPDFPageObj_GetMarkedContentID, gives=ctypes.c_int)
_character = plain(pdfium_c.FPDFText_GetUnicode, ctypes.c_int, gives=ctypes.c_uint)


@dataclass(frozen=True, slots=True)
class Marked:
    """Marked content: its text, and which characters of the page are its first and last to be seen.

    One that has none to be seen has neither.
    """

    text: str
    first: int | None
    last: int | None


class PageText:
    """The text of a page."""

    def __init__(self, page: Handle) -> None:
        self._page = page
        self._textpage = page.get_textpage()
        self._handle = address_of(self._textpage)
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._filled = [ctypes.byref(edge) for edge in self._edges]

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character, in points."""
        pdfium_c.FPDFText_GetCharBox(self._textpage, index, *self._filled)
        left, right, bottom, top = self._edges
        return left.value, bottom.value, right.value, top.value

    def marked_content(self) -> Iterator[tuple[int, Marked]]:
        """Each marked-content sequence of the page, by its identifier.

        PDFium adds the white space between words and lines; it belongs to what stands before it.
        """
        count = max(pdfium_c.FPDFText_CountChars(self._textpage), 0)
        text = self._text(count)
        runs: dict[int, list[tuple[int, str]]] = {}
        ids: dict[int, int] = {}
        current: list[tuple[int, str]] = []
        start = 0
        for item, same in groupby(map(_text_object, repeat(self._handle), range(count))):
            end = start + len(list(same))
            if item:
                if item not in ids:
                    ids[item] = self._id_of(item)
                current = runs.setdefault(ids[item], [])
            current.append((start, text[start:end]))
            start = end
        return ((id_, _marked(of_id)) for id_, of_id in runs.items())

    def _id_of(self, item: int) -> int:
        id_ = _id_of(item)
        return self._in_groups.get(item, id_) if id_ == _NONE else id_

    @cached_property
    def _in_groups(self) -> dict[int, int]:
        """What is painted by form XObjects, with the identifiers of the content that they are in.

        It is part of that (ISO 32000-1, 14.7.4.2). What is seen through has to be a group.
        """
        count = range(pdfium_c.FPDFPage_CountObjects(self._page))
        items = (pdfium_c.FPDFPage_GetObject(self._page, index) for index in count)
        return dict(_in_groups(items, _NONE))

    def _text(self, count: int) -> str:
        """All characters of the page, one for each that PDFium counts."""
        buffer = (ctypes.c_ushort * (2 * count + 1))()
        written = pdfium_c.FPDFText_GetText(self._textpage, 0, count, buffer)
        text = ctypes.string_at(buffer, 2 * max(written - 1, 0)).decode("utf-16-le", "replace")
        if len(text) != count:  # characters that say nothing are left out
            text = "".join(chr(_character(self._handle, index)) for index in range(count))
        else:  # others may only look like the hyphen
            text = _HYPHEN_IN_A_TEXT.sub(self._is_or_looks_like_it, text)
        return text.replace(_HYPHEN_AT_THE_END_OF_A_LINE, "-")

    def _is_or_looks_like_it(self, found: re.Match[str]) -> str:
        return chr(_character(self._handle, found.start()))


def _marked(runs: list[tuple[int, str]]) -> Marked:
    seen = [(start, text) for start, text in runs if text and not text.isspace()]
    text = "".join(text for _, text in runs)
    if not seen:
        return Marked(text, None, None)
    (start, first), (end, last) = seen[0], seen[-1]
    return Marked(text, start + len(first) - len(first.lstrip()), end + len(last.rstrip()) - 1)


def _in_groups(items: Iterable[Handle], around: int) -> Iterator[tuple[int, int]]:
    """All that is in groups among some objects, which are in marked content themselves."""
    for item in items:
        address, count = address_of(item), pdfium_c.FPDFFormObj_CountObjects(item)
        id_ = _id_of(address)
        id_ = around if id_ == _NONE else id_
        yield address, id_
        inside = (pdfium_c.FPDFFormObj_GetObject(item, index) for index in range(max(count, 0)))
        yield from _in_groups(inside, id_)


def _id_of(item: int) -> int:
    id_: int = _content_id(item)
    return ARTIFACT if id_ < 0 and _is_artifact(item) else id_


def _is_artifact(item: int) -> bool:
    """Whether something on a page is no part of the text (ISO 32000-1, 14.8.2.2)."""
    handle = ctypes.cast(item, pdfium_c.FPDF_PAGEOBJECT)
    marks = range(pdfium_c.FPDFPageObj_CountMarks(handle))
    names = (pdfium_c.FPDFPageObj_GetMark(handle, index) for index in marks)
    return any(_name_of(mark) == "Artifact" for mark in names)


def _name_of(mark: Handle) -> str:
    size, buffer = ctypes.c_ulong(), (ctypes.c_ushort * 32)()
    pdfium_c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(size))
    return decoded(bytes(buffer)[: size.value])


def text(get: Callable[..., int], *arguments: Handle) -> str:
    """A text of bytes, by one of PDFium's functions that fill a buffer."""
    return _filled(get, *arguments).partition(b"\0")[0].decode("utf-8", "replace")


def wide_text(get: Callable[..., int], *arguments: Handle) -> str:
    """A text in UTF-16, by one of PDFium's functions that fill a buffer."""
    return decoded(_filled(get, *arguments))


def _filled(get: Callable[..., int], *arguments: Handle) -> bytes:
    buffer: ctypes.Array[ctypes.c_ushort] = _BUFFER
    size = get(*arguments, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        size = min(size, _LONGEST)
        buffer = (ctypes.c_ushort * -(-size // 2))()
        get(*arguments, buffer, size)
    return ctypes.string_at(buffer, size) if size else b""


def decoded(data: bytes) -> str:
    """A text in UTF-16 of little endians, as PDFium has all its own."""
    return data.decode("utf-16-le", "replace").rstrip("\0")
