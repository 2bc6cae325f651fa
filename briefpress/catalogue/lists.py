"""All lists of a catalogue, by the names of their files."""

from __future__ import annotations

from briefpress.catalogue import index
from briefpress.catalogue.atom import feed_of
from briefpress.catalogue.holdings import Catalogue
from briefpress.catalogue.opds1 import opds1_of
from briefpress.catalogue.opds2 import opds2_of
from briefpress.catalogue.sitemap import sitemap_of
from briefpress.content.labels import Labels
from briefpress.look import Templates
from briefpress.manifest import FEED, INDEX, OPDS1, OPDS2, SITEMAP

# What makes each list, or gives none.
_LISTS = {
    INDEX: index.index_of,
    FEED: feed_of,
    OPDS2: opds2_of,
    OPDS1: opds1_of,
    SITEMAP: sitemap_of,
}


def lists_of(catalogue: Catalogue) -> dict[str, bytes]:
    """The lists that a catalogue has. Raises `ContentError` where a project's template fails."""
    made = ((name, make(catalogue)) for name, make in _LISTS.items())
    return {name: data for name, data in made if data is not None}


def prepare(labels: Labels, templates: Templates) -> None:
    """Load what lists are made with. Processes that are forked later have it as well."""
    index.prepare(labels, templates)
