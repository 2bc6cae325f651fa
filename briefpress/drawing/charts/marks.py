"""Marks of a chart: layers of Vega-Lite, and what it draws of them as parts of a drawing.

Colours are names of roles, which `svg.finished` knows. Nothing that Vega draws here has words in
it, so its fonts play no part; places are in pixels from the frame's corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from briefpress.drawing.charts import vega
from briefpress.drawing.charts.axes import Axis
from briefpress.drawing.style import SERIES
from briefpress.drawing.svg import SVG, number

Layer = Mapping[str, object]
Row = Mapping[str, float | None]

# By the place of a series among those of its chart: all of them are told apart without colours.
COLOURS = SERIES
SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ((), (7.0, 3.0), (2.0, 3.0), (9.0, 3.0, 2.0, 3.0))

_KEPT = re.compile(
    r"d|fill|stroke|stroke-(?:width|dasharray|linecap|linejoin)|[xy][12]?|width|height"
)
_TRANSLATED = re.compile(r"translate\((-?[\d.e-]+),(-?[\d.e-]+)\)")
_DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where in a drawing the marks stand, and from where to where their axes go."""

    left: float
    top: float
    width: float
    height: float
    x: Axis
    y: Axis

    def at_x(self, value: float) -> float:
        """Where a value stands in the drawing, from its left."""
        return self.left + self.x.along(value, self.width)

    def at_y(self, value: float) -> float:
        """Where a value stands in the drawing, from its top: larger values are higher."""
        return self.top + self.height - self.y.along(value, self.height)


def draw_marks(parent: etree._Element, frame: Frame, layers: Iterable[Layer]) -> None:
    """Have Vega-Lite draw layers into a frame. Raises `vega.VegaError`."""
    drawn = vega.svg_of(
        {
            "width": frame.width,
            "height": frame.height,
            "padding": 0,
            "autosize": {"type": "none"},
            "background": None,
            "config": {"view": {"stroke": None}},
            "layer": list(layers),
        }
    )
    group = etree.SubElement(parent, f"{{{SVG}}}g", {"fill": "none"})
    group.set("transform", f"translate({number(frame.left)} {number(frame.top)})")
    for element in etree.fromstring(drawn.encode()).iter(f"{{{SVG}}}path", f"{{{SVG}}}line"):
        if element.get("class") is None and element.get("d") != "":
            group.append(_plain(element))


def _plain(element: etree._Element) -> etree._Element:
    """A mark with what it is drawn by, and no more; its groups have moved it at most."""
    moves = [
        tuple(map(float, move))
        for each in (element, *element.iterancestors())
        for move in _TRANSLATED.findall(each.get("transform", ""))
    ]
    kept = {
        name: _DECIMALS.sub(lambda each: number(float(each[0])), value)
        for name, value in element.attrib.items()
        if _KEPT.fullmatch(name)
    }
    plain = etree.Element(element.tag, kept)
    x, y = (sum(move[axis] for move in moves) for axis in (0, 1))
    if (x, y) != (0, 0):
        plain.set("transform", f"translate({number(x)} {number(y)})")
    return plain


# Layers


def grid(frame: Frame, *, lying: bool = False) -> Iterator[Layer]:
    """Lines at the ticks of the axis of values, and a stronger one at nought."""
    axis, name = (frame.x, "x") if lying else (frame.y, "y")
    for at_nought, look in ((False, _GRID), (True, _NOUGHT)):
        rows = [{name: tick.at} for tick in axis.ticks if (tick.at == 0) is at_nought]
        yield _layer({"type": "rule", **look}, rows, **{name: _position(name, axis)})


_GRID = {"stroke": "grid", "strokeWidth": 0.75}
_NOUGHT = {"stroke": "ink", "strokeWidth": 1}


def line(frame: Frame, rows: Sequence[Row], series: int, *, dashed: bool) -> Layer:
    """A line through the values of a series, with a gap where one is missing."""
    mark = {
        "type": "line",
        "stroke": COLOURS[series],
        "strokeWidth": 2,
        "strokeDash": list(DASHES[series]) if dashed else [],
        "strokeJoin": "round",
        "strokeCap": "butt" if dashed else "round",
        "invalid": "break-paths-show-domains",
    }
    return _layer(mark, rows, x=_position("x", frame.x), y=_position("y", frame.y))


def area(frame: Frame, rows: Sequence[Row], count: int) -> Layer:
    """Areas upon each other, the first series lowest, with gaps where values are missing."""
    mark = {
        "type": "area",
        "stroke": "paper",
        "strokeWidth": 0.75,
        "invalid": "break-paths-show-domains",
    }
    return _layer(
        mark,
        rows,
        x=_position("x", frame.x),
        y=_position("y", frame.y) | {"stack": "zero"},
        fill={
            "field": "series",
            "type": "nominal",
            "legend": None,
            "scale": {"domain": list(range(count)), "range": list(COLOURS[:count])},
        },
        order={"field": "series", "type": "quantitative"},
    )


def symbols(frame: Frame, rows: Sequence[Row], series: int, size: float = 40) -> Layer:
    """A symbol at each value of a series, of the series' own shape."""
    mark = {
        "type": "point",
        "shape": SHAPES[series],
        "size": size,
        "fill": COLOURS[series],
        "stroke": "paper",
        "strokeWidth": 1,
        "opacity": 1,
    }
    return _layer(mark, rows, x=_position("x", frame.x), y=_position("y", frame.y))


def boxes(frame: Frame, rows: Sequence[Row], fill: str) -> Layer:
    """Rectangles from `x` to `x2` and from `y` to `y2`."""
    return _layer(
        {"type": "rect", "fill": fill},
        rows,
        x=_position("x", frame.x),
        y=_position("y", frame.y),
        x2={"field": "x2"},
        y2={"field": "y2"},
    )


def _layer(mark: Layer, rows: Sequence[Row], **encoding: object) -> Layer:
    return {"mark": mark, "data": {"values": list(rows)}, "encoding": encoding}


def _position(field: str, axis: Axis) -> dict[str, object]:
    scale = {"domain": [axis.low, axis.high], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}
