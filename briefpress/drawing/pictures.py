"""The drawing of each kind of block: a module has `draw(block, style)`, which gives an SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from briefpress import model
from briefpress.diagnostics import Code, ContentError, Diagnostic
from briefpress.drawing import charts, map, timeline
from briefpress.drawing.charts.heading import NoRoomError
from briefpress.drawing.lettering import MissingGlyphError
from briefpress.drawing.map import NoOutlineError, NotOnMapError
from briefpress.drawing.style import Style
from briefpress.drawing.svg import finished

_Draw = Callable[[Any, Style], etree._Element]

_DRAW: dict[type[model.Drawn], _Draw] = {
    model.Chart: charts.draw,
    model.Map: map.draw,
    model.Timeline: timeline.draw,
}

# What can't be drawn, and what to do then.
_FAULTS: dict[type[Exception], tuple[Code, str]] = {
    NoOutlineError: (Code.UNKNOWN_PLACE, "name the country in the text, or mark a place in it"),
    NotOnMapError: (Code.WRONG_VALUE, "let `bounds` reach so far, or leave the country out"),
    NoRoomError: (Code.TOO_LARGE, "shorten the names and titles, or measure in a larger unit"),
    MissingGlyphError: (
        Code.MISSING_GLYPH,
        "write it with other characters, or give the templates a font that has this one",
    ),
}


def drawn(block: model.Drawn, briefing: model.Briefing, style: Style) -> bytes:
    """The picture of a block, as a file of SVG. Raises `ContentError`."""
    try:
        return finished(_DRAW[type(block)](block, style), style)
    except tuple(_FAULTS) as error:
        code, hint = _FAULTS[type(error)]
        raise ContentError(
            [Diagnostic(code, block.span or briefing.span, str(error), hint)]
        ) from None
