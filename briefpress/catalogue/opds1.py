"""`opds.xml`: all editions, for reading apps (OPDS 1.2).

It is an acquisition feed, complete on one page: Atom, with Dublin Core for what Atom has no
elements for.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.builder import ElementMaker
from lxml.etree import _Element

from briefpress.catalogue.atom import ATOM, ATOM_TYPE, LANG, as_xml, file_link, id_of, link, said
from briefpress.catalogue.holdings import (
    HTML,
    PNG,
    Catalogue,
    cover,
    day,
    downloads,
    identifier,
    pages,
)
from briefpress.entries import Entry
from briefpress.manifest import INDEX, OPDS1

OPDS1_TYPE = f"{ATOM_TYPE};profile=opds-catalog;kind=acquisition"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
_IMAGES = ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail")
_DCTERMS = "http://purl.org/dc/terms/"
_NAMES = {None: ATOM, "dcterms": _DCTERMS}
_E = ElementMaker(namespace=ATOM, nsmap=_NAMES)
_DC = ElementMaker(namespace=_DCTERMS, nsmap=_NAMES)


def opds1_of(catalogue: Catalogue) -> bytes:
    """The catalogue. It has absolute links if the series has an address."""
    series, own = catalogue.series, catalogue.href(OPDS1)
    return as_xml(
        _E.feed(
            {LANG: catalogue.labels.locale},
            _E.id(id_of(catalogue, OPDS1)),
            _E.title(series.title),
            _E.updated(catalogue.updated),
            _E.author(_E.name(series.publisher or series.title)),
            link(own, OPDS1_TYPE, rel="self"),
            link(own, OPDS1_TYPE, rel="start"),
            link(catalogue.href(INDEX), HTML, rel="alternate"),
            *(_entry(each, catalogue) for each in catalogue.newest_first()),
        )
    )


def _entry(entry: Entry, catalogue: Catalogue) -> _Element:
    return _E.entry(
        {LANG: entry["language"]},
        _E.id(identifier(entry)),
        _E.title(entry["title"]),
        *said(entry, catalogue),
        *_in_dublin_core(entry, catalogue),
        *_files(entry, catalogue),
    )


def _in_dublin_core(entry: Entry, catalogue: Catalogue) -> Iterator[_Element]:
    count = pages(entry)
    known = {
        "identifier": identifier(entry),
        "language": entry["language"],
        "publisher": catalogue.series.publisher,
        "issued": day(entry),
        "isPartOf": catalogue.series.title,
        "replaces": entry["replaces"],
        "extent": catalogue.labels.words["pages"].format(count=count) if count else None,
    }
    yield from (_DC(name, value) for name, value in known.items() if value)


def _files(entry: Entry, catalogue: Catalogue) -> Iterator[_Element]:
    if picture := cover(entry):
        yield from (link(catalogue.href(picture["path"]), PNG, rel=rel) for rel in _IMAGES)
    for each in downloads(entry):
        yield file_link(each, entry, catalogue, rel=OPEN_ACCESS)
