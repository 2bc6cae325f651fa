"""Lines of a map: thinned for its scale, cut off at its edges, and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import sqrt

from briefpress.drawing.placing import Box, Point, crosses

# What paths are written in, in CSS pixels: whole numbers are short, and add up to no error.
UNIT = 0.1


def needed(line: Sequence[Point], most: float) -> list[int]:
    """Which points a line needs to be nowhere farther than `most` from where it is with all.

    Its ends are among them (Douglas and Peucker 1973).
    """
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        away, index = _farthest(line, first, last)
        if away > most:
            kept.add(index)
            waiting += [(first, index), (index, last)]
    return sorted(kept)


def _farthest(line: Sequence[Point], first: int, last: int) -> tuple[float, int]:
    """How far a line goes from the segment between two of its points, and at which."""
    (x0, y0), (x1, y1) = line[first], line[last]
    dx, dy = x1 - x0, y1 - y0
    square = dx * dx + dy * dy
    most, index = 0.0, first
    for i in range(first + 1, last):
        x, y = line[i][0] - x0, line[i][1] - y0
        along = x * dx + y * dy
        if 0 < along < square:
            away = (x * dy - y * dx) ** 2 / square
        elif along <= 0:
            away = x * x + y * y
        else:
            away = (x - dx) ** 2 + (y - dy) ** 2
        if away > most:
            most, index = away, i
    return sqrt(most), index


def ring_within(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of an area that is in a box, as a ring (Sutherland and Hodgman 1974)."""
    sides = ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1))
    for axis, edge, way in sides:
        kept: list[Point] = []
        for a, b in pairwise([*ring[-1:], *ring]):
            is_in = way * b[axis] >= way * edge
            if is_in != (way * a[axis] >= way * edge):
                part = (edge - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
            if is_in:
                kept.append(b)
        ring = kept
    return list(ring)


def parts_within(line: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The parts of a line of which each segment is in a box, or crosses it."""
    part = list(line[:1])
    for a, b in pairwise(line):
        if crosses(a, b, box):
            part.append(b)
            continue
        if len(part) > 1:
            yield part
        part = [b]
    if len(part) > 1:
        yield part


def data_of(lines: Iterable[Sequence[Point]], close: str = "") -> str:
    """Lines as the data of a path, in whole units."""
    parts = []
    for line in lines:
        at = [(round(x / UNIT), round(y / UNIT)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(at)]
        ways = " ".join(f"{x} {y}" for x, y in steps if x or y)
        if ways:
            parts.append(f"M{at[0][0]} {at[0][1]}l{ways}{close}".replace(" -", "-"))
    return "".join(parts)
