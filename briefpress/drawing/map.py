"""A locator map: countries highlighted among their neighbours, and places.

Coasts are full lines and borders broken ones, so that they are told apart without colours. A
country too small to be seen has a ring. Names are those of the briefing's language; those of
neighbours stand where there is room for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from babel import Locale
from lxml import etree

from briefpress import model
from briefpress.drawing.countries import Atlas, area_of, atlas_file, atlas_of
from briefpress.drawing.lines import UNIT, data_of, parts_within, ring_within
from briefpress.drawing.placing import Box, Point, Room, beside, box_of, covers, inside, reach
from briefpress.drawing.style import Style
from briefpress.drawing.svg import Attributes, add, drawing, letters, use
from briefpress.drawing.view import View, view_of

# Sizes in CSS pixels: what is smaller than this has a ring; how large rings and marks are, and how
# far words are from them.
_TINY = 9.0
_RING = 8.0
_CLEAR = 4.5
_MARK = 3.4
_SPECK = 1.2
_LINE = 0.6
# How far what is drawn goes beyond the map.
_BEYOND = 3.0
_LARGER, _SMALLER = 1.08, 0.84

Rings = list[list[Point]]


class NoOutlineError(ValueError):
    """The atlas doesn't have a country."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the map has no outline of {code!r}")


class NotOnMapError(ValueError):
    """A country that is highlighted lies beyond the map."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the map doesn't show {code!r}, which it highlights")


@dataclass(frozen=True, slots=True)
class _Map:
    """What a map is drawn from, all of it as far as it may be seen."""

    root: etree._Element
    view: View
    atlas: Atlas
    rings: dict[str, Rings]
    land: Rings
    shared: dict[int, list[str]]
    borders: Rings
    room: Room


def draw(block: model.Map, style: Style) -> etree._Element:
    """The drawing of a map. Raises `NoOutlineError` and `NotOnMapError`."""
    atlas = atlas_of(atlas_file(style.templates))
    for country in block.countries:
        if country.code not in atlas.countries:
            raise NoOutlineError(country.code)
    places = [place for each in block.countries for place in atlas.heartland(each.code)]
    places += [(each.longitude, each.latitude) for each in block.places]
    map_ = _map_of(atlas, view_of(places, style.width, block.bounds))
    spots = _spots(map_, atlas, block.countries)
    _draw_land(map_, [each.code for each in block.countries])
    _draw_frame(map_)
    _draw_places(map_, block, style)
    _draw_names(map_, block.countries, spots, style)
    _draw_neighbours(map_, [each.code for each in block.countries], style)
    return map_.root


def _spots(map_: _Map, atlas: Atlas, countries: Iterable[model.MapCountry]) -> dict[str, Rings]:
    """Where countries are that are too small to have a shape. Raises `NotOnMapError`."""
    spots: dict[str, Rings] = {}
    for country in countries:
        if not map_.rings[country.code]:
            x, y = map_.view.at(atlas.largest(country.code)[0])
            if not (0 < x < map_.view.width and 0 < y < map_.view.height):
                raise NotOnMapError(country.code)
            spots[country.code] = [[(x, y)]]
    return spots


def _map_of(atlas: Atlas, view: View) -> _Map:
    """An empty map, and what it needs of an atlas."""
    seen = atlas.seen(view)
    rings = {
        code: list(_rings((ring for polygon in polygons for ring in polygon), seen, view))
        for code, polygons in seen.countries.items()
    }
    shared = seen.borders()
    borders = list(_lines(shared, seen, view))
    land = [ring for ring in _rings(seen.land(shared), seen, view) if _is_seen(ring)]
    coasts = [[*ring, ring[0]] for ring in land]
    room = Room(Box(4, 4, view.width - 4, view.height - 4), [*coasts, *borders])
    root = drawing(view.width, view.height)
    return _Map(root, view, seen, rings, land, shared, borders, room)


def _rings(rings: Iterable[list[int]], atlas: Atlas, view: View) -> Iterator[list[Point]]:
    """Rings of an atlas as they are drawn, cut off beyond the map."""
    for ring in map(atlas.ring, rings):
        for offset in view.offsets:
            points = ring_within(view.line(ring, offset), _beyond(view))
            if len(points) > 2:
                yield points


def _lines(numbers: Iterable[int], atlas: Atlas, view: View) -> Iterator[list[Point]]:
    """Lines of an atlas as they are drawn, cut off beyond the map."""
    for number in numbers:
        for offset in view.offsets:
            yield from parts_within(view.line(atlas.arcs[number], offset), _beyond(view))


def _beyond(view: View) -> Box:
    """A little more than a map, so that where lines are cut off isn't seen."""
    return Box(-_BEYOND, -_BEYOND, view.width + _BEYOND, view.height + _BEYOND)


