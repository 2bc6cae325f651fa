"""The cover as a picture: in the EPUB for the shelves of reading systems, and for lists."""

from __future__ import annotations

import io
from contextlib import closing

import pypdfium2 as pdfium
from PIL import Image

from briefpress.formats import COVER, Artefact, Edition

# The least that shops and libraries ask for.
_ON_SHELVES = 1600

# Enough for a screen of two pixels to the point, and about 10 kB.
_IN_LISTS = 480

# Four bits for each colour are enough for type on paper, and leave white as white as it was.
_LEVELS = [round(value / 17) * 17 for value in range(256)]


def publish(edition: Edition) -> Artefact:
    """Make the cover for lists, of the edition's PDF."""
    assert edition.pdf is not None, "the PDF is made first"
    picture = _drawn(edition.pdf.data, _IN_LISTS)
    return Artefact(COVER, _as_png(picture), pixels=picture.size)


def cover_image(pdf: bytes) -> bytes:
    """The first page of a PDF as a PNG of few colours, as shops want it."""
    return _as_png(_drawn(pdf, _ON_SHELVES))


def _drawn(pdf: bytes, height: int) -> Image.Image:
    """The first page of a PDF.

    It is drawn with the fonts of the PDF alone, so that it comes out the same wherever PDFium does.
    """
    with closing(pdfium.PdfDocument(pdf)) as document:
        page = document[0]
        drawn = page.render(scale=height / page.get_height(), rev_byteorder=True)
        return _with_palette(drawn.to_pil().convert("RGB").point(_LEVELS * 3))


def _as_png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _with_palette(picture: Image.Image) -> Image.Image:
    """A picture of levelled colours with the 256 that are in most of it, or others that are near.

    Type on a plain cover has fewer. To count them takes a fifth of the time that Pillow takes to
    find a palette.
    """
    counted: list[tuple[int, tuple[int, int, int]]] = picture.getcolors(16**3)  # type: ignore[assignment]
    palette = Image.new("P", (1, 1))
    most = sorted(counted, reverse=True)[:256]
    palette.putpalette([level for _, colour in most for level in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)
