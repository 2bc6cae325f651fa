"""Reads an EPUB as a container: its package document, and the files of its spine in order."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from itertools import takewhile
from urllib.parse import unquote

from lxml import etree

from briefpress.limits import CHAPTER_BYTES
from briefpress.proof.active import active_in, loaded_by_css
from briefpress.proof.markup_reader import KINDS, MarkupReader, is_hidden
from briefpress.proof.reading import Entry, Place, Reading, Recorder, UnreadableError, resolve

_CONTAINER = "META-INF/container.xml"
_OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
_OCF = {"ocf": "urn:oasis:names:tc:opendocument:xmlns:container"}
_TYPE = "{http://www.idpf.org/2007/ops}type"
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
        navs: dict[str, tuple[str, etree._Element]] = {}
        for name in self._spine():
            document = _without_name_spaces(self._parsed(self._path(name)))
            first = len(reading.passages)
            reader.read(document, name)
            heading = reading.passages[first].heading if first < len(reading.passages) else ""
            reading.metadata[f"language in {name}"] = document.get("lang") or language
            reading.titles.append((document.findtext("head/title", ""), heading))
            reading.active += active_in(document, self._knows)
            navs |= {str(nav.get(_TYPE)): (name, nav) for nav in document.iter("nav")}
        for item in self._items.values():
            if item.get("media-type") == "text/css":
                css = self._unpacked(self._path(str(item.get("href")))).decode("utf-8", "replace")
                reading.active += loaded_by_css(css, self._knows)
        resolve(reading, reader.lands)
        self._read_navigation(reading, reader, navs)
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

    # What leads through the book

    def _read_navigation(
        self, reading: Reading, reader: MarkupReader, navs: dict[str, tuple[str, etree._Element]]
    ) -> None:
        """Lists of pages and landmarks (EPUB 3.3, 7.4), and the NCX (OPF 2.0.1, 2.4.1)."""
        pages = [
            (label, reader.breaks.get(target, 0)) for label, _, target in _listed(navs, "page-list")
        ]
        reading.page_lists["list of pages"] = pages
        reading.landmarks = {}
        for label, kind, target in _listed(navs, "landmarks"):
            reading.landmarks[kind] = reader.lands(target)
            said = reading.metadata.get(f"{kind} in landmarks", "")
            reading.metadata[f"{kind} in landmarks"] = f"{said} {label}"
        for name in ("landmarks", "page-list"):
            if name in navs:
                headings = (h for h in navs[name][1].iter("h2") if not is_hidden(h))
                said = "".join(text for h in headings for text in map(str, h.itertext()))
                reading.metadata[f"{name} in navigation"] = said
        if (ncx := self._ncx()) is None:
            return
        reading.metadata["title in NCX"] = ncx.findtext("ncx:docTitle/ncx:text", "", _NCX)
        reading.outlines["entries for EPUB 2"] = list(_points(ncx, reader))
        reading.page_lists["list of pages for EPUB 2"] = [
            (_label(each), reader.breaks.get(_source(each), 0))
            for each in ncx.iterfind(".//ncx:pageTarget", _NCX)
        ]

    def _ncx(self) -> etree._Element | None:
        spine = self._package.find("opf:spine", _OPF)
        item = self._items.get(str(spine.get("toc"))) if spine is not None else None
        return None if item is None else self._parsed(self._path(str(item.get("href"))))


def _listed(
    navs: dict[str, tuple[str, etree._Element]], type_: str
) -> Iterator[tuple[str, str, str]]:
    """The entries of a list that the navigation document has: what each says, is, and leads to."""
    if type_ in navs:
        file, nav = navs[type_]
        for a in (a for a in nav.iter("a") if not any(map(is_hidden, _up_to(a, nav)))):
            href = str(a.get("href"))
            target = f"{file}{href}" if href.startswith("#") else href
            yield "".join(map(str, a.itertext())).strip(), str(a.get(_TYPE, "")), target


def _up_to(element: etree._Element, end: etree._Element) -> Iterator[etree._Element]:
    """An element, and those around it inside another."""
    yield element
    yield from takewhile(lambda each: each is not end, element.iterancestors())


def _points(ncx: etree._Element, reader: MarkupReader) -> Iterator[Entry]:
    for point in ncx.iterfind(".//ncx:navPoint", _NCX):
        level = sum(1 for _ in point.iterancestors("{*}navPoint"))
        yield Entry(level, _label(point), reader.lands(_source(point)))


def _label(point: etree._Element) -> str:
    return point.findtext("ncx:navLabel/ncx:text", "", _NCX)


def _source(point: etree._Element) -> str:
    content = point.find("ncx:content", _NCX)
    return str(content.get("src")) if content is not None else ""


def _without_name_spaces(root: etree._Element) -> etree._Element:
    for element in root.iter(etree.Element):
        element.tag = str(element.tag).rpartition("}")[2]
    return root
