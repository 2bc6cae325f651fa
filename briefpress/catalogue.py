"""The catalogue of what is published: what is said of an edition, and `index.html`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from babel.units import format_unit

from briefpress import model
from briefpress.atomic import put_in_place
from briefpress.content.labels import Labels
from briefpress.content.schema import SeriesFile
from briefpress.formats import Artefact
from briefpress.formats.web import characters_in, styled
from briefpress.look import Templates
from briefpress.manifest import Entry, File, MadeWith, listed, place_of, read
from briefpress.pages import writer
from briefpress.publishing import INDEX, alone_in
from briefpress.sandbox import environment, render

TEMPLATE = "catalogue/index.html.j2"


def entry_of(
    briefing: model.Briefing,
    labels: Labels,
    artefacts: Iterable[Artefact],
    key: str,
    made_with: MadeWith,
) -> Entry:
    """What the catalogue says of an edition with these files, made under a key and with what."""
    written = writer(labels)
    issued = briefing.issued.date if briefing.issued else None
    return Entry(
        id=briefing.id,
        language=briefing.language,
        series=briefing.series.identifier,
        title=model.text_of(briefing.title, written),
        number=briefing.number,
        issued=issued.edtf if issued else None,
        issued_in_words=written(issued) if issued else None,
        files={
            each.format: File(
                path=place_of(briefing.id, briefing.language, each.format),
                bytes=len(each.data),
                pages=each.pages,
                sha256=hashlib.sha256(each.data).hexdigest(),
                source=briefing.digest,
                key=key,
                made_with=made_with,
            )
            for each in artefacts
        },
    )


def prepare(labels: Labels, templates: Templates) -> None:
    """Load what the index is made with. Processes that are forked later have it as well."""
    environment(templates)
    _size(0, labels)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the index is made of: entries in their order, and the words and look around them."""

    entries: list[Entry]
    series: SeriesFile
    labels: Labels
    templates: Templates


def listed_in(output: Path) -> list[Entry]:
    """What the manifest of an output folder lists. Raises `OSError`."""
    with alone_in(output):
        return listed(read(output).entries)


def index_of(catalogue: Catalogue) -> bytes:
    """The index page: each briefing with its files, their sizes and pages.

    A project's template may take any time, so it is made in a job.
    """
    labels, templates = catalogue.labels, catalogue.templates
    context = {
        "entries": catalogue.entries,
        "series": catalogue.series,
        "labels": labels.words,
        "locale": labels.locale,
        "direction": labels.direction,
        "size": partial(_size, labels=labels),
    }
    html = render(templates, TEMPLATE, context)
    sheets = ("tokens", "dark", "text", "web", "catalogue")
    return styled(html, templates, characters_in(html), *sheets).encode()


def write_index(output: Path, page: bytes, entries: list[Entry]) -> bool:
    """Write the index of these entries, if it isn't as it should be. Raises `OSError`.

    Returns whether the manifest still lists just them; otherwise nothing is written.
    """
    with alone_in(output):
        if listed(read(output).entries) != entries:
            return False
        target = output / INDEX
        if not target.is_file() or target.read_bytes() != page:
            put_in_place({target: page})
    return True


def _size(count: int, labels: Labels) -> str:
    """A number of bytes in kilobytes, as the language writes it."""
    locale = labels.locale.replace("-", "_")
    return format_unit(round(count / 1000), "digital-kilobyte", "short", locale=locale)
