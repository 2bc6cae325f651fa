"""`opds.json`: all editions, for reading apps (OPDS 2.0).

Metadata are those of the Readium Web Publication Manifest, on which OPDS 2.0 is built.
"""

from __future__ import annotations

import json

from briefpress.catalogue.atom import ATOM_TYPE
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
from briefpress.catalogue.opds1 import OPEN_ACCESS
from briefpress.entries import Entry
from briefpress.manifest import FEED, INDEX, OPDS2

OPDS2_TYPE = "application/opds+json"

Data = dict[str, object]


def opds2_of(catalogue: Catalogue) -> bytes:
    """The catalogue. It has absolute links if the series has an address."""
    data = {
        "metadata": {
            "title": catalogue.series.title,
            "numberOfItems": len(catalogue.entries),
            "modified": catalogue.updated,
        },
        "links": [
            {"rel": "self", "href": catalogue.href(OPDS2), "type": OPDS2_TYPE},
            {"rel": "alternate", "href": catalogue.href(INDEX), "type": HTML},
            {"rel": "alternate", "href": catalogue.href(FEED), "type": ATOM_TYPE},
        ],
        "publications": [_publication(each, catalogue) for each in catalogue.newest_first()],
    }
    # Indented it would be made by Python, and take ten times as long.
    return f"{json.dumps(data, ensure_ascii=False)}\n".encode()


def _publication(entry: Entry, catalogue: Catalogue) -> Data:
    picture = cover(entry)
    links = [
        {
            "rel": OPEN_ACCESS,
            "href": catalogue.href(each.file["path"]),
            "type": each.media_type,
            "title": catalogue.labels.words[f"format-{each.format}"],
            "size": each.file["bytes"],
            "language": entry["language"],
        }
        for each in downloads(entry)
    ]
    publication: Data = {"metadata": _metadata(entry, catalogue), "links": links}
    if picture:
        publication["images"] = [
            {
                "href": catalogue.href(picture["path"]),
                "type": PNG,
                "width": picture["width"],
                "height": picture["height"],
            }
        ]
    return publication


def _metadata(entry: Entry, catalogue: Catalogue) -> Data:
    known = entry["accessibility"]
    publisher = catalogue.series.publisher
    data: Data = {
        "@type": "http://schema.org/Report",
        "identifier": identifier(entry),
        "title": entry["title"],
        "subtitle": entry["subtitle"],
        "author": {"name": entry["author"]} if entry["author"] else None,
        "publisher": {"name": publisher} if publisher else None,
        "language": entry["language"],
        "published": day(entry),
        "modified": entry["updated"],
        "description": " ".join(entry["summary"]),
        "numberOfPages": pages(entry),
        "belongsTo": {"series": {"name": catalogue.series.title}},
        "accessibility": {
            "accessMode": known["modes"],
            "accessModeSufficient": known["sufficient"],
            "feature": known["features"],
            "hazard": known["hazards"],
            "summary": known["summary"],
        },
    }
    return {name: value for name, value in data.items() if value}
