"""Where the parts of a text stand in its file, whatever way YAML spells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpress.content.cursor import Cursor
from briefpress.content.read import Scalar, at, read


def cursor(folder: Path, yaml: str) -> Cursor:
    (folder / "a.yaml").write_text(yaml, "utf-8")
    node = at(read(folder / "a.yaml", "a.yaml"), ["a"])
    assert isinstance(node, Scalar)
    return Cursor(node)


def place(cursor: Cursor, snippet: str) -> tuple[int, int, int]:
    span = cursor.find(snippet)
    return span.line, span.column, span.length


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("a: It is {x} now.\n", (1, 10, 3)),
        ("a: 'It''s {x} now.'\n", (1, 11, 3)),
        ('a: "It\\u0027s\\t{x} now."\n', (1, 16, 3)),
        ("a: |\n  It is\n  {x} now.\n", (3, 3, 3)),
        ("a: |2-\n\n    It is {x} now.\n", (3, 11, 3)),
        ("a: >\n  It is\n\n  {x} now.\n", (4, 3, 3)),
        ("a: It is\n  on two lines {x}\n", (2, 16, 3)),
        ("a: 日本は{x}に\n", (1, 7, 3)),
        ("b: '{x}'\na: the {x}\n", (2, 8, 3)),
    ],
)
def test_a_snippet_is_found_where_it_is_written(
    tmp_path: Path, yaml: str, expected: tuple[int, int, int]
) -> None:
    assert place(cursor(tmp_path, yaml), "{x}") == expected


def test_white_space_matches_where_a_line_is_folded(tmp_path: Path) -> None:
    folded = cursor(tmp_path, "a: >\n  on 3 May\n  1995 at noon\n")

    assert place(folded, "3 May 1995") == (2, 6, 5)


@pytest.mark.parametrize(("yaml", "column"), [("a: 'x it''s'\n", 7), ('a: "x it\'s"\n', 7)])
def test_quotes_are_spelt_as_the_file_spells_them(tmp_path: Path, yaml: str, column: int) -> None:
    assert place(cursor(tmp_path, yaml), "it's")[:2] == (1, column)


def test_what_is_written_as_an_escape_stands_for_the_whole_text(tmp_path: Path) -> None:
    assert place(cursor(tmp_path, 'a: "caf\\u00e9"\n'), "é") == (1, 4, 11)


def test_a_snippet_is_looked_for_behind_what_was_read(tmp_path: Path) -> None:
    here = cursor(tmp_path, "a: one {x} two {x} three {x}\n")

    here.past("one")
    assert place(here, "{x}")[1] == 8
    here.past("{x}")
    assert place(here, "{x}")[1] == 16
    here.past("three")
    assert place(here, "{x}")[1] == 26
    here.past("{x}")
    assert place(here, "{x}")[1] == 8


def test_what_is_not_near_does_not_move_the_cursor(tmp_path: Path) -> None:
    here = cursor(tmp_path, f"a: one {'- ' * 2000} two\n")

    here.past("two")
    assert here.here == 0


def test_what_is_inside_of_a_snippet_is_read_before_what_is_behind_it(tmp_path: Path) -> None:
    here = cursor(tmp_path, "a: x {id|the x} x\n")
    here.past("x")

    with here.inside("{id|the x}") as span:
        assert span.column == 6
        here.past("the")
        assert place(here, "x")[1] == 14
    assert place(here, "x")[1] == 17
