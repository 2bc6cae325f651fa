"""Charts over dates: bars that stand, lines, areas and points, in their true distances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from briefpress import model
from briefpress.drawing.charts import axes, marks
from briefpress.drawing.charts.heading import (
    LEADING,
    SMALL,
    NoRoomError,
    box_key,
    half,
    have_room,
    heading,
    room_between,
    titles_of,
)
from briefpress.drawing.charts.marks import COLOURS, Frame, Layer, Row
from briefpress.drawing.style import Style
from briefpress.drawing.svg import add, letters, number

# Of the column's width.
_HEIGHT = 0.46
_MOST_OF_A_LABEL = 0.3
# Of the time that a value is of.
_BAR = 0.72
# More symbols would hide the line, which is dashed then.
_MOST_SYMBOLS = 16


@dataclass(frozen=True, slots=True)
class _Label:
    """The words at the end of a series: where they end, and where their middle is to stand."""

    series: int
    lines: tuple[str, ...]
    x: float
    end: float
    y: float


def draw(root: etree._Element, block: model.Chart, style: Style) -> float:
    """Draw a chart whose rows are dates, and return its height."""
    bars = block.mark == "bar"
    top = heading(root, block, style, box_key if bars else None) + style.size
    frame = _frame(block, style, top)
    _scale_words(root, frame, style)
    marks.draw_marks(root, frame, _layers(block, frame))
    if not bars and len(block.values[0]) > 1:
        for label in _apart(list(_labels(block, frame, style)), frame, style):
            _end(root, label, style)
    two_lines = any(tick.below for tick in frame.x.ticks)
    return frame.top + frame.height + style.size * (1.6 + (LEADING if two_lines else 0))


# Places


def _frame(block: model.Chart, style: Style, top: float) -> Frame:
    """Where the marks stand, with room for the words around them."""
    bars = block.mark == "bar"
    nought = bars or block.mark == "area"
    y = axes.of_values(_heights(block), style.locale, from_nought=nought)
    left = max(_width(tick.words, style) for tick in y.ticks) + style.size * 0.7
    right = style.size * 0.2
    if not bars and len(block.values[0]) > 1:
        ends = (line for title in titles_of(block, style) for line in _wrapped(title, style))
        right = max(style.lettering.width(each, style.size, bold=True) for each in ends)
        right += style.size * 0.9
    frame = _between(left, right, y, block, style, top)
    # The first and the last word below may stand out on the sides.
    first, last = frame.x.ticks[0], frame.x.ticks[-1]
    left += max(0.0, half(first, style) - frame.at_x(first.at))
    right += max(0.0, frame.at_x(last.at) + half(last, style) - style.width)
    return _between(left, right, y, block, style, top)


def _between(  # noqa: PLR0913, PLR0917 - what a frame is made from
    left: float, right: float, y: axes.Axis, block: model.Chart, style: Style, top: float
) -> Frame:
    """A frame that leaves room on its left and on its right."""
    width = room_between(left, right, style)

    def fits(ticks: tuple[axes.Tick, ...], low: float, high: float) -> bool:
        return have_room(ticks, width / (high - low), style)

    margin = 0.5 if block.mark == "bar" else 0.0
    x = axes.of_dates(block.dates, style.locale, margin=margin, fits=fits)
    return Frame(left, top, width, style.width * _HEIGHT, x, y)


def _heights(block: model.Chart) -> list[float]:
    """How high the marks go."""
    if block.mark == "area":
        return [sum(v for v in row if v is not None) for row in block.values]
    return [v for row in block.values for v in row if v is not None]


def _width(words: str, style: Style) -> float:
    return style.lettering.width(words, style.size * SMALL)


def _wrapped(title: str, style: Style) -> list[str]:
    return style.lettering.lines(title, style.size, style.width * _MOST_OF_A_LABEL, bold=True)


# Marks


def _layers(block: model.Chart, frame: Frame) -> Iterator[Layer]:
    places = [float(axes.place_of(date)) for date in block.dates]
    gridlines, zero = marks.grid(frame)
    yield gridlines
    if block.mark == "bar":
        for series in range(len(block.values[0])):
            yield marks.boxes(frame, list(_bars(block, places, series)), COLOURS[series])
    elif block.mark == "area":
        count = len(block.values[0])
        rows = [
            {"x": x, "y": row[series], "series": series}
            for x, row in zip(places, block.values, strict=True)
            for series in range(count)
        ]
        yield marks.area(frame, rows, count)
    else:
        yield from _lines(block, frame, places)
    yield zero


def _bars(block: model.Chart, places: list[float], series: int) -> Iterator[Row]:
    """The bars of a series, beside those of the others."""
    count = len(block.values[0])
    width = _BAR / count
    for place, row in zip(places, block.values, strict=True):
        value = row[series]
        left = place - _BAR / 2 + series * width
        gap = 0.06 * width if count > 1 else 0
        if value is not None:
            yield {"x": left + gap, "x2": left + width - gap, "y": 0.0, "y2": value}


def _lines(block: model.Chart, frame: Frame, places: list[float]) -> Iterator[Layer]:
    drawn = range(len(block.values[0]))
    few = len(places) <= _MOST_SYMBOLS or block.mark == "point"
    rows = {
        series: [{"x": x, "y": row[series]} for x, row in zip(places, block.values, strict=True)]
        for series in drawn
    }
    if block.mark == "line":
        for series in drawn:
            yield marks.line(frame, rows[series], series, dashed=not few)
    for series in drawn:
        shown = rows[series] if few else list(_alone(rows[series]))
        yield marks.symbols(frame, [row for row in shown if row["y"] is not None], series)


def _alone(rows: Sequence[Row]) -> Iterator[Row]:
    """The values that have none beside them, and so no line."""
    for before, here, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if all(each is None or each["y"] is None for each in (before, after)):
            yield here


# Words


def _scale_words(root: etree._Element, frame: Frame, style: Style) -> None:
    size = style.size * SMALL
    for tick in frame.y.ticks:
        y = frame.at_y(tick.at) + size * 0.35
        x = frame.left - style.size * 0.7
        letters(root, tick.words, x, y, size, fill="muted", anchor="end")
    floor = frame.top + frame.height
    y = floor + style.size * 1.35
    for tick in frame.x.ticks:
        x = frame.at_x(tick.at)
        add(root, "path", d=f"M{number(x)},{number(floor)}v4", stroke="muted", stroke_width=0.75)
        letters(root, tick.words, x, y, size, fill="muted", anchor="middle")
        if tick.below:
            below = y + style.size * LEADING
            letters(root, tick.below, x, below, size, fill="muted", anchor="middle")


def _labels(block: model.Chart, frame: Frame, style: Style) -> Iterator[_Label]:
    """The words at the end of each series, where they are to stand."""
    places = [axes.place_of(date) for date in block.dates]
    for series, title in enumerate(titles_of(block, style)):
        last = max(i for i, row in enumerate(block.values) if row[series] is not None)
        value = block.values[last][series] or 0.0
        if block.mark == "area":
            below = sum(each or 0.0 for each in block.values[last][:series])
            value = below + value / 2
        x = frame.at_x(places[last])
        y = frame.at_y(value)
        yield _Label(series, tuple(_wrapped(title, style)), x + style.size * 0.65, y, y)


def _apart(labels: list[_Label], frame: Frame, style: Style) -> list[_Label]:
    """Labels moved up and down until none stands on another. Raises `NoRoomError`."""
    leading = style.size * LEADING
    if sum(len(label.lines) for label in labels) * leading > frame.height + 1.5 * leading:
        raise NoRoomError
    labels = sorted(labels, key=lambda label: label.y)
    floor = frame.top + frame.height + leading / 2
    placed: list[_Label] = []
    end = frame.top - leading
    for label in labels:
        half = len(label.lines) * leading / 2
        y = max(label.y, end + half)
        placed.append(replace(label, y=y))
        end = y + half
    for index in reversed(range(len(placed))):
        half = len(placed[index].lines) * leading / 2
        y = min(placed[index].y, floor - half)
        placed[index] = replace(placed[index], y=y)
        floor = y - half
    return placed


def _end(root: etree._Element, label: _Label, style: Style) -> None:
    """The words at the end of a series, and a line to it where they had to move."""
    size = style.size
    if abs(label.y - label.end) > size * 0.6:
        start = label.x - size * 0.25
        add(
            root,
            "line",
            x1=start,
            y1=label.end,
            x2=label.x + size * 0.1,
            y2=label.y,
            stroke=COLOURS[label.series],
            stroke_width=0.75,
        )
    y = label.y - (len(label.lines) - 1) * size * LEADING / 2 + size * 0.35
    for line in label.lines:
        letters(root, line, label.x + size * 0.15, y, size, fill=COLOURS[label.series], bold=True)
        y += size * LEADING
