"""The bytes of a PDF's objects, each made once and as early as can be.

pydyf makes them when the file is written, and all of them again for the digest in its identifier
(ISO 32000-1, 14.4); what is painted waits in a list of small pieces until then. Here the pieces of
a page are put together once it is painted, and what was made is kept for the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

# Objects are made of these. What stands in another object, and has no number, is made with it.
_KINDS = (pydyf.Stream, pydyf.Dictionary, pydyf.Array)


def put_together_when_painted(page: Any) -> None:  # WeasyPrint has no types
    """Have one piece made of all that paints a page, once it is painted."""
    paint = page.paint

    def paint_and_put_together(stream: pydyf.Stream, scale: float) -> None:
        paint(stream, scale)
        stream.stream = [b"\n".join(map(pydyf._to_bytes, stream.stream))]

    page.paint = paint_and_put_together


def make_bytes_once(pdf: pydyf.PDF) -> None:
    """Have a PDF, to which nothing is added any more, make the bytes of each object only once."""
    write = pdf.write

    def write_once(*arguments: Any) -> None:  # WeasyPrint has no types
        with _bytes_kept():
            write(*arguments)

    pdf.write = write_once


@contextmanager
def _bytes_kept() -> Iterator[None]:
    theirs = {kind: kind.data for kind in _KINDS}
    for kind, data in theirs.items():
        kind.data = property(_kept(data.fget))
    try:
        yield
    finally:
        for kind, data in theirs.items():
            kind.data = data


def _kept(make: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    def data(item: Any) -> bytes:
        if item.number is None:
            return make(item)
        made: bytes | None = item.__dict__.get("made")
        if made is None:
            made = item.made = make(item)
            if isinstance(item, pydyf.Stream):
                item.stream = []  # it is in what was made
        return made

    return data
