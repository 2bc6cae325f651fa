"""The source of an edition: all files of the content that it can be made from, as a value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from briefpress.content import grid, pictures
from briefpress.content.check import FACTS, SERIES
from briefpress.content.files import lies_inside
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import FOLDER_BYTES, FOLDER_FILES, PICTURE_BYTES, YAML_BYTES
from briefpress.tree import TooLargeError, Tree, names_in, tree_of

_SUFFIXES = (*pictures.SUFFIXES, *grid.SUFFIXES)


def source_of(content: Path, briefing: str, language: str) -> Tree:
    """The series, the facts, the words in one language, and the folder's pictures and data.

    The words in other languages aren't among them, so that a change of them changes nothing here;
    all pictures and data are, whether the words show them or not. Paths begin in the folder of the
    content. Raises `ContentError` where pictures and data are too many or too large together.
    """
    folder = content / briefing
    yaml = (SERIES, f"{briefing}/{FACTS}", f"{briefing}/{language}.yaml")
    texts = tree_of(content, yaml, content, YAML_BYTES.most)
    most, together = PICTURE_BYTES.most, FOLDER_BYTES.most
    try:
        shown = tree_of(folder, _shown(folder), folder, most, together)
    except TooLargeError:
        raise _too_large(folder, f"its pictures and data have more than {FOLDER_BYTES}") from None
    return Tree((*texts.files, *((f"{briefing}/{name}", held) for name, held in shown.files)))


def _shown(folder: Path) -> Iterator[str]:
    """The names of pictures and data in the folder, and of links, which may lead to some."""
    if not lies_inside(folder, folder.parent):
        return
    names = list(names_in(folder, FOLDER_FILES.most + 1))
    if len(names) > FOLDER_FILES.most:
        raise _too_large(folder, f"it has more than {FOLDER_FILES}")
    for name in names:
        if name.lower().endswith(_SUFFIXES) or (folder / name).is_symlink():
            yield name


def _too_large(folder: Path, message: str) -> ContentError:
    hint = "take out what the briefing doesn't show, or divide it into several"
    return ContentError([Diagnostic(Code.TOO_LARGE, Span(str(folder)), message, hint)])
