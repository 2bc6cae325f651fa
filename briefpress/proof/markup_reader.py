"""Reads the body of an HTML or XHTML document, as a browser or a reading system shows it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from lxml import etree

from briefpress.proof.reading import BOUNDARY, CALL, Kind, Place, Recorder

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NUMBER = re.compile(r"[0-9]{1,3}")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SILENT = {"script", "style", "template", "head"}
_PHRASING = {"a", "em", "strong", "span", "time", "code", "cite", "i", "b", "sup", "abbr"}
_ROLES = {"caption": Kind.CAPTION, "figcaption": Kind.CAPTION, "blockquote": Kind.QUOTE}
_LISTS = {"ul", "ol", "dl"}

KINDS = frozenset(Kind)


class MarkupReader:
    """Reads documents into a recorder, one after the other.

    `anchors` are the places of all elements with an id, by `<file>#<id>`; `breaks` the numbers of
    the pages that begin there.
    """

    def __init__(self, recorder: Recorder, language: str) -> None:
        self.anchors: dict[str, tuple[int, int] | str] = {}
        self.breaks: dict[str, int] = {}
        self._recorder = recorder
        self._file = ""
        self._language = language
        self._row = self._column = 0
        self._in_head = self._in_notes = False

    def read(self, document: etree._Element, file: str = "") -> None:
        """Read a document, whose elements are in no name space. `file` is its name, if it has one.

        A document in another language than the first is marked as such.
        """
        self._file = file
        self._recorder.place = Place(None, file and f"{file}")
        self.anchors[file] = self._recorder.here()
        body = document.find("body")
        if body is not None:
            with self._of_language(_language_of(document) or self._language):
                self._read(body)

    def lands(self, target: str) -> str:
        """What a link leads to: what stands there, or an address elsewhere."""
        found = self.anchors.get(target)
        if found is None:
            return target
        return found if isinstance(found, str) else self._recorder.reading.landing(*found)

    def _read(self, element: etree._Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SILENT or is_hidden(element):
            return
        role = element.get("role", "")
        self._reach(element, role)
        marks = list(self._marks(element, tag))
        if not marks and tag not in _HEADINGS:  # most elements say nothing of their words
            self._inside(element, tag, role)
            return
        with ExitStack() as around:
            for mark in marks:
                around.enter_context(mark)
            if level := _HEADINGS.get(tag):
                is_of_section = _is_of_section(element, level)
                around.enter_context(self._recorder.heading(level if is_of_section else 0))
            self._inside(element, tag, role)

    def _inside(self, element: etree._Element, tag: str, role: str) -> None:
        if role == "doc-noteref":
            self._call(element)
        elif self._in_notes and (tag == "li" or role == "doc-footnote"):
            self._note(element)
        elif role != "doc-backlink":
            self._text(element, tag, role)

    def _reach(self, element: etree._Element, role: str) -> None:
        """Keep the place of an element with an id, and the number of a page that begins."""
        if id_ := element.get("id"):
            self._recorder.place = Place(None, f"{self._file}#{id_}")
            self.anchors.setdefault(f"{self._file}#{id_}", self._recorder.here())
        if "doc-pagebreak" in role.split():
            number = re.sub(r"\D", "", element.get("aria-label", ""))
            self._recorder.reading.breaks.append(int(number or 0))
            self.breaks[f"{self._file}#{id_}"] = int(number or 0)

    def _text(self, element: etree._Element, tag: str, role: str) -> None:
        outer, self._in_notes = self._in_notes, self._in_notes or role == "doc-endnotes"
        edge = "" if tag in _PHRASING else BOUNDARY
        self._recorder.say(edge + (element.text or ""))
        for child in element:
            self._read(child)
            if tail := child.tail:
                self._recorder.say(tail)
        self._recorder.say(edge)
        self._in_notes = outer

    def _call(self, element: etree._Element) -> None:
        number = "".join(element.itertext()).strip()
        self._recorder.say(f"{CALL}{number}{CALL}")

    def _note(self, element: etree._Element) -> None:
        """A footnote: its number, what it says, and the link back to its call."""
        links = (each for each in element.iter("a") if not is_hidden(each))
        backs = [each for each in links if each.get("role") == "doc-backlink"]
        number = element.get("value") or "".join(t for a in backs for t in a.itertext()).strip()
        with self._recorder.note(number):
            if id_ := element.get("id"):
                self.anchors[f"{self._file}#{id_}"] = self._recorder.here()
            for back in backs:
                with self._recorder.marked(Kind.BACK, self._target(back)):
                    pass
            self._in_notes = False
            self._text(element, str(element.tag), "")
            self._in_notes = True

    # Marks

    def _marks(self, element: etree._Element, tag: str) -> Iterator[AbstractContextManager[None]]:
        language = _language_of(element) or self._language
        if language != self._language:
            yield self._of_language(language)
        if tag in _LISTS and not self._in_notes:
            yield self._recorder.listed()
        if kind := self._kind(element, tag):
            yield self._recorder.marked(kind, self._value(kind, element))
        if (edtf := element.get("data-edtf")) is not None:
            yield self._recorder.marked(Kind.DATE, _machine_date(element, edtf))

    def _kind(self, element: etree._Element, tag: str) -> Kind | None:
        if tag == "table":
            self._recorder.table()
            self._row = 0
        elif tag in {"thead", "tbody"}:
            self._in_head = tag == "thead"
        elif tag == "tr":
            self._row, self._column = self._row + (not self._in_head), 0
        elif tag in {"th", "td"}:
            self._column += 1
            return Kind.HEAD if self._in_head else Kind.CELL
        elif tag == "a" and element.get("href") is not None:
            role = element.get("role")
            return {"doc-noteref": Kind.CALL, "doc-backlink": None}.get(role or "", Kind.LINK)
        elif (tag == "li" and not self._in_notes) or (tag == "div" and _parent_of(element) == "dl"):
            return Kind.ITEM
        return Kind.PICTURE if tag == "img" else _ROLES.get(tag)

    def _value(self, kind: Kind, element: etree._Element) -> str:
        match kind:
            case Kind.CELL | Kind.HEAD:
                return self._cell(element, 0 if kind is Kind.HEAD else self._row)
            case Kind.ITEM:
                return self._recorder.item(_number_of(element))
            case Kind.PICTURE:
                return element.get("alt", "")
            case Kind.LINK | Kind.CALL:
                return self._target(element)
        return ""

    def _cell(self, element: etree._Element, row: int) -> str:
        spanned = [int(number) for number in _NUMBER.findall(element.get("colspan", "1"))]
        place = self._recorder.cell(
            row, self._column, is_header=element.tag == "th", columns=sum(spanned)
        )
        return (
            f"{place}, {element.get('rowspan')} rows high" if "rowspan" in element.attrib else place
        )

    def _target(self, element: etree._Element) -> str:
        href = element.get("href", "")
        if href.startswith("#"):
            return f"{self._file}{href}"
        return posixpath.join(posixpath.dirname(self._file), href)

    @contextmanager
    def _of_language(self, language: str) -> Iterator[None]:
        """What is read meanwhile is in a language, and marked if the words around it aren't."""
        outer, self._language = self._language, language
        if language == outer:
            yield
        else:
            with self._recorder.marked(Kind.LANGUAGE, language):
                yield
        self._language = outer


def _language_of(element: etree._Element) -> str:
    """The language that an element says it is in, if it says so."""
    return element.get(_XML_LANG) or element.get("lang") or ""


def is_hidden(element: etree._Element) -> bool:
    """Whether an element isn't shown, or isn't read aloud (WAI-ARIA 1.2, 6.6): all is for all."""
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _is_of_section(heading: etree._Element, level: int) -> bool:
    """Whether a heading stands in as many sections as its level says; the title is in none."""
    around = (each.tag for each in heading.iterancestors())
    return sum(tag in {"section", "nav"} for tag in around) == level - 1


def _parent_of(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _number_of(item: etree._Element) -> str:
    """The number of an item, where its list says from which its items are numbered."""
    list_ = item.getparent()
    start = "" if list_ is None else list_.get("start", "")
    if not start.isdecimal():
        return ""
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return item.get("value") or str(int(start) + before)


def _machine_date(element: etree._Element, edtf: str) -> str:
    """The date for machines; `datetime` must say the same as `data-edtf` where there is one."""
    datetime = element.get("datetime")
    return edtf if datetime in {None, edtf} else f"{edtf} against {datetime}"
