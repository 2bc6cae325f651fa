"""How briefings look: the theme that they are set with, and the paper that they are printed on.

The built-in templates are the theme "default". Every other is a folder in `templates/themes/` with
the templates and stylesheets that it has of its own; what it hasn't comes from the built-in ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

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
    """Folders of templates, stylesheets and labels, searched in order."""

    folders: tuple[Path, ...]

    def file(self, name: str) -> Path:
        """A file by its name, such as `css/text.css`: that of the first folder that has one.

        Where none has, it is the place for it in the last folder.
        """
        places = [folder / name for folder in self.folders]
        return next((place for place in places if place.is_file()), places[-1])


def themes() -> tuple[str, ...]:
    """The names of the themes that there are."""
    return (BUILT_IN, *sorted(path.name for path in _built_in().glob("themes/*") if path.is_dir()))


def find_templates(theme: str) -> Templates:
    """The templates of a theme that there is: its own, then the built-in ones."""
    built_in = _built_in()
    own = () if theme == BUILT_IN else (built_in / "themes" / theme,)
    return Templates((*own, built_in))


def _built_in() -> Path:
    """The templates: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
