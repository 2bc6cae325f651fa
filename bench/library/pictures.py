"""The pictures of the library: two drawings, and a PNG whose bytes no library decides."""

from __future__ import annotations

import struct
import zlib

from bench.corpus import TRADE

_CURVE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" width="320" height="200">
  <path d="M0 190C60 20 90 20 140 120S220 20 320 60" fill="none" stroke="#345" stroke-width="3"/>
</svg>
"""


def pictures() -> dict[str, bytes]:
    """The pictures, by the names of their files."""
    drawn = {"trade.svg": TRADE.encode(), "curve.svg": _CURVE.encode()}
    return {**drawn, "square.png": _square(48)}


def _square(size: int) -> bytes:
    """A grey PNG (RFC 2083), stored, since compressors differ from machine to machine."""
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes(120 + (x + y) % 90 for x in range(size)) for y in range(size))
    length = struct.pack("<HH", len(rows), len(rows) ^ 0xFFFF)
    stored = b"\x78\x01\x01" + length + rows + struct.pack(">I", zlib.adler32(rows))
    chunks = [(b"IHDR", header), (b"IDAT", stored), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
