"""A text as a project's template of the cover, in the sandbox."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from briefpress import sandbox
from briefpress.diagnostics import ContentError
from briefpress.look import BUILT_IN, Templates, find_templates
from fuzz.briefing import read_with

# Beside the folder of templates; no template may show it.
_SECRET = "canary-of-the-coal-mine"


@cache
def _templates() -> tuple[TemporaryDirectory[str], Templates]:
    folder = TemporaryDirectory(prefix="briefpress-fuzz-")
    project = Path(folder.name) / "templates"
    project.mkdir()
    project.with_name("secret.html.j2").write_text(_SECRET)
    return folder, find_templates(BUILT_IN).with_project(project)


@cache
def _context() -> dict[str, object]:
    briefing = read_with()
    assert briefing is not None
    return {"briefing": briefing, "labels": {"page": "Page"}, "href": lambda id_: f"#{id_}"}


def target(data: bytes) -> None:
    """A text comes of it, or a fault; nothing of what lies outside the folder."""
    _, templates = _templates()
    (templates.folders[0] / "cover.html.j2").write_bytes(data)
    sandbox.environment.cache_clear()
    try:
        made = sandbox.render(templates, "cover.html.j2", _context())
    except ContentError as error:
        assert error.diagnostics
        return
    assert _SECRET not in made
