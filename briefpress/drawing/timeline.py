"""A timeline: time runs downwards, marks stand at their true places, words beside them.

A mark says how precisely a date is known. A day is a point; a month, a season, a year is a pale bar
as long as it, for the event was some time within; an interval is a full bar. What is about then has
soft ends, what is uncertain is dashed, what goes on has an arrow. Events without a date stand off
the axis, below the event that they follow. What the marks of a picture mean is said below it, if
there are other marks than points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from briefpress import model
from briefpress.dates import Date
from briefpress.drawing.axis import Axis, bounds_of, lanes_of, spread
from briefpress.drawing.legend import draw_legend, said_by
from briefpress.drawing.marks import BEYOND, HALF, Mark, draw_mark, mark_of
from briefpress.drawing.style import Style
from briefpress.drawing.svg import Attributes, add, drawing, letters, points

# Lengths in letters' sizes: the tallest that a page has room for, and what leads to a label.
_TALLEST = 54.0
_TURN = 1.9
_INDENT = 1.0
_LINE = 1.32
# Lanes for marks that are at the same time, in CSS pixels.
_LANES = 5
_LANE = 11.0
# What gives way when there is little room: how large letters are, how many lines a label has, and
# what is left between labels.
_WAYS = ((1.0, 3, 0.55), (1.0, 2, 0.55), (0.88, 2, 0.45), (0.88, 1, 0.4), (0.82, 1, 0.15))


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of an event: when, and lines of what, the first of which begins behind when."""

    when: str
    begins: float
    lines: list[str]
    height: float
    mark: Mark | None
    follows: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was measured: letters and labels, the columns, the axis, and a lane for each label."""

    size: float
    labels: list[_Label]
    axis_x: float
    labels_x: float
    axis: Axis
    lanes: list[int]

    def mark_x(self, index: int) -> float:
        """The middle of the lane of a label's mark."""
        return self.axis_x + self.lanes[index] * _LANE


def draw(block: model.Timeline, style: Style) -> etree._Element:
    """The drawing of a timeline."""
    plan = _planned(block, style)
    heights = [label.height for label in plan.labels]
    begins = _besides(plan)
    places = spread(begins, heights, plan.size)
    axis_ends = plan.axis.top + plan.axis.length + BEYOND
    bottom = max(axis_ends, places[-1] + heights[-1]) + plan.size * 0.6
    said = said_by((label.mark, label.follows) for label in plan.labels)
    root = drawing(style.width, bottom)
    _draw_axis(root, plan, style)
    _draw_leaders(root, plan, begins, places)
    for index, label in enumerate(plan.labels):
        if label.mark:
            draw_mark(root, label.mark, plan.mark_x(index), plan.axis)
        _draw_label(root, plan, index, places)
    draw_legend(root, said, bottom, style)
    return root


def _planned(block: model.Timeline, style: Style) -> _Plan:
    """Measure, with as many lanes as marks need: known when the axis is, which labels make."""
    marks = [mark_of(date) if (date := _date_of(m)) else None for m in block.moments]
    first, last = bounds_of([mark for mark in marks if mark], block.first, block.last)
    needed = 1
    for lanes in range(1, _LANES + 1):
        if lanes < needed:
            continue
        size, axis_x, labels = _measured(block, marks, Axis(first, last, 0, 4000), lanes, style)
        height = sum(label.height for label in labels)
        length = max(min(height * 1.12, max(height, _TALLEST * style.size)), 9 * size)
        axis = Axis(first, last, size * 0.9, length)
        spans = [mark.reach(axis) for mark in marks if mark]
        needed = 1 + max(lanes_of(spans, len(spans)))
        if needed <= lanes:
            break
    chosen = iter(lanes_of(spans, lanes))
    columns = axis_x, _labels_x(axis_x, lanes, style)
    return _Plan(size, labels, *columns, axis, [next(chosen) if mark else 0 for mark in marks])


def _labels_x(axis_x: float, lanes: int, style: Style) -> float:
    return axis_x + (lanes - 1) * _LANE + HALF + _TURN * style.size


def _measured(
    block: model.Timeline, marks: Sequence[Mark | None], long: Axis, lanes: int, style: Style
) -> tuple[float, float, list[_Label]]:
    """The size of letters, as large as a page has room for, where the axis is, and the labels.

    How long the axis is isn't known yet: a `long` one has more words than there will be.
    """
    for scale, lines, between in _WAYS:
        size = style.size * scale
        words = [tick for _, tick in long.ticks(30, style.locale)]
        axis_x = max(style.lettering.width(each, size * 0.92) for each in words or [""]) + 14
        room = style.width - _labels_x(axis_x, lanes, style)
        labels = [
            _label_of(moment, mark, (style, size, between), lines, room)
            for moment, mark in zip(block.moments, marks, strict=True)
        ]
        if sum(label.height for label in labels) < _TALLEST * style.size:
            break
    return size, axis_x, labels


