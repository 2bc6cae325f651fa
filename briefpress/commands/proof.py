"""The command that proves published files, here or from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress import options
from briefpress.console import conclude, faults_shown, say
from briefpress.diagnostics import ContentError, Diagnostic

if TYPE_CHECKING:
    from briefpress.downloads import Download, Edition

_report = click.Path(path_type=Path, dir_okay=False)


@click.command()
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
@click.option("--markdown", "summary", type=_report, help="Write it in short, as a table.")
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
    summary: Path | None,
    project: Callable[[], Path | None],
    format_errors: str,
) -> None:
    """Prove published files against the content.

    A FILE is named as it was published: BRIEFING.LANGUAGE.pdf, .large-print.pdf, .epub or .html.
    Without FILE, all that lies in the output folder is proved. A PDF of which there is no content
    is proved against the source that it carries, whatever its name.
    """
    from briefpress import report
    from briefpress.downloads import editions_of, prove_bounded
    from briefpress.jobs import warm

    found_there = (p for p in output.glob("*/*.*.*") if p.suffix in {".pdf", ".epub", ".html"})
    chosen = files or tuple(sorted(found_there))
    if not chosen:
        raise click.UsageError(f"there is nothing to prove in {output}")
    with faults_shown(format_errors), warm():
        faults: list[Diagnostic] = []
        editions = editions_of(chosen, content, project(), alone=alone)
        held = list(_held(editions, prove_bounded, faults))
        for download in held:
            if not download.proved.faults:
                against = " against the source that it carries" if download.alone else ""
                say(f"{download.proved.name}: proved{against}", format_errors)
        report.write(report.sheets_of(held), page=page, data=data, junit=junit, summary=summary)
        conclude(faults, format_errors)


def _held(
    editions: Iterable[Edition],
    prove: Callable[[Edition], tuple[list[Download], list[Diagnostic]]],
    faults: list[Diagnostic],
) -> Iterator[Download]:
    """Hold files against their sources; what is wrong is added to `faults`."""
    for edition in editions:
        try:
            downloads, found = prove(edition)
        except ContentError as error:  # what reads them was ended
            faults += error.diagnostics
            continue
        faults += found
        yield from downloads
