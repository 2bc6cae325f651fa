"""What a picture is, how large it is, and whether it is safe to show."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from briefpress.content.bitmaps import measure_bitmap
from briefpress.content.drawings import measure_drawing
from briefpress.content.files import ill_named, lies_inside
from briefpress.limits import (
    DRAWING_BYTES,
    PICTURE_BYTES,
    PICTURE_PIXELS,
    PICTURES_BYTES,
    PICTURES_PIXELS,
)

# What a picture's name ends in, in small letters or capitals.
SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's type, its size in CSS pixels, and what the letters in a drawing say."""

    media_type: str
    width: float
    height: float
    says: str = ""


class Album:
    """The pictures of a briefing's folder: looked at once, added up whenever shown."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Picture | str] = {}
        self._bytes = 0
        self._pixels = 0.0

    def show(self, file: str) -> Picture | str:
        """A picture of the folder, or in words why it can't be shown."""
        if file not in self._known:
            self._known[file] = measure(file, self._folder)
        picture = self._known[file]
        if isinstance(picture, str):
            return picture
        self._bytes += (self._folder / file).stat().st_size
        if picture.media_type != "image/svg+xml":
            self._pixels += picture.width * picture.height * _PIXELS_TO_A_CSS_PIXEL**2
        for sum_, limit in ((self._bytes, PICTURES_BYTES), (self._pixels, PICTURES_PIXELS)):
            if sum_ > limit.most:
                return f"with it, {limit.of} have more than {limit}"
        return picture


def measure(file: str, folder: Path) -> Picture | str:
    """Look at a picture of a briefing's folder: what it is, or in words why it can't be shown.

    `file` is its path from the folder on, as the writer has it.
    """
    if reason := ill_named(file, SUFFIXES):
        return reason
    path = folder / file
    try:
        if not lies_inside(path, folder):
            return "a symbolic link leads out of the briefing's folder"
        if not path.is_file():
            return "there is no such file"
        limit = DRAWING_BYTES if path.suffix.lower() == ".svg" else PICTURE_BYTES
        if (size := path.stat().st_size) > limit.most:
            return f"the file has {size:,} bytes; the limit is {limit.most:,}"
        data = path.read_bytes()
    except OSError:
        return "the file can't be read"
    return _drawing(data) if path.suffix.lower() == ".svg" else _bitmap(data)


def _bitmap(data: bytes) -> Picture | str:
    found = measure_bitmap(data)
    if isinstance(found, str):
        return found
    # Pixels of print are two to a CSS pixel, so a picture stays sharp on paper.
    width, height = (n / _PIXELS_TO_A_CSS_PIXEL for n in (found.width, found.height))
    return Picture(found.media_type, width, height)


_PIXELS_TO_A_CSS_PIXEL = 2


def _drawing(data: bytes) -> Picture | str:
    pixels = 0

    def look(url: str) -> str | None:
        """Why a bitmap inside of the drawing can't be shown, if it can't."""
        nonlocal pixels
        try:
            found = measure_bitmap(base64.b64decode("".join(url.partition(",")[2].split())))
        except ValueError:
            return "it holds a bitmap that isn't in Base64"
        if isinstance(found, str):
            return f"of a bitmap in it: {found}"
        pixels += found.width * found.height
        if pixels > PICTURE_PIXELS.most:
            return f"the bitmaps in it have more than {PICTURE_PIXELS}"
        return None

    found = measure_drawing(data, look)
    if isinstance(found, str):
        return found
    return Picture("image/svg+xml", found.width, found.height, found.says)
