"""Lengths of boxes, which are those of their styles wherever those have no percentages.

WeasyPrint sets some twenty attributes of each box that it lays out, every time that it does, each
by its own way from the style. Here those that don't depend on what is around the box are found once
for a style.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from weasyprint.css.properties import Dimension
from weasyprint.layout import absolute, block, column, flex, float, grid, inline, page, table
from weasyprint.layout.percent import resolve_percentages

from briefpress.formats.pdf.replaced import put_in_place_of

Box: TypeAlias = Any  # WeasyPrint has no types

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)


def _set_lengths(box: Box, containing_block: Any) -> None:
    """Set what a box uses of the lengths in its style, as `resolve_percentages` does."""
    style, attributes = box.style, box.__dict__
    known = style.__dict__.get("briefpress_lengths", ())
    if known == ():
        known = style.briefpress_lengths = _fixed(style)
    if known is None:
        resolve_percentages(box, containing_block)
        return
    lengths, borders = known
    attributes.update(lengths)
    if style["border_collapse"] == "collapse":
        # Those that the table has settled stay.
        borders = {name: width for name, width in borders.items() if name not in attributes}
    attributes.update(borders)


def _fixed(style: Any) -> tuple[dict[str, float | str], dict[str, float]] | None:
    """The lengths and borders of a style, in pixels or "auto"; none if there's more to it."""
    values = {name: style[name] for name in _LENGTHS}
    fixed = all(
        value == "auto" or (type(value) is Dimension and value.unit == "px")
        for value in values.values()
    )
    if not fixed or style["box_sizing"] != "content-box":
        return None
    lengths = {n: "auto" if value == "auto" else value.value for n, value in values.items()}
    for name in ("min_width", "min_height"):
        lengths[name] = 0 if lengths[name] == "auto" else lengths[name]
    return lengths, {name: style[name] for name in _BORDERS}


def find_lengths_once() -> None:
    """Have WeasyPrint find lengths so, from now on."""
    modules = (absolute, block, column, flex, float, grid, inline, page, table)
    owners = [module for module in modules if hasattr(module, "resolve_percentages")]
    put_in_place_of("resolve_percentages", _set_lengths, *owners)
