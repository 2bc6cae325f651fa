"""Marks on an axis of time, which say how precisely a date is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from briefpress.dates import Date, End, Precision
from briefpress.drawing.axis import Axis
from briefpress.drawing.svg import Attributes, add, points

# Half of a mark's width, and how far soft ends go, in CSS pixels; how far beyond the axis what has
# no end goes, so that its arrow has room.
HALF = 4.0
_SOFT = 10.0
_FADING = 30.0
BEYOND = 9.0
# The least heights of bars that can be seen, and of those whose sides are dashed: less than a
# point's, which is more precise.
_LEAST, _LEAST_DASHED = 2.0, 7.0
# How much is free around bars, and the middles of points, which may be covered in part.
_APART = 2.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn of a date: the days from `first` to before `last`, and what is known of them.

    A `point` is a day; what is `throughout` took all the time, and else was some time within it.
    """

    first: int | None
    last: int | None
    point: bool = False
    throughout: bool = False
    about: bool = False
    uncertain: bool = False
    unknown: bool = False

    def ends(self, axis: Axis) -> tuple[float, float]:
        """Where it begins and ends on an axis."""
        first = axis.first if self.first is None else max(self.first, axis.first)
        last = axis.last if self.last is None else min(self.last, axis.last)
        if self.point:
            middle = axis.at(first + 0.5)
            return middle, middle
        top, bottom = axis.at(first), axis.at(last)
        if self.first is None:
            top = max(top, bottom - _FADING) if self.unknown else top - BEYOND
        if self.last is None:
            bottom = min(bottom, top + _FADING) if self.unknown else bottom + BEYOND
        more = max(0.0, (_LEAST_DASHED if self.uncertain else _LEAST) - (bottom - top))
        return top - more / 2, bottom + more / 2

    def reach(self, axis: Axis) -> tuple[float, float]:
        """From where to where nothing else may be drawn in its lane."""
        top, bottom = self.ends(axis)
        more = _APART + (_SOFT if self.about else 0)
        return top - more, bottom + more

    def beside(self, axis: Axis, size: float) -> float:
        """Where a line to words of a size begins: near the top of what is long."""
        top, bottom = self.ends(axis)
        return min((top + bottom) / 2, top + size / 2)

    def said(self) -> Iterator[str]:
        """What is to be said of it, by the names of labels behind `mark-`."""
        yield "throughout" if self.throughout else "day" if self.point else "within"
        if self.about:
            yield "about"
        if self.uncertain:
            yield "uncertain"
        if self.first is None or self.last is None:
            yield "unknown" if self.unknown else "open"


def mark_of(date: Date) -> Mark:
    """The mark of a date."""
    known = date.points
    first = None if isinstance(date.start, End) else date.start.first_day.toordinal()
    last = None if isinstance(date.end, End) else date.end.last_day.toordinal() + 1
    single = date.start == date.end
    return Mark(
        first,
        last,
        point=single and known[0].precision is Precision.DAY,
        throughout=not single,
        about=any(point.approximate for point in known),
        uncertain=any(point.uncertain for point in known),
        unknown=End.UNKNOWN in {date.start, date.end},
    )


def draw_mark(root: etree._Element, mark: Mark, x: float, axis: Axis) -> None:
    """Draw a mark in the middle of a lane."""
    top, bottom = mark.ends(axis)
    if mark.about:
        top, bottom = top - _SOFT, bottom + _SOFT
    if mark.point and not mark.about:
        _draw_point(root, x, top, mark)
        return
    softness = _softness(mark, top, bottom, axis)
    if mark.about or any(softness):
        fill = _fade(root, top, bottom, *softness)
    else:
        fill = "accent" if mark.throughout else "pale"
    sides: Attributes = {} if mark.about else {"stroke": "accent", "stroke_width": 1.0}
    if any(softness):
        sides = {}
    if mark.uncertain:
        sides = {"stroke": "accent", "stroke_width": 1.0, "stroke_dasharray": "2.5 2"}
        fill = fill if mark.about or any(softness) else "paper"
    height = bottom - top
    add(root, "rect", x=x - HALF, y=top, width=2 * HALF, height=height, fill=fill, **sides)
    if mark.point:
        _draw_point(root, x, (top + bottom) / 2, mark)
    _draw_arrows(root, mark, x, top, bottom)


def _draw_point(root: etree._Element, x: float, y: float, mark: Mark) -> None:
    if mark.uncertain:
        dashed: Attributes = {"stroke": "accent", "stroke_width": 1.2, "stroke_dasharray": "2 1.6"}
        add(root, "circle", cx=x, cy=y, r=HALF, fill="paper", **dashed)
    else:
        # Its edge keeps it apart from one that it covers in part.
        edge: Attributes = {"stroke": "paper", "stroke_width": 1}
        add(root, "circle", cx=x, cy=y, r=HALF + 0.5, fill="accent", **edge)


def _softness(mark: Mark, top: float, bottom: float, axis: Axis) -> tuple[float, float]:
    """How long the ends of a bar take to fade, at its top and its bottom."""
    length = max(bottom - top, 0.01)
    if mark.about:
        soft = _SOFT if mark.throughout else length / 2
        return soft, soft
    fading = min(_FADING, length)
    cut_before = mark.first is not None and mark.first < axis.first
    cut_after = mark.last is not None and mark.last > axis.last
    return (
        fading if mark.first is None or cut_before else 0.0,
        fading if mark.last is None or cut_after else 0.0,
    )


def _fade(root: etree._Element, top: float, bottom: float, above: float, below: float) -> str:
    """A gradient for a bar whose ends fade; what it is filled with."""
    id_ = f"fade{len(root)}"
    gradient = add(root, "linearGradient", id=id_, gradientUnits="userSpaceOnUse")
    for name, value in (("x1", 0.0), ("y1", top), ("x2", 0.0), ("y2", bottom)):
        gradient.set(name, f"{value:.2f}")
    length = max(bottom - top, 0.01)
    stops = [(0.0, 0 if above else 1), (above / length, 1)]
    stops += [(1 - below / length, 1), (1.0, 0 if below else 1)]
    for offset, opacity in stops:
        add(gradient, "stop", offset=offset, stop_color="accent", stop_opacity=float(opacity))
    return f"url(#{id_})"


def _draw_arrows(root: etree._Element, mark: Mark, x: float, top: float, bottom: float) -> None:
    """Say by an arrow at which end it goes on."""
    if mark.unknown:
        return
    for end, y, way in ((mark.first, top, -1), (mark.last, bottom, 1)):
        if end is None:
            corners = ((x - HALF, y - way * 5), (x, y), (x + HALF, y - way * 5))
            line: Attributes = {"fill": "none", "stroke": "accent", "stroke_width": 1.6}
            add(root, "polyline", points=points(corners), **line)
