"""What a PNG or JPEG is, how large it is, and whether it is a picture and no more."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

from briefpress.limits import JPEG_SCANS, PICTURE_PIXELS

# Nor may what we publish flash (WCAG 2.2, 2.3.1): EPUBs say that they hold no such hazard.
_MOVES_ON_PAPER = "it moves, which paper can't show"
_NO_BITMAP = "it isn't a PNG or JPEG that can be shown"
_MORE_BEHIND = "something is appended to it, which a reader may take for another file"
# In the pixels of a JPEG, FF is followed by 00, or by the number of a restart (T.81, B.1.1.5).
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A bitmap's type and its size in pixels."""

    media_type: str
    width: int
    height: int


def measure_bitmap(data: bytes) -> Bitmap | str:
    """Look at a bitmap: what it is, or in words why it can't be shown."""
    end, scans = _end_of(data)
    if scans > JPEG_SCANS.most:
        return f"it has more than {JPEG_SCANS}"
    found = _decoded(data)
    if isinstance(found, Bitmap) and data[end:].strip(b"\0"):
        return _MORE_BEHIND
    return found


def _decoded(data: bytes) -> Bitmap | str:
    from PIL import Image, ImageFile  # noqa: PLC0415 - few briefings have pictures

    # WeasyPrint lets Pillow show what there is of a file that was cut short.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                width, height, kind = *image.size, str(image.format)
                frames = getattr(image, "n_frames", 1)
                if width * height <= PICTURE_PIXELS.most:
                    image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        width, height, frames = PICTURE_PIXELS.most, PICTURE_PIXELS.most, 1
    except (OSError, ValueError, SyntaxError):
        return _NO_BITMAP
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if width * height > PICTURE_PIXELS.most:
        return f"it has more than {PICTURE_PIXELS}"
    if width * height == 0:
        return _NO_BITMAP
    if kind == "MPO":
        return "it holds several pictures in one; save one of them as JPEG"
    return _MOVES_ON_PAPER if frames > 1 else Bitmap(f"image/{kind.lower()}", width, height)


def _end_of(data: bytes) -> tuple[int, int]:
    """Where the picture ends in its file, and how many scans a JPEG has."""
    if data.startswith(b"\xff\xd8"):
        return _end_of_jpeg(data)
    position = 8
    while position + 8 <= len(data):
        length, name = (
            int.from_bytes(data[position : position + 4]),
            data[position + 4 : position + 8],
        )
        position += length + 12
        if name == b"IEND":
            break
    return position, 0


def _end_of_jpeg(data: bytes) -> tuple[int, int]:
    """By its markers (ITU-T T.81, B.1)."""
    position, scans = 2, 0
    while match := _MARKER.search(data, position):
        position, marker = match.end(), match[1][0]
        if marker == _END_OF_IMAGE:
            return position, scans
        scans += marker == _START_OF_SCAN
        position += int.from_bytes(data[position : position + 2])
    return len(data), scans
