"""What there is of a download, held against its lists; neither content nor network is needed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefpress.bounded import bounded
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.extras import how_to_install
from briefpress.limits import UNLISTED
from briefpress.manifest import MANIFEST, SUMS
from briefpress.signature import Signature
from briefpress.tree import names_in
from briefpress.verifying.files import NoPlainFileError, measure
from briefpress.verifying.lists import Listed, read_lists
from briefpress.verifying.pdfs import Asked, Inside, look_inside

_FETCH_AGAIN = "fetch it again; if it stays so, it isn't what was published"
_ASK = "ask whoever published it for a signed file and the certificate to trust"
_NOT_A_FILE = "put the file itself here; nothing else is looked into"
_UNREADABLE = "see that it can be read, or fetch it again"

# What there has to be said of a listed file.
State = Literal["whole", "altered", "missing"]


@dataclass(frozen=True, slots=True)
class Verified:
    """A listed file: where it was found in the folder, and how.

    `source` is the digest of the source that a PDF carries, and which the manifest says as well;
    `signatures` are its own, and None where there may be some that weren't looked at.
    `looked_into` says of a whole PDF whether it was, and is None of anything else.
    """

    listed: Listed
    place: str
    state: State
    source: str | None = None
    signatures: tuple[Signature, ...] | None = ()
    faults: tuple[Diagnostic, ...] = ()
    looked_into: bool | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a folder: the files that are listed, others, and what is wrong."""

    folder: Path
    files: tuple[Verified, ...]
    unlisted: tuple[str, ...]
    faults: tuple[Diagnostic, ...]


def verify_folder(folder: Path, *, partial: bool = False, trusted: bytes = b"") -> Verification:
    """Hold all files of a folder against the lists in it.

    A file lies at its listed path, or by its name alone beside the lists, as browsers save it. One
    that is missing is a fault, unless the download is `partial` and has any of those that are
    listed. With `trusted` certificates, in PEM, each PDF has to be signed by one of them, or by one
    that they answer for. Raises `ContentError` where there are no lists.
    """
    lists = read_lists(folder)
    files = tuple(_verified(folder, file, trusted) for file in lists.files.values())
    faults = [*lists.faults, *(fault for each in files for fault in each.faults)]
    missing = [each for each in files if each.state == "missing"]
    if not partial or len(missing) == len(files):
        faults += _missing(folder, missing)
    known = {each.place for each in files} | {SUMS, MANIFEST}
    found = names_in(folder, UNLISTED.most)
    return Verification(folder, files, tuple(n for n in found if n not in known), tuple(faults))


def verify_file(file: Path, *, trusted: bytes = b"") -> Verification:
    """Hold one file against the lists that lie beside it, or in the folder above its own.

    Its name or its digest has to be in them: browsers and people give files other names. Raises
    `ContentError` where there are no lists, and `OSError` where it can't be read.
    """
    folder, place = _with_lists(file)
    lists = read_lists(folder)
    try:
        _, digest = measure(folder, place)
    except NoPlainFileError as error:
        raise ContentError([_fault(file, str(error.strerror), _NOT_A_FILE)]) from None
    named = [each for each in lists.files.values() if place in _places(each)]
    alike = [each for each in lists.files.values() if each.sha256 == digest]
    if not (named or alike):
        message = "the lists have neither its name nor its digest"
        raise ContentError([*lists.faults, _fault(file, message, _FETCH_AGAIN)])
    found = _held(folder, (named or alike)[0], place, trusted)
    return Verification(folder, (found,), (), (*lists.faults, *found.faults))


def _with_lists(file: Path) -> tuple[Path, str]:
    """The folder of the lists that a file may be in, and its path there."""
    given = Path(os.path.abspath(file))  # noqa: PTH100 - links aren't followed, ".." is taken away
    beside, *above = given.parents[:2]
    folder = next((each for each in (beside, *above) if _has_lists(each)), beside)
    shown = folder if file.is_absolute() else Path(os.path.relpath(folder))
    return shown, given.relative_to(folder).as_posix()


def _has_lists(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in (SUMS, MANIFEST))


