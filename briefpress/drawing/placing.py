"""Where words can stand on a picture without standing on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]

# What is left between two words, in CSS pixels.
_APART = 2.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they have anything in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether all of it is in another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def grown(self, by: float) -> Box:
        """It and so much around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def box_of(points: Sequence[Point]) -> Box:
    """The box around some points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def crosses(a: Point, b: Point, box: Box) -> bool:
    """Whether some of the segment between two points is in a box (Liang and Barsky 1984)."""
    first, last = 0.0, 1.0
    for axis, low, high in ((0, box.left, box.right), (1, box.top, box.bottom)):
        at, step = a[axis], b[axis] - a[axis]
        if step:
            enters, leaves = sorted(((low - at) / step, (high - at) / step))
            first, last = max(first, enters), min(last, leaves)
        elif not low <= at <= high:
            return False
    return first <= last


class Room:
    """What is taken of a picture, and lines in it on which words should rather not stand."""

    def __init__(self, all_: Box, lines: Iterable[Sequence[Point]] = ()) -> None:
        self.all = all_
        self.taken: list[Box] = []
        self._lines = [(box_of(line), line) for line in lines]

    def take(self, boxes: Iterable[Box]) -> Box | None:
        """Take the first of some boxes that is free, and a little around it; None if none is."""
        for box in boxes:
            if box.within(self.all) and not any(box.meets(other) for other in self.taken):
                self.taken.append(box.grown(_APART))
                return box
        return None

    def lines_on(self, box: Box) -> int:
        """How many lines run through a box."""
        near = (line for around, line in self._lines if around.meets(box))
        return sum(any(crosses(a, b, box) for a, b in pairwise(line)) for line in near)


def beside(x: float, y: float, away: float, width: float, height: float) -> Iterable[Box]:
    """Boxes of a size beside a point, the best place first: to the right, to the left, about."""
    for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)):
        gap = away if 0 in {dx, dy} else 0.75 * away
        left = x + gap if dx > 0 else x - gap - width if dx < 0 else x - width / 2
        top = y + gap if dy > 0 else y - gap - height if dy < 0 else y - height / 2
        yield Box(left, top, left + width, top + height)


Ring = Sequence[Point]


def inside(rings: Sequence[Ring], width: float, height: float, all_: Box) -> list[Box]:
    """Boxes of a size that lie in an area, those with most room around them first."""
    ys = [y for ring in rings for _, y in ring if all_.top <= y <= all_.bottom]
    if not ys:
        return []
    top, bottom = min(ys), max(ys)
    found = []
    for step in range(1, 24):
        y = top + (bottom - top) * step / 24
        levels = [_spans(rings, level) for level in (y - height / 2, y, y + height / 2)]
        for begins, ends in _common(levels):
            left, right = max(begins, all_.left), min(ends, all_.right)
            if right - left > width:
                x = (left + right) / 2
                slack = min(right - left - width, 3 * min(y - top, bottom - y))
                box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                found.append((slack, box))
    return [box for _, box in sorted(found, key=lambda each: -each[0])]


def reach(rings: Sequence[Ring], top: float, bottom: float) -> tuple[float, float] | None:
    """From where to where an area reaches between two heights; None if it isn't there."""
    xs = [x for ring in rings for x, y in ring if top <= y <= bottom]
    xs += [x for y in (top, bottom) for span in _spans(rings, y) for x in span]
    return (min(xs), max(xs)) if xs else None


def covers(rings: Sequence[Ring], x: float, y: float) -> bool:
    """Whether a point lies in an area."""
    return any(left <= x <= right for left, right in _spans(rings, y))


def _spans(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """Where a horizontal line is inside of an area (even-odd rule)."""
    crossings = []
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
            if (y0 <= y) != (y1 <= y):
                crossings.append(x0 + (y - y0) / (y1 - y0) * (x1 - x0))
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _common(levels: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """What spans at several levels have in common."""
    first, *others = levels
    for other in others:
        first = [
            (max(a, c), min(b, d)) for a, b in first for c, d in other if max(a, c) < min(b, d)
        ]
    return first
