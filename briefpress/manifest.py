"""The manifest: what is published, and what a writer is just about to change.

`manifest.json` and `SHA256SUMS` list whole files that the press put in place, with the digests that
they had then, and at every instant: while files are replaced, neither lists them, and the manifest
holds under `unfinished` what they were and what they will be (`publishing` says how). A file that
somebody changes afterwards is found by `sha256sum --check SHA256SUMS`.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from briefpress.content.ids import ID
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.formats import FORMATS

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

_DIGEST = re.compile(r"[0-9a-f]{64}")

_NO_MANIFEST = "it isn't a manifest; mend or delete it, or build into an empty folder"


class File(TypedDict):
    """A published file: `path` is relative to the output folder, `source` its source's digest.

    `key` is the digest of all that it was made from (`keys`).
    """

    path: str
    bytes: int
    pages: int | None
    sha256: str
    source: str
    key: str


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


def place_of(briefing: str, language: str, format_name: str) -> str:
    """Where the file of a format is put, relative to the output folder."""
    return f"{briefing}/{briefing}.{language}.{FORMATS[format_name].suffix}"


def without_key(entry: Entry) -> Entry:
    """An entry whose files aren't up to date, whatever they were made from."""
    files = {name: File({**file, "key": ""}) for name, file in entry["files"].items()}
    return Entry({**entry, "files": files})


def in_order(files: dict[str, File]) -> dict[str, File]:
    """Files by format, in the order in which formats are listed."""
    return {name: files[name] for name in FORMATS if name in files}


def written(manifest: Manifest) -> dict[str, bytes]:
    """What the files of a manifest hold, by name; the same bytes for the same manifest."""
    data: dict[str, object] = {"briefings": listed(manifest.entries)}
    if change := manifest.unfinished:
        data["unfinished"] = {"before": listed(change.before), "after": listed(change.after)}
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


def read(output: Path) -> Manifest:
    """The manifest of an output folder, with what of it this version understands.

    It is empty where there is none. Raises `OSError` where one can't be read, or isn't a manifest:
    what it lists would be lost.
    """
    try:
        data = json.loads((output / MANIFEST).read_bytes())
        change = data.get("unfinished")
        unfinished = (
            Change(_entries(change["before"]), _entries(change["after"])) if change else None
        )
        return Manifest(_entries(data["briefings"]), unfinished)
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise OSError(errno.EINVAL, _NO_MANIFEST, str(output / MANIFEST)) from None


def _entries(found: Iterable[Entry]) -> Entries:
    return {(entry["id"], entry["language"]): _known(entry) for entry in found if _is_entry(entry)}


def _known(entry: Entry) -> Entry:
    """An entry without the files in formats that this version doesn't know.

    Manifests of earlier versions have no keys: what they list isn't up to date.
    """
    files = {n: File({**file, "key": file.get("key", "")}) for n, file in entry["files"].items()}
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
        File.__required_keys__ <= file.keys() | {"key"}
        and file["path"] == place_of(entry["id"], entry["language"], format_name)
        and _DIGEST.fullmatch(file["sha256"]) is not None
    )
