"""Files from elsewhere: proved against the content, or against the source that they carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from briefpress import model
from briefpress.atomic import put_in_place
from briefpress.bounded import bounded
from briefpress.content.labels import Labels
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.formats import FORMATS
from briefpress.pages import writer
from briefpress.proof.carried import Carried, read_carried
from briefpress.proof.examine import examine
from briefpress.proof.expect import expect
from briefpress.proof.expected import Expected
from briefpress.proof.facts import Proved
from briefpress.proof.readers import UnreadableError
from briefpress.tasks import Task, find_tasks, read_edition


@dataclass(frozen=True, slots=True)
class Source:
    """The source of an edition: what a report calls it, and what its files must say."""

    edition: str
    title: str
    language: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was held against its source; `alone`, if that is the one that it carries."""

    source: Source
    proved: Proved
    alone: bool


class Downloads:
    """Proves files from elsewhere; the source of several files of an edition is read once.

    `project` is the folder of templates that the project brings, whose labels say how dates read.
    """

    def __init__(self, content: Path, project: Path | None = None) -> None:
        self._content = content
        self._project = project
        self._sources: dict[Task, Source] = {}

    def prove(self, file: Path, *, alone: bool = False) -> Download:
        """Prove a published file, named `<briefing>.<language>.<suffix>`, against the content.

        A PDF of which there is no content, or that is to be proved `alone`, is held against the
        source that it carries; faults are then at lines of `FILE.pdf/<briefing>/<language>.yaml`,
        which `extract` shows. Raises `ContentError` where the content has faults or the name leads
        to none.
        """
        if file.suffix == ".pdf" and (alone or not self._has_words_for(file)):
            return _prove_alone(file, self._project)
        task = _task_of(file, self._content, self._project)
        if task not in self._sources:
            self._sources[task] = source_for(task, *read_edition(task))
        source = self._sources[task]
        return Download(source, examine(file.read_bytes(), source.expected, str(file)), False)

    def _has_words_for(self, file: Path) -> bool:
        briefing, language, *_ = f"{file.name}.".split(".")
        return (self._content / briefing / f"{language}.yaml").is_file()


@dataclass(frozen=True, slots=True)
class Edition:
    """Files of an edition that are to be proved, and against what, as `Downloads` takes it."""

    files: tuple[Path, ...]
    content: Path
    project: Path | None
    alone: bool


def editions_of(
    files: Iterable[Path], content: Path, project: Path | None, *, alone: bool
) -> list[Edition]:
    """Files by the edition that their names say, in the order in which they are given."""
    found: dict[str, list[Path]] = {}
    for file in files:
        found.setdefault(".".join(file.name.split(".")[:2]), []).append(file)
    return [Edition(tuple(each), content, project, alone) for each in found.values()]


def prove_bounded(edition: Edition) -> tuple[list[Download], list[Diagnostic]]:
    """Prove the files of an edition, within the limits of a job. Returns also what is wrong."""
    return bounded(_prove_all, edition, edition.files[0])


def _prove_all(edition: Edition) -> tuple[list[Download], list[Diagnostic]]:
    downloads = Downloads(edition.content, edition.project)
    proved: list[Download] = []
    faults: list[Diagnostic] = []
    for file in edition.files:
        try:
            proved.append(downloads.prove(file, alone=edition.alone))
        except ContentError as error:
            faults += error.diagnostics
        else:
            faults += proved[-1].proved.faults
    return proved, faults


def _task_of(file: Path, content: Path, project: Path | None) -> Task:
    briefing, _, rest = file.name.partition(".")
    language, _, suffix = rest.partition(".")
    if suffix not in {each.suffix for each in FORMATS.values()}:
        hint = "name it BRIEFING.LANGUAGE.pdf, .epub or .html, as it was published"
        raise _not_a_briefing(file, "the name doesn't say what the file is", hint)
    (task,) = find_tasks(content, file.parent, [briefing], [language], project=project)
    return task


def source_for(task: Task, briefing: model.Briefing, labels: Labels) -> Source:
    """What the files of an edition are held against, once it is read."""
    title = model.text_of(briefing.title, writer(labels))
    return Source(task.name, title, task.language, expect(briefing, labels))


def _prove_alone(file: Path, project: Path | None) -> Download:
    data = file.read_bytes()
    carried = _carried(file, data)
    with TemporaryDirectory() as name:
        content = Path(name)
        put_in_place({content / path: each for path, each in carried.files.items()})
        try:
            (task,) = find_tasks(
                content, content, [carried.briefing], [carried.language], project=project
            )
            source = source_for(task, *read_edition(task))
        except ContentError as error:
            raise ContentError(_in_file(error.diagnostics, content, file)) from None
        proved = examine(data, source.expected, str(file))
        faults = tuple(_in_file(proved.faults, content, file))
        return Download(source, replace(proved, faults=faults), True)


def extract(file: Path, folder: Path) -> list[Path]:
    """Write what a PDF carries into a folder, from which it can be built. Raises `ContentError`."""
    carried = bounded(_carried_in, file, file)
    files = {folder / path: data for path, data in carried.files.items()}
    put_in_place(files)
    return list(files)


def _carried_in(file: Path) -> Carried:
    return _carried(file, file.read_bytes())


def _carried(file: Path, data: bytes) -> Carried:
    try:
        return read_carried(data)
    except UnreadableError as error:
        hint = "take a PDF as Briefpress published it; other programs may drop what it carries"
        raise _not_a_briefing(file, str(error), hint) from None


def _not_a_briefing(file: Path, message: str, hint: str) -> ContentError:
    return ContentError([Diagnostic(Code.NOT_A_BRIEFING, Span(str(file)), message, hint)])


def _in_file(faults: Iterable[Diagnostic], content: Path, file: Path) -> list[Diagnostic]:
    """Faults in what was taken out of a file for a while, as faults in the file."""
    return [
        replace(
            fault, span=replace(fault.span, file=fault.span.file.replace(str(content), str(file)))
        )
        for fault in faults
    ]
