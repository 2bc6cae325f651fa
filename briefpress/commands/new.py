"""The command that begins a project, or another briefing."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from briefpress import options
from briefpress.console import faults_shown


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--briefing", metavar="NAME", help="Add a briefing of this name to the project that is here."
)
@options.content
@options.languages
def new(
    folder: Path | None, briefing: str | None, content: Path, languages: tuple[str, ...]
) -> None:
    """Begin a project in FOLDER, or add a briefing to the one that is here.

    A project has a briefing to look at, which builds at once; settings for editors, for CI and for
    a check before each commit; and the schemas of its files. Nothing is ever overwritten.
    """
    if (folder is None) == (briefing is None):
        raise click.UsageError("give the FOLDER of a new project, or --briefing and a name")
    if briefing is not None:
        _add(briefing, content, languages)
    elif folder is not None:
        _begin(folder)


def _begin(folder: Path) -> None:
    from briefpress.projects import begin_project

    if folder.is_dir() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} isn't empty; name another folder")
    if folder.absolute() == Path.cwd():
        raise click.UsageError("you are in this folder; go up, and name it from there")
    with faults_shown("text"):
        begin_project(folder)
    click.echo(f"{folder} is a project with one briefing. Next:\n")
    click.echo(f"    cd {shlex.quote(str(folder))}\n    briefpress build")


def _add(name: str, content: Path, languages: tuple[str, ...]) -> None:
    from briefpress.content.check import SERIES, read_series
    from briefpress.content.files import is_named
    from briefpress.content.ids import ID, ID_HINT
    from briefpress.content.schema import LANGUAGE_TAG
    from briefpress.projects import add_briefing

    if not ID.fullmatch(name):
        raise click.UsageError(f"{name!r} can't be the name of a briefing; {ID_HINT}")
    if not content.is_dir():
        raise click.UsageError(
            f"there is no folder {content} here; begin a project with `briefpress new FOLDER`, "
            "or name the folder of the briefings with --content"
        )
    if is_named(content / name):
        raise click.UsageError(
            f"there is a {content / name} already; choose another name, or copy a file of words "
            "in it for another language"
        )
    if wrong := [tag for tag in languages if not LANGUAGE_TAG.fullmatch(tag)]:
        raise click.UsageError(f"{wrong[0]!r} isn't a language's tag, such as en, ja or kk")
    with faults_shown("text"):
        built = read_series(content, f"{content}/{SERIES}").languages
        for path in add_briefing(content / name, languages or built):
            click.echo(path)
    if others := [tag for tag in languages if tag not in built]:
        click.echo(f"\nAdd to `languages` in {content / SERIES}: {', '.join(others)}")
    elsewhere = "" if str(content) == "content" else f" --content {shlex.quote(str(content))}"
    click.echo(f"\nNext:\n\n    briefpress check {name}{elsewhere}")
