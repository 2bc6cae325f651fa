"""Charts: values over dates, or over categories, in the theme's colours.

What is drawn is named where it is drawn, by words at the ends of lines and bars; series differ by
shape, dashes or order as well as by colour (WCAG 2.2, 1.4.1). Bars and areas begin at nought, and
what isn't known is a gap. Vega-Lite draws the marks; the words are ours, measured with the faces
that they are set in.
"""

from __future__ import annotations

from lxml import etree

from briefpress import model
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.drawing.charts import in_rows, over_time, vega
from briefpress.drawing.style import Style
from briefpress.drawing.svg import drawing, resize
from briefpress.extras import how_to_install


def draw(block: model.Chart, style: Style) -> etree._Element:
    """The drawing of a chart.

    Raises `MissingGlyphError`, `NoRoomError`, `vega.VegaError`, and `ContentError` where Vega-Lite
    isn't installed.
    """
    if not vega.is_installed():
        message = "charts are drawn by Vega-Lite, which isn't installed"
        hint = how_to_install("charts")
        raise ContentError(
            [Diagnostic(Code.MISSING_EXTRA, block.span or Span(block.name), message, hint)]
        )
    root = drawing(style.width, 0)
    resize(root, (over_time if block.dates else in_rows).draw(root, block, style))
    return root
