"""The lists that come with a download: SHA256SUMS, and manifest.json.

They are read as far as they say what files there are, so that those of other versions of Briefpress
can be read as well; and held against each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefpress.bounded import bounded
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.entries import DIGEST
from briefpress.formats import FORMATS
from briefpress.limits import LIST_BYTES
from briefpress.manifest import MANIFEST, SUMS
from briefpress.verifying.files import NoPlainFileError, is_plain, read

# As `sha256sum` writes it, without the marks that it has for odd names.
_SUM = re.compile(rf"(?P<digest>{DIGEST.pattern}) [ *](?P<path>.+)")
_EDITIONS = re.compile(rf".+/.+\.({'|'.join(re.escape(f.suffix) for f in FORMATS.values())})")

_FETCH_AGAIN = "fetch both lists again, at one time, from where they were published"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the lists have it. What only the manifest says is None without one."""

    path: str
    sha256: str
    bytes: int | None = None
    source: str | None = None
    signed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists of a folder say, by path, and what is wrong with the lists themselves."""

    files: Mapping[str, Listed]
    faults: tuple[Diagnostic, ...]


def read_lists(folder: Path) -> Lists:
    """Read the lists of a folder.

    Raises `ContentError` where there are none, or one of them isn't a list: then nothing is known.
    """
    sums, manifest = _read(folder, SUMS), _read(folder, MANIFEST)
    if sums is None and manifest is None:
        message = f"there is neither {SUMS} nor {MANIFEST} in it"
        hint = "fetch them from where the files were published, and put them into this folder"
        raise ContentError([Diagnostic(Code.MISSING_FILE, Span(str(folder)), message, hint)])
    by_sums = {} if sums is None else _sums(sums, folder / SUMS)
    if manifest is None:
        return Lists(by_sums, ())
    by_manifest, unfinished = bounded(_manifest, (manifest, folder), folder / MANIFEST)
    faults = [_unfinished(folder)] if unfinished else []
    if sums is not None:
        faults += _differences(by_sums, by_manifest, folder)
    both = {path: _both(file, by_manifest) for path, file in by_sums.items()}
    return Lists({**by_manifest, **both}, tuple(faults))


def _both(by_sums: Listed, by_manifest: Mapping[str, Listed]) -> Listed:
    """A file with the digest of the sums, and with what only the manifest says of it."""
    return replace(by_manifest.get(by_sums.path, by_sums), sha256=by_sums.sha256)


def _read(folder: Path, name: str) -> bytes | None:
    """The bytes of a list, if there is one."""
    try:
        data = read(folder, name, LIST_BYTES.most)
    except FileNotFoundError:
        return None
    except NoPlainFileError as error:
        raise _no_list(folder / name, str(error.strerror)) from None
    if data is None:
        hint = "a list of what Briefpress publishes is never so long; don't trust it"
        message = f"it has more than {LIST_BYTES}"
        raise ContentError([Diagnostic(Code.TOO_LARGE, Span(str(folder / name)), message, hint)])
    return data


def _no_list(place: Path, message: str, line: int = 1) -> ContentError:
    hint = "fetch it again; if it stays so, it isn't what Briefpress published"
    return ContentError([Diagnostic(Code.BAD_LIST, Span(str(place), line), message, hint)])


def _sums(data: bytes, place: Path) -> dict[str, Listed]:
    """The files that SHA256SUMS lists."""
    found: dict[str, Listed] = {}
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        raise _no_list(place, "it isn't UTF-8") from None
    for number, line in enumerate(lines, 1):
        match = _SUM.fullmatch(line.removesuffix("\r"))
        if match is None and not line and number == len(lines):
            break
        if match is None:
            raise _no_list(place, "a line isn't a digest, two spaces and a path", number)
        path = match["path"]
        if not is_plain(path):
            raise _no_list(place, f"it lists {path!r}, which isn't a path in this folder", number)
        if path in found:
            raise _no_list(place, f"it lists {path!r} twice", number)
        found[path] = Listed(path, match["digest"])
    return found


def _manifest(asked: tuple[bytes, Path]) -> tuple[dict[str, Listed], bool]:
    """The files that a manifest lists, and whether it says that a change is under way."""
    data, folder = asked
    place = folder / MANIFEST
    found: dict[str, Listed] = {}
    try:
        parsed = json.loads(data)
        for each in _files_in(parsed):
            file = Listed(
                each["path"],
                each["sha256"],
                each["bytes"],
                each.get("source"),
                each.get("signed_by"),
            )
            if not is_plain(file.path):
                raise _no_list(place, f"it lists {file.path!r}, which isn't a path in this folder")
            if not _is_well_formed(file) or file.path in found:
                raise _no_list(place, f"what it says of {file.path!r} can't be")
            found[file.path] = file
        return found, bool(parsed.get("unfinished"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _no_list(place, "it isn't a manifest") from None


def _files_in(manifest: Any) -> Iterator[dict[str, Any]]:
    for entry in manifest["briefings"]:
        yield from entry["files"].values()
    yield from manifest.get("lists", ())


def _is_well_formed(file: Listed) -> bool:
    digests = [file.sha256] if file.source is None else [file.sha256, file.source]
    has_signer = file.signed_by is None or isinstance(file.signed_by, str)
    return has_signer and type(file.bytes) is int and all(map(DIGEST.fullmatch, digests))


def _unfinished(folder: Path) -> Diagnostic:
    message = "it was taken while files were being replaced, and doesn't list those"
    hint = "fetch it again later; in a folder of your own, run briefpress build once more"
    return Diagnostic(Code.UNFINISHED, Span(str(folder / MANIFEST)), message, hint)


def _differences(
    sums: Mapping[str, Listed], manifest: Mapping[str, Listed], folder: Path
) -> Iterator[Diagnostic]:
    """Files of editions that one list doesn't have, or has otherwise. Sums may have other files."""
    span = Span(str(folder / SUMS))
    for path in sums.keys() - manifest.keys():
        if _EDITIONS.fullmatch(path):
            message = f"it doesn't list {path}, as {SUMS} does"
            yield Diagnostic(Code.LISTS_DIFFER, Span(str(folder / MANIFEST)), message, _FETCH_AGAIN)
    for path, file in manifest.items():
        if path not in sums:
            message = f"it doesn't list {path}, as {MANIFEST} does"
            yield Diagnostic(Code.LISTS_DIFFER, span, message, _FETCH_AGAIN)
        elif sums[path].sha256 != file.sha256:
            message = f"it has another digest of {path} than {MANIFEST}"
            yield Diagnostic(Code.LISTS_DIFFER, span, message, _FETCH_AGAIN)
