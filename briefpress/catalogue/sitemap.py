"""`sitemap.xml`: the pages of a series, for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml.builder import ElementMaker
from lxml.etree import _Element

from briefpress.catalogue.atom import as_xml
from briefpress.catalogue.holdings import Catalogue, page
from briefpress.entries import Entry

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMES = {None: _SITEMAP, "xhtml": _XHTML}
_E = ElementMaker(namespace=_SITEMAP, nsmap=_NAMES)
_X = ElementMaker(namespace=_XHTML, nsmap=_NAMES)


def sitemap_of(catalogue: Catalogue) -> bytes | None:
    """The sitemap. There is none without an address, since it has absolute URLs only."""
    if not catalogue.series.address:
        return None
    listed = [entry for entry in catalogue.entries if page(entry)]
    languages: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in listed:
        languages[entry["id"]].append(entry)
    index = _E.url(_E.loc(catalogue.href("")), _E.lastmod(catalogue.updated))
    urls = (_url(entry, languages[entry["id"]], catalogue) for entry in listed)
    return as_xml(_E.urlset(index, *urls))


def _url(entry: Entry, languages: list[Entry], catalogue: Catalogue) -> _Element:
    return _E.url(
        _E.loc(catalogue.place(entry)),
        _E.lastmod(entry["updated"]),
        *(_alternates(languages, catalogue) if len(languages) > 1 else ()),
    )


def _alternates(languages: list[Entry], catalogue: Catalogue) -> Iterator[_Element]:
    """The same briefing in all its languages, itself among them, as search engines ask for it."""
    for entry in languages:
        yield _X.link(rel="alternate", hreflang=entry["language"], href=catalogue.place(entry))
