"""The cover as a picture, for the shelves of reading systems."""

from __future__ import annotations

import io
from contextlib import closing

import pypdfium2 as pdfium
from PIL import Image

# The least that shops and libraries ask for.
_HEIGHT = 1600

# Four bits for each colour are enough for type on paper, and leave white as white as it was.
_LEVELS = [round(value / 17) * 17 for value in range(256)]


def cover_image(pdf: bytes) -> bytes:
    """The first page of a PDF as a PNG of few colours.

    It is drawn with the fonts of the PDF alone, so that it comes out the same wherever PDFium does.
    """
    with closing(pdfium.PdfDocument(pdf)) as document:
        page = document[0]
        drawn = page.render(scale=_HEIGHT / page.get_height(), rev_byteorder=True)
        levelled = drawn.to_pil().convert("RGB").point(_LEVELS * 3)
    picture = levelled.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
