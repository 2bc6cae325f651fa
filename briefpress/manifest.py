"""The manifest: what is published, and what a writer is just about to change.

`manifest.json` and `SHA256SUMS` list whole files that the press put in place, with the digests that
they had then, and at every instant: while files are replaced, neither lists them, and the manifest
holds under `unfinished` what they were and what they will be (`publishing` says how). A file that
somebody changes afterwards is found by `sha256sum --check SHA256SUMS`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypedDict

from briefpress.content.ids import ID
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.formats import FORMATS

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

_DIGEST = re.compile(r"[0-9a-f]{64}")

_NO_MANIFEST = "it isn't a manifest; mend or delete it, or build into an empty folder"


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


class _Signed(TypedDict, total=False):
    signed_by: str


class File(_Signed):
    """A published file: `path` is relative to the output folder, `source` its source's digest.

    `key` is the digest of all that it was made from (`keys`). `made_with` is None where that isn't
    known; in a written manifest it is the digest under which all that it says stands once. What
    `sign` has signed says by whom.
    """

    path: str
    bytes: int
    pages: int | None
    sha256: str
    source: str
    key: str
    made_with: MadeWith | None


class Entry(TypedDict):
    """An edition, its files by format. `series` is the series' identifier, `issued` is EDTF."""

    id: str
    language: str
    series: str
    title: str
    number: str | None
    issued: str | None
    issued_in_words: str | None
    files: dict[str, File]


# By briefing and language.
Entries = dict[tuple[str, str], Entry]


@dataclass(frozen=True, slots=True)
class Change:
    """Entries, and those that take their places. What only `before` has is withdrawn."""

    before: Entries
    after: Entries


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is listed, and the change that is under way or was cut short."""

    entries: Entries = field(default_factory=dict)
    unfinished: Change | None = None


class NoManifestError(Exception):
    """A file isn't a manifest."""


def place_of(briefing: str, language: str, format_name: str) -> str:
    """Where the file of a format is put, relative to the output folder."""
    return f"{briefing}/{briefing}.{language}.{FORMATS[format_name].suffix}"


def without_key(entry: Entry) -> Entry:
    """An entry whose files aren't up to date, whatever they were made from, and with what."""
    files = {
        name: File({**file, "key": "", "made_with": None}) for name, file in entry["files"].items()
    }
    return Entry({**entry, "files": files})


def in_order(files: dict[str, File]) -> dict[str, File]:
    """Files by format, in the order in which formats are listed."""
    return {name: files[name] for name in FORMATS if name in files}


def written(manifest: Manifest) -> dict[str, bytes]:
    """What the files of a manifest hold, by name; the same bytes for the same manifest."""
    known: dict[str, MadeWith] = {}
    data: dict[str, object] = {"briefings": _as_written(manifest.entries, known)}
    if change := manifest.unfinished:
        data["unfinished"] = {
            "before": _as_written(change.before, known),
            "after": _as_written(change.after, known),
        }
    data["made_with"] = {digest: asdict(known[digest]) for digest in sorted(known)}
    files = sorted(files_of(manifest.entries), key=lambda file: file["path"])
    return {
        MANIFEST: f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode(),
        SUMS: "".join(f"{file['sha256']}  {file['path']}\n" for file in files).encode(),
    }


def files_of(entries: Entries) -> Iterator[File]:
    """The files of all entries."""
    return (file for entry in entries.values() for file in entry["files"].values())


def listed(entries: Entries) -> list[Entry]:
    """Entries in the order in which they are listed."""
    return [entries[key] for key in sorted(entries)]


def _as_written(entries: Entries, known: dict[str, MadeWith]) -> list[dict[str, object]]:
    """Entries whose files refer by digest to what they were made with, which is added to `known`.

    It would otherwise stand there as often as there are files.
    """
    found: list[dict[str, object]] = []
    for entry in listed(entries):
        files: dict[str, object] = {}
        for name, file in entry["files"].items():
            made_with = file["made_with"]
            if made_with is not None:
                known[made_with.digest] = made_with
            files[name] = {**file, "made_with": made_with and made_with.digest}
        found.append({**entry, "files": files})
    return found


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
            _entries(change["before"], made_with), _entries(change["after"], made_with)
        )
        return Manifest(_entries(found["briefings"], made_with), unfinished or None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoManifestError from None


def _made_with(found: dict[str, Any]) -> Iterator[tuple[str, MadeWith]]:
    """What files were made with, by digest, as far as it is said as this version says it."""
    for digest, each in found.items():
        if each.keys() == {field.name for field in fields(MadeWith)}:
            yield digest, MadeWith(**each)


def _entries(found: Iterable[Entry], made_with: Mapping[str, MadeWith]) -> Entries:
    return {
        (entry["id"], entry["language"]): _known(entry, made_with)
        for entry in found
        if _is_entry(entry)
    }


def _known(entry: Entry, made_with: Mapping[str, MadeWith]) -> Entry:
    """An entry without the files in formats that this version doesn't know.

    Manifests of earlier versions have no keys, and don't say what files were made with: what they
    list isn't up to date.
    """
    files = {
        name: File(
            {
                **file,
                "key": file.get("key", ""),
                "made_with": made_with.get(str(file.get("made_with"))),
            }
        )
        for name, file in entry["files"].items()
    }
    return Entry({**entry, "files": in_order(files)})


def _is_entry(entry: Entry) -> bool:
    """Whether what a manifest holds is what this version writes, its paths above all."""
    if not Entry.__required_keys__ <= entry.keys():
        return False
    texts = (entry["id"], entry["language"], entry["series"], entry["title"])
    files = in_order(entry["files"])
    return (
        bool(files)
        and all(isinstance(text, str) for text in texts)
        and ID.fullmatch(entry["id"]) is not None
        and LANGUAGE_TAG.fullmatch(entry["language"]) is not None
        and all(_is_file(file, entry, name) for name, file in files.items())
    )


def _is_file(file: File, entry: Entry, format_name: str) -> bool:
    return (
        File.__required_keys__ <= file.keys() | {"key", "made_with"}
        and file["path"] == place_of(entry["id"], entry["language"], format_name)
        and _DIGEST.fullmatch(file["sha256"]) is not None
    )
