"""Published PDFs, signed where they lie: an act of its own after a build."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, listed
from briefpress.entries import Entry, File
from briefpress.executors import scratch
from briefpress.jobs import Allowance
from briefpress.look import Templates, find_templates
from briefpress.manifest import MANIFEST, Frame, read
from briefpress.press_run import write_lists
from briefpress.publishing import exchange, mend
from briefpress.signing import NotSignableError, Signer

_BUILD = "build it anew, and sign it then"


@dataclass(frozen=True, slots=True)
class Signed:
    """A published PDF with a signature, which it may have had `before`."""

    path: Path
    signer: str
    before: bool


def sign_published(
    output: Path, briefings: Collection[str], signer: Signer, project: Path | None
) -> Iterator[Signed | Diagnostic]:
    """Sign the PDFs of some briefings, or of all, and list them as they are then.

    What is signed is left. `project` is the project's folder of templates, by which the lists may
    have to be made. Yields a diagnostic for one that isn't as it was published, or can't be signed.
    Raises `ContentError` where there is nothing to sign, or lists can't be made, and `OSError`.
    """
    mend(output)
    stock = read(output).stock
    published = sorted({entry["id"] for entry in stock.entries.values()})
    _require(output, published, briefings)
    frame = _frame(output, stock.frame)
    templates = _templates(output, frame, project)
    try:
        for entry in stock.entries.values():
            if not briefings or entry["id"] in briefings:
                yield from _sign(output, entry, signer)
    finally:  # what is signed by now has other sizes
        with scratch():
            write_lists(output, frame, templates, Allowance())


def _frame(output: Path, frame: Frame | None) -> Frame:
    """What the lists are to be made of, since they say how large files are."""
    if frame is None:
        message = "it doesn't say what the index and the feeds are made of"
        span = Span(str(output / MANIFEST))
        raise ContentError([Diagnostic(Code.BAD_LIST, span, message, "build once more, then sign")])
    return frame


def _templates(output: Path, frame: Frame, project: Path | None) -> Templates:
    if frame.own_templates and project is None:
        message = "its index was made with the project's own templates, which aren't here"
        raise ContentError([_missing(output, message, "name their folder with --templates")])
    return find_templates(frame.series.theme).with_project(project if frame.own_templates else None)


def _require(output: Path, published: Collection[str], briefings: Collection[str]) -> None:
    if not published:
        raise ContentError([_missing(output, "nothing is published in it", "build first")])
    if unknown := [each for each in briefings if each not in published]:
        hint = f"there are {listed(published)}"
        raise ContentError(
            [_missing(output, f"no edition of {each} is published in it", hint) for each in unknown]
        )


def _missing(output: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Code.MISSING_FILE, Span(str(output)), message, hint)


def _sign(output: Path, entry: Entry, signer: Signer) -> Iterator[Signed | Diagnostic]:
    """Sign the PDFs of an edition, all at once: they are listed together."""
    files, data = dict(entry["files"]), dict[str, bytes]()
    for name, file in entry["files"].items():
        path = output / file["path"]
        if not file["path"].endswith(".pdf"):
            continue
        if signed_by := file.get("signed_by"):
            yield Signed(path, signed_by, before=True)
            continue
        try:
            signed = signer.sign(_whole(path, file))
        except NotSignableError as error:
            yield Diagnostic(Code.BAD_SIGNATURE, Span(str(path)), str(error), _BUILD)
            continue
        data[file["path"]] = signed
        files[name] = _listed(file, signed, signer)
    if data and not exchange(output, entry, Entry({**entry, "files": files}), data):
        message = "it was built anew while it was being signed"
        span = Span(str(output / entry["id"]))
        yield Diagnostic(Code.ALTERED_FILE, span, message, "sign once more")
        return
    yield from (Signed(output / path, signer.name, before=False) for path in data)


def _whole(path: Path, file: File) -> bytes:
    """The bytes of a published file. Raises `NotSignableError` where they are others."""
    data = b"" if path.is_symlink() else path.read_bytes()
    if hashlib.sha256(data).hexdigest() != file["sha256"]:
        raise NotSignableError("it isn't the file that was published, and isn't signed")
    return data


def _listed(file: File, signed: bytes, signer: Signer) -> File:
    digest = hashlib.sha256(signed).hexdigest()
    return File({**file, "bytes": len(signed), "sha256": digest, "signed_by": signer.name})
