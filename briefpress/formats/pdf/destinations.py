"""Destinations in the structure of a PDF, beside those on its pages.

PDF/UA-2 wants them wherever something leads into the document (ISO 14289-2, 8.8).
"""

from __future__ import annotations

import pydyf


def lead_to_elements(pdf: pydyf.PDF, anchors: dict[str, bytes]) -> None:
    """Have links and bookmarks lead to elements of the structure tree, given by their anchors."""
    names = pdf.catalog["Names"]["Dests"]["Names"]
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    anchor_at = {tuple(place): name for name, place in places.items() if name in anchors}
    for item in pdf.objects:
        if not isinstance(item, dict) or "Dest" not in item:
            continue
        place = item["Dest"]
        anchor = anchor_at.get(tuple(place)) if isinstance(place, list) else place.string
        if anchor in anchors:
            place = places[anchor]
            element = pydyf.Array([anchors[anchor], *place[1:]])
            action = {"Type": "/Action", "S": "/GoTo", "D": place, "SD": element}
            item["A"] = pydyf.Dictionary(action)
            del item["Dest"]
