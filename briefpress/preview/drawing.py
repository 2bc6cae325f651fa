"""Pages of a PDF as pictures for the screen."""

from __future__ import annotations

import io
from contextlib import closing

import pypdfium2 as pdfium

Size = tuple[float, float]

# Twice the pixels that a page is shown with on a wide screen.
_WIDTH = 1640

# Type on paper is small as it is; more would take longer than to send it.
_COMPRESSION = 1


def sizes_of(pdf: bytes) -> tuple[Size, ...]:
    """The width and the height of each page, in points."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def drawn(pdf: bytes, number: int) -> bytes:
    """A page, by its number from 1 on, as a PNG. Raises `IndexError` where there is none."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        picture = page.render(scale=_WIDTH / page.get_width(), rev_byteorder=True).to_pil()
        file = io.BytesIO()
        picture.convert("RGB").save(file, "PNG", compress_level=_COMPRESSION)
    return file.getvalue()
