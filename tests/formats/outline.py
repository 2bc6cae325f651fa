"""A PDF's structure tree as an outline, read with pikepdf and PDFium.

A line is an element: its type, what it says of itself, and the text right in it. Nothing here is
shared with what writes the tree or with the proof that reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_SAID = ("Lang", "Alt", "ID")


def outline(file: Path) -> str:
    """The outline of a file, a line an element, each indented below its parent."""
    return "\n".join(_Outline(file).lines()) + "\n"


class _Outline:
    def __init__(self, file: Path) -> None:
        self._pdf = pikepdf.open(file)
        self._texts = texts_of(file)
        self._pages = {page.objgen: number for number, page in enumerate(self._pdf.pages)}

    def lines(self) -> Iterator[str]:
        yield from self._lines(self._pdf.Root.StructTreeRoot.K, "", 0)

    def _lines(self, kid: Any, page: Any, depth: int) -> Iterator[str]:
        indent = "  " * depth
        if isinstance(kid, pikepdf.Array):
            for each in kid:
                yield from self._lines(each, page, depth)
        elif isinstance(kid, int):
            yield f"{indent}{self._texts[self._pages[page.objgen]][kid]!r}"
        elif kid.get("/Type") == "/MCR":
            yield from self._lines(int(kid.MCID), kid.Pg, depth)
        elif kid.get("/Type") == "/OBJR":
            yield f"{indent}-> {kid.Obj.Contents}"
        else:
            yield f"{indent}{self._described(kid)}"
            yield from self._lines(kid.get("/K", pikepdf.Array()), kid.get("/Pg", page), depth + 1)

    def _described(self, element: Any) -> str:
        said = [f"{key}={element[f'/{key}']}" for key in _SAID if f"/{key}" in element]
        attributes = element.get("/A", {})
        said += [f"{key[1:]}={attributes[key]}" for key in attributes if key not in ("/O", "/BBox")]
        return " ".join([str(element.S)[1:], *said])


def texts_of(file: Path) -> list[dict[int, str]]:
    """The text of each page's marked content, by its identifier."""
    with closing(pdfium.PdfDocument(file)) as document:
        return [_texts_on(page) for page in document]


def _texts_on(page: Any) -> dict[int, str]:
    found: defaultdict[int, str] = defaultdict(str)
    text_page = page.get_textpage()
    for index in range(text_page.count_chars()):
        if item := pdfium_c.FPDFText_GetTextObject(text_page, index):
            character = chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
            found[pdfium_c.FPDFPageObj_GetMarkedContentID(item)] += character
    return defaultdict(str, {id_: " ".join(text.split()) for id_, text in found.items()})
