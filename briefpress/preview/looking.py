"""What the preview has made of an edition, by the functions that the build has.

All of it is done in jobs: content and a project's templates are a stranger's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from briefpress import model
from briefpress.content.labels import Labels
from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.downloads import Download, source_for
from briefpress.formats import FORMATS
from briefpress.look import BUILT_IN, find_templates
from briefpress.pages import writer
from briefpress.press import Job, edition_of, perform, publish, source_laid_down
from briefpress.preview.book import Book, opened
from briefpress.preview.drawing import Size, drawn, sizes_of
from briefpress.proof.examine import examine
from briefpress.report import as_page, sheets_of
from briefpress.sandbox import fault_of
from briefpress.tasks import read_edition


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What is soonest there: the title, and the web page without the numbers of pages.

    The page is empty where only the title is asked for.
    """

    title: str = ""
    page: bytes = b""
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeLook:
    """An edition as it would be published: proved files by their formats, and what they hold."""

    files: Mapping[str, bytes]
    sizes: tuple[Size, ...] = ()
    book: Book | None = None
    faults: tuple[Diagnostic, ...] = ()


def warm_up(formats: tuple[str, ...]) -> None:
    """Load what making some formats takes."""
    for name in formats:
        import_module(FORMATS[name].publisher.partition(":")[0])


def read(job: Job) -> FirstLook:
    """The title of an edition, and what its content has of faults, as `check` finds them.

    Its charts and maps aren't drawn for it, which takes longer than the rest.
    """
    try:
        with source_laid_down(job) as (content, templates):
            return FirstLook(_title(*read_edition(job.task, content, templates)))
    except Exception as error:
        return FirstLook(faults=_faults_of(job, error))


def look_first(job: Job) -> FirstLook:
    """The web page alone; it is made anew once there are pages that it can number."""
    try:
        with edition_of(job) as edition:
            title = _title(edition.briefing, edition.labels)
            return FirstLook(title, publish("html", edition).data)
    except Exception as error:
        return FirstLook(faults=_faults_of(job, error))


def look_at_all(job: Job) -> WholeLook:
    """Every file, proved, as the build makes it."""
    try:
        outcome = perform(job)
    except Exception as error:
        return WholeLook({}, faults=_faults_of(job, error))
    if outcome.faults:
        return WholeLook({}, faults=outcome.faults)
    files = {each.artefact.format: each.artefact.data for each in outcome.proved}
    return WholeLook(files, sizes_of(files["pdf"]), opened(files["epub"]))


def report_on(asked: tuple[Job, Mapping[str, bytes]]) -> bytes:
    """The report on the files of an edition, which lies beside them."""
    job, files = asked
    with source_laid_down(job) as (content, templates):
        source = source_for(job.task, *read_edition(job.task, content, templates))
    held = [
        Download(source, examine(data, source.expected, str(job.task.target(name))), alone=False)
        for name, data in files.items()
    ]
    folder = job.task.output / job.task.briefing
    return as_page(sheets_of(held), folder, find_templates(BUILT_IN)).encode()


def draw(asked: tuple[bytes, int]) -> bytes:
    """A page of a PDF, by its number from 1 on, as a picture."""
    return drawn(*asked)


def _faults_of(job: Job, error: Exception) -> tuple[Diagnostic, ...]:
    """The faults that an error tells of, those of the built-in templates among them.

    To the build these are our own; here somebody may be at work on them. Any other is raised.
    """
    if isinstance(error, MemoryError):
        raise error
    known = error if isinstance(error, ContentError) else fault_of(job.task.templates, error)
    if known is None:
        raise error
    return known.diagnostics


def _title(briefing: model.Briefing, labels: Labels) -> str:
    return model.text_of(briefing.title, writer(labels))
