"""A run of the press: editions are built, put in place one by one, and listed.

Each edition (a briefing in one language) stands alone: it is published whole or not at all, as soon
as it is proved, and another one's faults don't hold it back. In the end what the content doesn't
have any more is taken out, and the index is written.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from dataclasses import dataclass, replace

from briefpress.catalogue import TEMPLATE, Catalogue, index_of, listed_in, prepare, write_index
from briefpress.content.check import SERIES, identifier_of, read_series
from briefpress.content.labels import Labels, read_labels
from briefpress.content.schema import SeriesFile
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.jobs import Allowance, JobError, run_all
from briefpress.manifest import Entry
from briefpress.press import Outcome, Task, build
from briefpress.publishing import INDEX, Removal, mend, publish, withdraw

# These hold for the whole disk: what comes next would fail as well.
_NO_USE_GOING_ON = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}

# How often the index is made if others publish meanwhile.
_TIMES = 3


@dataclass(frozen=True, slots=True)
class Order:
    """How a run goes: how many jobs at once, what each may take, whether a failure ends it.

    `everything`: it builds all that the content has, so that what else is published is gone.
    """

    jobs: int = 1
    allowance: Allowance = Allowance()  # noqa: RUF009 - it is frozen
    fail_fast: bool = False
    everything: bool = False


def run(tasks: list[Task], order: Order) -> Generator[Outcome | Removal]:
    """Build and publish editions of one content folder; yield what happens as it happens.

    What can't be written is an outcome's error; it ends the run where the whole disk has it. Raises
    `OSError` where that comes before the first edition or after the last, and `ContentError` for
    faults of the index.
    """
    output = tasks[0].output
    yield from mend(output)
    with suppress(ContentError):  # which comes up again where it belongs
        # Before jobs are forked, since they need labels, templates and locale as well.
        _, labels = _series_in_words(tasks[0])
        prepare(labels, tasks[0].templates)
    with closing(build(tasks, order.jobs, order.allowance)) as outcomes:
        for made in outcomes:
            outcome, removals = _put_in_place(made)
            yield outcome
            yield from removals
            if _ends_the_run(outcome, order):
                break
        else:
            if output.is_dir():
                gone = _gone_from(tasks[0]) if order.everything else _is_never_gone
                yield from withdraw(output, gone)
    if output.is_dir() and not _is_of_the_disk(outcome.error):
        _index(tasks[0], order.allowance)


def _put_in_place(outcome: Outcome) -> tuple[Outcome, list[Removal]]:
    """Publish what was made, if it was; what hinders that becomes the outcome's error."""
    if outcome.entry is None:
        return outcome, []
    output = outcome.task.output
    data = {each.path.relative_to(output).as_posix(): each.artefact.data for each in outcome.proved}
    try:
        return outcome, publish(output, outcome.entry, data)
    except OSError as error:
        return replace(outcome, entry=None, proved=(), error=error), []


def _ends_the_run(outcome: Outcome, order: Order) -> bool:
    failed = outcome.entry is None
    return (failed and order.fail_fast) or _is_of_the_disk(outcome.error)


def _is_of_the_disk(error: Exception | None) -> bool:
    return isinstance(error, OSError) and error.errno in _NO_USE_GOING_ON


def _gone_from(task: Task) -> Callable[[Entry], bool]:
    """Tells whether an edition is of this series, and its content isn't there by now.

    By now: another build may have published what came after this one had looked.
    """
    series = _series_of(task)
    identifier = identifier_of(series)

    def is_gone(entry: Entry) -> bool:
        words = task.content / entry["id"] / f"{entry['language']}.yaml"
        there = entry["language"] in series.languages and words.is_file()
        return entry["series"] == identifier and not there

    return is_gone


def _is_never_gone(_: Entry) -> bool:
    return False


def _index(task: Task, allowance: Allowance) -> None:
    """Write the index, in the first language of the series.

    It is made while others may publish. Who changes the manifest writes the index afterwards, so
    that somebody does in the end, if it always changes here.
    """
    for _ in range(_TIMES):
        entries = listed_in(task.output)
        if not entries and not (task.output / INDEX).exists():
            return
        page = _made(Catalogue(entries, *_series_in_words(task), task.templates), task, allowance)
        if write_index(task.output, page, entries):
            return


def _made(catalogue: Catalogue, task: Task, allowance: Allowance) -> bytes:
    """The index page, made in a job. Raises `ContentError`, also where the job was ended."""
    with closing(run_all(_page_or_faults, [catalogue], allowance)) as jobs:
        ended = next(jobs)
    if isinstance(ended.error, JobError):
        span = Span(str(task.output / INDEX))
        hint = (
            f"mend {TEMPLATE} in the project's templates, or raise --time-limit or --memory-limit"
        )
        raise ContentError([Diagnostic(Code.JOB_LIMIT, span, f"the index {ended.error}", hint)])
    if ended.error is not None:
        raise ended.error
    page, faults = ended.answer or (b"", ())
    if faults:
        raise ContentError(faults)
    return page


def _page_or_faults(catalogue: Catalogue) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """What is done in the job. A `ContentError` can't be pickled."""
    try:
        return index_of(catalogue), ()
    except ContentError as error:
        return b"", error.diagnostics


def _series_of(task: Task) -> SeriesFile:
    return read_series(task.content, f"{task.content}/{SERIES}")


def _series_in_words(task: Task) -> tuple[SeriesFile, Labels]:
    """The series, and the labels of its first language."""
    series = _series_of(task)
    return series, read_labels(task.templates, series.languages[0])
