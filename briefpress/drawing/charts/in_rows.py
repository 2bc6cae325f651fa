"""Charts over categories: a row for each, with bars that lie, or points, along one axis."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from briefpress import model
from briefpress.drawing.charts import axes, marks
from briefpress.drawing.charts.axes import Axis
from briefpress.drawing.charts.heading import (
    LEADING,
    SMALL,
    box_key,
    half,
    have_room,
    heading,
    room_between,
    symbol_key,
)
from briefpress.drawing.charts.marks import COLOURS, Frame, Layer, Row
from briefpress.drawing.style import Style
from briefpress.drawing.svg import letters

# Of the column's width.
_MOST_OF_A_NAME = 0.36
# Beside the size of letters: how high a bar is, one of several, and the space between two rows.
_BAR, _BAR_OF_SEVERAL, _SPACE = 1.25, 1.05, 0.6


def draw(root: etree._Element, block: model.Chart, style: Style) -> float:
    """Draw a chart whose rows are categories, and return its height."""
    bars = block.mark == "bar"
    top = heading(root, block, style, box_key if bars else symbol_key) + style.size * 0.6
    names = [_name(row, style) for row in block.table.rows]
    heights = [_row_height(block, name, style) for name in names]
    # Rows are measured from the top; in an axis larger values are higher.
    ends = [sum(heights[:index]) for index in range(len(heights) + 1)]
    frame = _frame(block, names, style, top if bars else top + style.size * LEADING, ends[-1])
    middles = [ends[-1] - (a + b) / 2 for a, b in pairwise(ends)]
    marks.draw_marks(root, frame, _layers(block, frame, middles, style))
    for name, middle in zip(names, middles, strict=True):
        y = frame.at_y(middle) - (len(name) - 1) * style.size * LEADING / 2 + style.size * 0.35
        for index, line in enumerate(name):
            letters(root, line, 0, y + index * style.size * LEADING, style.size)
    if bars:
        _values(root, block, frame, middles, style)
    else:
        for tick in frame.x.ticks:
            x, y = frame.at_x(tick.at), frame.top - style.size * 0.5
            letters(root, tick.words, x, y, style.size * SMALL, fill="muted", anchor="middle")
    return frame.top + frame.height


def _name(row: model.Row, style: Style) -> list[str]:
    text = model.text_of(row.header or (), style.written)
    return style.lettering.lines(text, style.size, style.width * _MOST_OF_A_NAME)


def _row_height(block: model.Chart, name: list[str], style: Style) -> float:
    several = len(block.values[0]) > 1 and block.mark == "bar"
    bars = _BAR_OF_SEVERAL * len(block.values[0]) if several else _BAR
    return style.size * (max(bars, LEADING * len(name)) + _SPACE)


def _frame(
    block: model.Chart, names: list[list[str]], style: Style, top: float, height: float
) -> Frame:
    """Where the marks stand, with room for names and values."""
    known = [v for row in block.values for v in row if v is not None]
    bars = block.mark == "bar"
    x = axes.of_values(known, style.locale, from_nought=bars)
    size = style.size
    left = max(style.lettering.width(line, size) for name in names for line in name) + size
    right = size * 1.5
    if bars:
        # The values stand at the ends of the bars, so nothing else says how long those are.
        low, high = min(0.0, *known), max(0.0, *known)
        x = Axis(low, high if high > low else 1.0, (axes.Tick(0.0, ""),))
        words = (
            _words(row.cells[i], style) for row in block.table.rows for i in range(len(row.cells))
        )
        room = max(style.lettering.width(each, size * SMALL) for each in words) + size * 0.6
        left += room if x.low < 0 else 0
        right = room
    else:
        left = max(left, half(x.ticks[0], style))
        right = max(right, half(x.ticks[-1], style))
    width = room_between(left, right, style)
    x = x.thinned(lambda ticks: have_room(ticks, width / (x.high - x.low), style))
    return Frame(left, top, width, height, x, Axis(0.0, height))


def _words(cell: model.Inlines, style: Style) -> str:
    return model.text_of(cell, style.written)


def _layers(
    block: model.Chart, frame: Frame, middles: list[float], style: Style
) -> Iterator[Layer]:
    count = len(block.values[0])
    if block.mark == "bar":
        for series in range(count):
            yield marks.boxes(frame, list(_bars(block, middles, series, style)), COLOURS[series])
        # The axis has no ticks but where bars begin.
        yield from marks.grid(frame, lying=True)
        return
    yield from marks.grid(frame, lying=True)
    yield marks.boxes(frame, list(_spans(block, middles)), "grid")
    for series in range(count):
        rows = [
            {"x": row[series], "y": middle}
            for row, middle in zip(block.values, middles, strict=True)
            if row[series] is not None
        ]
        yield marks.symbols(frame, rows, series, size=70)


def _bars(block: model.Chart, middles: list[float], series: int, style: Style) -> Iterator[Row]:
    for row, middle in zip(block.values, middles, strict=True):
        value = row[series]
        if value is not None:
            top, height = _bar(len(row), series, middle, style)
            yield {"x": 0.0, "x2": value, "y": top, "y2": top - height}


def _bar(count: int, series: int, middle: float, style: Style) -> tuple[float, float]:
    """The upper end of a bar of a row, and its height."""
    if count == 1:
        return middle + style.size * _BAR / 2, style.size * _BAR
    each = style.size * _BAR_OF_SEVERAL
    return middle + each * (count / 2 - series) - 0.5, each - 1


def _spans(block: model.Chart, middles: list[float]) -> Iterator[Row]:
    """From the least to the largest value of each row."""
    for row, middle in zip(block.values, middles, strict=True):
        known = [value for value in row if value is not None]
        if len(known) > 1:
            yield {"x": min(known), "x2": max(known), "y": middle + 1.25, "y2": middle - 1.25}


def _values(
    root: etree._Element, block: model.Chart, frame: Frame, middles: list[float], style: Style
) -> None:
    """What each bar stands for, at its end."""
    size = style.size * SMALL
    for row, said, middle in zip(block.values, block.table.rows, middles, strict=True):
        for series, value in enumerate(row):
            top, height = _bar(len(row), series, middle, style)
            y = frame.at_y(top - height / 2) + size * 0.35
            below = value is not None and value < 0
            x = frame.at_x(value or 0.0) + style.size * (-0.35 if below else 0.35)
            words = _words(said.cells[series], style)
            fill = "muted" if value is None else "ink"
            letters(root, words, x, y, size, fill=fill, anchor="end" if below else "start")
