"""Pandoc: a document as a syntax tree.

Pandoc runs in its sandbox, so a document can't have it read files or fetch anything, and in a job
with limits of time and memory, which hold for it as for the job.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec

from briefpress.diagnostics import escaped
from briefpress.drafts.drafting import Element

# By the endings of names: what Pandoc calls the format. Marks that a writer of plain text doesn't
# mean as such are off: dollars aren't formulas, and quotes stay as they were typed.
FORMATS = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".markdown": "markdown",
    ".md": "markdown",
    ".odt": "odt",
    ".org": "org",
    ".rst": "rst",
    ".rtf": "rtf",
}
_MARKDOWN = "markdown-smart-implicit_figures-tex_math_dollars-raw_tex-citations"
_MOST_OF_AN_ERROR = 300


class UnreadableError(ValueError):
    """Pandoc can't read a document. The message says what it said."""


def program() -> str | None:
    """Where Pandoc is: the one that comes with pypandoc, or one on the PATH; None without it."""
    if find_spec("pypandoc") is None:
        return shutil.which("pandoc")
    import pypandoc  # noqa: PLC0415 - an extra

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        return None


def syntax_tree(pandoc: str, document: bytes, ending: str) -> Element:
    """The syntax tree of a document: `meta` and `blocks`. Raises `UnreadableError`."""
    format_ = FORMATS[ending].replace("markdown", _MARKDOWN)
    command = [pandoc, "--sandbox", f"--from={format_}", "--to=json"]
    done = subprocess.run(command, input=document, capture_output=True, check=False)
    if done.returncode != 0:
        said = escaped(" ".join(done.stderr.decode("utf-8", "replace").split()))
        said = said[:_MOST_OF_AN_ERROR] or f"it ended with {done.returncode}"
        raise UnreadableError(f"Pandoc can't read it: {said}")
    tree: Element = json.loads(done.stdout)
    return tree
