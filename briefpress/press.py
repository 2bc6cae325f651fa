"""The press: read, check, render, prove.

Each edition (a briefing in one language) is a job of its own, and a job is a value: the source, the
project's templates and the options, from which come finished, proved files, or faults. It can be
done anywhere, and writes nothing; `press_run` puts in place what was made.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory

from briefpress import model
from briefpress.catalogue.entry import entry_of
from briefpress.content.source import source_of
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.drawing import drawings_of
from briefpress.entries import Entry, MadeWith
from briefpress.formats import FORMATS, PUBLISHED, Artefact, Edition
from briefpress.jobs import JobError
from briefpress.keys import Inputs, Surroundings, key_of, sha256_of
from briefpress.limits import PROJECT_BYTES, PROJECT_FILES, Limit
from briefpress.look import Templates
from briefpress.proof.examine import prove
from briefpress.proof.expect import expect
from briefpress.proof.expected import Expected
from briefpress.sandbox import markup_of_project
from briefpress.tasks import Task, read_edition
from briefpress.tree import TooLargeError, Tree, names_in, tree_of


@dataclass(frozen=True, slots=True)
class Proved:
    """A file that was made, where it belongs, and how long it took, the proof included."""

    artefact: Artefact
    path: Path
    seconds: float
    proof_seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended: with files and what the catalogue says of them, with faults, or an error.

    `pictures` are what there is nothing to prove of. An error is whatever isn't about content: an
    `OSError` of the machine, or a fault of the press.
    """

    task: Task
    faults: tuple[Diagnostic, ...] = ()
    entry: Entry | None = None
    proved: tuple[Proved, ...] = ()
    pictures: tuple[Artefact, ...] = ()
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """All that an edition is made from. The paths of its task are names; nothing is read there.

    `project` are the templates that the project brings; `epoch` is SOURCE_DATE_EPOCH, or empty;
    `inputs` are the digests of all groups of inputs, by which a worker knows whether it is the same
    press, and `key` is the digest of those; `made_with` says in words what that press is.
    """

    task: Task
    source: Tree
    project: Tree | None
    epoch: str
    inputs: Mapping[str, str]
    key: str
    made_with: MadeWith


def project_of(task: Task) -> Tree | None:
    """The templates that the project brings, as a value. Raises `ContentError`."""
    if task.project is None:
        return None
    folder = task.project.resolve()
    names = list(names_in(folder, PROJECT_FILES.most + 1))
    if len(names) > PROJECT_FILES.most:
        raise _too_large(task.project, PROJECT_FILES)
    try:
        return tree_of(folder, names, folder, PROJECT_BYTES.most, PROJECT_BYTES.most)
    except TooLargeError:
        raise _too_large(task.project, PROJECT_BYTES) from None


def _too_large(project: Path, limit: Limit) -> ContentError:
    hint = "put what isn't a template, stylesheet, label or font elsewhere"
    message = f"the folder of templates has more than {limit}"
    return ContentError([Diagnostic(Code.TOO_LARGE, Span(str(project)), message, hint)])


