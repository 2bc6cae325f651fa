"""What a reading system has to show of an EPUB 3.3, read from its files with zip and lxml."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree

XML = etree.XMLParser(resolve_entities=False, no_network=True)
NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}
_MARKS = {f"{{{NAMES['x']}}}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "time")}
_NOTE = "@epub:type='footnote' or @epub:type='endnote'"


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading or a date: its file, its number there as browser/reader.js counts, its words."""

    file: str
    number: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A link: its words, the file and the id that it leads to."""

    label: str
    file: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a footnote: its file, its link as it is written, and the words of the note."""

    file: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class Book:
    """All that has to be seen, in the order of the manifest and of the files."""

    marks: tuple[Mark, ...]
    calls: tuple[Call, ...]
    contents: tuple[Entry, ...]
    pages: tuple[Entry, ...]
    names_a_printed_book: bool


def squeeze(text: str) -> str:
    """A text, with white space as a reader sees it."""
    return " ".join(text.split())


class UnreadableError(Exception):
    """The file isn't an EPUB that can be read; EPUBCheck says why."""


def read(epub: Path) -> Book:
    """What stands in the content documents of the manifest, whether or not the spine has them."""
    try:
        return read_package(epub)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UnreadableError(str(error)) from error


def read_package(epub: Path) -> Book:
    with zipfile.ZipFile(epub) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"), XML)
        (package_name,) = find_text(container, "//c:rootfile/@full-path")
        package = etree.fromstring(archive.read(package_name), XML)
        documents = {
            name: etree.fromstring(archive.read(name), XML)
            for name in names_of_documents(package, package_name)
            if name in archive.namelist()
        }
    navigation = next(
        iter(names_of_documents(package, package_name, "contains(@properties, 'nav')"))
    )
    return Book(
        tuple(mark for name, document in documents.items() for mark in marks(name, document)),
        tuple(call for name, document in documents.items() for call in calls(name, documents)),
        tuple(entries(navigation, documents, "toc")),
        tuple(entries(navigation, documents, "page-list")),
        bool(find(package, "//o:meta[@property='pageBreakSource' or @property='source-of']")),
    )


def find(element: etree._Element, path: str) -> list[etree._Element]:
    found: list[etree._Element] = element.xpath(path, namespaces=NAMES)
    return found


def find_text(element: etree._Element, path: str) -> list[str]:
    return [str(text) for text in find(element, path)]


def words_of(element: etree._Element) -> str:
    return squeeze("".join(element.itertext()))


def names_of_documents(
    package: etree._Element, package_name: str, condition: str = "true()"
) -> list[str]:
    hrefs = find_text(package, f"//o:item[@media-type='application/xhtml+xml'][{condition}]/@href")
    folder = posixpath.dirname(package_name)
    return [posixpath.join(folder, unquote(href)) for href in hrefs]


def marks(name: str, document: etree._Element) -> Iterator[Mark]:
    """Those on the pages: notes pop up instead, and what is hidden is for machines."""
    found = (
        element
        for element in document.iter()
        if element.tag in _MARKS or "data-edtf" in element.attrib
    )
    for number, element in enumerate(found):
        if not find(element, f"ancestor-or-self::*[@hidden or {_NOTE}]"):
            yield Mark(name, number, etree.QName(element).localname, words_of(element))


def calls(name: str, documents: dict[str, etree._Element]) -> Iterator[Call]:
    for element in find(documents[name], "//x:a[@epub:type='noteref']"):
        href = element.get("href", "")
        file, fragment = resolve(name, href)
        notes = find(documents[file], f"//*[@id='{fragment}']") if file in documents else []
        yield Call(name, href, words_of(notes[0]) if notes else "")


def entries(name: str, documents: dict[str, etree._Element], kind: str) -> Iterator[Entry]:
    for element in find(documents[name], f"//x:nav[@epub:type='{kind}']//x:a[@href]"):
        yield Entry(words_of(element), *resolve(name, element.get("href", "")))


def resolve(name: str, href: str) -> tuple[str, str]:
    path, fragment = urldefrag(href)
    folder = posixpath.dirname(name)
    return posixpath.normpath(posixpath.join(folder, unquote(path))) if path else name, fragment
