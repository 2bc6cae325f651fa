"""The command that writes the schemas of the content, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from briefpress.console import faults_shown, say


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="schemas",
    show_default=True,
    help="Where to put them.",
)
def schema(folder: Path) -> None:
    """Write JSON Schemas of the content's files, by which editors complete and explain them.

    A file names its own in the first line, by a path from its own folder on, such as
    `# yaml-language-server: $schema=../../schemas/words.schema.json`. They are those of this
    version of Briefpress: write them anew after installing another.
    """
    from briefpress.atomic import put_in_place
    from briefpress.schemas import schemas

    written = {folder / name: text.encode() for name, text in schemas().items()}
    with faults_shown("text"):
        put_in_place(written)
    for path in written:
        say(str(path), "text")
