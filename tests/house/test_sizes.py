"""Modules and functions that can be read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.project import modules, name_of, syntax_of

MOST_LINES_OF_A_MODULE = 350
MOST_LINES_OF_A_MODULE_OF_TESTS = 450  # they hold what is expected, line by line
MOST_LINES_OF_A_FUNCTION = 40

# Names for what has no subject.
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "base"}

each_module = pytest.mark.parametrize("path", modules(), ids=name_of)


@each_module
def test_the_module_is_short(path: Path) -> None:
    of_tests = name_of(path).startswith("tests/")
    most = MOST_LINES_OF_A_MODULE_OF_TESTS if of_tests else MOST_LINES_OF_A_MODULE
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= most


@each_module
def test_its_functions_are_short(path: Path) -> None:
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


@each_module
def test_it_is_called_after_what_is_in_it(path: Path) -> None:
    assert not NAMELESS & set(path.stem.split("_"))
    classes = [node.name for node in ast.walk(syntax_of(path)) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if name.endswith(("Manager", "Helper", "Utils"))] == []
