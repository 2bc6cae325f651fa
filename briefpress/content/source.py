"""The source of an edition: all files of the content that it can be made from, as a value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from briefpress.content.check import FACTS, SERIES
from briefpress.content.files import lies_inside
from briefpress.content.pictures import SUFFIXES
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import FOLDER_BYTES, FOLDER_FILES, PICTURE_BYTES, YAML_BYTES
from briefpress.tree import TooLargeError, Tree, names_in, tree_of


def source_of(content: Path, briefing: str, language: str) -> Tree:
    """The series, the facts, the words in one language, and the pictures of the folder.

    The words in other languages aren't among them, so that a change of them changes nothing here;
    every picture is, whether the words show it or not. Paths begin in the folder of the content.
    Raises `ContentError` where the pictures are too many or too large together.
    """
    folder = content / briefing
    yaml = (SERIES, f"{briefing}/{FACTS}", f"{briefing}/{language}.yaml")
    texts = tree_of(content, yaml, content, YAML_BYTES.most)
    most, together = PICTURE_BYTES.most, FOLDER_BYTES.most
    try:
        pictures = tree_of(folder, _pictures(folder), folder, most, together)
    except TooLargeError:
        raise _too_large(folder, f"its pictures have more than {FOLDER_BYTES}") from None
    return Tree((*texts.files, *((f"{briefing}/{name}", held) for name, held in pictures.files)))


def _pictures(folder: Path) -> Iterator[str]:
    """The names of the pictures in the folder, and of links, which may lead to pictures."""
    if not lies_inside(folder, folder.parent):
        return
    names = list(names_in(folder, FOLDER_FILES.most + 1))
    if len(names) > FOLDER_FILES.most:
        raise _too_large(folder, f"it has more than {FOLDER_FILES}")
    for name in names:
        if name.lower().endswith(SUFFIXES) or (folder / name).is_symlink():
            yield name


def _too_large(folder: Path, message: str) -> ContentError:
    hint = "take out what the briefing doesn't show, or divide it into several"
    return ContentError([Diagnostic(Code.TOO_LARGE, Span(str(folder)), message, hint)])
