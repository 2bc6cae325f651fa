"""What all lists are made of: the editions that are published, and the series around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from briefpress.content.labels import Labels
from briefpress.content.schema import SeriesFile
from briefpress.entries import Entry, File
from briefpress.formats import COVER, FORMATS, PUBLISHED, urn_of
from briefpress.look import Templates
from briefpress.manifest import INDEX

HTML = FORMATS["html"].media_type
PNG = PUBLISHED[COVER].media_type

# Of a catalogue in which nothing is dated, or nothing is listed: as the files' own (`press`).
_NEVER = "1980-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The editions, and the words and look around them."""

    entries: list[Entry]
    series: SeriesFile
    labels: Labels
    templates: Templates

    @property
    def updated(self) -> str:
        """The time of the newest edition (RFC 3339)."""
        return max((entry["updated"] for entry in self.entries), default=_NEVER)

    def newest_first(self) -> list[Entry]:
        """The editions, those of the same time by their names."""
        return sorted(self.entries, key=lambda entry: entry["updated"], reverse=True)

    def href(self, path: str) -> str:
        """The URL of a file: absolute, if the series has an address; otherwise as from a list."""
        address = self.series.address
        return f"{address.rstrip('/')}/{path}" if address else path

    def place(self, entry: Entry) -> str:
        """The URL of an edition on the web: its page, or its place in the index."""
        return self.href(page(entry) or f"{INDEX}#{anchor(entry)}")


class Download(NamedTuple):
    """A file that readers can choose: the name of its format, and its type."""

    format: str
    media_type: str
    file: File


def downloads(entry: Entry) -> Iterator[Download]:
    """The files of an edition that readers can choose from."""
    for name, file in entry["files"].items():
        if name in FORMATS:
            yield Download(name, FORMATS[name].media_type, file)


def page(entry: Entry) -> str | None:
    """The path of an edition's web page, if it has one."""
    pages = (each.file["path"] for each in downloads(entry) if each.media_type == HTML)
    return next(pages, None)


def cover(entry: Entry) -> File | None:
    """The cover of an edition as a picture, if there is one."""
    file = entry["files"].get(COVER)
    return file if file and {"width", "height"} <= file.keys() else None


def pages(entry: Entry) -> int | None:
    """How many pages an edition has on paper."""
    return next((each.file["pages"] for each in downloads(entry) if each.file["pages"]), None)


def day(entry: Entry) -> str | None:
    """The day that an edition was issued (RFC 3339, full-date), if it is known to the day."""
    published = entry["published"]
    return published if published and len(published) == len("YYYY-MM-DD") else None


def identifier(entry: Entry) -> str:
    """The identifier of an edition's EPUB."""
    return urn_of(entry["series"], entry["id"], entry["language"])


def anchor(entry: Entry) -> str:
    """The id of an edition's place in the index."""
    return f"{entry['id']}-{entry['language']}"
