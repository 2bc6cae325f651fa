"""A run of the press: editions that aren't up to date are built, put in place, and listed.

Each edition (a briefing in one language) stands alone: it is published whole or not at all, and
another one's faults don't hold it back. In the end what the content doesn't have any more is taken
out, and the lists of all editions are written.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from briefpress.catalogue import Catalogue, lists_of, prepare
from briefpress.catalogue.index import TEMPLATE
from briefpress.content.check import SERIES, identifier_of, read_series
from briefpress.content.labels import Labels, read_labels
from briefpress.content.schema import SeriesFile
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.entries import Entry, without_key
from briefpress.executors import Crew, cluster, cores, in_line, pool, run_all, scratch
from briefpress.formats import PUBLISHED
from briefpress.jobs import Allowance, JobError, PassedLimitError, warm
from briefpress.look import Templates
from briefpress.manifest import INDEX, Frame
from briefpress.press import Outcome, perform, perform_elsewhere
from briefpress.publishing import Removal, listed_in, mend, publish, publish_lists, withdraw
from briefpress.survey import Survey
from briefpress.tasks import Task

# These hold for the whole disk: what comes next would fail as well.
_NO_USE_GOING_ON = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}

# How often the lists are made if others publish meanwhile.
_TIMES = 3

# The lists are written anew for what is published; that may take this part of the time.
_PART_FOR_LISTS = 0.05


@dataclass(frozen=True, slots=True)
class Order:
    """How a run goes.

    `jobs` is how many run at once on this machine (None: one for each processor), `cluster` the
    address of a Dask scheduler that is to have them done instead; `allowance` is what each may
    take. `fail_fast`: a failure ends it. `anew`: what is up to date is built as well. `everything`:
    it builds all that the content has, so that what else is published is gone.
    """

    jobs: int | None = None
    cluster: str | None = None
    allowance: Allowance = Allowance()  # noqa: RUF009 - it is frozen
    fail_fast: bool = False
    anew: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is going to do: by edition, why it is built; no reasons where it is up to date."""

    reasons: dict[str, tuple[str, ...]]

    @property
    def stale(self) -> int:
        """How many editions are to be built."""
        return sum(map(bool, self.reasons.values()))


@dataclass(frozen=True, slots=True)
class Left:
    """What a run has left: the status of all that is published, if it is as it should be."""

    statuses: dict[str, str] | None


Happening = Plan | Outcome | Removal | Left


def run(tasks: list[Task], order: Order) -> Generator[Happening]:
    """Build and publish editions of one content folder; yield what happens as it happens.

    What can't be written is an outcome's error; it ends the run where the whole disk has it. Raises
    `OSError` where that comes before the first edition or after the last, and `ContentError` for
    faults of the lists.
    """
    output = tasks[0].output
    yield from mend(output)
    for name in dict.fromkeys(("pdf", *tasks[0].formats)):  # before jobs are forked
        import_module(PUBLISHED[name].publisher.partition(":")[0])
    survey = Survey(tasks, anew=order.anew)
    yield Plan(survey.reasons)
    _prepare(tasks[0])
    last = None
    with scratch(), warm():
        with closing(_outcomes(survey, order)) as happening:
            for last in happening:
                yield last
                if isinstance(last, Outcome) and _ends_the_run(last, order):
                    break
            else:
                if output.is_dir():
                    gone = _gone_from(tasks[0]) if order.everything else _is_never_gone
                    yield from withdraw(output, gone)
        if output.is_dir() and not (isinstance(last, Outcome) and _is_of_the_disk(last.error)):
            write_lists(output, _frame(tasks[0]), tasks[0].templates, order.allowance)
    yield Left(survey.remember())


def _outcomes(survey: Survey, order: Order) -> Generator[Outcome | Removal]:
    """What came of all that isn't up to date. What still runs when this is closed is ended."""
    faulty = dict(survey.faults)
    yield from (Outcome(task, faults=faults) for task, faults in faulty.items())
    if survey.stale:
        with _crew(order, len(survey.stale)) as crew:
            yield from _built(survey, order, crew)
    for task in survey.faults.keys() - faulty.keys():
        yield Outcome(task, faults=survey.faults[task])


def _prepare(task: Task) -> None:
    """Load what jobs and the index need beside the formats, before processes are forked."""
    with suppress(ContentError):  # which comes up again where it belongs
        prepare(_labels(_series_of(task), task.templates), task.templates)


