"""Bitmaps that a stranger might send, made here since they are large or broken on purpose."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

# An empty ZIP, and marks that a JPEG ends with.
ARCHIVE = b"PK\x05\x06" + bytes(18) + b"\xff\xd9"


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG (PNG 3, 5.3)."""
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png(
    width: int, height: int, *, before: bytes = b"", rows: bytes = b"", depth: int = 8
) -> bytes:
    """A PNG in shades of grey; `before` are chunks before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(rows or bytes((width + 1) * height), 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + pixels + chunk(b"IEND", b"")


def with_a_text_bomb() -> bytes:
    bomb = b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)
    return png(8, 8, before=chunk(b"zTXt", bomb))


def with_a_profile_bomb() -> bytes:
    bomb = b"icc\0\0" + zlib.compress(bytes(80_000_000), 9)
    return png(8, 8, before=chunk(b"iCCP", bomb))


def animated() -> bytes:
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 255)]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def jpeg(width: int, height: int) -> bytes:
    """A JPEG whose frame says that it has another size than its data has."""
    data = bytearray(saved(Image.new("L", (8, 8)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def of_scans(number: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    image = Image.effect_noise((64, 64), 50)
    data = saved(image, "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * number + data[-2:]


PICTURES: dict[str, Callable[[], bytes]] = {
    "a PNG of 144 megapixels": lambda: png(12_000, 12_000, rows=bytes(12_001 * 12_000)),
    "a PNG that says it has 4,000 megapixels": lambda: png(65_000, 65_000, rows=bytes(1)),
    "a PNG": lambda: png(8, 8),
    "a PNG of no height": lambda: png(8, 0, rows=bytes(1)),
    "a PNG of 24 megapixels": lambda: png(6_000, 4_000),
    "a PNG with a text of 80 MB": with_a_text_bomb,
    "a PNG with a colour profile of 80 MB": with_a_profile_bomb,
    "a PNG that is cut short": lambda: png(64, 64)[:60],
    "a PNG with a web page behind it": lambda: png(8, 8) + b"<script>alert(1)</script>",
    "a PNG that moves": animated,
    "a JPEG that says it has 4,000 megapixels": lambda: jpeg(65_000, 65_000),
    "a JPEG with an archive behind it": lambda: saved(Image.new("L", (8, 8)), "JPEG") + ARCHIVE,
    "a JPEG of 1,000 scans": lambda: of_scans(1_000),
    "a JPEG of no width": lambda: jpeg(0, 8),
    "a GIF": lambda: saved(Image.new("L", (8, 8)), "GIF"),
}
