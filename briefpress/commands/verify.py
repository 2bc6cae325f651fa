"""The command that holds a download against its lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress import options
from briefpress.console import conclude, count, faults_shown, say
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, escaped, listed

if TYPE_CHECKING:
    from briefpress.verifying.check import Verification, Verified


@click.command()
@click.argument(
    "place",
    metavar="[FOLDER|FILE]",
    type=click.Path(path_type=Path, exists=True),
    default="output",
)
@click.option("--partial", is_flag=True, help="Take a folder that has only some of the files.")
@click.option(
    "--json",
    "data",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what was found for programs.",
)
@click.option(
    "--trust",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Certificates in PEM: each PDF has to be signed by one that leads to them.",
)
@options.format_errors
def verify(
    place: Path, partial: bool, data: Path | None, trust: Path | None, format_errors: str
) -> None:
    """Say whether a download is whole, and what was published.

    Its files are held against SHA256SUMS and manifest.json, which lie in the FOLDER, or beside the
    FILE or in the folder above; and the source that a PDF carries against the manifest. Nothing
    else is needed: neither the content nor a network.
    """
    from briefpress.jobs import warm
    from briefpress.verifying import check, report

    with faults_shown(format_errors), warm():
        trusted = _certificates(trust) if trust else b""
        if place.is_dir():
            found = check.verify_folder(place, partial=partial, trusted=trusted)
        else:
            found = check.verify_file(place, trusted=trusted)
        if data is not None:
            report.write(found, data)
        _tell(found, format_errors)
        conclude(list(found.faults), format_errors)


def _certificates(trust: Path) -> bytes:
    options.require("pyhanko", "--trust needs pyHanko", "sign")
    from briefpress.signing import KeyFileError, certificates_in

    data = trust.read_bytes()
    try:
        certificates_in(data)
    except KeyFileError as error:
        hint = "give a file with BEGIN CERTIFICATE in it, from whoever signs"
        fault = Diagnostic(Code.BAD_KEY, Span(str(trust)), str(error), hint)
        raise ContentError([fault]) from None
    return data


def _tell(found: Verification, format_errors: str) -> None:
    for each in found.files:
        if each.state == "whole" and (not each.faults or each.looked_into is False):
            say(escaped(f"{found.folder / each.place}: {_words(each)}"), format_errors)
    missing = sum(each.state == "missing" for each in found.files)
    if missing:
        verb = "is" if missing == 1 else "are"
        say(f"{count(missing, 'other file')} of the lists {verb}n't here", format_errors)
    if found.unlisted:
        say(escaped(f"Not in the lists: {listed(found.unlisted)}"), format_errors)


def _words(each: Verified) -> str:
    if each.looked_into is False:
        return "whole, but what is in it wasn't looked at"
    words = ["whole"]
    if each.source:
        words.append("with the source that it was made from")
    if each.signatures is None:
        words.append("with a signature that only briefpress[sign] can look at")
    for signature in each.signatures or ():
        trust = "" if signature.is_trusted else " (use --trust to see whether that is true)"
        words.append(f"signed by {signature.signer}{trust}")
    return ", ".join(words)
