"""What is in a PDF of a download: its source, by digest, and its signatures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import DOWNLOAD_BYTES
from briefpress.proof.carried import Carried, is_signed, read_carried
from briefpress.proof.reading import UnreadableError
from briefpress.signature import Signature
from briefpress.tree import source_digest
from briefpress.verifying.files import read


@dataclass(frozen=True, slots=True)
class Asked:
    """A PDF by its path in a folder, and the certificates that are trusted, in PEM."""

    folder: Path
    path: str
    trusted: bytes


@dataclass(frozen=True, slots=True)
class Inside:
    """What was found in a PDF.

    `source` is the digest of the source that it carries; None where it carries none, or has files
    beside it. `signatures` is None where there are some, and pyHanko isn't here to look at them;
    `unreadable` says why they can't be read.
    """

    source: str | None
    signatures: tuple[Signature, ...] | None
    unreadable: str = ""


def look_inside(asked: Asked) -> Inside:
    """Look into a PDF, which is done in a job. Raises `ContentError` where it is too large."""
    data = read(asked.folder, asked.path, DOWNLOAD_BYTES.most)
    if data is None:
        raise _too_large(asked.folder / asked.path)
    source = _source(data)
    if not is_signed(data):
        return Inside(source, ())
    if find_spec("pyhanko") is None:
        return Inside(source, None)
    from briefpress import signing  # noqa: PLC0415 - only signatures need it, and it takes long

    trusted = signing.certificates_in(asked.trusted) if asked.trusted else []
    try:
        return Inside(source, tuple(signing.signatures_in(data, trusted)))
    except signing.NotSignableError as error:
        return Inside(source, (), str(error))


def _too_large(place: Path) -> ContentError:
    message = f"it has more than {DOWNLOAD_BYTES}, and isn't looked into"
    hint = "its digest holds; look into it with another program"
    return ContentError([Diagnostic(Code.TOO_LARGE, Span(str(place)), message, hint)])


def _source(data: bytes) -> str | None:
    """The digest of what is carried; only the order of its files is taken from what they say."""
    try:
        carried = read_carried(data)
        model = json.loads(carried.files[f"{carried.briefing}.{carried.language}.json"])
        return _digest(carried, model["files"])
    except (UnreadableError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(carried: Carried, names: list[str]) -> str | None:
    files = [(name, carried.files[f"{carried.briefing}/{name}"]) for name in names]
    beside = {"series.yaml", f"{carried.briefing}.{carried.language}.json"}
    has_others = len(carried.files.keys() - beside) != len(set(names))
    return None if has_others else source_digest(files)