def _places(listed: Listed) -> tuple[str, ...]:
    """Where a listed file may lie: at its path, or as browsers save it, beside the lists."""
    return tuple(dict.fromkeys((listed.path, listed.path.rpartition("/")[2])))


def _verified(folder: Path, listed: Listed, trusted: bytes) -> Verified:
    """What there is of a listed file, wherever it lies."""
    for place in _places(listed):
        try:
            return _held(folder, listed, place, trusted)
        except FileNotFoundError:
            continue
    return Verified(listed, listed.path, "missing")


def _held(folder: Path, listed: Listed, place: str, trusted: bytes) -> Verified:
    """A file held against what is listed of it. Raises `FileNotFoundError`."""
    try:
        size, digest = measure(folder, place)
    except FileNotFoundError:
        raise
    except NoPlainFileError as error:
        fault = _fault(folder / place, str(error.strerror), _NOT_A_FILE)
        return Verified(listed, place, "altered", None, (), (fault,))
    except OSError as error:
        fault = _fault(folder / place, f"it can't be read: {error.strerror}", _UNREADABLE)
        return Verified(listed, place, "altered", None, (), (fault,))
    if listed.bytes not in {None, size}:
        message = f"it has {size:,} bytes, and was published with {listed.bytes:,}"
    elif digest != listed.sha256:
        message = "its digest isn't the one that is listed"
    else:
        return _with_inside(folder, listed, place, trusted)
    fault = _fault(folder / place, message, _FETCH_AGAIN)
    return Verified(listed, place, "altered", None, (), (fault,))


def _with_inside(folder: Path, listed: Listed, place: str, trusted: bytes) -> Verified:
    """A whole file; a PDF's source and signatures are held against what the manifest says."""
    if not listed.path.endswith(".pdf"):
        return Verified(listed, place, "whole")
    span = Span(str(folder / place))
    try:
        inside = bounded(look_inside, Asked(folder, place, trusted), folder / place)
    except ContentError as error:
        faults = error.diagnostics
        return Verified(listed, place, "whole", None, None, faults, looked_into=False)
    faults = tuple(Diagnostic(*each) for each in _inside_faults(inside, listed, trusted, span))
    source = inside.source if inside.source == listed.source else None
    return Verified(listed, place, "whole", source, inside.signatures, faults, looked_into=True)


_Fault = tuple[Code, Span, str, str]


def _inside_faults(inside: Inside, listed: Listed, trusted: bytes, span: Span) -> Iterator[_Fault]:
    if listed.source is not None and inside.source != listed.source:
        message = "what it carries isn't the source that manifest.json says it was made from"
        hint = "fetch it again with both lists; whoever published them has to mend it otherwise"
        yield Code.OTHER_SOURCE, span, message, hint
    if inside.unreadable:
        yield Code.BAD_SIGNATURE, span, inside.unreadable, _FETCH_AGAIN
    for each in inside.signatures or ():
        if not each.is_whole:
            message = f"it was changed after {each.signer} had signed it, or somebody else did"
            yield Code.BAD_SIGNATURE, span, message, _FETCH_AGAIN
        elif trusted and not each.is_trusted:
            message = f"it is signed by {each.signer}, whose certificate isn't one that is trusted"
            yield Code.BAD_SIGNATURE, span, message, _ASK
    names = [each.signer for each in inside.signatures or ()]
    if inside.signatures is None:
        if trusted:
            hint = how_to_install("sign")
            yield Code.BAD_SIGNATURE, span, "without pyHanko its signature can't be looked at", hint
    elif not names and trusted:
        yield Code.BAD_SIGNATURE, span, "it isn't signed", _ASK
    elif listed.signed_by is not None and listed.signed_by not in names:
        message = f"it isn't signed by {listed.signed_by}, as manifest.json says"
        yield Code.BAD_SIGNATURE, span, message, _FETCH_AGAIN


def _missing(folder: Path, files: Iterable[Verified]) -> Iterator[Diagnostic]:
    hint = "fetch it as well, or say --partial if you want some of the files only"
    for each in files:
        span = Span(str(folder / each.place))
        yield Diagnostic(Code.MISSING_FILE, span, "it is listed, and isn't there", hint)


def _fault(place: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Code.ALTERED_FILE, Span(str(place)), message, hint)