def _date_of(moment: model.Moment) -> Date | None:
    dates = (node.date for node in model.walk(moment.when) if isinstance(node, model.DateMention))
    return next(dates, None)


def _label_of(
    moment: model.Moment,
    mark: Mark | None,
    letters: tuple[Style, float, float],
    most: int,
    room: float,
) -> _Label:
    """The words of an event in no more than so many lines."""
    style, size, between = letters
    set_ = style.lettering
    if mark is None:
        room -= _INDENT * size
    when = model.text_of(moment.when, style.written) or style.labels.words["undated"]
    says = model.text_of(moment.label, style.written)
    begins = set_.width(when, size, bold=mark is not None) + 0.55 * size
    lines = set_.lines(says, size, room, indent=begins)
    if len(lines) > most:
        lines, rest = lines[: most - 1], says
        for line in lines:
            rest = rest.strip().removeprefix(line)
        left = room - (begins if not lines else 0)
        lines.append(set_.shortened(rest.strip(), size, left))
    height = (len(lines) * _LINE + between) * size
    return _Label(when, begins, lines, height, mark, moment.after is not None)


def _besides(plan: _Plan) -> list[float]:
    """Where the line to each label begins: in the order of the labels, so that none cross.

    Those of events without a date, which have no line, are at that of the event before.
    """
    found: list[float | None] = []
    below = plan.axis.top + plan.axis.length + BEYOND
    for label in reversed(plan.labels):
        if label.mark:
            top, _ = label.mark.ends(plan.axis)
            below = min(label.mark.beside(plan.axis, plan.size), max(below, top))
        found.append(below if label.mark else None)
    places, y = [], plan.axis.top
    for begins in reversed(found):
        y = y if begins is None else begins
        places.append(y)
    return places


def _draw_axis(root: etree._Element, plan: _Plan, style: Style) -> None:
    axis, x = plan.axis, plan.axis_x
    ends: Attributes = {"x1": x, "y1": axis.top, "x2": x, "y2": axis.top + axis.length}
    add(root, "line", **ends, stroke="line", stroke_width=1.5)
    size = plan.size * 0.92
    for y, words in axis.ticks(2.2 * plan.size, style.locale):
        add(root, "line", x1=x - 5, y1=y, x2=x, y2=y, stroke="muted", stroke_width=1.0)
        letters(root, words, x - 9, y + 0.33 * size, size, fill="muted", anchor="end")


def _draw_leaders(
    root: etree._Element, plan: _Plan, begins: Sequence[float], places: Sequence[float]
) -> None:
    """Lines from marks to labels, and to the axis from points that have no room on it."""
    turn = plan.labels_x - _TURN * plan.size * 0.85
    for index, label in enumerate(plan.labels):
        if label.mark is None:
            continue
        y, off = begins[index], plan.lanes[index] > 0 and label.mark.point
        way = [(plan.axis_x if off else plan.mark_x(index) + HALF + 1.5, y), (turn, y)]
        way += [(plan.labels_x - 11, places[index]), (plan.labels_x - 5, places[index])]
        line: Attributes = {"fill": "none", "stroke": "muted", "stroke_width": 0.75}
        add(root, "polyline", points=points(way), **line)


def _draw_label(root: etree._Element, plan: _Plan, index: int, places: Sequence[float]) -> None:
    label, y, size = plan.labels[index], places[index], plan.size
    x = plan.labels_x
    if label.mark is None:
        if label.follows and index:
            above = places[index - 1] + plan.labels[index - 1].height - 1.05 * size
            dots: Attributes = {"stroke": "muted", "stroke_width": 1.0, "stroke_dasharray": "1.5 2"}
            add(root, "line", x1=x + 3.5, y1=above, x2=x + 3.5, y2=y - 4, **dots)
        add(root, "circle", cx=x + 3.5, cy=y, r=3.5, fill="paper", stroke="muted", stroke_width=1.2)
        x += _INDENT * size
    baseline = y + 0.34 * size
    dated = label.mark is not None
    letters(root, label.when, x, baseline, size, fill="accent" if dated else "muted", bold=dated)
    for number, line in enumerate(label.lines):
        left = x + (0 if number else label.begins)
        if line:
            letters(root, line, left, baseline + number * _LINE * size, size)
