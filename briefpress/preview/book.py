"""An EPUB, opened: its files with their types, its chapters in order, and its contents."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
}


class Heading(NamedTuple):
    """An entry of the contents: its words, the file and anchor that it leads to, its level."""

    words: str
    href: str
    level: int


@dataclass(frozen=True, slots=True)
class Book:
    """An EPUB. Files have a type and their bytes; paths are those in the package (OCF 3.3)."""

    files: Mapping[str, tuple[str, bytes]]
    chapters: tuple[str, ...]
    contents: tuple[Heading, ...]


def opened(epub: bytes) -> Book:
    """Open an EPUB that the press has made."""
    with ZipFile(io.BytesIO(epub)) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        (path,) = container.xpath("//c:rootfile/@full-path", namespaces=_NAMES)
        package = etree.fromstring(archive.read(path))
        items = {item.get("id"): item for item in package.iterfind(".//o:item", _NAMES)}
        places = {name: _beside(path, item.attrib["href"]) for name, item in items.items()}
        files = {
            places[name]: (item.attrib["media-type"], archive.read(places[name]))
            for name, item in items.items()
        }
    spine = package.iterfind(".//o:itemref", _NAMES)
    chapters = tuple(places[each.attrib["idref"]] for each in spine)
    (nav,) = (places[n] for n, item in items.items() if "nav" in item.get("properties", "").split())
    return Book(files, chapters, tuple(_contents(nav, files[nav][1])))


def _contents(path: str, nav: bytes) -> Iterator[Heading]:
    """The entries of the table of contents, from the navigation document (EPUB 3.3, 7)."""
    document = etree.fromstring(nav)
    for link in document.xpath("//h:nav[@e:type='toc']//h:a", namespaces=_NAMES):
        level = sum(1 for _ in link.iterancestors(f"{{{_NAMES['h']}}}ol"))
        yield Heading(
            " ".join("".join(link.itertext()).split()), _beside(path, link.get("href")), level
        )


def _beside(path: str, href: str) -> str:
    """The path of what a file refers to; an anchor stays."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href)))
