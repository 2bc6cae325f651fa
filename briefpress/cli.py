"""The command line: arguments, progress, what is printed, exit codes.

What a command needs is imported when it runs, so that `--help` and completion answer at once.

Exit codes are those of `console.EXIT_CODES`: 0, all is well; 1, there were faults or errors, and
they were shown; 2, the command was used in a wrong way; 130 and 143, it was ended by Ctrl-C or
SIGTERM. A traceback means a fault of Briefpress itself; it ends with 1.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from briefpress import __version__, options
from briefpress.build_command import build
from briefpress.console import (
    FAULTS,
    INTERRUPTED,
    TERMINATED,
    conclude,
    count,
    faults_shown,
    say,
)
from briefpress.diagnostics import Code, ContentError, Diagnostic

if TYPE_CHECKING:
    from briefpress.downloads import Download

_report = click.Path(path_type=Path, dir_okay=False)


def run(arguments: list[str]) -> NoReturn:
    """Run the command line, then leave without taking the interpreter apart, which takes 0.15 s."""
    # Layout makes many objects that stay until its end; looking for garbage among them is a tenth
    # of a small build.
    gc.set_threshold(1_000_000, 50, 100)
    # So that jobs are ended and parts removed on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        main(arguments, obj=arguments)
    except SystemExit as leaving:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(leaving.code if isinstance(leaving.code, int) else FAULTS)
    os._exit(0)


class _Interruptible(click.Group):
    """Ends with a code of its own at Ctrl-C."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=_Interruptible,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@click.version_option(__version__, prog_name="briefpress")
def main() -> None:
    """Publish briefings written in YAML as PDF, EPUB and web page.

    Each file is opened again after it is made, and every section and every date of the source is
    looked for in it. What isn't proved isn't published.

    \b
    To begin, make content/my-briefing/en.yaml and run
        briefpress check my-briefing
        briefpress build my-briefing

    \b
    Completion in the shell, for bash (zsh and fish likewise):
        eval "$(_BRIEFPRESS_COMPLETE=bash_source briefpress)"
    """  # noqa: D301 - click takes the backspaces for marks


main.add_command(build)


@main.command()
@options.briefings
@options.content
@options.languages
@options.project
@options.no_project_templates
@options.format_errors
def check(
    briefings: tuple[str, ...],
    content: Path,
    languages: tuple[str, ...],
    project: Callable[[], Path | None],
    format_errors: str,
) -> None:
    """Check the content of briefings, and make nothing.

    All faults are shown in one run, each with its line and the way out.
    """
    from briefpress.content.source import source_of
    from briefpress.tasks import find_tasks, read_edition

    with faults_shown(format_errors):
        tasks = find_tasks(content, Path("output"), briefings, languages, project=project())
        faults: list[Diagnostic] = []
        for task in tasks:
            try:
                source_of(task.content, task.briefing, task.language)
                read_edition(task)
            except ContentError as error:
                faults += error.diagnostics
        conclude(faults, format_errors)
        say(f"{count(len(tasks), 'edition')} checked, no faults", format_errors)


@main.command()
@click.argument(
    "files",
    nargs=-1,
    metavar="[FILE]...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@options.content
@options.output
@click.option("--alone", is_flag=True, help="Prove PDFs against the source that they carry.")
@click.option(
    "--html", "page", type=_report, help="Write a page of every fact and where it was found."
)
@click.option("--json", "data", type=_report, help="Write the same for programs.")
@click.option("--junit", type=_report, help="Write the same as JUnit's XML, for CI.")
@options.project
@options.no_project_templates
@options.format_errors
def proof(  # noqa: PLR0913, PLR0917 - click hands over each option
    files: tuple[Path, ...],
    content: Path,
    output: Path,
    alone: bool,
    page: Path | None,
    data: Path | None,
    junit: Path | None,
    project: Callable[[], Path | None],
    format_errors: str,
) -> None:
    """Prove published files against the content.

    A FILE is named as it was published: BRIEFING.LANGUAGE.pdf, .large-print.pdf, .epub or .html.
    Without FILE, all that lies in the output folder is proved. A PDF of which there is no content
    is proved against the source that it carries, whatever its name.
    """
    from briefpress import report
    from briefpress.downloads import Downloads

    found_there = (p for p in output.glob("*/*.*.*") if p.suffix in {".pdf", ".epub", ".html"})
    chosen = files or tuple(sorted(found_there))
    if not chosen:
        raise click.UsageError(f"there is nothing to prove in {output}")
    with faults_shown(format_errors):
        faults: list[Diagnostic] = []
        downloads = Downloads(content, project())
        held = list(_held(chosen, partial(downloads.prove, alone=alone), faults))
        for download in held:
            if not download.proved.faults:
                against = " against the source that it carries" if download.alone else ""
                say(f"{download.proved.name}: proved{against}", format_errors)
        report.write(report.sheets_of(held), page=page, data=data, junit=junit)
        conclude(faults, format_errors)


def _held(
    files: Iterable[Path], prove: Callable[[Path], Download], faults: list[Diagnostic]
) -> Iterator[Download]:
    """Hold files against their sources; what is wrong is added to `faults`."""
    for file in files:
        try:
            download = prove(file)
        except ContentError as error:
            faults += error.diagnostics
            continue
        faults += download.proved.faults
        yield download


@main.command()
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

    target = folder or Path(file.stem)
    if target.is_dir() and any(target.iterdir()):
        raise click.UsageError(f"{target} isn't empty; name another folder with --to")
    with faults_shown(format_errors):
        for path in downloads.extract(file, target):
            say(str(path), format_errors)
        conclude([], format_errors)


@main.command("list")
@options.content
@options.project
@options.no_project_templates
@options.format_errors
def list_(content: Path, project: Callable[[], Path | None], format_errors: str) -> None:
    """List the briefings: id, language, number, date and title."""
    from briefpress.model import text_of
    from briefpress.pages import writer
    from briefpress.tasks import find_tasks, read_edition

    with faults_shown(format_errors):
        for task in find_tasks(content, Path("output"), project=project()):
            briefing, labels = read_edition(task)
            issued = briefing.issued.date.edtf if briefing.issued else "-"
            title = text_of(briefing.title, writer(labels))
            click.echo(f"{task.name}\t{briefing.number or '-'}\t{issued}\t{title}")


@main.command()
@click.argument(
    "code", required=False, metavar="[CODE]", type=click.Choice([str(code) for code in Code])
)
def explain(code: str | None) -> None:
    """Say what a kind of fault means; without CODE, list them all."""
    for each in Code:
        if code in {None, str(each)}:
            click.echo(f"{each:<20} {each.description}")