def _built(survey: Survey, order: Order, crew: Crew) -> Generator[Outcome | Removal]:
    """Build what isn't up to date.

    Each is published as it comes; those that come while lists would be written too often wait for
    the next.
    """
    due = 0.0
    waiting: list[Outcome] = []
    function = perform if order.cluster is None else perform_elsewhere
    for ended in run_all(function, survey.jobs(), order.allowance, crew):
        waiting.append(ended.answer or failed(ended.asked.task, ended.error))
        start = time.monotonic()
        if start >= due or _ends_the_run(waiting[-1], order):
            yield from _put_in_place(waiting, survey)
            waiting = []
            due = time.monotonic() + (time.monotonic() - start) / _PART_FOR_LISTS
    yield from _put_in_place(waiting, survey)


def _crew(order: Order, stale: int) -> AbstractContextManager[Crew]:
    """Who builds so many editions."""
    if order.cluster is not None:
        return cluster(order.cluster)
    processes = min(order.jobs or cores(), stale)
    return pool(processes) if processes > 1 else in_line()


def failed(task: Task, error: Exception | None) -> Outcome:
    """The outcome of a job that gave none: what was raised instead."""
    if not isinstance(error, JobError):
        return Outcome(task, error=error)
    hint = "raise --time-limit or --memory-limit, or make the briefing smaller"
    if not isinstance(error, PassedLimitError):
        hint = "raise --memory-limit in case memory ran out; a library may also have a fault"
    span = Span(f"{task.content / task.briefing / task.language}.yaml")
    fault = Diagnostic(Code.JOB_LIMIT, span, f"the build of {task.name} {error}", hint)
    return Outcome(task, faults=(fault,))


def _put_in_place(outcomes: list[Outcome], survey: Survey) -> Iterator[Outcome | Removal]:
    """Publish what was made, if it was; what hinders that becomes the outcome's error."""
    made = [outcome for outcome in outcomes if outcome.entry is not None]
    removals: list[Removal] = []
    try:
        if made:
            removals = _publish(made, survey)
    except OSError as error:
        if len(outcomes) > 1:  # one of those that were made is hindered
            for outcome in outcomes:
                yield from _put_in_place([outcome], survey)
            return
        outcomes = [replace(made[0], entry=None, proved=(), pictures=(), error=error)]
    yield from outcomes
    yield from removals


def _publish(made: list[Outcome], survey: Survey) -> list[Removal]:
    output = made[0].task.output
    proved = [each for outcome in made for each in outcome.proved]
    data = {each.path.relative_to(output).as_posix(): each.artefact.data for each in proved}
    for outcome in made:
        for each in outcome.pictures:
            data[outcome.task.target(each.format).relative_to(output).as_posix()] = each.data
    entries = [outcome.entry for outcome in made if outcome.entry]
    if not survey.still_holds():
        entries = [without_key(entry) for entry in entries]
    return publish(output, entries, data)


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


def write_lists(output: Path, frame: Frame, templates: Templates, allowance: Allowance) -> None:
    """Write the lists of all that is published by now, in the first language of the series.

    They are made while others may publish. Who changes the manifest writes the lists afterwards, so
    that somebody does in the end, if it always changes here. Raises `ContentError` and `OSError`.
    """
    for _ in range(_TIMES):
        entries = listed_in(output)
        if not entries and not (output / INDEX).exists():
            return
        labels = _labels(frame.series, templates)
        catalogue = Catalogue(entries, frame.series, labels, templates)
        if publish_lists(output, entries, frame, _made(catalogue, output / INDEX, allowance)):
            return


def _made(catalogue: Catalogue, index: Path, allowance: Allowance) -> dict[str, bytes]:
    """The lists, made in a job, since a project's template may take any time.

    Raises `ContentError`, also where the job was ended.
    """
    with in_line() as crew:
        (ended,) = run_all(_lists_or_faults, [catalogue], allowance, crew)
    if isinstance(ended.error, JobError):
        span = Span(str(index))
        hint = (
            f"mend {TEMPLATE} in the project's templates, or raise --time-limit or --memory-limit"
        )
        raise ContentError([Diagnostic(Code.JOB_LIMIT, span, f"the index {ended.error}", hint)])
    if ended.error is not None:
        raise ended.error
    lists, faults = ended.answer or ({}, ())
    if faults:
        raise ContentError(faults)
    return lists


def _lists_or_faults(catalogue: Catalogue) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """What is done in the job. A `ContentError` can't be pickled."""
    try:
        return lists_of(catalogue), ()
    except ContentError as error:
        return {}, error.diagnostics


def _series_of(task: Task) -> SeriesFile:
    return read_series(task.content, f"{task.content}/{SERIES}")


def _frame(task: Task) -> Frame:
    series = _series_of(task).model_copy(update={"theme": task.look.theme})
    return Frame(series, own_templates=task.project is not None)


def _labels(series: SeriesFile, templates: Templates) -> Labels:
    """The labels of the first language of a series."""
    return read_labels(templates, series.languages[0])