def _is_seen(ring: Sequence[Point]) -> bool:
    box = box_of(ring)
    return max(box.right - box.left, box.bottom - box.top) > _SPECK


def _draw_land(map_: _Map, highlighted: list[str]) -> None:
    """The sea, the land, its borders, and on them the countries that are highlighted.

    A coast is a line of which the half on land is painted over. So it's written once, and none is
    seen where the globe was cut open to be written down flat.
    """
    view, line = map_.view, _LINE / UNIT
    clip = add(map_.root, "clipPath", id="map")
    add(clip, "rect", x=0, y=0, width=view.width, height=view.height)
    group = add(map_.root, "g", clip_path="url(#map)", stroke_linejoin="round", fill="none")
    add(group, "rect", x=0, y=0, width=view.width, height=view.height, fill="tint")
    units = add(group, "g", transform=f"scale({UNIT})")
    add(add(units, "defs"), "path", id="land", d=data_of(map_.land, "z"))
    use(units, "land", stroke="muted", stroke_width=1.6 * line)
    use(units, "land", fill="land")
    dashes: Attributes = {"stroke": "muted", "stroke_width": line, "stroke_dasharray": "25 15"}
    add(units, "path", d=data_of(map_.borders), **dashes)
    for code in highlighted:
        add(units, "path", id=code, d=data_of(map_.rings[code], "z"), fill="accent")
    own = set(highlighted)
    between = [number for number, codes in map_.shared.items() if own.issuperset(codes)]
    if between:
        lines = data_of(_lines(between, map_.atlas, view))
        add(units, "path", d=lines, stroke="paper", stroke_width=2 * line)


def _draw_frame(map_: _Map) -> None:
    size = {"width": map_.view.width - 1, "height": map_.view.height - 1}
    add(map_.root, "rect", x=0.5, y=0.5, **size, fill="none", stroke="line", stroke_width=1)


# Names


def _written(  # noqa: PLR0913, PLR0917 - what letters take, and where
    map_: _Map, words: str, box: Box, size: float, fill: str, bold: bool = False
) -> None:
    """Words in a box, on a halo of paper where they aren't paper themselves."""
    x, y = box.left, box.bottom - 0.28 * size
    if fill != "paper":
        halo = letters(map_.root, words, x, y, size, fill="paper", bold=bold)
        halo.attrib.update({"stroke": "paper", "stroke-width": "3", "aria-hidden": "true"})
        halo.set("stroke-linejoin", "round")
    letters(map_.root, words, x, y, size, fill=fill, bold=bold)


def _draw_places(map_: _Map, block: model.Map, style: Style) -> None:
    """Places, and their names beside them: rather not on a line, and all on one ground."""
    size = style.size * 0.94
    own: Rings = [ring for each in block.countries for ring in map_.rings[each.code]]
    spots = [(place, map_.view.at((place.longitude, place.latitude))) for place in block.places]
    for _, (x, y) in spots:
        map_.room.taken.append(_about(x, y, _MARK + 2))
        add(map_.root, "circle", cx=x, cy=y, r=_MARK + 1.6, fill="paper")
        add(map_.root, "circle", cx=x, cy=y, r=_MARK, fill="ink")
    for place, (x, y) in spots:
        words = model.text_of(place.name, style.written)
        width = style.lettering.width(words, size)
        choices = beside(x, y, _MARK + _CLEAR, width, 1.15 * size)
        if box := map_.room.take(sorted(choices, key=map_.room.lines_on)):
            _written(map_, words, box, size, "paper" if _on(own, box) == _ALL else "ink")


