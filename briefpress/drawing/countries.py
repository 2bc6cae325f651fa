"""Coasts and borders, from `templates/maps/countries.json`."""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from briefpress.drawing.projection import Place, distance
from briefpress.drawing.view import View
from briefpress.look import Templates

# A part of a country that is so small beside its largest, and so far from it, isn't what is meant
# by the country on a map: French Guiana, or Hawaii.
_SMALL, _FAR = 0.2, 12.0


@dataclass(frozen=True, slots=True)
class Atlas:
    """Lines of places, and for each country its polygons: rings of lines, by number.

    A line of number -1 - n is line n taken backwards.
    """

    arcs: list[list[Place]]
    countries: dict[str, list[list[list[int]]]]

    def ring(self, numbers: list[int]) -> list[Place]:
        """The places of a ring, the first of which isn't repeated."""
        found: list[Place] = []
        for number in numbers:
            arc = self.arcs[_line(number)][:: 1 if number >= 0 else -1]
            found += arc[:-1]
        return found

    def heartland(self, code: str) -> list[Place]:
        """The places around a country, without parts that are small and far away."""
        outer = [self.ring(polygon[0]) for polygon in self.countries[code]]
        areas = [area_of(ring) for ring in outer]
        largest = max(areas)
        main = outer[areas.index(largest)]
        return [
            place
            for ring, area in zip(outer, areas, strict=True)
            if area > _SMALL * largest or min(distance(ring[0], each) for each in main) < _FAR
            for place in ring
        ]

    def largest(self, code: str) -> list[Place]:
        """The places around the largest part of a country."""
        return max((self.ring(polygon[0]) for polygon in self.countries[code]), key=area_of)

    def seen(self, view: View) -> Atlas:
        """What of it may be seen in a view, as precisely as it can be."""
        countries = {
            code: [
                ring for polygon in polygons for ring in polygon if view.may_show(self.ring(ring))
            ]
            for code, polygons in self.countries.items()
        }
        used = {_line(n) for rings in countries.values() for ring in rings for n in ring}
        arcs = [view.thinned(arc) if n in used else [] for n, arc in enumerate(self.arcs)]
        return Atlas(arcs, {code: [[ring] for ring in rings] for code, rings in countries.items()})

    def borders(self) -> dict[int, list[str]]:
        """The lines that two countries share, and which."""
        sides: dict[int, list[str]] = {}
        for code, polygons in self.countries.items():
            for number in (n for polygon in polygons for ring in polygon for n in ring):
                sides.setdefault(_line(number), []).append(code)
        return {number: codes for number, codes in sides.items() if len(codes) > 1}

    def land(self, borders: Container[int]) -> list[list[int]]:
        """The rings around all countries together: their lines without the borders."""
        rings = (ring for polygons in self.countries.values() for each in polygons for ring in each)
        coasts = [n for ring in rings for n in ring if _line(n) not in borders]
        waiting: dict[Place, list[int]] = {}
        for number in coasts:
            waiting.setdefault(self._ends(number)[0], []).append(number)
        found = []
        for number in coasts:
            ring, at = [], self._ends(number)[0]
            while waiting.get(at):
                ring.append(waiting[at].pop())
                at = self._ends(ring[-1])[1]
            found += [ring] if ring else []
        return found

    def _ends(self, number: int) -> tuple[Place, Place]:
        arc = self.arcs[_line(number)]
        return (arc[0], arc[-1]) if number >= 0 else (arc[-1], arc[0])


def _line(number: int) -> int:
    """The number of a line, whichever way it is taken."""
    return number if number >= 0 else -1 - number


def area_of(ring: Sequence[Place]) -> float:
    """The area of a ring on a plane, for comparison."""
    pairs = pairwise([*ring, ring[0]])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


@cache
def atlas_of(file: Path) -> Atlas:
    """Read an atlas, once."""
    data = json.loads(file.read_text("utf-8"))
    return Atlas([_places(steps) for steps in data["arcs"]], data["countries"])


def atlas_file(templates: Templates) -> Path:
    """The built-in atlas; what a project brings isn't read."""
    return templates.built_in.file("maps/countries.json")


def _places(steps: list[int]) -> list[Place]:
    x = y = 0
    found = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x / 100, y / 100))
    return found
