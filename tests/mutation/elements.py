"""What the elements of the markup are, and what a document says to anybody who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

# What an element is by its class, or else by its tag, the first that fits.
_BY_CLASS = {
    "key-points": "key point",
    "chronology": "event",
    "people": "person",
    "documents": "document",
    "sources": "source",
    "index": "index entry",
    "contents": "contents entry",
    "pages": "page list",
    "landmarks": "landmark",
    "notes": "paragraph",
    "margin-facts": "margin fact",
    "cover": "cover line",
    "colophon": "colophon",
}
_BY_TAG = {
    "section": "section",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "section"),
    **dict.fromkeys(("td", "th"), "cell"),
    "tr": "row",
    "table": "table",
    "caption": "caption",
    "figcaption": "caption",
    "blockquote": "quotation",
    "img": "picture",
    "code": "code",
    "p": "paragraph",
    "li": "list item",
    "a": "link",
}
_ENTRIES = {"li", "dt", "dd", "p"}
_NAVIGATED = {"li", "a", "h2"}
_FORMATTED = {"a", "em", "strong", "span", "time", "code", "cite", "sup", "abbr", "br", "img"}
_DASH_IN_A_CELL = re.compile(
    r"(\x03td[^\x04]*\x04)(?:\x01span\x02)?–?(?:\x01/span\x02)?(\x03/td\x04)"
)
_EMPTY_CELL_AT_THE_END = re.compile(r"\x03t[dh][^\x04]*\x04\x03/t[dh]\x04(?=\x03/tr\x04)")


def name_of(element: etree._Element) -> str:
    """An element's name without its name space; nothing for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def kind_of(element: etree._Element) -> str | None:
    """What an element is, if it is anything that a mutant can be of."""
    tag = name_of(element)
    if navigation := _navigation(element):
        return navigation if tag in _NAVIGATED else None
    if tag == "section" and "notes" in (element.get("class") or "").split():
        return None
    if tag == "li" and _is_item_of(element, "doc-endnotes"):
        return "note"
    by_ancestor = _by_ancestor(element) if tag in _ENTRIES else None
    return _by_attributes(element, tag) or by_ancestor or _BY_TAG.get(tag)


def _is_item_of(element: etree._Element, role: str) -> bool:
    """Whether an element is an item of what has a role."""
    return any(each.get("role") == role for each in islice(element.iterancestors(), 2))


def _by_attributes(element: etree._Element, tag: str) -> str | None:
    role = element.get("role", "")
    if "doc-pagebreak" in role:
        return "page break"
    if "data-edtf" in element.attrib:
        return "date"
    if role in {"doc-noteref", "doc-footnote"}:
        return "note"
    return "language" if tag == "span" and element.get("lang") else None


def _navigation(element: etree._Element) -> str | None:
    """Which list for reading systems an element is in, if it is in one."""
    navs = (each for each in element.iterancestors() if name_of(each) == "nav")
    classes = {name for nav in navs for name in (nav.get("class") or "").split()}
    return next((_BY_CLASS[name] for name in ("pages", "landmarks") if name in classes), None)


def _by_ancestor(element: etree._Element) -> str | None:
    for ancestor in element.iterancestors():
        for each in (ancestor.get("class") or "").split():
            if each in _BY_CLASS:
                return _BY_CLASS[each]
        if name_of(ancestor) in {"td", "th", "blockquote"}:
            return None
    return None


def is_within(element: etree._Element, other: etree._Element) -> bool:
    """Whether an element is another, or in it."""
    return element is other or other in element.iterancestors()


def sense(document: etree._Element) -> str:
    """What a document says to anybody: two that say the same read the same.

    Its elements with their attributes (without classes, which are for looks), and the words between
    them with single spaces. White space at the edges of blocks, and empty cells at the end of a
    row, can neither be seen nor heard; a cell with nothing but a dash is empty.
    """
    said = re.sub(r"\s+", " ", "".join(_said(document)))
    said = _DASH_IN_A_CELL.sub(r"\1\2", said)
    said = re.sub(r" ?(\x03[^\x04]*\x04) ?", r"\1", said)
    shorter = _EMPTY_CELL_AT_THE_END.sub("", said)
    while shorter != said:
        said, shorter = shorter, _EMPTY_CELL_AT_THE_END.sub("", shorter)
    return said


def _said(element: etree._Element) -> Iterator[str]:
    tag = name_of(element)
    if tag in {"", "style"}:
        return
    begin, end = ("\x01", "\x02") if tag in _FORMATTED else ("\x03", "\x04")
    attributes = sorted((str(k), str(v)) for k, v in element.attrib.items() if k != "class")
    yield f"{begin}{tag} {attributes}{end}" if attributes else f"{begin}{tag}{end}"
    yield element.text or ""
    for child in element:
        yield from _said(child)
        yield child.tail or ""
    yield f"{begin}/{tag}{end}"
