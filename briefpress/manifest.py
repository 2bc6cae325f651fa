"""The manifest: what is published, and what a writer is just about to change.

`manifest.json` and `SHA256SUMS` list whole files that the press put in place, with the digests that
they had then, and at every instant: while files are replaced, neither lists them, and the manifest
holds under `unfinished` what they were and what they will be (`publishing` says how). A file that
somebody changes afterwards is found by `sha256sum --check SHA256SUMS`.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from briefpress.content.schema import SeriesFile
from briefpress.entries import DIGEST, Entry, File, List, MadeWith, completed, is_entry

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

# The lists of all editions, for people and programs (`catalogue`).
INDEX = "index.html"
FEED, OPDS2, OPDS1, SITEMAP = "feed.xml", "opds.json", "opds.xml", "sitemap.xml"
LISTS = (INDEX, FEED, OPDS2, OPDS1, SITEMAP)

_NO_MANIFEST = "it isn't a manifest; mend or delete it, or build into an empty folder"

# By briefing and language.
Entries = dict[tuple[str, str], Entry]

# By name.
Lists = dict[str, List]


@dataclass(frozen=True, slots=True)
class Frame:
    """What lists are made of beside entries: the series, with the theme that was chosen.

    `own_templates`: the project has some, by which they are made as well.
    """

    series: SeriesFile
    own_templates: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """Editions, and lists of editions, with what those were made of beside them."""

    entries: Entries = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    frame: Frame | None = None

    def files(self) -> Iterator[File | List]:
        """The files of all editions, and the lists."""
        for entry in self.entries.values():
            yield from entry["files"].values()
        yield from self.lists.values()

    def without(self, other: Stock) -> Stock:
        """The same without what another has as well, or has otherwise."""
        return Stock(
            {key: each for key, each in self.entries.items() if key not in other.entries},
            {name: each for name, each in self.lists.items() if name not in other.lists},
            self.frame,
        )

    def with_(self, other: Stock) -> Stock:
        """The same with what another has, which goes before."""
        frame = other.frame or self.frame
        return Stock(self.entries | other.entries, self.lists | other.lists, frame)


@dataclass(frozen=True, slots=True)
class Change:
    """What there is, and what takes its place. What only `before` has is withdrawn."""

    before: Stock
    after: Stock


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is listed, and the change that is under way or was cut short."""

    stock: Stock = field(default_factory=Stock)
    unfinished: Change | None = None

    @property
    def entries(self) -> Entries:
        """The editions that are listed."""
        return self.stock.entries


class NoManifestError(Exception):
    """A file isn't a manifest."""


def written(manifest: Manifest) -> dict[str, bytes]:
    """What the files of a manifest hold, by name; the same bytes for the same manifest."""
    known: dict[str, MadeWith] = {}
    data = _as_written(manifest.stock, known)
    if change := manifest.unfinished:
        data["unfinished"] = {
            "before": _as_written(change.before, known),
            "after": _as_written(change.after, known),
        }
    data["made_with"] = {digest: asdict(known[digest]) for digest in sorted(known)}
    files = sorted(manifest.stock.files(), key=lambda file: file["path"])
    return {
        MANIFEST: f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode(),
        SUMS: "".join(f"{file['sha256']}  {file['path']}\n" for file in files).encode(),
    }


def listed(entries: Entries) -> list[Entry]:
    """Entries in the order in which they are listed."""
    return [entries[key] for key in sorted(entries)]


def _as_written(stock: Stock, known: dict[str, MadeWith]) -> dict[str, object]:
    """What is listed. Files refer by digest to what they were made with, which is added to `known`.

    It would otherwise stand there as often as there are files.
    """
    briefings: list[dict[str, object]] = []
    for entry in listed(stock.entries):
        files: dict[str, object] = {}
        for name, file in entry["files"].items():
            made_with = file["made_with"]
            if made_with is not None:
                known[made_with.digest] = made_with
            files[name] = {**file, "made_with": made_with and made_with.digest}
        briefings.append({**entry, "files": files})
    lists = [stock.lists[name] for name in LISTS if name in stock.lists]
    frame = stock.frame and {
        "series": stock.frame.series.model_dump(),
        "own_templates": stock.frame.own_templates,
    }
    return {"briefings": briefings, "lists": lists, **(frame or {})}


def read(output: Path) -> Manifest:
    """The manifest of an output folder, with what of it this version understands.

    It is empty where there is none. Raises `OSError` where one can't be read, or isn't a manifest:
    what it lists would be lost.
    """
    try:
        return parsed((output / MANIFEST).read_bytes())
    except FileNotFoundError:
        return Manifest()
    except NoManifestError:
        raise OSError(errno.EINVAL, _NO_MANIFEST, str(output / MANIFEST)) from None


def parsed(data: bytes) -> Manifest:
    """The manifest that a file holds. Raises `NoManifestError` where it isn't one."""
    try:
        found = json.loads(data)
        made_with = dict(_made_with(found.get("made_with", {})))
        change = found.get("unfinished")
        unfinished = change and Change(
            _stock(change["before"], made_with), _stock(change["after"], made_with)
        )
        return Manifest(_stock(found, made_with), unfinished or None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoManifestError from None


def _stock(found: Any, made_with: Mapping[str, MadeWith]) -> Stock:  # whatever a manifest holds
    """What is listed. Manifests of earlier versions don't list lists, and a change was entries."""
    if isinstance(found, list):
        found = {"briefings": found}
    lists = {each["path"]: each for each in found.get("lists", ()) if _is_list(each)}
    return Stock(_entries(found["briefings"], made_with), lists, _frame(found))


def _frame(found: dict[str, Any]) -> Frame | None:
    """What the lists were made of, if it is said as this version says it."""
    try:
        return Frame(SeriesFile.model_validate(found["series"]), bool(found["own_templates"]))
    except (KeyError, ValueError):
        return None


def _made_with(found: dict[str, Any]) -> Iterator[tuple[str, MadeWith]]:
    """What files were made with, by digest, as far as it is said as this version says it."""
    for digest, each in found.items():
        if each.keys() == {field.name for field in fields(MadeWith)}:
            yield digest, MadeWith(**each)


def _entries(found: Iterable[Entry], made_with: Mapping[str, MadeWith]) -> Entries:
    return {
        (entry["id"], entry["language"]): completed(entry, made_with)
        for entry in found
        if is_entry(entry)
    }


def _is_list(found: List) -> bool:
    return (
        List.__required_keys__ == found.keys()
        and found["path"] in LISTS
        and DIGEST.fullmatch(found["sha256"]) is not None
    )
