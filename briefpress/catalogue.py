"""The catalogue of what is published: `index.html`, `manifest.json` and `SHA256SUMS`.

It is made from the manifest of earlier builds and what this one adds, so that a build of one
briefing leaves the others listed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from babel.units import format_unit

from briefpress import model
from briefpress.atomic import put_in_place
from briefpress.content.labels import Labels
from briefpress.content.schema import SeriesFile
from briefpress.fonts import embedded
from briefpress.formats import FORMATS, Artefact
from briefpress.formats.web import font_url
from briefpress.look import Templates
from briefpress.pages import stylesheet, writer
from briefpress.sandbox import render

MANIFEST = "manifest.json"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was put in place, and how long it took, the proof included."""

    artefact: Artefact
    path: Path
    seconds: float
    proof_seconds: float


class File(TypedDict):
    """A published file: `path` is relative to the output folder, `source` its source's digest."""

    path: str
    bytes: int
    pages: int | None
    sha256: str
    source: str


class Entry(TypedDict):
    """An edition in the catalogue, its files by format. `issued` is EDTF."""

    id: str
    language: str
    title: str
    number: str | None
    issued: str | None
    issued_in_words: str | None
    files: dict[str, File]


def entry_of(
    briefing: model.Briefing, labels: Labels, published: Iterable[Published], output: Path
) -> Entry:
    """What the catalogue says of an edition that was just published."""
    written = writer(labels)
    issued = briefing.issued.date if briefing.issued else None
    return Entry(
        id=briefing.id,
        language=briefing.language,
        title=model.text_of(briefing.title, written),
        number=briefing.number,
        issued=issued.edtf if issued else None,
        issued_in_words=written(issued) if issued else None,
        files={
            each.artefact.format: File(
                path=each.path.relative_to(output).as_posix(),
                bytes=len(each.artefact.data),
                pages=each.artefact.pages,
                sha256=hashlib.sha256(each.artefact.data).hexdigest(),
                source=briefing.digest,
            )
            for each in published
        },
    )


def update(
    output: Path, entries: Iterable[Entry], series: SeriesFile, labels: Labels, templates: Templates
) -> None:
    """Write the catalogue anew: with these entries, and the earlier ones whose files are there.

    A file of an edition that was made from another source than the new ones isn't listed any more.
    """
    with _alone_in(output):
        _update(output, entries, series, labels, templates)


@contextmanager
def _alone_in(output: Path) -> Iterator[None]:
    """Wait until no other build writes the catalogue of the folder."""
    folder = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _update(
    output: Path, entries: Iterable[Entry], series: SeriesFile, labels: Labels, templates: Templates
) -> None:
    known = {(entry["id"], entry["language"]): entry for entry in _earlier(output)}
    for entry in entries:
        earlier = known.get((entry["id"], entry["language"]))
        sources = {file["source"] for file in entry["files"].values()}
        before = earlier["files"] if earlier else {}
        kept = {name: file for name, file in before.items() if file["source"] in sources}
        files = {**kept, **entry["files"]}
        known[entry["id"], entry["language"]] = Entry({**entry, "files": files})
    listed = [_with_files(known[key], output) for key in sorted(known)]
    listed = [entry for entry in listed if entry["files"]]
    published = [file for entry in listed for file in entry["files"].values()]
    published.sort(key=lambda file: file["path"])
    sums = "".join(f"{file['sha256']}  {file['path']}\n" for file in published)
    manifest = json.dumps({"briefings": listed}, ensure_ascii=False, indent=2) + "\n"
    put_in_place(
        {
            output / "index.html": _index(listed, series, labels, templates).encode(),
            output / "SHA256SUMS": sums.encode(),
            output / MANIFEST: manifest.encode(),
        }
    )


def _earlier(output: Path) -> list[Entry]:
    """What the last manifest lists; nothing where there is none that can be read."""
    try:
        found: list[Entry] = json.loads((output / MANIFEST).read_bytes())["briefings"]
        return [entry for entry in found if _is_entry(entry)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _is_entry(entry: Entry) -> bool:
    """Whether what a manifest holds is what this version writes."""
    texts = (entry["id"], entry["language"], entry["title"])
    return (
        Entry.__required_keys__ <= entry.keys()
        and all(isinstance(text, str) for text in texts)
        and all(File.__required_keys__ <= file.keys() for file in entry["files"].values())
    )


def _with_files(entry: Entry, output: Path) -> Entry:
    """The entry with those of its files that are still there, in a fixed order."""
    there: dict[str, File] = {
        name: entry["files"][name]
        for name in FORMATS
        if name in entry["files"] and (output / entry["files"][name]["path"]).is_file()
    }
    return Entry({**entry, "files": there})


def _index(entries: list[Entry], series: SeriesFile, labels: Labels, templates: Templates) -> str:
    """The index page: each briefing with its files, their sizes and pages."""

    def size(count: int) -> str:
        return format_unit(
            round(count / 1000), "digital-kilobyte", "short", locale=labels.locale.replace("-", "_")
        )

    context = {
        "entries": entries,
        "series": series,
        "labels": labels.words,
        "locale": labels.locale,
        "direction": labels.direction,
        "size": size,
    }
    html = render(templates, "catalogue/index.html.j2", context)
    css = stylesheet(templates, "tokens", "dark", "text", "web", "catalogue")
    fonts = embedded(templates, frozenset(_TAG.sub("", html)), font_url)
    return html.replace("<style></style>", f"<style>\n{fonts}\n{css}</style>", 1)
