"""What the command line prints: faults, progress, and a line for each thing that was done.

And with what code it ends.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
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
    from briefpress.press import Outcome, Proved
    from briefpress.publishing import Removal

FAULTS, INTERRUPTED, TERMINATED = 1, 130, 143

EXIT_CODES = {
    0: "All is well.",
    FAULTS: (
        "The content, or what was made of it, has faults, or a file can't be read or written. "
        "Each was shown. `build` has published what has none, unless `--fail-fast` ended it."
    ),
    2: "The command was used in a wrong way.",
    INTERRUPTED: "It was ended by Ctrl-C. What is published is whole.",
    TERMINATED: "It was ended by SIGTERM. What is published is whole.",
}
"""Every exit code that the commands have, and what it says."""

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
        if not _is_told(error):
            raise
        sys.exit(FAULTS)


def _is_told(error: Exception) -> bool:
    """Tell of an error of the machine; not of a closed pipe, or a template that isn't there."""
    if not isinstance(error, OSError) or error.filename is None:
        return False
    click.echo(escaped(f"Error: {error.filename}: {error.strerror}"), err=True)
    return True


def report(happening: Generator[Outcome | Removal], total: int, format_errors: str) -> None:
    """Say what happens in a run of the press with so many editions; then raise what went wrong.

    What is neither a fault of content nor an error of the machine is ours, and is raised as it is.
    """
    from briefpress.publishing import Removal

    faults: list[Diagnostic] = []
    errors: list[Exception] = []
    try:
        with closing(happening):  # so that jobs are ended whatever ends this
            for each in _with_progress(happening, total):
                if isinstance(each, Removal):
                    _say_removal(each, format_errors)
                    continue
                for proved in each.proved:
                    say(_closing_line(proved), format_errors)
                faults += each.faults
                errors += [each.error] if each.error else []
    except ContentError as error:
        faults += error.diagnostics
    except OSError as error:
        errors.append(error)
    ours = [error for error in errors if not _is_told(error)]
    if ours:
        _show(faults, format_errors)
        raise ours[0]
    conclude(faults, format_errors)
    if errors:
        sys.exit(FAULTS)


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


def _with_progress(
    happening: Iterable[Outcome | Removal], total: int
) -> Iterator[Outcome | Removal]:
    """Draw a line of progress while a build runs, on a terminal only.

    It is drawn when an edition is done, not by a thread: jobs are forked from this process.
    """
    if not sys.stderr.isatty() or total < 2:
        yield from happening
        return
    from rich.console import Console
    from rich.progress import Progress

    from briefpress.publishing import Removal

    bar = Progress(
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )
    with bar:
        building = bar.add_task("Building", total=total)
        bar.refresh()
        for each in happening:
            yield each
            if not isinstance(each, Removal):
                bar.advance(building)
                bar.refresh()


def _closing_line(proved: Proved) -> str:
    """One line for a file: where it is, its size, its pages, and how long it took."""
    artefact = proved.artefact
    facts = [f"{len(artefact.data) / 1000:,.0f} kB"]
    if artefact.pages is not None:
        facts.append(count(artefact.pages, "page"))
    facts.append(f"{proved.seconds:.2f} s")
    return f"{proved.path}  {', '.join(facts)}, proved"


def _say_removal(removal: Removal, format_errors: str) -> None:
    if removal.left:
        why = "isn't published any more, but was changed by somebody, and is left"
        click.echo(f"{removal.path} {why}", err=True)
    else:
        say(f"{removal.path}  removed", format_errors)


def count(number: int, what: str) -> str:
    """A number of things in English: "1 page", "2 pages"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