def _draw_names(
    map_: _Map, countries: Iterable[model.MapCountry], spots: dict[str, Rings], style: Style
) -> None:
    """The names of highlighted countries: in them if they have room, and beside them if not."""
    own: Rings = [ring for each in countries for ring in map_.rings[each.code]]
    size = style.size * _LARGER
    for country in countries:
        rings = map_.rings[country.code] or spots[country.code]
        words = model.text_of(country.name, style.written)
        around = box_of(max(rings, key=area_of))
        width = style.lettering.width(words, size, bold=True)
        if max(around.right - around.left, around.bottom - around.top) < _TINY:
            x, y = _draw_ring(map_, around)
            choices = beside(x, y, _RING + _CLEAR, width, 1.15 * size)
        elif _named_within(map_, words, rings, style):
            continue
        else:
            choices = _around(rings, around, width, 1.15 * size)
        if box := map_.room.take(sorted(choices, key=lambda each: _harm(map_, own, each))):
            _written(map_, words, box, size, "accent", bold=True)


def _harm(map_: _Map, own: Rings, box: Box) -> int:
    """How bad a box is for the name of a highlighted country: worst on another such."""
    clear = box.grown(_CLEAR)
    return _ALL * _on(own, clear) + _on(map_.land, box) + 2 * map_.room.lines_on(clear)


def _named_within(map_: _Map, words: str, rings: Rings, style: Style) -> bool:
    """Write a name into a country, in letters as large as there is room for."""
    for larger in (_LARGER, 0.94, _SMALLER):
        size = style.size * larger
        width = style.lettering.width(words, size, bold=True) + 6
        if box := map_.room.take(inside(rings, width, size * 1.15, map_.room.all)):
            within = Box(box.left + 3, box.top, box.right, box.bottom)
            _written(map_, words, within, size, "paper", bold=True)
            return True
    return False


def _draw_ring(map_: _Map, around: Box) -> Point:
    """A ring around a country that is too small to be seen; where its middle is."""
    x, y = (around.left + around.right) / 2, (around.top + around.bottom) / 2
    for colour, width in (("paper", 3.6), ("accent", 1.6)):
        line: Attributes = {"fill": "none", "stroke": colour, "stroke_width": width}
        add(map_.root, "circle", cx=x, cy=y, r=_RING, **line)
    map_.room.taken.append(_about(x, y, _RING + 2))
    return x, y


def _about(x: float, y: float, away: float) -> Box:
    """The box about a point."""
    return Box(x - away, y - away, x + away, y + away)


def _around(rings: Rings, box: Box, width: float, height: float) -> Iterator[Box]:
    """Boxes of a size just beside a country, at several heights and on all sides."""
    for step in (0.5, 0.3, 0.7, 0.1, 0.9):
        y = box.top + (box.bottom - box.top) * step
        first, last = reach(rings, y - height, y + height) or (box.left, box.right)
        for left in (last + 11, first - 11 - width):
            yield Box(left, y - height / 2, left + width, y + height / 2)
        x = box.left + (box.right - box.left) * step
        for top in (box.bottom + 5, box.top - 5 - height):
            yield Box(x - width / 2, top, x + width / 2, top + height)


def _on(rings: Rings, box: Box) -> int:
    """How much of a box lies on an area, in parts of it, which are `_ALL`."""
    near = [ring for ring in rings if box_of(ring).meets(box)]
    width, height = box.right - box.left, box.bottom - box.top
    return sum(
        covers(near, x, y)
        for x in (box.left, box.left + width / 2, box.right)
        for y in (box.top, box.top + height / 2, box.bottom)
    )


_ALL = 9


def _draw_neighbours(map_: _Map, highlighted: list[str], style: Style) -> None:
    """The names of other countries, where they have room."""
    size = style.size * _SMALLER
    names = Locale.parse(style.locale, sep="-").territories
    sizes = {code: sum(map(area_of, rings)) for code, rings in map_.rings.items() if rings}
    for code in sorted(sizes, key=lambda code: (-sizes[code], code)):
        if code in highlighted or code not in names:
            continue
        words = names[code]
        width = style.lettering.width(words, size)
        boxes = inside(map_.rings[code], width + 14, size * 1.6, map_.room.all)
        if box := map_.room.take(boxes):
            tight = Box(box.left + 7, box.top, box.right, box.bottom - 0.2 * size)
            _written(map_, words, tight, size, "muted")
