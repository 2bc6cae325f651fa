"""Second readers of what is published: poppler, ElementTree and html.parser.

They share neither code nor libraries with `briefpress.proof`, so that a fault there can't hide one
here. Each gives the passages of a file in order: a heading, and the text up to the next one.
"""

from __future__ import annotations

import posixpath
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

_XHTML = "{http://www.w3.org/1999/xhtml}"
_OPF = "{http://www.idpf.org/2007/opf}"
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
# Not what the briefing says: code, and what a call to a footnote and the footnotes themselves say.
_ASIDE_TAGS = {"head", "script", "style"}
_ASIDE_ROLES = {"doc-noteref", "doc-endnotes"}
_PHRASING = {"a", "cite", "code", "em", "span", "strong", "time"}


@dataclass
class Passage:
    """A heading with its level, and the text up to the next one, with single spaces."""

    level: int
    heading: str
    text: str


class _Passages:
    """Puts texts together to passages."""

    def __init__(self) -> None:
        self.found: list[Passage] = []
        self._in_heading = False

    def begin(self, level: int) -> None:
        self.found.append(Passage(level, "", ""))
        self._in_heading = True

    def end_heading(self) -> None:
        self._in_heading = False

    def say(self, text: str) -> None:
        if self.found and self._in_heading:
            self.found[-1].heading += text
        elif self.found:
            self.found[-1].text += text

    def finished(self) -> list[Passage]:
        return [Passage(p.level, _spaced(p.heading), _spaced(p.text)) for p in self.found]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def read(file: Path) -> list[Passage]:
    """The passages of a file, by its ending."""
    if file.suffix == ".pdf":
        return read_pdf(file)
    return read_epub(file) if file.suffix == ".epub" else read_html(file)


def read_html(file: Path) -> list[Passage]:
    """The passages of a web page."""
    reader = _HtmlReader()
    reader.feed(file.read_text("utf-8"))
    return reader.passages.finished()


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.passages = _Passages()
        self._aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        aside = tag in _ASIDE_TAGS or dict(attrs).get("role") in _ASIDE_ROLES
        if tag not in _VOID and (self._aside or aside):
            self._aside += 1
        elif re.fullmatch("h[1-6]", tag):
            self.passages.begin(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._aside:
            self._aside -= 1
        elif re.fullmatch("h[1-6]", tag):
            self.passages.end_heading()
        elif tag not in _PHRASING:
            self.passages.say(" ")

    def handle_data(self, data: str) -> None:
        if not self._aside:
            self.passages.say(data)


def read_epub(file: Path) -> list[Passage]:
    """The passages of an EPUB, in the order of its spine."""
    passages = _Passages()
    with zipfile.ZipFile(file) as container:
        for name in spine(container):
            body = ET.fromstring(container.read(name)).find(f"{_XHTML}body")
            assert body is not None
            _read_element(body, passages)
    return passages.finished()


def spine(container: zipfile.ZipFile) -> Iterator[str]:
    """The names of an EPUB's content documents, in reading order."""
    rootfile = next(
        e
        for e in ET.fromstring(container.read("META-INF/container.xml")).iter()
        if e.tag.endswith("}rootfile")
    )
    package_name = rootfile.attrib["full-path"]
    package = ET.fromstring(container.read(package_name))
    hrefs = {item.attrib["id"]: item.attrib["href"] for item in package.iter(f"{_OPF}item")}
    for itemref in package.iter(f"{_OPF}itemref"):
        href = hrefs[itemref.attrib["idref"]]
        yield posixpath.join(posixpath.dirname(package_name), href)


def _read_element(element: ET.Element, passages: _Passages) -> None:
    tag = element.tag.removeprefix(_XHTML)
    if tag in _ASIDE_TAGS or element.get("role") in _ASIDE_ROLES:
        return
    heading = re.fullmatch("h[1-6]", tag)
    if heading:
        passages.begin(int(tag[1]))
    passages.say(element.text or "")
    for child in element:
        _read_element(child, passages)
        passages.say(child.tail or "")
    if heading:
        passages.end_heading()
    elif tag not in _PHRASING:
        passages.say(" ")


@cache
def read_pdf(file: Path) -> list[Passage]:
    """The passages of a PDF along its tags, as poppler has them, which takes it seconds."""
    passages = _Passages()
    heading_at = -1  # how far the heading is indented that is being read
    for line in poppler("pdfinfo", "-enc", "UTF-8", "-struct-text", file).splitlines():
        indentation, content = len(line) - len(line.lstrip()), line.strip()
        if indentation <= heading_at:
            passages.end_heading()
            heading_at = -1
        heading = re.match(r"H([1-6])\b", content)
        if heading and heading_at < 0:
            passages.begin(int(heading[1]))
            heading_at = indentation
        elif content.startswith('"') and content.endswith('"'):
            passages.say(f" {content[1:-1]} ")
    return passages.finished()


def poppler(tool: str, *arguments: str | Path) -> str:
    """What one of poppler's tools prints."""
    command = [tool, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
