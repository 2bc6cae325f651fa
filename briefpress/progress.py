"""What is said while editions are built: progress on a terminal, a line for each file, faults."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from briefpress.console import FAULTS, conclude, count, is_told, say, show, up_to_date
from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.press import Outcome, Proved
from briefpress.press_run import Happening, Left, Plan
from briefpress.publishing import Removal

if TYPE_CHECKING:
    from rich.progress import Progress


def report(
    happening: Generator[Happening], format_errors: str, *, explain: bool
) -> dict[str, str] | None:
    """Say what happens in a run of the press; then raise what went wrong.

    What is neither a fault of content nor an error of the machine is ours, and is raised as it is.
    With `explain`, it's said of each edition why it is built, or isn't. Returns the status of all
    that is published, if it is as it should be.
    """
    statuses = None
    faults: list[Diagnostic] = []
    errors: list[Exception] = []
    try:
        with closing(happening):  # so that jobs are ended whatever ends this
            for each in _with_progress(happening):
                if isinstance(each, Left):
                    statuses = each.statuses
                else:
                    _say(each, format_errors, explain=explain)
                if isinstance(each, Outcome):
                    faults += each.faults
                    errors += [each.error] if each.error else []
    except ContentError as error:
        faults += error.diagnostics
    except OSError as error:
        errors.append(error)
    ours = [error for error in errors if not is_told(error)]
    if ours:
        if faults:
            show(faults, format_errors)
        raise ours[0]
    conclude(faults, format_errors)
    if errors:
        sys.exit(FAULTS)
    return statuses


def _say(what: Plan | Outcome | Removal, format_errors: str, *, explain: bool) -> None:
    match what:
        case Plan():
            _say_plan(what, format_errors, explain=explain)
        case Removal():
            _say_removal(what, format_errors)
        case Outcome():
            for proved in what.proved:
                say(_closing_line(proved), format_errors)


def _say_plan(plan: Plan, format_errors: str, *, explain: bool) -> None:
    """Say what is up to date, and perhaps why the rest isn't."""
    editions, stale = len(plan.reasons), plan.stale
    if explain:
        for name, reasons in plan.reasons.items():
            say(f"{name}: {'; '.join(reasons) or 'up to date'}", format_errors)
    elif stale < editions:
        say(up_to_date(editions - stale), format_errors)


def _with_progress(
    happening: Iterable[Happening],
) -> Iterator[Happening]:
    """Draw a line of progress while several editions are built, on a terminal only.

    It is drawn when an edition is done, not by a thread: jobs are forked from this process.
    """
    if not sys.stderr.isatty():
        yield from happening
        return
    bar = _bar()
    try:
        for each in happening:
            yield each
            if isinstance(each, Plan) and each.stale > 1:
                bar.start()
                bar.add_task("Building", total=each.stale, rate="")
                bar.refresh()
            if isinstance(each, Outcome) and bar.tasks:
                _advance(bar)
    finally:
        bar.stop()  # which shows the cursor again


def _bar() -> Progress:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )


def _advance(bar: Progress) -> None:
    task = bar.tasks[0]
    rate = (task.completed + 1) / max(task.elapsed or 0, 0.001)
    bar.update(task.id, advance=1, rate=f"{rate:.1f}/s")
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
