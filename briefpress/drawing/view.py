"""What a map shows of the globe, and where places come to lie on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpress.drawing.lines import needed
from briefpress.drawing.placing import Point
from briefpress.drawing.projection import (
    Place,
    Project,
    centred,
    distance,
    part_of_globe,
    whole_globe,
)

# Beyond this, in degrees from the middle, a map shows the whole globe, whose map is so high.
_WHOLE = 75.0
_WHOLE_HEIGHT = 0.4867
# How far beyond its corners a map may have to look for the coasts of what it is in the midst of.
_BEYOND = 30.0
# Heights for a width of 1, and what is left around what is shown.
_LOWEST, _HIGHEST, _MARGIN = 0.56, 0.9, 0.07
# How far a line may be from where it is, in CSS pixels; of one that can't be seen, one place of so
# many is enough.
_FINE, _FEW = 0.2, 8
# The least that a map shows, so that a city isn't all of it: in radii of the globe, some 600 km.
_LEAST = 0.095


@dataclass(frozen=True, slots=True)
class View:
    """A map of a size in CSS pixels, of places up to `radius` degrees from `centre`."""

    project: Project
    centre: Place
    radius: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def at(self, place: Place) -> Point:
        """Where a place comes to lie."""
        x, y = self.project(place)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    @property
    def whole(self) -> bool:
        """Whether it shows the whole globe."""
        return self.radius > _WHOLE

    @property
    def offsets(self) -> tuple[float, ...]:
        """By how many degrees what is drawn is moved: the whole globe is repeated at both ends."""
        return (0.0, 360.0, -360.0) if self.whole else (0.0,)

    def line(self, places: Sequence[Place], offset: float = 0.0) -> list[Point]:
        """A line as it is drawn."""
        if self.whole:
            places = [(lon + offset, lat) for lon, lat in unwrapped(places, self.centre[0])]
        return [self.at(place) for place in places]

    def thinned(self, line: list[Place]) -> list[Place]:
        """A line without the places that make no difference at the scale of the map."""
        if not self.may_show(line):
            return [*line[:-1:_FEW], line[-1]]
        return [line[index] for index in needed([self.at(place) for place in line], _FINE)]

    def may_show(self, ring: Sequence[Place]) -> bool:
        """Whether some of a ring may be seen.

        What is on the other side of the globe would be turned inside out.
        """
        reach = 180.0 if self.whole else self.radius + _BEYOND
        return any(distance(self.centre, place) < reach for place in ring[:: 1 + len(ring) // 30])

    def has(self, point: Point) -> bool:
        """Whether a point is on the map."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


def unwrapped(places: Sequence[Place], middle: float) -> list[Place]:
    """Places whose longitudes don't leap, and that begin within half a turn of the middle."""
    found: list[Place] = []
    before = middle
    for lon, lat in places:
        before = lon + 360 * round((before - lon) / 360)
        found.append((before, lat))
    return found


def view_of(places: Sequence[Place], width: float, bounds: tuple[float, ...] | None) -> View:
    """A view that shows some places, or all between bounds: west, south, east, north."""
    if bounds:
        places = _edge(*bounds)
    centre = centred(places)
    radius = max(distance(centre, place) for place in places)
    if radius > _WHOLE:
        project = whole_globe(round(centre[0] / 30) * 30)
        half = project((round(centre[0] / 30) * 30 + 180, 0))[0]
        scale, height = width / (2 * half), width * _WHOLE_HEIGHT
        middle = (round(centre[0] / 30) * 30.0, 0.0)
        return View(project, middle, 180, scale, -half, -height / scale / 2, width, height)
    project = part_of_globe(centre)
    xs, ys = zip(*map(project, places), strict=True)
    wide, high = (max(max(v) - min(v), _LEAST) * (1 + 2 * _MARGIN) for v in (xs, ys))
    height = width * min(max(high / wide, _LOWEST), _HIGHEST)
    scale = min(width / wide, height / high)
    left = (max(xs) + min(xs)) / 2 - width / scale / 2
    top = (max(ys) + min(ys)) / 2 - height / scale / 2
    corner = radius + 10
    return View(project, centre, corner, scale, left, top, width, height)


def _edge(west: float, south: float, east: float, north: float) -> list[Place]:
    """Places along the edge of bounds, which may go over the antimeridian."""
    wide = (east - west) % 360 or 360.0
    steps = [index / 12 for index in range(13)]
    return [
        *((west + wide * step, lat) for step in steps for lat in (south, north)),
        *((lon, south + (north - south) * step) for step in steps for lon in (west, east)),
    ]
