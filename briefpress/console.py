"""What the command line prints: faults, and a line for each thing that was done.

And with what code it ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from briefpress.diagnostics import (
    ContentError,
    Diagnostic,
    as_github,
    as_gitlab,
    as_json,
    as_text,
    escaped,
    first_of,
    line_shown,
)

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
# What is one document on stdout, however many faults there are.
_WHOLE = {"json": as_json, "gitlab": as_gitlab}


@contextmanager
def faults_shown(format_errors: str) -> Iterator[None]:
    """Show whatever faults the content has, once, and end with the exit code for them."""
    try:
        yield
    except ContentError as error:
        show(error.diagnostics, format_errors)
        sys.exit(FAULTS)
    except OSError as error:
        if not is_told(error):
            raise
        sys.exit(FAULTS)


def is_told(error: Exception) -> bool:
    """Tell of an error of the machine; not of a closed pipe, or a template that isn't there."""
    if not isinstance(error, OSError) or error.filename is None:
        return False
    click.echo(escaped(f"Error: {error.filename}: {error.strerror}"), err=True)
    return True


def conclude(faults: list[Diagnostic], format_errors: str) -> None:
    """Raise the faults that were found. Programs are told also that there are none."""
    if faults:
        raise ContentError(faults)
    if format_errors in _WHOLE:
        click.echo(_WHOLE[format_errors](()))


def say(line: str, format_errors: str) -> None:
    """Say what was done; on stderr where the output is JSON."""
    click.echo(line, err=format_errors in _WHOLE)


def show(diagnostics: Sequence[Diagnostic], format_errors: str) -> None:
    """Show faults, the first hundred of them."""
    faults = first_of(diagnostics)
    if format_errors in _WHOLE:
        click.echo(_WHOLE[format_errors](faults))
        return
    for fault in faults:
        if format_errors == "github":
            click.echo(as_github(fault))
        else:
            click.echo(_coloured(as_text(fault, line_shown(fault, _HERE))), err=True)
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


def count(number: int, what: str) -> str:
    """A number of things in English: "1 page", "2 pages"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def up_to_date(editions: int) -> str:
    """What is said of so many editions that are up to date."""
    return f"{count(editions, 'edition')} {'is' if editions == 1 else 'are'} up to date"
