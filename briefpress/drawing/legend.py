"""What the marks of a timeline mean, in words below it."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from briefpress.drawing.axis import Axis
from briefpress.drawing.marks import BEYOND, HALF, Mark, draw_mark
from briefpress.drawing.style import Style
from briefpress.drawing.svg import add, letters, resize

# A mark that shows what each word says (`mark-day` and so on), on an axis of thirty days.
_SAMPLES = {
    "day": Mark(15, 16, point=True),
    "within": Mark(8, 22),
    "throughout": Mark(8, 22, throughout=True),
    "about": Mark(14, 16, about=True),
    "uncertain": Mark(8, 22, uncertain=True),
    "open": Mark(4, None, throughout=True),
    "unknown": Mark(4, None, throughout=True, unknown=True),
}
_UNDATED = "undated"
_WIDTH, _GAP = 14.0, 18.0


def said_by(marks: Iterable[tuple[Mark | None, bool]]) -> list[str]:
    """The labels that say what marks mean, in a fixed order; none where all are plain days.

    Those without a mark aren't dated, and may follow another event.
    """
    found = set[str]()
    for mark, follows in marks:
        found.update(mark.said() if mark else [_UNDATED] if follows else [])
    return [name for name in (*_SAMPLES, _UNDATED) if name in found] if found - {"day"} else []


def draw_legend(root: etree._Element, said: list[str], top: float, style: Style) -> None:
    """Add a legend below a drawing, which becomes so much higher."""
    if not said:
        return
    size = style.size * 0.88
    row, x, y = 1.9 * size, HALF + 1, top + 1.1 * size
    add(root, "line", x1=0, y1=top, x2=style.width, y2=top, stroke="line", stroke_width=1)
    for name in said:
        words = style.labels.words[f"mark-{name}"]
        wide = _WIDTH + style.lettering.width(words, size)
        if x > HALF + 1 and x + wide > style.width:
            x, y = HALF + 1, y + row
        _draw_sample(root, name, x, y, row)
        letters(root, words, x + _WIDTH, y + 0.34 * size, size, fill="muted")
        x += wide + _GAP
    resize(root, y + row / 2)


def _draw_sample(root: etree._Element, name: str, x: float, y: float, row: float) -> None:
    if name == _UNDATED:
        add(root, "circle", cx=x, cy=y, r=3.5, fill="paper", stroke="muted", stroke_width=1.2)
        return
    top, length = y - row / 2, row
    if name == "open":  # with room for its arrow
        top, length = top + 2, row - BEYOND - 4
    draw_mark(root, _SAMPLES[name], x, Axis(1, 31, top, length))
