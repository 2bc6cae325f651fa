"""The press: read, check, render, prove.

Each edition (a briefing in one language) is a job of its own: from its task to finished, proved
files, or to its faults. Nothing is written here; `press_run` puts in place what was made.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name

from briefpress import model
from briefpress.catalogue import entry_of
from briefpress.content.check import SERIES, check, read_series
from briefpress.content.ids import ID, ID_HINT
from briefpress.content.labels import Labels, read_labels
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, nearest
from briefpress.fonts import Coverage
from briefpress.formats import FORMATS, USUAL, Artefact, Edition
from briefpress.jobs import Allowance, JobError, PassedLimitError, run_all
from briefpress.look import Accessible, Look, Paper, Templates, find_templates
from briefpress.manifest import Entry, place_of
from briefpress.proof.examine import prove
from briefpress.proof.expect import expect
from briefpress.sandbox import markup_of_project

_USUAL_ALLOWANCE = Allowance()


@dataclass(frozen=True, slots=True)
class Task:
    """An edition to be built: where its content is, and what to make of it."""

    content: Path
    output: Path
    briefing: str
    language: str
    formats: tuple[str, ...] = USUAL
    look: Look = Look()  # noqa: RUF009 - it is frozen
    standards: Accessible = "ua-1"
    project: Path | None = None  # its folder of templates

    @property
    def name(self) -> str:
        """What the edition's files are called, without their endings."""
        return f"{self.briefing}.{self.language}"

    @property
    def templates(self) -> Templates:
        """What the edition is set with."""
        return find_templates(self.look.theme).with_project(self.project)

    def looking(self, theme: str | None, paper: Paper | None, *, large_print: bool) -> Task:
        """The same with another theme or paper, where one is given, and perhaps in large print."""
        look = Look(theme or self.look.theme, paper or self.look.paper)
        formats = (*self.formats, "large-print") if large_print else self.formats
        return replace(self, look=look, formats=formats)

    def target(self, format_name: str) -> Path:
        """Where the file of a format is put."""
        return self.output / place_of(self.briefing, self.language, format_name)


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

    An error is whatever isn't about content: an `OSError` of the machine, or a fault of the press.
    """

    task: Task
    faults: tuple[Diagnostic, ...] = ()
    entry: Entry | None = None
    proved: tuple[Proved, ...] = ()
    error: Exception | None = None


def find_tasks(  # noqa: PLR0913, PLR0917 - each says which editions, or how they look
    content: Path,
    output: Path,
    briefings: Iterable[str] = (),
    languages: Iterable[str] = (),
    formats: Iterable[str] = USUAL,
    project: Path | None = None,
) -> list[Task]:
    """The editions of a content folder, or those of some briefings and languages.

    `project` is the folder of templates that the project brings. Raises `ContentError` where there
    is no such content folder, briefing or language.
    """
    faults: list[Diagnostic] = []
    series = read_series(content, f"{content}/{SERIES}")
    chosen = list(dict.fromkeys(languages or series.languages))
    look = Look(series.theme, series.paper)
    folders = list(_folders(content, list(briefings), faults))
    tasks = [
        Task(content, output, folder.name, language, tuple(formats), look, series.pdf, project)
        for folder in folders
        for language in chosen
        if (folder / f"{language}.yaml").is_file()
    ]
    built = {task.briefing for task in tasks}
    left_out = [folder.name for folder in folders if folder.name not in built]
    if left_out and (briefings or not tasks) and not faults:
        wanted = ", ".join(f"{language}.yaml" for language in chosen)
        where = "no briefing has" if not tasks else f"{', '.join(left_out)} doesn't have"
        message = f"{where} a file {wanted}"
        hint = f"write one, or list its language under `languages:` in {SERIES}"
        faults.append(Diagnostic(Code.MISSING_FILE, Span(str(content)), message, hint))
    if faults:
        raise ContentError(faults)
    return tasks


def _folders(content: Path, wanted: list[str], faults: list[Diagnostic]) -> Iterator[Path]:
    """The folders of the briefings that are wanted, by default all that hold any YAML."""
    if not content.is_dir():
        hint = "name the folder of the briefings with --content"
        faults.append(
            Diagnostic(Code.MISSING_FILE, Span(str(content)), "there is no such folder", hint)
        )
        return
    known = {p.name: p for p in sorted(content.iterdir()) if p.is_dir() and any(p.glob("*.yaml"))}
    for name in known:
        if not ID.fullmatch(name) and (not wanted or name in wanted):
            message = f"{name!r} can't be the name of a briefing"
            span = Span(f"{content}/{name}")
            faults.append(Diagnostic(Code.ILL_FORMED_ID, span, message, ID_HINT))
    for name in wanted:
        if name not in known:
            near = nearest(name, known)
            hint = f"did you mean {near!r}?" if near else f"there are: {', '.join(known)}"
            span = Span(f"{content}/{name}")
            faults.append(
                Diagnostic(Code.MISSING_FILE, span, f"there is no briefing {name!r}", hint)
            )
    if not known and not wanted:
        hint = "make a folder for the first, with an en.yaml in it"
        faults.append(
            Diagnostic(Code.MISSING_FILE, Span(str(content)), "there are no briefings here", hint)
        )
    yield from (folder for name, folder in known.items() if not wanted or name in wanted)


def read_edition(task: Task) -> tuple[model.Briefing, Labels]:
    """Read and check the content of one edition. Raises `ContentError`."""
    series = read_series(task.content, f"{task.content}/{SERIES}")
    labels = read_labels(task.templates, task.language)
    folder = task.content / task.briefing
    briefing = check(
        folder=folder,
        language=task.language,
        series=series,
        labels=labels,
        coverage=Coverage(task.templates),
        shown_as=str(folder),
    )
    return briefing, labels


def build(
    tasks: list[Task], jobs: int = 1, allowance: Allowance = _USUAL_ALLOWANCE
) -> Generator[Outcome]:
    """Build editions, each in a process of its own, `jobs` at a time; yield outcomes as they come.

    Those that still run when the iterator is closed are ended.
    """
    if len(tasks) > 1:
        # Then the processes begin with it. A single one imports what it needs itself.
        for name in dict.fromkeys(("pdf", *tasks[0].formats)):
            import_module(FORMATS[name].publisher.partition(":")[0])
    for ended in run_all(build_one, tasks, allowance, jobs):
        yield ended.answer or _failed(ended.asked, ended.error)


def _failed(task: Task, error: Exception | None) -> Outcome:
    """The outcome of a job that gave none."""
    if not isinstance(error, JobError):
        return Outcome(task, error=error)
    hint = "raise --time-limit or --memory-limit, or make the briefing smaller"
    if not isinstance(error, PassedLimitError):
        hint = "raise --memory-limit in case memory ran out; a library may also have a fault"
    span = Span(f"{task.content / task.briefing / task.language}.yaml")
    fault = Diagnostic(Code.JOB_LIMIT, span, f"the build of {task.name} {error}", hint)
    return Outcome(task, faults=(fault,))


def build_one(task: Task) -> Outcome:
    """Build one edition: read, check, render, prove. Nothing is written."""
    try:
        briefing, labels = read_edition(task)
        edition = Edition(
            briefing=briefing,
            labels=labels,
            folder=(task.content / task.briefing).resolve(),
            templates=task.templates,
            epoch=_epoch(briefing),
            paper=task.look.paper,
            standards=task.standards,
        )
        made = list(_make(task, edition))
    except ContentError as error:
        return Outcome(task, faults=error.diagnostics)
    faults = tuple(fault for _, found in made for fault in found)
    if faults:
        return Outcome(task, faults=faults)
    proved = tuple(each for each, _ in made)
    entry = entry_of(briefing, labels, [each.artefact for each in proved])
    return Outcome(task, entry=entry, proved=proved)


def _make(task: Task, edition: Edition) -> Iterator[tuple[Proved, list[Diagnostic]]]:
    """Render each format, and prove it.

    The PDF is made first, and whatever the formats: the others say where its pages begin.
    """
    expected = expect(edition.briefing, edition.labels)
    start = time.perf_counter()
    pdf = _publish("pdf", edition)
    edition, made = replace(edition, pdf=pdf), {pdf.format: pdf}
    for format_name in task.formats:
        artefact = made.get(format_name) or _publish(format_name, edition)
        rendered = time.perf_counter()
        target = task.target(format_name)
        faults = prove(artefact.data, expected, target.name)
        proved = time.perf_counter()
        yield Proved(artefact, target, proved - start, proved - rendered), faults
        start = proved


def _publish(format_name: str, edition: Edition) -> Artefact:
    publish: Callable[[Edition], Artefact] = resolve_name(FORMATS[format_name].publisher)
    with markup_of_project(edition.templates):
        return publish(edition)


def _epoch(briefing: model.Briefing) -> int:
    """The time of the edition, in seconds: SOURCE_DATE_EPOCH, or the day it was issued, or 1980."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
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
