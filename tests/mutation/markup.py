"""Mutants of the markup: of a web page, of an EPUB's files, of what a PDF is laid out from."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeAlias

from lxml import etree, html

from briefpress.diagnostics import ContentError
from briefpress.formats.pdf import markup
from tests.mutation.editions import Publication
from tests.mutation.elements import kind_of, name_of, sense
from tests.mutation.mutant import Made, Mutant
from tests.mutation.operations import Operation, Site, of_kind
from tests.proof.alterations import repack, typeset
from tests.readers import spine

Documents: TypeAlias = dict[str, etree._Element]
Pack: TypeAlias = Callable[[Documents], bytes | None]
"""Makes a file of documents, or None if it can't be made of them."""


def in_web(publication: Publication) -> Iterator[Mutant]:
    """Mutants of the web page."""
    yield from mutants({"": parsed(publication.files["html"])}, lambda d: serialised(d[""]))


def in_epub(publication: Publication) -> Iterator[Mutant]:
    """Mutants of the files of the EPUB's spine."""
    data = publication.files["epub"]
    yield from mutants(chapters(data), partial(packed, data))


def in_print(publication: Publication) -> Iterator[Mutant]:
    """Mutants of the markup that the PDF is laid out from."""

    def pack(documents: Documents) -> bytes | None:
        try:
            data = typeset(publication.edition, serialised(documents[""]).decode())
        except ContentError:  # WeasyPrint speaks up, and no file comes of it
            return None
        return None if data == publication.files["pdf"] else data

    documents = {"": parsed(markup(publication.edition).encode())}
    yield from mutants(documents, pack, on_paper=True)


def parsed(data: bytes) -> etree._Element:
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


def serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


def chapters(data: bytes) -> Documents:
    """The files of an EPUB's spine, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: etree.fromstring(container.read(name)) for name in spine(container)}


def packed(data: bytes, documents: Documents) -> bytes:
    """An EPUB with documents in the place of its own."""
    return repack(
        data, lambda name, part: etree.tostring(documents[name]) if name in documents else part
    )


def mutants(documents: Documents, pack: Pack, *, on_paper: bool = False) -> Iterator[Mutant]:
    """Everything that can be done to each element of some documents."""
    said = {name: sense(document) for name, document in documents.items()}
    for name, document in documents.items():
        for index, element in enumerate(document.iter()):
            if kind := kind_of(element):
                place = f"{name} {_path(element)}".strip()
                whole = _Whole(documents, said, pack, name, index, kind)
                for operation, do in of_kind(kind, on_paper=on_paper).items():
                    yield Mutant(kind, operation, place, partial(whole.spoilt, do))


@dataclass(frozen=True, slots=True)
class _Whole:
    """All documents of a file with what they say, and an element: of which, and which of it."""

    documents: Documents
    said: dict[str, str]
    pack: Pack
    name: str
    index: int
    kind: str

    def spoilt(self, do: Operation, chance: Random) -> Made | None:
        """The file with something done to the element, unless it reads the same."""
        changed = copy.deepcopy(self.documents)
        element = next(e for n, e in enumerate(changed[self.name].iter()) if n == self.index)
        what = do(Site(changed, element, self.kind, chance))
        if what is None or all(sense(changed[each]) == self.said[each] for each in changed):
            return None
        data = self.pack(changed)
        return (what, data) if data else None


def _path(element: etree._Element) -> str:
    """Where an element stands, by the nearest id, and its line."""
    holders = (e for e in (element, *element.iterancestors()) if e.get("id"))
    near = next((f"#{e.get('id')}" for e in holders), "")
    return f"{near} <{name_of(element)}> line {element.sourceline}"
