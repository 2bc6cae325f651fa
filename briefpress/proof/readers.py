"""Readers of PDF, EPUB and HTML that share no code with what made them.

A PDF is read with PDFium as assistive technology reads it: along the tags of its structure tree
(ISO 32000-1, 14.7), from the marked content that they point to. An EPUB is read as a container
(package document, spine), each file with lxml; HTML likewise.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree, html

from briefpress.limits import CHAPTER_BYTES
from briefpress.proof.pdf_reader import read_pdf
from briefpress.proof.reading import BOUNDARY, Passage, Reading, UnreadableError, collapsed

__all__ = ["UnreadableError", "read_epub", "read_html", "read_pdf"]

_HEADING = re.compile(r"h([1-6])")
_CONTAINER = "META-INF/container.xml"
_OPF = {"opf": "http://www.idpf.org/2007/opf"}
_OCF = {"ocf": "urn:oasis:names:tc:opendocument:xmlns:container"}
# What zipfile raises for damaged, encrypted or unknown members, and for those that aren't there.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)
_SILENT = {"script", "style", "template", "head"}


def read_html(data: bytes) -> Reading:
    """Read a web page."""
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as error:
        raise UnreadableError(str(error)) from None
    reading = Reading()
    _read_body(root.find("body"), reading)
    return reading


def read_epub(data: bytes) -> Reading:
    """Read an EPUB in the order of its spine (EPUB 3.3, 5.7)."""
    reading = Reading()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for name in _spine(container):
                root = etree.fromstring(_unpacked(container, name))
                for element in root.iter(etree.Element):
                    element.tag = etree.QName(element).localname
                _read_body(root.find("body"), reading)
    except (*_BROKEN_ZIP, etree.LxmlError) as error:
        raise UnreadableError(str(error)) from None
    return reading


def _unpacked(container: zipfile.ZipFile, name: str) -> bytes:
    if container.getinfo(name).file_size > CHAPTER_BYTES.most:
        raise UnreadableError(f"{name} is larger than any chapter")
    return container.read(name)


def _spine(container: zipfile.ZipFile) -> Iterator[str]:
    rootfile = etree.fromstring(_unpacked(container, _CONTAINER)).find(".//ocf:rootfile", _OCF)
    if rootfile is None:
        raise UnreadableError("the container names no package document")
    package_name = str(rootfile.get("full-path"))
    package = etree.fromstring(_unpacked(container, package_name))
    hrefs = {i.get("id"): str(i.get("href")) for i in package.iterfind(".//opf:item", _OPF)}
    for itemref in package.iterfind(".//opf:itemref", _OPF):
        href = unquote(hrefs[itemref.get("idref")])
        yield posixpath.join(posixpath.dirname(package_name), href)


def _read_body(body: etree._Element | None, reading: Reading) -> None:
    if body is not None:
        _read(body, reading)


def _read(element: etree._Element, reading: Reading) -> None:
    """Read an element: a heading begins a passage, a footnote is kept apart, the rest is text."""
    tag = element.tag if isinstance(element.tag, str) else ""
    role = element.get("role", "")
    if heading := _HEADING.fullmatch(tag):
        text = collapsed("".join(element.itertext()))
        reading.passages.append(Passage(int(heading[1]), text, dates=[]))
    elif role == "doc-noteref":
        _say(reading, BOUNDARY)
    elif role == "doc-endnotes":
        reading.notes.extend(_notes(element))
    elif tag and tag not in _SILENT and element.get("hidden") is None:
        _read_text(element, reading)


def _read_text(element: etree._Element, reading: Reading) -> None:
    edtf = element.get("data-edtf")
    if edtf is not None and reading.passages:
        marked = reading.passages[-1].dates
        assert marked is not None
        marked.append((_machine_date(element, edtf), "".join(element.itertext())))
    edge = "" if element.tag in _PHRASING and edtf is None else BOUNDARY
    _say(reading, edge + (element.text or ""))
    for child in element:
        _read(child, reading)
        _say(reading, child.tail or "")
    _say(reading, edge)


_PHRASING = {"a", "em", "strong", "span", "time", "code", "cite", "i", "b", "sup", "abbr"}


def _machine_date(element: etree._Element, edtf: str) -> str:
    """The date for machines; `datetime` must say the same as `data-edtf` where there is one."""
    datetime = element.get("datetime")
    return edtf if datetime in {None, edtf} else f"{edtf} against {datetime}"


def _say(reading: Reading, text: str) -> None:
    if reading.passages:
        reading.passages[-1].text += text


def _notes(element: etree._Element) -> Iterator[str]:
    for note in element.iter("li", "aside"):
        yield collapsed("".join(note.itertext()))
