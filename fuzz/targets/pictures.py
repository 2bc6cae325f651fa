"""Bytes as a picture. The first says what the file is called: .svg, .png or .jpg."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from briefpress.content.pictures import measure

_SUFFIXES = (".svg", ".png", ".jpg")
_ADDRESSES = ("http:", "https:", "ftp:", "file:", "//", "javascript:")


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="briefpress-fuzz-")


def target(data: bytes) -> None:
    """It is refused in words, or has a size; a drawing that is taken loads and runs nothing."""
    suffix = _SUFFIXES[data[0] % len(_SUFFIXES)] if data else ".svg"
    folder = Path(_folder().name)
    path = folder / f"picture{suffix}"
    path.write_bytes(data[1:])
    found = measure(path.name, folder)
    if isinstance(found, str):
        assert found
        return
    assert 0 < found.width < math.inf
    assert 0 < found.height < math.inf
    if found.media_type == "image/svg+xml":
        _check_drawing(data[1:])


def _check_drawing(data: bytes) -> None:
    """Look again, in another way than the program does."""
    for element in etree.fromstring(data).iter(etree.Element):
        name = str(element.tag).rpartition("}")[2].lower()
        assert name not in {"script", "foreignobject", "iframe", "handler", "listener"}, name
        for attribute, value in element.attrib.items():
            key = str(attribute).rpartition("}")[2].lower()
            assert not key.startswith("on"), key
            if key in {"href", "src"}:
                assert not str(value).strip().lower().startswith(_ADDRESSES), value
