"""What is replaced of WeasyPrint gives the same pages, and is what was read before."""

from __future__ import annotations

import ast
import importlib
import inspect
from hashlib import sha256
from pathlib import Path

import pytest

from briefpress.drawing import drawings_of
from briefpress.formats import Edition, pdf
from briefpress.formats.pdf.replaced import REPLACED
from briefpress.tasks import find_tasks, read_edition
from tests.formats.conftest import SPECIMEN

# What our functions say again, or rest on, of these. Where one has changed, read it, see whether
# ours still does the same, and write down the new digest.
READ = {
    ("weasyprint.css", "ComputedStyle.__missing__"): "18376952aacf",
    ("weasyprint.css", "Style"): "d37975c41150",
    ("weasyprint.css", "StyleFor"): "51c333bbcae8",
    ("weasyprint.formatting_structure.build", "element_to_box"): "c489ce6eb1c8",
    ("weasyprint.formatting_structure.build", "before_after_to_box"): "b96ec2ad71f1",
    ("weasyprint.formatting_structure.build", "marker_to_box"): "562880c33a71",
    ("weasyprint.layout.page", "set_page_type_computed_styles"): "aed6c0aac2b4",
    ("weasyprint.layout.page", "make_margin_boxes"): "ff19320efeb0",
    ("weasyprint.layout.percent", "resolve_percentages"): "92016b948f74",
    ("weasyprint.layout.percent", "resolve_one_percentage"): "8abbba7df518",
    ("weasyprint.layout.percent", "adjust_box_sizing"): "a0415df952b1",
    ("weasyprint.text.line_break", "Layout"): "ba2e4044f7c7",
    ("weasyprint.text.line_break", "first_line_metrics"): "d3ba485663a7",
    ("weasyprint.text.line_break", "split_first_line"): "f5cfad56910a",
    ("weasyprint.text.line_break", "create_layout"): "5d4b11726a68",
    ("weasyprint.text.line_break", "strut"): "e0631a4e87ce",
    ("weasyprint.text.line_break", "can_break_text"): "50b1f2c840c9",
    ("weasyprint.text.fonts", "get_font_description"): "be554c07a53f",
    ("weasyprint.draw.text", "draw_text"): "d1cfa769e258",
    ("weasyprint", "HTML.__init__"): "a80b23bd5891",
    ("pydyf", "PDF.write"): "ea22a18cbf2f",
    ("pydyf", "Stream.data"): "9fe132839483",
}


def text_of(module: str, path: str) -> str:
    """The text of a function or class in a module's file, whatever stands in its place now."""
    text = Path(inspect.getfile(importlib.import_module(module))).read_text("utf-8")
    node: ast.AST = ast.parse(text)
    for name in path.split("."):
        node = next(
            child
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.FunctionDef | ast.ClassDef) and child.name == name
        )
    return ast.get_source_segment(text, node) or ""


@pytest.mark.parametrize(("module", "path"), READ)
def test_what_was_read_of_weasyprint_is_what_it_has(module: str, path: str) -> None:
    assert sha256(text_of(module, path).encode()).hexdigest()[:12] == READ[module, path]


def test_ours_stand_in_the_place_of_theirs() -> None:
    for each in REPLACED:
        assert getattr(each.owner, each.name) is each.ours
        assert each.theirs.__module__.startswith("weasyprint")


def made(content: Path) -> list[bytes]:
    """The PDFs of a content folder."""
    found = []
    for task in find_tasks(content, Path("output")):
        briefing, labels = read_edition(task)
        folder = (content / task.briefing).resolve()
        drawings = drawings_of(briefing, task.templates, labels)
        edition = Edition(briefing, labels, folder, task.templates, epoch=0, drawings=drawings)
        found.append(pdf.publish(edition).data)
    return found


@pytest.mark.parametrize("content", [SPECIMEN, SPECIMEN.with_name("cyrillic")])
def test_the_pages_are_those_that_weasyprint_makes_alone(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = made(content)
    for each in REPLACED:
        monkeypatch.setattr(each.owner, each.name, each.theirs)
    assert ours
    assert made(content) == ours
