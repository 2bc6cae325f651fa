"""Data flows from stage to stage, and imports never go the other way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.project import PACKAGE, name_of, syntax_of

# From low to high: each may import those before it.
STAGES = [
    "limits",
    "extras",
    "stamp",
    "diagnostics",
    "look",
    "tree",
    "dates",
    "typed_dates",
    "numbers",
    "model",
    "content",
    "schemas",
    "fonts",
    "phrases",
    "sandbox",
    "drawing",
    "pages",
    "formats",
    "proof",
    "atomic",
    "projects",
    "entries",
    "manifest",
    "publishing",
    "catalogue",
    "keys",
    "jobs",
    "executors",
    "bounded",
    "tasks",
    "drafts",
    "ledger",
    "press",
    "reasons",
    "statuses",
    "survey",
    "press_run",
    "downloads",
    "signature",
    "signing",
    "signed",
    "verifying",
    "report",
    "console",
    "preview",
    "progress",
    "options",
    "commands",
    "cli",
    "start",
]

# Who may import a library; nobody else.
HOMES = {
    "weasyprint": ["briefpress/formats/pdf/"],
    "ebooklib": ["briefpress/formats/epub.py"],
    "yaml": ["briefpress/content/"],
    "markdown_it": ["briefpress/content/"],
    "tinycss2": [
        "briefpress/content/",
        "briefpress/drawing/style.py",
        "briefpress/formats/pdf/start_up.py",
        "briefpress/proof/active.py",
    ],
    "mdit_py_plugins": ["briefpress/content/"],
    "edtf": ["briefpress/dates.py"],
    "pypdfium2": [
        "briefpress/proof/",
        "briefpress/formats/cover.py",
        "briefpress/preview/drawing.py",
    ],
    "budoux": ["briefpress/phrases.py"],
    "jinja2": ["briefpress/sandbox.py"],
    "uharfbuzz": ["briefpress/fonts.py", "briefpress/drawing/lettering.py"],
    "click": [
        "briefpress/commands/",
        "briefpress/cli.py",
        "briefpress/console.py",
        "briefpress/options.py",
        "briefpress/progress.py",
    ],
    "pypandoc": ["briefpress/drafts/pandoc.py"],
    "vl_convert": ["briefpress/drawing/charts/vega.py"],
    "rich": ["briefpress/progress.py"],
    "starlette": ["briefpress/preview/"],
    "uvicorn": ["briefpress/preview/listening.py"],
    "watchfiles": ["briefpress/preview/watching.py"],
    "distributed": ["briefpress/executors.py"],
    "pyhanko": ["briefpress/signing.py"],
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it."""
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stage_of(name: str) -> int | None:
    """The place of `briefpress.content.read` and the like in the list; None for others."""
    first, _, rest = name.partition(".")
    stage = rest.partition(".")[0]
    return STAGES.index(stage) if first == "briefpress" and stage in STAGES else None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_a_stage_and_imports_no_later_one(path: Path) -> None:
    own = stage_of(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    if path == PACKAGE / "__init__.py":
        assert list(imported(path)) == []
        return
    assert own is not None, "give it a place in STAGES"
    later = [name for name in imported(path) if (stage_of(name) or 0) > own]
    assert later == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_one_place(library: str) -> None:
    importers = {
        name_of(path)
        for path in MODULES
        if any(name.partition(".")[0] == library for name in imported(path))
    }
    strangers = {name for name in importers if not name.startswith(tuple(HOMES[library]))}
    assert importers, "nobody imports it"
    assert strangers == set()


@pytest.mark.parametrize("path", sorted((PACKAGE / "proof").glob("*.py")), ids=name_of)
def test_the_proof_knows_nothing_of_what_makes_the_files(path: Path) -> None:
    makers = ("briefpress.formats", "briefpress.pages", "briefpress.fonts", "briefpress.press")
    assert [name for name in imported(path) if name.startswith(makers)] == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parent != PACKAGE / "formats"], ids=name_of
)
def test_nobody_but_the_formats_asks_for_the_format(path: Path) -> None:
    asked = [
        f"line {node.lineno}"
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and side.value in {"pdf", "epub", "html", "web"}
    ]
    assert asked == []
