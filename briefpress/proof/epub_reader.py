"""Reads an EPUB as a container: its package document, and the files of its spine in order."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from briefpress.limits import CHAPTER_BYTES
from briefpress.proof.active import active_in, loaded_by_css
from briefpress.proof.markup_reader import KINDS, MarkupReader
from briefpress.proof.reading import Entry, Place, Reading, Recorder, UnreadableError, resolve

_CONTAINER = "META-INF/container.xml"
_OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
_OCF = {"ocf": "urn:oasis:names:tc:opendocument:xmlns:container"}
_NCX = {"ncx": "http://www.daisy.org/z3986/2005/ncx/"}
# What zipfile raises for damaged, encrypted or unknown members, and for those that aren't there.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)


def read_epub(data: bytes) -> Reading:
    """Read an EPUB in the order of its spine (EPUB 3.3, 5.7). Raises `UnreadableError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return _Book(container).read()
    except (*_BROKEN_ZIP, etree.LxmlError, NotImplementedError) as error:
        raise UnreadableError(str(error) or "the archive is cut short") from None


class _Book:
    """A container, and what its package document says of it."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self._names = set(container.namelist())
        rootfile = self._parsed(_CONTAINER).find(".//ocf:rootfile", _OCF)
        if rootfile is None:
            raise UnreadableError("the container names no package document")
        name = str(rootfile.get("full-path"))
        self._folder = posixpath.dirname(name)
        self._package = self._parsed(name)
        self._items = {str(i.get("id")): i for i in self._package.iterfind(".//opf:item", _OPF)}

    def read(self) -> Reading:
        language = self._said("language")
        reading = Reading(KINDS, spaced=True, metadata=self._metadata(language))
        reader = MarkupReader(Recorder(reading, Place(None, "")), language)
        for name in self._spine():
            document = _without_name_spaces(self._parsed(self._path(name)))
            reader.read(document, name)
            reading.active += active_in(document, self._knows)
        for item in self._items.values():
            if item.get("media-type") == "text/css":
                css = self._unpacked(self._path(str(item.get("href")))).decode("utf-8", "replace")
                reading.active += loaded_by_css(css, self._knows)
        resolve(reading, reader.lands)
        reading.outlines["NCX"] = list(self._ncx(reader))
        return reading

    def _path(self, href: str) -> str:
        return posixpath.join(self._folder, unquote(href))

    def _knows(self, url: str) -> bool:
        return self._path(url.partition("#")[0]) in self._names

    def _unpacked(self, name: str) -> bytes:
        if self._container.getinfo(name).file_size > CHAPTER_BYTES.most:
            raise UnreadableError(f"{name} is larger than any chapter")
        return self._container.read(name)

    def _parsed(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self._unpacked(name), parser)

    def _spine(self) -> Iterator[str]:
        for itemref in self._package.iterfind(".//opf:itemref", _OPF):
            yield str(self._items[str(itemref.get("idref"))].get("href"))

    # What the package says

    def _said(self, name: str) -> str:
        return self._package.findtext(f".//dc:{name}", "", _OPF)

    def _metadata(self, language: str) -> dict[str, str]:
        return {
            "language": language,
            "title": self._said("title"),
            "author": self._said("creator"),
            "publisher": self._said("publisher"),
            "identifier": self._said("identifier"),
            "issued": self._said("date"),
        }

    def _ncx(self, reader: MarkupReader) -> Iterator[Entry]:
        """The contents for readers of EPUB 2 (OPF 2.0.1, 2.4.1)."""
        spine = self._package.find("opf:spine", _OPF)
        item = self._items.get(str(spine.get("toc"))) if spine is not None else None
        if item is None:
            return
        root = self._parsed(self._path(str(item.get("href"))))
        for point in root.iterfind(".//ncx:navPoint", _NCX):
            content = point.find("ncx:content", _NCX)
            level = sum(1 for _ in point.iterancestors("{*}navPoint"))
            title = point.findtext("ncx:navLabel/ncx:text", "", _NCX)
            target = str(content.get("src")) if content is not None else ""
            yield Entry(level, title, reader.lands(target))


def _without_name_spaces(root: etree._Element) -> etree._Element:
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root
