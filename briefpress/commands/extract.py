"""The command that takes the source out of a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from briefpress import options
from briefpress.console import conclude, faults_shown, say


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put the files. [default: a folder named as the PDF]",
)
@options.format_errors
def extract(file: Path, folder: Path | None, format_errors: str) -> None:
    """Take the source out of a PDF: its YAML, its pictures, and the model as JSON.

    They make a content folder, from which `briefpress build --content` builds the briefing anew.
    """
    from briefpress import downloads
    from briefpress.jobs import warm

    target = folder or Path(file.stem)
    if target.is_dir() and any(target.iterdir()):
        raise click.UsageError(f"{target} isn't empty; name another folder with --to")
    with faults_shown(format_errors), warm():
        for path in downloads.extract(file, target):
            say(str(path), format_errors)
        conclude([], format_errors)
