"""How briefings look: the theme that they are set with, and the paper that they are printed on.

The built-in templates are the theme "default". Every other is a folder in `templates/themes/` with
the templates and stylesheets that it has of its own; what it hasn't comes from the built-in ones. A
project can have a folder of templates too, whose files go before both. It may be a stranger's, so
nothing outside of it is read through it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import TEMPLATE_BYTES

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)

# Part 1 or 2 of PDF/UA; part 3 or 4 of PDF/A comes with it.
Accessible = Literal["ua-1", "ua-2"]

BUILT_IN = "default"


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, by its name, and a paper, which is also the name of the stylesheet for it."""

    theme: str = BUILT_IN
    paper: Paper = "a4"


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders of templates, stylesheets and labels, searched in order.

    `project` is the folder that the project brings, as it was named; it is also the first of them.
    """

    folders: tuple[Path, ...]
    project: Path | None = None

    def with_project(self, project: Path | None) -> Templates:
        """The same with a project's folder before the others, if there is one."""
        if project is None:
            return self
        return replace(self, folders=(project.resolve(), *self.folders), project=project)

    def laid_down(self, folder: Path) -> Templates:
        """The same with the project's templates, of which it has some, in another folder."""
        return replace(self, folders=(folder, *self.folders[1:]))

    @property
    def built_in(self) -> Templates:
        """The built-in ones alone."""
        return Templates(self.folders[-1:])

    def file(self, name: str) -> Path:
        """A file by its name, such as `css/text.css`: that of the first folder that has one.

        Where none has, it is the place for it in the last folder. Raises `ContentError` for a file
        that leads out of its folder, by its name or as a link.
        """
        for folder in self.folders:
            place = folder / name
            if not place.is_file():
                continue
            if not place.resolve().is_relative_to(folder.resolve()):
                hint = "put the file itself there, in the place of the link"
                raise self.fault(place, "it leads out of the folder of templates", hint)
            return place
        return self.folders[-1] / name

    def read(self, file: Path) -> str:
        """The text of one of the files. Raises `ContentError` if it is too large or isn't UTF-8."""
        if (size := file.stat().st_size) > TEMPLATE_BYTES.most:
            message = f"the file has {size:,} bytes; the limit is {TEMPLATE_BYTES.most:,}"
            hint = "divide it, or have what makes it large in a file of its own"
            raise self.fault(file, message, hint, Code.TOO_LARGE)
        try:
            return file.read_text("utf-8")
        except UnicodeDecodeError:
            hint = "save the file as UTF-8"
            raise self.fault(file, "the file isn't UTF-8", hint, Code.BAD_ENCODING) from None

    def contains(self, file: Path) -> bool:
        """Whether a path, links followed, is in one of the folders."""
        real = file.resolve()
        return any(real.is_relative_to(folder.resolve()) for folder in self.folders)

    def is_of_project(self, file: Path) -> bool:
        """Whether a file is one that the project brings."""
        return self.project is not None and file.is_relative_to(self.folders[0])

    def shown(self, file: Path) -> str:
        """What diagnostics call a file: from the project's folder, or from the templates'."""
        if self.project is not None and self.is_of_project(file):
            return str(self.project / file.relative_to(self.folders[0]))
        for folder in reversed(self.folders):
            if file.is_relative_to(folder):
                return f"{folder.name}/{file.relative_to(folder).as_posix()}"
        return file.name

    def fault(
        self, file: Path, message: str, hint: str, code: Code = Code.TEMPLATE, line: int = 1
    ) -> ContentError:
        """What is wrong with a line of one of the files, as an error to raise."""
        text = self._line(file, line)
        column = len(text) - len(text.lstrip()) + 1
        span = Span(self.shown(file), line, column, max(len(text.strip()), 1))
        return ContentError([Diagnostic(code, span, message, hint)])

    def _line(self, file: Path, line: int) -> str:
        if not (file.is_file() and self.contains(file)):
            return ""
        if file.stat().st_size > TEMPLATE_BYTES.most:
            return ""
        lines = file.read_bytes().decode("utf-8", "replace").split("\n")
        return lines[line - 1] if line <= len(lines) else ""


def themes() -> tuple[str, ...]:
    """The names of the themes that there are."""
    return (BUILT_IN, *sorted(path.name for path in _built_in().glob("themes/*") if path.is_dir()))


def find_templates(theme: str) -> Templates:
    """The templates of a theme that there is: its own, then the built-in ones."""
    built_in = _built_in()
    own = () if theme == BUILT_IN else (built_in / "themes" / theme,)
    return Templates((*own, built_in))


def find_project(given: Path | None) -> Path | None:
    """The folder of templates that a project brings: the one given, or `templates`, if it's there.

    In a checkout of Briefpress that is the built-in one, and none of a project. Raises
    `ContentError` where the folder isn't there, or is a link: whoever made the link chose what is
    read.
    """
    folder = given or Path(PROJECT)
    if not os.path.lexists(folder) and given is None:
        return None
    on_the_way = [folder] if folder.is_absolute() else [folder, *folder.parents]
    if any(path.is_symlink() for path in on_the_way):
        hint = (
            "name the folder that it leads to with --templates, or leave it: --no-project-templates"
        )
        raise _no_folder(folder, "the folder of templates is a link", hint)
    if not folder.is_dir():
        if given is None:
            return None
        hint = "name a folder with --templates, or leave the option out"
        raise _no_folder(folder, "there is no such folder of templates", hint, Code.MISSING_FILE)
    return None if folder.samefile(_built_in()) else folder


PROJECT = "templates"


def _no_folder(folder: Path, message: str, hint: str, code: Code = Code.TEMPLATE) -> ContentError:
    return ContentError([Diagnostic(code, Span(str(folder)), message, hint)])


def _built_in() -> Path:
    """The templates: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
