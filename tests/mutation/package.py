"""Mutants of what EPUB and web page have beside their text: metadata, spine, lists of contents."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any, TypeAlias

from lxml import etree

from tests.mutation.editions import Publication
from tests.mutation.elements import name_of
from tests.mutation.markup import parsed, serialised
from tests.mutation.mutant import Made, Mutant
from tests.proof.alterations import double, remove, repack, swap

Do: TypeAlias = Callable[[etree._Element], str | None]
"""Does something to an element, and says what; None where it can't be done or changes nothing."""

Pack: TypeAlias = Callable[[etree._Element], bytes]

# Elements of the package document and the NCX that say or lead, and what they are.
_METADATA = {"title", "language", "creator", "publisher", "identifier", "date"}
_LISTED = {"itemref": "spine", "navPoint": "NCX entry", "pageTarget": "page list"}


def of_book(publication: Publication) -> Iterator[Mutant]:
    """Mutants of an EPUB's package document, its NCX, and its titles and languages."""
    data = publication.files["epub"]
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        documents = {
            name: etree.fromstring(container.read(name))
            for name in container.namelist()
            if name.endswith((".opf", ".ncx", ".xhtml"))
        }
    for name, document in documents.items():
        yield from _of_document(document, name, partial(_repacked, data, name))


def of_page(publication: Publication) -> Iterator[Mutant]:
    """Mutants of the head of a web page."""
    document = parsed(publication.files["html"])
    yield from _of_document(document, "head", serialised)
    (script,) = document.iterfind(".//script")
    for path in _leaves(json.loads(script.text or "")):
        make = partial(_json_made, document, path)
        yield Mutant("metadata", "value changed", f"JSON-LD {'.'.join(map(str, path))}", make)


def _repacked(data: bytes, name: str, document: etree._Element) -> bytes:
    return repack(data, lambda each, part: etree.tostring(document) if each == name else part)


def _of_document(document: etree._Element, name: str, pack: Pack) -> Iterator[Mutant]:
    for index, element in enumerate(document.iter()):
        for kind, operation, do in _changes(element):
            place = f"{name} <{name_of(element)}> line {element.sourceline}"
            yield Mutant(kind, operation, place, partial(_make, document, index, do, pack))


def _make(document: etree._Element, index: int, do: Do, pack: Pack, _: Random) -> Made | None:
    changed = copy.deepcopy(document)
    what = do(next(e for n, e in enumerate(changed.iter()) if n == index))
    return None if what is None else (what, pack(changed))


def _changes(element: etree._Element) -> Iterator[tuple[str, str, Do]]:
    name = name_of(element)
    if name == "html":
        yield "language", "other language of the document", _other_language
    elif name == "meta" and element.get("name") in {"author", "description"}:
        yield "metadata", "removed", _removed
        yield "metadata", "changed", _attribute("content", "Another")
    elif name in _METADATA and (element.text or "").strip():
        yield "metadata", "removed", _removed
        yield "metadata", "changed", _rewritten
    elif name == "text":
        kind = "page list" if _is_within(element, "pageTarget") else "NCX entry"
        yield kind, "title changed", _rewritten
    elif name in _LISTED:
        for operation, do in (
            ("removed", _removed),
            ("doubled", _doubled),
            ("exchanged", _swapped),
        ):
            yield _LISTED[name], operation, do
        if name != "itemref":
            yield _LISTED[name], "led elsewhere", _led_elsewhere


def _is_within(element: etree._Element, name: str) -> bool:
    return any(name_of(each) == name for each in element.iterancestors())


def _removed(element: etree._Element) -> str | None:
    if name_of(element) == "identifier":
        return None  # the package would have no name
    remove(element)
    return _said(element)


def _doubled(element: etree._Element) -> str:
    double(element)
    return _said(element)


def _swapped(element: etree._Element) -> str | None:
    other = element.getnext()
    if other is None or other.tag != element.tag:
        return None
    what = f"{_said(element)} with {_said(other)}"
    swap(element, other)
    return what


def _rewritten(element: etree._Element) -> str:
    was, new = element.text, "1903" if (element.text or "").isdigit() else "Another"
    element.text = new
    return f"{was!r} made {new!r}"


def _attribute(name: str, value: str) -> Do:
    def run(element: etree._Element) -> str:
        was = element.get(name)
        element.set(name, value)
        return f"{name} {was!r} made {value!r}"

    return run


def _other_language(element: etree._Element) -> str:
    was = element.get("lang")
    for name in list(element.attrib):
        if str(name).rpartition("}")[2] == "lang":
            element.set(name, "de")
    return f"{was} made de"


def _led_elsewhere(element: etree._Element) -> str | None:
    """To where another entry leads that isn't the same."""
    content = element.find("{*}content")
    root = element.getroottree().getroot()
    if content is None:
        return None
    own = content.get("src")
    others = sorted({str(e.get("src")) for e in root.iterfind(".//{*}content")} - {own})
    if not others:
        return None
    content.set("src", others[0])
    return f"{own} made {others[0]}"


def _said(element: etree._Element) -> str:
    words = " ".join("".join(map(str, element.itertext())).split())[:40]
    return words or element.get("idref") or name_of(element)


# JSON-LD


def _leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all that isn't made of other things."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _leaves(value, (*path, index))
    else:
        yield path


def _json_made(document: etree._Element, path: tuple[Any, ...], _: Random) -> Made:
    changed = copy.deepcopy(document)
    (script,) = changed.iterfind(".//script")
    data = json.loads(script.text or "")
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    was, holder[path[-1]] = holder[path[-1]], "Another"
    script.text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f"{was!r} made 'Another'", serialised(changed)
