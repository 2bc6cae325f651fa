"""What a manifest says of an edition, and of each of its files.

It holds all that `catalogue` says of editions, so that lists of what earlier runs have built can be
made of it alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, TypedDict

from briefpress.content.ids import ID
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.formats import PUBLISHED

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class MadeWith:
    """What files were made with: the program and its digest, and what it ran with, by versions.

    `libraries` are Python's; `system` are the names of the files that Pango and the like are in.
    """

    briefpress: str
    program: str
    python: str
    zlib: str
    libraries: dict[str, str]
    system: list[str]

    @cached_property
    def digest(self) -> str:
        """The digest under which a manifest says this once for all files: SHA-256 of its JSON."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


class List(TypedDict):
    """A list of what is published; `path` is its name in the output folder."""

    path: str
    bytes: int
    sha256: str


class _Some(TypedDict, total=False):
    width: int
    height: int
    signed_by: str


class File(_Some):
    """A published file: `path` is relative to the output folder, `source` its source's digest.

    `key` is the digest of all that it was made from (`keys`). `made_with` is None where that isn't
    known; in a written manifest it is the digest under which all that it says stands once. A
    picture has a width and a height; what `sign` has signed says by whom.
    """

    path: str
    bytes: int
    pages: int | None
    sha256: str
    source: str
    key: str
    made_with: MadeWith | None


class Accessible(TypedDict):
    """What the EPUB says of its accessibility (`formats.accessibility`)."""

    modes: list[str]
    sufficient: list[list[str]]
    features: list[str]
    hazards: list[str]
    summary: str


class Entry(TypedDict):
    """An edition, its files by format.

    `series` is the series' identifier. `issued` is EDTF, `published` the same as HTML and XML have
    it, if they can; `updated` is the time that stands in the files (RFC 3339). `replaces` is the
    number of an earlier edition. `summary` are paragraphs, `sections` titles; `people` and `places`
    are the names that the text has for them.
    """

    id: str
    language: str
    series: str
    title: str
    number: str | None
    issued: str | None
    issued_in_words: str | None
    subtitle: str | None
    author: str | None
    summary: list[str]
    published: str | None
    updated: str
    replaces: str | None
    sections: list[str]
    people: list[str]
    places: list[str]
    accessibility: Accessible
    files: dict[str, File]


# What entries of earlier versions lack, and are given.
_LATER: dict[str, Any] = {
    "subtitle": None,
    "author": None,
    "summary": [],
    "published": None,
    "updated": "1980-01-01T00:00:00Z",
    "replaces": None,
    "sections": [],
    "people": [],
    "places": [],
    "accessibility": Accessible(modes=[], sufficient=[], features=[], hazards=[], summary=""),
}


def place_of(briefing: str, language: str, format_name: str) -> str:
    """Where the file of a format is put, relative to the output folder."""
    return f"{briefing}/{briefing}.{language}.{PUBLISHED[format_name].suffix}"


def without_key(entry: Entry) -> Entry:
    """An entry whose files aren't up to date, whatever they were made from, and with what."""
    files = {
        name: File({**file, "key": "", "made_with": None}) for name, file in entry["files"].items()
    }
    return Entry({**entry, "files": files})


def in_order(files: dict[str, File]) -> dict[str, File]:
    """Files by format, in the order in which formats are listed."""
    return {name: files[name] for name in PUBLISHED if name in files}


def completed(entry: Entry, made_with: Mapping[str, MadeWith]) -> Entry:
    """An entry as this version has it, without the files in formats that this version doesn't know.

    Manifests of earlier versions lack some of it: what they list isn't up to date.
    """
    is_whole = entry.keys() >= _LATER.keys()
    files = {
        name: File(
            {
                **file,
                "key": file.get("key", "") if is_whole else "",
                "made_with": made_with.get(str(file.get("made_with"))),
            }
        )
        for name, file in entry["files"].items()
    }
    known: Entry = {**_LATER, **entry, "files": in_order(files)}  # type: ignore[typeddict-item]
    return known


def is_entry(entry: Entry) -> bool:
    """Whether what a manifest holds is what this version writes, its paths above all."""
    if not Entry.__required_keys__ <= entry.keys() | _LATER.keys():
        return False
    texts = (entry["id"], entry["language"], entry["series"], entry["title"])
    files = in_order(entry["files"])
    return (
        bool(files)
        and all(isinstance(text, str) for text in texts)
        and ID.fullmatch(entry["id"]) is not None
        and LANGUAGE_TAG.fullmatch(entry["language"]) is not None
        and all(_is_like(entry.get(name, like), like) for name, like in _LATER.items())
        and all(_is_file(file, entry, name) for name, file in files.items())
    )


def _is_like(value: object, like: object) -> bool:
    """Whether a value is of the kind of another: a text, perhaps none, or texts."""
    match like:
        case list():
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case dict():
            return isinstance(value, dict) and value.keys() == like.keys()
        case None:
            return value is None or isinstance(value, str)
        case _:
            return isinstance(value, str)


def _is_file(file: File, entry: Entry, format_name: str) -> bool:
    return (
        File.__required_keys__ <= file.keys() | {"key", "made_with"}
        and file["path"] == place_of(entry["id"], entry["language"], format_name)
        and DIGEST.fullmatch(file["sha256"]) is not None
    )
