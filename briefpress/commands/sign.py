"""The command that signs published PDFs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress import options
from briefpress.console import conclude, faults_shown, say
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, escaped

if TYPE_CHECKING:
    from briefpress.signing import Signer

_PASSPHRASE = "BRIEFPRESS_PASSPHRASE"
_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@options.briefings
@click.option(
    "--key", required=True, type=_file, help="A key with its certificates, as PKCS#12 (.p12, .pfx)."
)
@click.option(
    "--passphrase-file",
    type=_file,
    help=f"A file with the passphrase of the key. [default: what {_PASSPHRASE} holds]",
)
@options.output
@options.project
@options.no_project_templates
@options.format_errors
def sign(  # noqa: PLR0913, PLR0917 - click hands over each option
    briefings: tuple[str, ...],
    key: Path,
    passphrase_file: Path | None,
    output: Path,
    project: Callable[[], Path | None],
    format_errors: str,
) -> None:
    """Sign published PDFs with a key, after they are built.

    The signature is PAdES, baseline B-B; PDF/A and PDF/UA hold as before, and manifest.json and
    SHA256SUMS list the signed files. What is signed is left, and a build leaves it as long as it is
    up to date. The index and the feeds say how large files are, and are written anew; the content
    needn't be there for it, but a project's own templates do.
    """
    options.require("pyhanko", "sign needs pyHanko", "sign")
    with faults_shown(format_errors):
        signer = _signer(key, passphrase_file)
        conclude(_sign(output, briefings, signer, project(), format_errors), format_errors)


def _sign(
    output: Path,
    briefings: tuple[str, ...],
    signer: Signer,
    project: Path | None,
    format_errors: str,
) -> list[Diagnostic]:
    """Sign, and say what was signed; return what is wrong."""
    from briefpress.signed import sign_published

    faults: list[Diagnostic] = []
    for each in sign_published(output, briefings, signer, project):
        if isinstance(each, Diagnostic):
            faults.append(each)
        else:
            state = "is signed" if each.before else "signed"
            say(escaped(f"{each.path}: {state} by {each.signer}"), format_errors)
    return faults


def _signer(key: Path, passphrase_file: Path | None) -> Signer:
    from briefpress.signing import KeyFileError, Signer

    given = os.environ.get(_PASSPHRASE)
    passphrase = given.encode() if given is not None else None
    if passphrase_file is not None:
        passphrase = passphrase_file.read_bytes().rstrip(b"\r\n")
    try:
        return Signer(key.read_bytes(), passphrase)
    except KeyFileError as error:
        hint = "give the file of a key that is for signatures now, and its passphrase"
        fault = Diagnostic(Code.BAD_KEY, Span(str(key)), str(error), hint)
        raise ContentError([fault]) from None
