"""`feed.xml`: new and changed editions, for whoever has subscribed (Atom, RFC 4287).

What has another number is another entry to those who read the feed; an edition that is published
again under its number is the same entry, and updated if it has another time.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.builder import ElementMaker
from lxml.etree import _Element, tostring

from briefpress.catalogue.holdings import HTML, Catalogue, Download, day, downloads
from briefpress.content.check import identifier_of
from briefpress.entries import Entry
from briefpress.formats import urn_of
from briefpress.manifest import FEED, INDEX

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})

# Who subscribes sees what comes; programs keep what they have seen.
_MOST = 100


def feed_of(catalogue: Catalogue) -> bytes:
    """The feed of the newest editions. It has absolute links if the series has an address."""
    title, address = catalogue.series.title, catalogue.series.address
    links = [link(catalogue.href(INDEX), HTML, rel="alternate")]
    if address:
        links.append(link(catalogue.href(FEED), ATOM_TYPE, rel="self"))
    entries = [_entry(each, catalogue) for each in catalogue.newest_first()[:_MOST]]
    return as_xml(
        _E.feed(
            {LANG: catalogue.labels.locale},
            _E.id(id_of(catalogue, FEED)),
            _E.title(title),
            _E.updated(catalogue.updated),
            # Editions without an author are by the publisher (RFC 4287, 4.2.1).
            _E.author(_E.name(catalogue.series.publisher or title)),
            *links,
            *entries,
        )
    )


def _entry(entry: Entry, catalogue: Catalogue) -> _Element:
    files = (
        file_link(each, entry, catalogue, rel="enclosure")
        for each in downloads(entry)
        if each.media_type != HTML
    )
    number = f" ({entry['number']})" if entry["number"] else ""
    return _E.entry(
        {LANG: entry["language"]},
        _E.id(_id(entry)),
        _E.title(f"{entry['title']}{number}"),
        *said(entry, catalogue),
        *files,
    )


def said(entry: Entry, catalogue: Catalogue) -> Iterator[_Element]:
    """What else Atom has elements for, and the link to the edition on the web."""
    yield _E.updated(entry["updated"])
    if issued := day(entry):
        yield _E.published(f"{issued}T00:00:00Z")
    if entry["author"]:
        yield _E.author(_E.name(entry["author"]))
    if entry["summary"]:
        yield _E.summary(" ".join(entry["summary"]))
    yield link(catalogue.place(entry), HTML, rel="alternate", hreflang=entry["language"])


def _id(entry: Entry) -> str:
    """The id of an edition: of its briefing in its language, and its number, if it has one."""
    number = (f"number {entry['number']}",) if entry["number"] else ()
    return urn_of(entry["series"], entry["id"], entry["language"], *number)


def link(href: str, media_type: str, **attributes: str) -> _Element:
    """A link with its type."""
    return _E.link(href=href, type=media_type, **attributes)


def file_link(file: Download, entry: Entry, catalogue: Catalogue, rel: str) -> _Element:
    """A link to a file of an edition, with its size in bytes."""
    return link(
        catalogue.href(file.file["path"]),
        file.media_type,
        rel=rel,
        hreflang=entry["language"],
        length=str(file.file["bytes"]),
        title=catalogue.labels.words[f"format-{file.format}"],
    )


def id_of(catalogue: Catalogue, name: str) -> str:
    """The id of a list of the series, which is the same for ever."""
    return urn_of(identifier_of(catalogue.series), name)


def as_xml(root: _Element) -> bytes:
    """A document as bytes, the same for the same elements."""
    return tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
