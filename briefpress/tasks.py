"""Tasks: which editions there are to build, where their content is, and what to make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from briefpress import model
from briefpress.content.check import SERIES, check, read_series
from briefpress.content.ids import ID, ID_HINT
from briefpress.content.labels import Labels, read_labels
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, nearest
from briefpress.entries import place_of
from briefpress.fonts import Coverage
from briefpress.formats import USUAL
from briefpress.look import Accessible, Look, Paper, Templates, find_templates


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
    def theme(self) -> Templates:
        """The templates of its theme."""
        return find_templates(self.look.theme)

    @property
    def templates(self) -> Templates:
        """What the edition is set with: the project's templates, then those of its theme."""
        return self.theme.with_project(self.project)

    def looking(self, theme: str | None, paper: Paper | None, *, large_print: bool) -> Task:
        """The same with another theme or paper, where one is given, and perhaps in large print."""
        look = Look(theme or self.look.theme, paper or self.look.paper)
        formats = (*self.formats, "large-print") if large_print else self.formats
        return replace(self, look=look, formats=formats)

    def target(self, format_name: str) -> Path:
        """Where the file of a format is put."""
        return self.output / place_of(self.briefing, self.language, format_name)


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
        hint = (
            "begin a project with `briefpress new FOLDER`, or name the folder of the briefings "
            "with --content"
        )
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
        hint = "add the first with `briefpress new --briefing NAME`"
        faults.append(
            Diagnostic(Code.MISSING_FILE, Span(str(content)), "there are no briefings here", hint)
        )
    yield from (folder for name, folder in known.items() if not wanted or name in wanted)


def read_edition(
    task: Task, content: Path | None = None, templates: Templates | None = None
) -> tuple[model.Briefing, Labels]:
    """Read and check the content of one edition. Raises `ContentError`.

    Content and templates may be elsewhere than where the task has them; faults are then shown where
    it has them.
    """
    content, templates = content or task.content, templates or task.templates
    series = read_series(content, f"{task.content}/{SERIES}")
    labels = read_labels(templates, task.language)
    briefing = check(
        folder=content / task.briefing,
        language=task.language,
        series=series,
        labels=labels,
        coverage=Coverage(templates),
        shown_as=f"{task.content}/{task.briefing}",
    )
    return briefing, labels
