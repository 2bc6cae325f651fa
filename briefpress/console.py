"""What the command line prints: faults, progress, and a line for each thing that was done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpress.diagnostics import (
    Code,
    ContentError,
    Diagnostic,
    as_github,
    as_json,
    as_text,
    escaped,
    first_of,
    source_line,
)

if TYPE_CHECKING:
    from briefpress import press
    from briefpress.catalogue import Published

FAULTS = 1
"""The exit code for faults in content, or in what was made of it."""

_HERE = Path()


@contextmanager
def faults_shown(format_errors: str) -> Iterator[None]:
    """Show whatever faults the content has, once, and end with the exit code for them."""
    try:
        yield
    except ContentError as error:
        _show(error.diagnostics, format_errors)
        sys.exit(FAULTS)
    except OSError as error:
        if error.filename is None:  # a closed pipe, or a template that isn't there
            raise
        raise click.ClickException(escaped(f"{error.filename}: {error.strerror}")) from None


def conclude(faults: list[Diagnostic], format_errors: str) -> None:
    """Raise the faults that were found. Programs are told also that there are none."""
    if faults:
        raise ContentError(faults)
    if format_errors == "json":
        click.echo(as_json(()))


def say(line: str, format_errors: str) -> None:
    """Say what was done; on stderr where the output is JSON."""
    click.echo(line, err=format_errors == "json")


def _show(diagnostics: Sequence[Diagnostic], format_errors: str) -> None:
    faults = first_of(diagnostics)
    if format_errors == "json":
        click.echo(as_json(faults))
        return
    for fault in faults:
        if format_errors == "github":
            click.echo(as_github(fault))
        else:
            refused = fault.code in {Code.OUTSIDE_FOLDER, Code.MISSING_FILE}
            written = fault.span.file.endswith((".yaml", ".j2", ".css")) and not refused
            source = source_line(fault.span, _HERE) if written else None
            click.echo(_coloured(as_text(fault, source)), err=True)
            click.echo(err=True)
    if format_errors == "text":
        click.echo(count(len(diagnostics), "fault"), err=True)


def _coloured(text: str) -> str:
    """Colour for a terminal; click takes it out where there is none."""
    first, *rest = text.split("\n")
    place, error, message = first.partition(" error[")
    if error:
        first = f"{click.style(place, bold=True)}{click.style(error, fg='red')}{message}"
    lines = [
        click.style(line, fg="red") if line.lstrip(" |").startswith("^") else line for line in rest
    ]
    return "\n".join([first, *lines])


def with_progress(outcomes: Iterable[press.Outcome], total: int) -> Iterator[press.Outcome]:
    """Draw a line of progress while a build runs, on a terminal only."""
    if not sys.stderr.isatty() or total < 2:
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(outcomes, "Building", total=total, console=console, transient=True)


def closing_line(published: Published) -> str:
    """One line for a file: where it is, its size, its pages, and how long it took."""
    artefact = published.artefact
    facts = [f"{len(artefact.data) / 1000:,.0f} kB"]
    if artefact.pages is not None:
        facts.append(count(artefact.pages, "page"))
    facts.append(f"{published.seconds:.2f} s")
    return f"{published.path}  {', '.join(facts)}, proved"


def count(number: int, what: str) -> str:
    """A number of things in English: "1 page", "2 pages"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