def inputs_of(task: Task, source: Tree, surroundings: Surroundings) -> Inputs:
    """Everything that an edition is made from."""
    options = {
        "theme": task.look.theme,
        "paper": task.look.paper,
        "standards": task.standards,
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    return surroundings.inputs(source, task.theme, task.language, options)


def job_of(task: Task, project: Tree | None, surroundings: Surroundings) -> Job:
    """The job that makes an edition, of what there is now. Raises `ContentError`."""
    source = source_of(task.content, task.briefing, task.language)
    inputs = inputs_of(task, source, surroundings)
    epoch = inputs["options"].values["SOURCE_DATE_EPOCH"]
    digests = {name: group.digest for name, group in inputs.items()}
    return Job(task, source, project, epoch, digests, key_of(inputs), surroundings.made_with)


def build_one(task: Task) -> Outcome:
    """Build one edition, in this process. Nothing is written."""
    project = project_of(task)
    return perform(job_of(task, project, Surroundings(sha256_of, project)))


def perform(job: Job) -> Outcome:
    """Do a job: read, check, render, prove."""
    try:
        with edition_of(job) as edition:
            return _made(job, edition)
    except ContentError as error:
        return Outcome(job.task, faults=error.diagnostics)


@contextmanager
def source_laid_down(job: Job) -> Iterator[tuple[Path, Templates]]:
    """The content of a job and its templates, in folders that stay meanwhile."""
    with TemporaryDirectory() as folder:
        content = Path(folder).resolve()
        job.source.lay_down(content)
        templates = job.task.templates
        if job.project is not None:
            templates = templates.laid_down(Path(_laid_down(job.project).name).resolve())
        yield content, templates


@contextmanager
def edition_of(job: Job) -> Iterator[Edition]:
    """The edition of a job, read, checked and drawn, in a folder that stays meanwhile.

    Raises `ContentError`.
    """
    task = job.task
    with source_laid_down(job) as (content, templates):
        briefing, labels = read_edition(task, content, templates)
        yield Edition(
            briefing=briefing,
            labels=labels,
            folder=content / task.briefing,
            templates=templates,
            epoch=_epoch(briefing, job.epoch),
            paper=task.look.paper,
            standards=task.standards,
            drawings=drawings_of(briefing, templates, labels),
        )


def perform_elsewhere(job: Job) -> Outcome:
    """Do a job on another machine, if it makes the same there. Raises `JobError` if it wouldn't."""
    inputs = inputs_of(job.task, job.source, _surroundings(job.project))
    differing = [name for name, group in inputs.items() if group.digest != job.inputs[name]]
    if differing:
        raise JobError(f"was given to a worker that has other {' and '.join(differing)}")
    return perform(job)


@cache
def _surroundings(project: Tree | None) -> Surroundings:
    import_module("briefpress.formats.pdf")  # which loads libraries of the system
    return Surroundings(cache(sha256_of), project)


@cache
def _laid_down(project: Tree) -> TemporaryDirectory[str]:
    """The project's templates in a folder, which stays as long as the process."""
    folder = TemporaryDirectory()
    project.lay_down(Path(folder.name))
    return folder


def _made(job: Job, edition: Edition) -> Outcome:
    """The outcome of a job. Raises `ContentError`."""
    task = job.task
    expected = expect(edition.briefing, edition.labels)
    start = time.perf_counter()
    # Whatever the formats: the others say where its pages begin.
    edition = replace(edition, pdf=publish("pdf", edition))
    made = list(_make(task, edition, expected, start))
    faults = tuple(fault for _, found in made for fault in found)
    if faults:
        return Outcome(task, faults=faults)
    proved = tuple(each for each, _ in made)
    pictures = tuple(publish(name, edition) for name in task.formats if name not in FORMATS)
    files = [*(each.artefact for each in proved), *pictures]
    entry = entry_of(edition, files, job.key, job.made_with)
    return Outcome(task, entry=entry, proved=proved, pictures=pictures)


def _make(
    task: Task, edition: Edition, expected: Expected, start: float
) -> Iterator[tuple[Proved, list[Diagnostic]]]:
    """Render each format, and prove it. Since `start` its PDF is made."""
    made = {edition.pdf.format: edition.pdf} if edition.pdf else {}
    for format_name in filter(FORMATS.__contains__, task.formats):
        artefact = made.get(format_name) or publish(format_name, edition)
        rendered = time.perf_counter()
        target = task.target(format_name)
        faults = prove(artefact.data, expected, target.name)
        proved = time.perf_counter()
        yield Proved(artefact, target, proved - start, proved - rendered), faults
        start = proved


def publish(format_name: str, edition: Edition) -> Artefact:
    """Make the file of a format. Raises `ContentError`."""
    publisher: Callable[[Edition], Artefact] = resolve_name(PUBLISHED[format_name].publisher)
    with markup_of_project(edition.templates):
        return publisher(edition)


def _epoch(briefing: model.Briefing, given: str) -> int:
    """The time of the edition, in seconds: SOURCE_DATE_EPOCH, or the day it was issued, or 1980."""
    if re.fullmatch(r"[0-9]{1,11}", given):
        return int(given)
    if given:
        message = f"{given!r} isn't a number of seconds since 1970"
        span = Span("SOURCE_DATE_EPOCH")
        hint = "unset it, or set it to a whole number, such as 1763856000"
        raise ContentError([Diagnostic(Code.WRONG_VALUE, span, message, hint)])
    if briefing.issued is None:
        return _ZIP_EPOCH
    day = briefing.issued.date.points[0].first_day
    return (day.toordinal() - _UNIX_EPOCH_ORDINAL) * 86400


_UNIX_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()
_ZIP_EPOCH = 315532800  # 1980-01-01, the earliest date that a ZIP can hold
