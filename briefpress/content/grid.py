"""Rows of data under named columns, from a CSV file or from YAML, each cell at its place.

CSV is that of RFC 4180, in UTF-8: commas, double quotes around what holds a comma, a quote or a
line's end, and names of columns in the first line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefpress.content.context import Context
from briefpress.content.files import ill_named, is_named
from briefpress.content.read import Node, Scalar, Source, at, read_source
from briefpress.diagnostics import Code, ContentError, Span, listed
from briefpress.limits import CHART_ROWS, DATA_BYTES, TABLE_COLUMNS

# What the name of a file of data ends in, in small letters or capitals.
SUFFIXES = (".csv",)

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\n]*')


def is_data(file: str) -> bool:
    """Whether a file is one of data, by its name."""
    return file.lower().endswith(SUFFIXES)


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in rows, each as long as the names of the columns are many."""

    names: tuple[Scalar, ...]
    rows: tuple[tuple[Scalar, ...], ...]

    def column(self, name: str) -> int | None:
        """Which column has a name, from 0; None if none has it."""
        return next((i for i, each in enumerate(self.names) if each.text == name), None)


def grid_of(node: Node, file: str | None, context: Context) -> Grid | None:
    """The data of a chart: of the file that it names, or of its `head` and `rows`.

    What is wrong with them is kept in the scope, and there is no grid then.
    """
    lines = (
        _lines_of_yaml(node) if file is None else _lines_of_file(file, at(node, ["file"]), context)
    )
    if lines is None:
        return None
    found = len(context.scope.faults)
    _check_size(lines, node, context)
    _check_names(lines[:1], context)
    _check_widths(lines, context)
    if len(context.scope.faults) > found:
        return None
    return Grid(lines[0].cells, tuple(line.cells for line in lines[1:]))


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a line, of which there may be none, and where it stands."""

    cells: tuple[Scalar, ...]
    whole: Span

    @property
    def span(self) -> Span:
        """The first cell, or the whole line if it's empty."""
        return self.cells[0].span if self.cells else self.whole


_Lines = list[_Line]


def _lines_of_yaml(node: Node) -> _Lines:
    return [
        _Line(tuple(cell for cell in line.children() if isinstance(cell, Scalar)), line.span)
        for line in (at(node, ["head"]), *at(node, ["rows"]).children())
    ]


def _lines_of_file(file: str, node: Node, context: Context) -> _Lines | None:
    """The lines of a file of the briefing's folder. None where it can't be read, which is kept."""
    path = context.folder / file
    reason = ill_named(file, SUFFIXES)
    if reason is None and not is_named(path):
        reason = "there is no such file"
    if reason is not None:
        hint = "name a CSV file in the briefing's folder"
        context.scope.fault(Code.BAD_DATA, node.span, f"{file!r}: {reason}", hint)
        return None
    name = "/".join((*context.words.source.name.split("/")[:-1], file))
    try:
        source = read_source(path, name, DATA_BYTES, context.folder)
    except ContentError as error:
        context.scope.faults.extend(error.diagnostics)
        return None
    try:
        return list(_parsed(source))
    except _SyntaxError as error:
        hint = 'put the cell in double quotes, and write "" for one in it'
        context.scope.fault(Code.BAD_DATA, source.span(error.start), str(error), hint)
        return None


class _SyntaxError(Exception):
    """A file isn't CSV from some character on."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.start = start


def _parsed(source: Source) -> Iterator[_Line]:
    """The cells of each line that has some. Raises `_SyntaxError`."""
    start = 0
    reader = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    while True:
        try:
            texts = next(reader, None)
        except csv.Error as error:
            raise _SyntaxError(f"this line isn't CSV: {error}", start) from None
        if texts is None:
            return
        cells, start = _placed(texts, source, start)
        if cells:
            yield _Line(tuple(cells), cells[0].span)


def _placed(texts: list[str], source: Source, start: int) -> tuple[list[Scalar], int]:
    """The cells of a line that begins somewhere, and where the next begins."""
    cells = []
    for text in texts:
        match = _CELL.match(source.text, start)
        assert match
        quoted = match[0].startswith('"')
        cells.append(Scalar(source, match.start(), match.end(), text.strip(), quoted))
        start = match.end() + 1
    return cells, start if texts else start + 1


def _check_size(lines: _Lines, node: Node, context: Context) -> None:
    """Keep a fault where there is no data, or too much."""
    scope = context.scope
    if len(lines) < 2:
        place = lines[0].span if lines else at(node, ["file"]).span
        hint = "write the names of the columns into the first line, and data into the next"
        scope.fault(Code.BAD_DATA, place, "there are no rows of data", hint)
    elif len(lines) - 1 > CHART_ROWS.most:
        message = f"{CHART_ROWS.of} can't have more than {CHART_ROWS}"
        hint = "sum them up: what a chart shows is printed below it"
        scope.fault(Code.TOO_LARGE, lines[CHART_ROWS.most + 1].span, message, hint)
    elif len(lines[0].cells) > TABLE_COLUMNS.most:
        message = f"there are more than {TABLE_COLUMNS}"
        place = lines[0].cells[TABLE_COLUMNS.most].span
        scope.fault(Code.TOO_LARGE, place, message, "leave out what the chart doesn't show")


def _check_names(head: _Lines, context: Context) -> None:
    seen = set()
    for name in head[0].cells if head else ():
        if name.text in seen:
            message = f"two columns are called {name.text!r}"
            context.scope.fault(Code.BAD_DATA, name.span, message, "give one another name")
        seen.add(name.text)


def _check_widths(lines: _Lines, context: Context) -> None:
    """Keep a fault for each row that hasn't as many cells as there are columns."""
    for line in lines[1 : CHART_ROWS.most + 1]:
        count, wanted = len(line.cells), len(lines[0].cells)
        if count != wanted:
            names = listed([name.text for name in lines[0].cells])
            context.scope.fault(
                Code.BAD_DATA,
                line.span,
                f"the row has too {'few' if count < wanted else 'many'} cells: "
                f"{count}, where there are {wanted} columns",
                f"give it a cell for each of: {names}; leave one empty where there is no value",
            )
