"""Pandoc's tables as `table` blocks: a caption, one row of heads, and rows as wide as it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefpress.drafts.drafting import Drafting, Element, Entry
from briefpress.drafts.inlines import line

_HOLD_BLOCKS = {"BulletList", "OrderedList", "DefinitionList", "BlockQuote", "Div", "LineBlock"}


def table(element: Element, drafting: Drafting) -> Entry:
    """A table as a block. What a briefing's tables can't do is said in remarks."""
    _, (_, caption), columns, head, bodies, foot = element["c"]
    heads = _rows(head[1], len(columns), drafting)
    rows = [
        row for body in bodies for row in _rows([*body[2], *body[3]], len(columns), drafting)
    ] + _rows(foot[1], len(columns), drafting)
    if not any(any(row) for row in heads):
        heads, rows = rows[:1], rows[1:]
        drafting.remark(_first(heads), "the table had no head; its first row is one now")
    if len(heads) > 1:
        drafting.remark(_first(heads), "of several head rows, the first is the head")
    said = cell(caption, drafting)
    first = heads[0] if heads else []
    if not said:
        drafting.remark(_first(heads), "a person has to write this table's caption")
    entry: Entry = {"caption": said, "head": first}
    if any(body[1] for body in bodies):
        entry["row-headers"] = True
    right = [name for name, (align, _) in zip(first, columns, strict=False) if _is_right(align)]
    if numeric := [name for name in right if name and first.count(name) == 1]:
        entry["numeric"] = numeric
    return {"table": entry | {"rows": heads[1:] + rows}}


def _is_right(align: Element) -> bool:
    return bool(align["t"] == "AlignRight")


def _first(rows: list[list[str]]) -> str:
    return next((each for row in rows for each in row if each), "")


def _rows(rows: list[Any], width: int, drafting: Drafting) -> list[list[str]]:
    """Rows of as many cells as there are columns; what spans several stands in the first."""
    grid: list[list[str | None]] = [[None] * width for _ in rows]
    for number, (_, cells) in enumerate(rows):
        column = 0
        for _, _, down, across, blocks in cells:
            while column < width and grid[number][column] is not None:
                column += 1
            words = cell(blocks, drafting)
            if down > 1 or across > 1:
                drafting.remark(words, "this cell spanned several; the others are empty now")
            for row in grid[number : number + down]:
                row[column : column + across] = [""] * len(row[column : column + across])
            if column < width:
                grid[number][column] = words
            column += across
    return [[each or "" for each in row] for row in grid]


def cell(blocks: list[Element], drafting: Drafting) -> str:
    """What a cell or a caption holds, as one line."""
    return " ".join(filter(None, (line(each, drafting) for each in _lines(blocks, drafting))))


def _lines(blocks: list[Element], drafting: Drafting) -> Iterator[list[Element]]:
    for block in blocks:
        match block["t"]:
            case "Para" | "Plain":
                yield block["c"]
            case "CodeBlock":
                yield [{"t": "Code", "c": [["", [], []], block["c"][1]]}]
            case kind if kind in _HOLD_BLOCKS:
                for inner in _nested(block):
                    yield from _lines(inner, drafting)
            case kind:
                drafting.remark("", f"{kind} can't stand in a cell, and is left out")


def _nested(block: Element) -> list[list[Element]]:
    contents = block["c"]
    match block["t"]:
        case "BulletList":
            return list(contents)
        case "OrderedList" | "Div":
            return list(contents[1]) if block["t"] == "OrderedList" else [contents[1]]
        case "DefinitionList":
            terms = [[[{"t": "Plain", "c": term}], *said] for term, said in contents]
            return [each for term in terms for each in term]
        case "LineBlock":
            return [[{"t": "Plain", "c": each}] for each in contents]
        case _:
            return [contents]
