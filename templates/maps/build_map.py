"""Make `countries.json` from the unpacked npm package that README.md names.

What is drawn is a few hundred pixels wide, so the lines are thinned (Visvalingam and Whyatt 1993)
and kept in hundredths of a degree. Borders are arcs that countries share (TopoJSON), so they stay
one line. The same package gives the same bytes.

Usage: python build_map.py PACKAGE, the folder into which the package was unpacked.
"""

import argparse
import heapq
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

# In square degrees: the triangles that a line does without.
SMALLEST = 0.003
# A part of the world that ISO 3166 has no code for; CLDR's own.
CODES = {"Kosovo": "XK"}

Point = tuple[int, int]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in hundredths of a degree, thinned."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            place = (x * scale[0] + shift[0], y * scale[1] + shift[1])
            points.append((round(100 * place[0]), round(100 * place[1])))
        found.append(thinned(points))
    return found


def thinned(points: list[Point]) -> list[Point]:
    """A line without the points that it hardly needs; its ends, and four points, stay."""
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    kept = set(range(len(points)))

    def area(index: int) -> float:
        a, b, c = (points[i] for i in (before[index], index, after[index]))
        return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2e4

    waiting = [(area(index), index) for index in range(1, len(points) - 1)]
    heapq.heapify(waiting)
    while waiting and len(kept) > 4:
        size, index = heapq.heappop(waiting)
        if index not in kept or size != area(index):
            continue
        if size >= SMALLEST:
            break
        kept.discard(index)
        after[before[index]], before[after[index]] = after[index], before[index]
        for neighbour in (before[index], after[index]):
            if 0 < neighbour < len(points) - 1:
                heapq.heappush(waiting, (area(neighbour), neighbour))
    return [point for index, point in enumerate(points) if index in kept]


def steps(points: list[Point]) -> list[int]:
    """The first point, and the way from each to the next."""
    flat = [*points[0]]
    for (x, y), (x1, y1) in pairwise(points):
        flat += [x1 - x, y1 - y]
    return flat


def code_of(geometry: dict[str, Any]) -> str:
    """The ISO 3166 code of a country, in two letters; nothing where there is none."""
    aliases = get_global("territory_aliases").get(geometry.get("id", ""), [""])
    return CODES.get(geometry["properties"]["name"], aliases[0])


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    package = parser.parse_args().package
    topology = json.loads((package / "countries-50m.json").read_text("utf-8"))
    countries: dict[str, list[Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry.get("arcs", [])
        polygons = [polygons] if geometry["type"] == "Polygon" else polygons
        countries.setdefault(code_of(geometry), []).extend(polygons)
    data = {
        "arcs": [steps(arc) for arc in arcs_of(topology)],
        "countries": dict(sorted(countries.items())),
    }
    text = json.dumps(data, separators=(",", ":"))
    Path(__file__).with_name("countries.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
