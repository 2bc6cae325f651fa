"""The index page: every edition with its cover, its files, their sizes and pages; and a search.

The page needs no server and no other file but the covers. The search is a script in the page, which
looks through what the page shows, and through words that stand in it as data. Without script, all
is listed.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, partial
from typing import NamedTuple

from babel.units import format_unit

from briefpress.catalogue.holdings import Catalogue, Download, anchor, cover, downloads, page
from briefpress.content.labels import Labels, language_name
from briefpress.entries import Entry, File
from briefpress.formats.web import characters_in, in_a_script, styled
from briefpress.look import Templates
from briefpress.sandbox import environment, render

TEMPLATE = "catalogue/index.html.j2"
_SCRIPT = "catalogue/search.js"

_DATA = '<script type="application/json" id="words">'


class Other(NamedTuple):
    """Another edition: what it is called, and the anchor of its entry, if it is listed."""

    name: str
    anchor: str | None


class Edition(NamedTuple):
    """An edition as the page lists it. `language_name` is what its language calls itself."""

    entry: Entry
    anchor: str
    files: list[Download]
    page: str | None
    cover: File | None
    language_name: str
    replaces: Other | None
    replaced_by: list[Other]


def index_of(catalogue: Catalogue) -> bytes:
    """The index page. Raises `ContentError` where a project's template fails."""
    labels, templates = catalogue.labels, catalogue.templates
    entries = catalogue.newest_first()
    languages = sorted({entry["language"] for entry in entries})
    context = {
        "editions": _editions(entries),
        "address": catalogue.series.address and catalogue.href(""),
        "languages": {language: language_name(language) for language in languages},
        "series": catalogue.series,
        "labels": labels.words,
        "locale": labels.locale,
        "direction": labels.direction,
        "size": partial(_size, locale=labels.locale),
    }
    html = render(templates, TEMPLATE, context)
    html = styled(
        html, templates, characters_in(html), "tokens", "dark", "text", "web", "catalogue"
    )
    script = templates.read(templates.file(_SCRIPT))
    html = html.replace(f"{_DATA}</script>", f"{_DATA}{in_a_script(_words(entries))}</script>", 1)
    return html.replace("<script></script>", f"<script>\n{script}</script>", 1).encode()


def prepare(labels: Labels, templates: Templates) -> None:
    """Load what the page is made with."""
    environment(templates)
    _size(0, labels.locale)


def _editions(entries: list[Entry]) -> list[Edition]:
    """The editions, each with the others of its language that it replaces, or that replace it."""
    numbered = {_key(entry, entry["number"]): entry for entry in entries if entry["number"]}
    later: defaultdict[tuple[str, str, str], list[Other]] = defaultdict(list)
    for entry in entries:
        if entry["replaces"]:
            other = Other(entry["number"] or entry["title"], anchor(entry))
            later[_key(entry, entry["replaces"])].append(other)
    return [
        Edition(
            entry=entry,
            anchor=anchor(entry),
            files=list(downloads(entry)),
            page=page(entry),
            cover=cover(entry),
            language_name=language_name(entry["language"]),
            replaces=_replaced(entry, numbered),
            replaced_by=later[_key(entry, entry["number"])] if entry["number"] else [],
        )
        for entry in entries
    ]


def _replaced(entry: Entry, numbered: dict[tuple[str, str, str], Entry]) -> Other | None:
    if not entry["replaces"]:
        return None
    other = numbered.get(_key(entry, entry["replaces"]))
    return Other(entry["replaces"], anchor(other) if other else None)


def _key(entry: Entry, number: str) -> tuple[str, str, str]:
    """What an edition is known by in its series and language: its number."""
    return entry["series"], entry["language"], number


def _words(entries: list[Entry]) -> list[str]:
    """What can be searched for beside what is shown of each edition."""
    return [
        " ".join([*entry["summary"][1:], *entry["sections"], *entry["people"], *entry["places"]])
        for entry in entries
    ]


def _size(count: int, locale: str) -> str:
    """A number of bytes in kilobytes, as the language writes it."""
    return _kilobytes(round(count / 1000), locale.replace("-", "_"))


@cache
def _kilobytes(count: int, locale: str) -> str:
    return format_unit(count, "digital-kilobyte", "short", locale=locale)
