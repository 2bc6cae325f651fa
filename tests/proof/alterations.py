"""Ways to spoil what is published, and to spoil it in each format.

An alteration is given the documents of an artefact as trees, in reading order: the one of a web
page, all of an EPUB, or the one that a PDF is typeset from. It changes them in place.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from unittest import mock

from lxml import etree, html

from briefpress.formats import Edition, epub, pdf, web
from briefpress.pages import Pages
from tests.readers import spine

Trees = list[etree._Element]
Alteration = Callable[[Trees], None]

PUBLISHERS = {"pdf": pdf.publish, "epub": epub.publish, "html": web.publish}


def publish(format_name: str, edition: Edition, alteration: Alteration) -> bytes:
    """Publish an edition with an alteration: of its markup for PDF, of the file for the others."""
    if format_name == "pdf":
        return _typeset(edition, alteration)
    data = PUBLISHERS[format_name](edition).data
    return spoil(format_name, data, alteration)


def spoil(format_name: str, data: bytes, alteration: Alteration) -> bytes:
    """Alter an EPUB or a web page."""
    return (_in_web if format_name == "html" else _in_epub)(data, alteration)


def _typeset(edition: Edition, alteration: Alteration) -> bytes:
    """Let WeasyPrint set altered markup."""
    return typeset(edition, _in_web(pdf.markup(edition).encode(), alteration).decode())


def typeset(edition: Edition, markup: str) -> bytes:
    """Let WeasyPrint set markup. It is told of it where the templates hand theirs over.

    Links that lead nowhere now lead to the text: WeasyPrint would speak up first.
    """
    mended = _in_web(markup.encode(), _mend_links).decode()
    with mock.patch.object(Pages, "render", return_value=mended):
        return pdf.publish(edition).data


def _mend_links(trees: Trees) -> None:
    elements = [element for tree in trees for element in tree.iter()]
    ids = {element.get("id") for element in elements}
    for element in elements:
        for name, value in element.attrib.items():
            if value.startswith("#") and value[1:] not in ids:
                element.set(name, "#text")


def _in_web(data: bytes, alteration: Alteration) -> bytes:
    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    alteration([root])
    return html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")


def _in_epub(data: bytes, alteration: Alteration) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        documents = {name: etree.fromstring(source.read(name)) for name in spine(source)}
    alteration(list(documents.values()))
    return repack(
        data, lambda name, part: etree.tostring(documents[name]) if name in documents else part
    )


def repack(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Pack an EPUB anew with what `change` makes of its files, without those it makes None of."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            changed = change(name, source.read(name))
            if changed is not None:
                target.writestr(name, changed)
    return packed.getvalue()


# Finding


def section_of(trees: Trees, id_: str) -> etree._Element:
    """A section by its id."""
    return _only(trees, f"//*[local-name()='section'][@id='{id_}']")


def heading_of(trees: Trees, id_: str) -> etree._Element:
    """A section's heading."""
    return _only(trees, f"//*[@id='title-{id_}']")


def dates_of(trees: Trees, id_: str) -> list[etree._Element]:
    """The dates that stand in a section, and in none of those below it."""
    section = section_of(trees, id_)
    return [date for date in section.iter() if "data-edtf" in date.attrib and _home(date) == id_]


def _home(element: etree._Element) -> str | None:
    """The id of the innermost section that an element stands in."""
    sections = (e for e in element.iterancestors() if e.get("id") and _name(e) == "section")
    return next((section.get("id") for section in sections), None)


def notes_of(trees: Trees) -> list[etree._Element]:
    """The footnotes, in order."""
    path = "//*[@role='doc-footnote'] | //*[@role='doc-endnotes']//*[local-name()='li']"
    return [note for tree in trees for note in _elements(tree, path)]


def words_of(element: etree._Element) -> str:
    """All that stands in an element."""
    return "".join(map(str, element.itertext()))


def _only(trees: Trees, path: str) -> etree._Element:
    found = [element for tree in trees for element in _elements(tree, path)]
    assert len(found) == 1, f"{path} finds {len(found)} elements"
    return found[0]


def _elements(tree: etree._Element, path: str) -> list[etree._Element]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


# Changing


def remove(element: etree._Element) -> None:
    """Take an element away, and leave what follows it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def write(element: etree._Element, words: str) -> None:
    """Put words in the place of whatever stands in an element."""
    del element[:]
    element.text = words


def rename(element: etree._Element, name: str, new_name: str) -> None:
    """Make another element of one, in its name space."""
    assert _name(element) == name
    element.tag = str(element.tag).replace(name, new_name)


def double(element: etree._Element) -> None:
    """Put a copy of an element behind it, with ids of its own."""
    copied = copy.deepcopy(element)
    copied.tail = None
    for each in copied.iter():
        if "id" in each.attrib:
            each.set("id", f"again-{each.get('id')}")
    element.addnext(copied)


def swap(first: etree._Element, second: etree._Element) -> None:
    """Put each of two elements in the other's place."""
    for place, other in [(first, copy.deepcopy(second)), (second, copy.deepcopy(first))]:
        other.tail = place.tail
        parent = place.getparent()
        assert parent is not None
        parent.replace(place, other)


def move_behind(element: etree._Element, place: etree._Element) -> None:
    """Take an element from where it stands, and put it behind another."""
    moved = copy.deepcopy(element)
    remove(element)
    moved.tail = None
    place.addnext(moved)
