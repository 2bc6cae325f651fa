"""The words of charts: what is measured, which series is which, and what axes have room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from lxml import etree

from briefpress import model
from briefpress.drawing.charts.axes import Tick
from briefpress.drawing.charts.marks import COLOURS
from briefpress.drawing.style import Style
from briefpress.drawing.svg import add, letters

# Beside the size of letters: of lines, of small letters, and of the space between two entries.
LEADING = 1.3
SMALL = 0.92
SPACE = 0.6
_GAP = 1.4

# The least room for marks, beside the size of letters.
_NARROWEST = 3.0

# Draws what a series is marked with, in the middle of a point.
Key = Callable[[etree._Element, int, float, float], None]


class NoRoomError(ValueError):
    """The words of a chart leave too little room for its marks."""

    def __init__(self) -> None:
        super().__init__("the words around the chart leave no room for what it shows")


def room_between(left: float, right: float, style: Style) -> float:
    """How wide marks can be that leave room for words beside them. Raises `NoRoomError`."""
    width = style.width - left - right
    if width < _NARROWEST * style.size:
        raise NoRoomError
    return width


def titles_of(block: model.Chart, style: Style) -> list[str]:
    """What the series of a chart are called."""
    return [model.text_of(title, style.written) for title in block.table.head[1:]]


def half(tick: Tick, style: Style) -> float:
    """Half the width of what is written at a tick, in small letters."""
    words = (tick.words, tick.below)
    return max(style.lettering.width(each, style.size * SMALL) for each in words) / 2


def have_room(ticks: Sequence[Tick], scale: float, style: Style) -> bool:
    """Whether no words of an axis stand too close to those before them."""
    return all(
        (here.at - before.at) * scale
        >= half(before, style) + half(here, style) + style.size * SPACE
        for before, here in pairwise(ticks)
    )


def heading(root: etree._Element, block: model.Chart, style: Style, key: Key | None) -> float:
    """Say what is measured, and with a `key` which series is which. How far down it goes."""
    unit = model.text_of(block.unit, style.written)
    titles = titles_of(block, style)
    down = 0.0
    if len(titles) == 1:
        down = _lines(root, titles[0], style, down, bold=True)
    if unit:
        down = _lines(root, unit, style, down)
    if key is not None and len(titles) > 1:
        down = _legend(root, titles, style, down, key)
    return down


def _lines(
    root: etree._Element, text: str, style: Style, down: float, *, bold: bool = False
) -> float:
    for line in style.lettering.lines(text, style.size, style.width, bold=bold):
        fill = "ink" if bold else "muted"
        letters(root, line, 0, down + style.size, style.size, fill=fill, bold=bold)
        down += style.size * LEADING
    return down


def _legend(root: etree._Element, titles: list[str], style: Style, down: float, key: Key) -> float:
    """The series in a row, or in several where one is too short."""
    x, size = 0.0, style.size
    for series, title in enumerate(titles):
        shown = style.lettering.shortened(title, size, style.width - size)
        width = size + style.lettering.width(shown, size)
        if x and x + width > style.width:
            x, down = 0.0, down + size * LEADING
        key(root, series, x + size * 0.35, down + size * 0.67)
        letters(root, shown, x + size, down + size, size)
        x += width + size * _GAP
    return down + size * LEADING


def box_key(root: etree._Element, series: int, x: float, y: float) -> None:
    """A box in the colour of a series."""
    add(root, "rect", x=x - 4.5, y=y - 4.5, width=9, height=9, fill=COLOURS[series])


def symbol_key(root: etree._Element, series: int, x: float, y: float) -> None:
    """The symbol of a series, as Vega draws it."""
    shapes = (
        "M4,0A4,4,0,1,1,-4,0A4,4,0,1,1,4,0",
        "M-3.5,-3.5h7v7h-7Z",
        "M0,-4L4.6,4L-4.6,4Z",
        "M0,-5L4,0L0,5L-4,0Z",
    )
    add(root, "path", d=shapes[series], transform=f"translate({x:g} {y:g})", fill=COLOURS[series])
