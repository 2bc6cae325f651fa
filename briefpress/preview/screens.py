"""The preview's own pages: the list, the screen of an edition, pages of a PDF, faults.

They are set with the built-in templates, since a project's are a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from briefpress.console import count
from briefpress.content.labels import language_name
from briefpress.diagnostics import Code, Diagnostic, as_data, first_of, line_shown, parted
from briefpress.fonts import faces
from briefpress.look import BUILT_IN, find_templates
from briefpress.pages import stylesheet
from briefpress.preview.book import Book
from briefpress.preview.drawing import Size
from briefpress.preview.editions import Edition, State
from briefpress.sandbox import render

_TEMPLATES = find_templates(BUILT_IN)
_ICON = b"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">\
<path fill="#0b4a66" d="M2 1h12v14H2z"/>\
<path stroke="#fff" d="M4.5 4.5h7m-7 3h7m-7 3h4"/></svg>
"""
_SCRIPT = Path(__file__).with_name("screens.js")

VIEWS = {"page": "Web page", "pages": "PDF", "book": "EPUB", "proof": "Proof"}
"""What an edition can be looked at as, and what that is called."""

# The file of each, by its ending, and what the link to it says.
_FILES = {
    "page": ("html", "Open alone"),
    "pages": ("pdf", "Open the PDF"),
    "book": ("epub", "Save the EPUB"),
    "proof": ("proof.html", "Open alone"),
}

_SAID = {
    State.UNREAD: "not read yet",
    State.READ: "not built yet",
    State.MAKING: "being built",
    State.PROVED: "proved",
}


def said_of(edition: Edition) -> str:
    """The state of an edition, in words."""
    if edition.state is not State.FAULTY:
        return _SAID[edition.state]
    return count_of(edition.faults, edition.trouble)


def count_of(found: tuple[Diagnostic, ...], trouble: str = "") -> str:
    """How many faults there are, in words; nothing where there are none."""
    return count(len(found) + bool(trouble), "fault") if found or trouble else ""


def list_page(editions: Iterable[Edition], content: Path) -> str:
    """The list of the briefings, each with its editions."""
    briefings: dict[str, list[dict[str, Any]]] = {}
    for edition in editions:
        briefings.setdefault(edition.task.briefing, []).append(_shown(edition))
    return _render("list", briefings=briefings, content=str(content), views=VIEWS)


def screen(edition: Edition, view: str, beside: Iterable[Edition]) -> str:
    """The page around what is looked at. `beside` are the editions of the same briefing."""
    ending, words = _FILES[view]
    return _render(
        "screen",
        edition=_shown(edition),
        languages=[_shown(each) for each in beside],
        view=view,
        views=VIEWS,
        file=f"/made/{edition.task.briefing}/{edition.task.name}.{ending}",
        open_words=words,
    )


def pages(edition: Edition, sizes: Iterable[Size], mark: str) -> str:
    """The pages of a PDF, one below the other."""
    shown = [{"number": n, "width": w, "height": h} for n, (w, h) in enumerate(sizes, 1)]
    return _render("pages", edition=_shown(edition), pages=shown, mark=mark)


def contents(edition: Edition, book: Book) -> str:
    """The contents of an EPUB, and its chapters in their order."""
    entries = [heading._asdict() for heading in book.contents]
    return _render(
        "contents", edition=_shown(edition), entries=entries, chapters=list(book.chapters)
    )


def faults(found: tuple[Diagnostic, ...], trouble: str = "") -> str:
    """Faults, each with its place, the line there, and the way out."""
    shown = [_fault(each) for each in first_of(found)]
    return _render("faults", faults=shown, count=count_of(found, trouble), trouble=trouble)


def codes() -> str:
    """Every kind of fault, and what it means."""
    return _render("codes", codes={str(code): code.description for code in Code})


def note(title: str, text: str) -> str:
    """A page that says one thing."""
    return _render("note", title=title, text=text)


def parts() -> dict[str, tuple[str, bytes]]:
    """What the pages load, by name: each with its type. It is read anew each time."""
    css = stylesheet(_TEMPLATES, "tokens", "dark", "preview")
    rules = "\n".join(face.rule.replace(face.url, face.file.name) for face in faces(_TEMPLATES))
    files = {face.file.name: face.file for face in faces(_TEMPLATES)}
    return {
        "preview.css": ("text/css", f"{rules}\n{css}".encode()),
        "icon.svg": ("image/svg+xml", _ICON),
        "preview.js": ("text/javascript", _SCRIPT.read_bytes()),
        **{name: ("font/ttf", file.read_bytes()) for name, file in files.items()},
    }


def _shown(edition: Edition) -> dict[str, Any]:
    task = edition.task
    return {
        "name": task.name,
        "briefing": task.briefing,
        "language": task.language,
        "language_name": language_name(task.language),
        "title": edition.title or task.briefing,
        "state": str(edition.state),
        "said": said_of(edition),
    }


def _fault(fault: Diagnostic) -> dict[str, Any]:
    line = line_shown(fault, Path())
    return {
        **as_data(fault),
        "place": str(fault.span),
        "source": None if line is None else parted(line, fault.span),
        "description": fault.code.description,
    }


def _render(name: str, **context: object) -> str:
    return render(_TEMPLATES, f"preview/{name}.html.j2", context)
