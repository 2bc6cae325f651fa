"""Formats: each takes a finished briefing and gives back the bytes of one file."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefpress.content.labels import Labels
from briefpress.formats.page_starts import PageStart
from briefpress.look import Accessible, Paper, Templates
from briefpress.model import Briefing, Drawn, Figure, walk


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what its name ends in, its type, and the function that makes one.

    The function is named, since importing WeasyPrint takes longer than reading a small briefing.
    """

    suffix: str
    media_type: str
    publisher: str


# What readers can choose from: by name, in the order in which they are listed.
FORMATS = {
    "pdf": Format("pdf", "application/pdf", "briefpress.formats.pdf:publish"),
    "large-print": Format(
        "large-print.pdf", "application/pdf", "briefpress.formats.pdf:publish_large_print"
    ),
    "epub": Format("epub", "application/epub+zip", "briefpress.formats.epub:publish"),
    "html": Format("html", "text/html", "briefpress.formats.web:publish"),
}

COVER = "cover"

# All that is published of an edition.
PUBLISHED = FORMATS | {COVER: Format("cover.png", "image/png", "briefpress.formats.cover:publish")}

# What is made where nothing else is asked for.
USUAL = ("pdf", "epub", "html")


@dataclass(frozen=True, slots=True)
class Edition:
    """What a format is given: the briefing, its labels, its folder, and the templates.

    `epoch` is the time that stands in what is published, in seconds since 1970 (UTC); `paper` is
    what pages are printed on; `standards` are those that the PDF follows, by the part of PDF/UA.
    `drawings` are the pictures that the press has drawn (SVG), by their names. `pdf` is the
    edition's PDF, for the formats that are made after it: its pages, and its cover.
    """

    briefing: Briefing
    labels: Labels
    folder: Path
    templates: Templates
    epoch: int
    paper: Paper = "a4"
    standards: Accessible = "ua-1"
    drawings: Mapping[str, bytes] = field(default_factory=dict)
    pdf: Artefact | None = None

    def picture(self, name: str) -> bytes:
        """A picture: one that the press has drawn, or a file of the briefing's folder."""
        return self.drawings[name] if name in self.drawings else (self.folder / name).read_bytes()

    def pictures(self) -> dict[str, str]:
        """The media type of each picture that the briefing shows, by its name, in reading order."""
        shown = (n for n in walk(self.briefing.sections) if isinstance(n, Figure | Drawn))
        return {
            node.file if isinstance(node, Figure) else node.name: (
                node.media_type if isinstance(node, Figure) else "image/svg+xml"
            )
            for node in shown
        }

    @property
    def time(self) -> datetime.datetime:
        """The time that stands in what is published."""
        return datetime.datetime.fromtimestamp(self.epoch, datetime.UTC)


@dataclass(frozen=True, slots=True)
class Artefact:
    """A finished file. `page_starts` says where its pages begin, if the format has pages.

    `pixels` are the width and the height of a picture.
    """

    format: str
    data: bytes
    page_starts: tuple[PageStart, ...] = ()
    pixels: tuple[int, int] | None = None

    @property
    def pages(self) -> int | None:
        """How many pages it has, if the format has pages."""
        return len(self.page_starts) or None


def identifier_of(briefing: Briefing, format_name: str | None = None) -> str:
    """The URN of a briefing, or of its file in a format; the same for every edition."""
    names = filter(None, (briefing.id, briefing.language, format_name))
    return urn_of(briefing.series.identifier, *names)


def urn_of(series: str, *names: str) -> str:
    """The URN of something in a series, by the series' identifier and names (RFC 9562, 5.5)."""
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, series), "/".join(names)).urn
