"""Tiles of patterns in units that are no larger than a point (ISO 32000-1, 8.7.3).

WeasyPrint paints a gradient of SVG as a tile whose units are the drawing's, and for most gradients
one unit is all of a shape. Poppler, with which Evince and Okular show PDFs, draws no more of a tile
than a point for each of its units (22.12), so that such a shape vanishes.
"""

from __future__ import annotations

from math import hypot

import pydyf


def have_small_units(pdf: pydyf.PDF) -> None:
    """Have the tiles of a finished PDF units of a point, where they are larger."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.extra.get("PatternType") == 1:
            _divide_units(found)


def _divide_units(tile: pydyf.Stream) -> None:
    a, b, c, d, e, f = tile.extra["Matrix"]
    scale = max(hypot(a, b), hypot(c, d))
    if scale <= 1:
        return
    tile.extra["Matrix"] = pydyf.Array([a / scale, b / scale, c / scale, d / scale, e, f])
    tile.extra["BBox"] = pydyf.Array([scale * each for each in tile.extra["BBox"]])
    for step in ("XStep", "YStep"):
        tile.extra[step] *= scale
    tile.stream.insert(0, f"{scale} 0 0 {scale} 0 0 cm")
