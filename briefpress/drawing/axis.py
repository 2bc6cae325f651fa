"""Time as lengths: an axis, its ticks, and places beside it that don't collide."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from babel import Locale
from babel.dates import format_skeleton

from briefpress.dates import Date

# What a tick can stand for, in months.
_STEPS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)))
_MONTHS_IN_DAYS = 30.44
# An axis of more days than this has no months.
_IN_YEARS = 3 * 366


@dataclass(frozen=True, slots=True)
class Axis:
    """A time from the day `first` to before the day `last` (proleptic Gregorian ordinals).

    It is `length` long, and begins at `top`.
    """

    first: int
    last: int
    top: float
    length: float

    def at(self, day: float) -> float:
        """Where a day begins."""
        return self.top + (day - self.first) / (self.last - self.first) * self.length

    def ticks(self, apart: float, locale: str) -> Iterator[tuple[float, str]]:
        """Where the ticks are, at least so far apart, and what stands at each in a language."""
        enough = apart / self.length * (self.last - self.first) / _MONTHS_IN_DAYS
        least = 12 if self.last - self.first > _IN_YEARS else 1
        step = next((step for step in _STEPS if step >= max(enough, least)), _STEPS[-1])
        start = datetime.date.fromordinal(self.first)
        month = -(-(12 * start.year + start.month - 1) // step) * step
        skeleton = "yMMM" if step < 12 else "y"
        while _day_of_month(month) <= self.last and month < _LAST_MONTH:
            day = _day_of_month(month)
            if day >= self.first:
                date = datetime.date.fromordinal(day)
                yield self.at(day), format_skeleton(skeleton, date, locale=_locale(locale))
            month += step


_LAST_MONTH = 12 * (datetime.MAXYEAR + 1)


def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def _day_of_month(month: int) -> int:
    """The ordinal of the first day of a month, of which a year has twelve."""
    year, index = divmod(month, 12)
    if year < 1:
        return 1
    if year > datetime.MAXYEAR:
        return datetime.date.max.toordinal() + 1
    return datetime.date(year, index + 1, 1).toordinal()


class Spanning(Protocol):
    """What takes the days from `first` to before `last`; None where it has no end."""

    @property
    def first(self) -> int | None: ...
    @property
    def last(self) -> int | None: ...


def bounds_of(spans: Iterable[Spanning], first: Date | None, last: Date | None) -> tuple[int, int]:
    """The first day of an axis and the day after its last: as given, or whole months or years."""
    known = [day for span in spans for day in (span.first, span.last) if day is not None]
    low, high = min(known), max(known)
    if first:
        low = first.points[0].first_day.toordinal()
    if last:
        high = last.points[0].last_day.toordinal() + 1
    months = 12 if high - low > 2 * 365 else 1
    if not first:
        low = _day_of_month(_month_of(low) // months * months)
    if not last:
        high = _day_of_month(-(-_month_of(high - 1, 1) // months) * months)
    return low, max(high, low + 1)


def _month_of(day: int, after: int = 0) -> int:
    date = datetime.date.fromordinal(max(day, 1))
    return 12 * date.year + date.month - 1 + after


def lanes_of(spans: Sequence[tuple[float, float]], most: int) -> list[int]:
    """For each span, in order, the first lane that is free there; the last, if none is."""
    ends: list[float] = []
    chosen = []
    for start, end in spans:
        free = (lane for lane, before in enumerate(ends) if before <= start)
        lane = min(next(free, len(ends)), most - 1)
        ends += [end] * (lane + 1 - len(ends))
        ends[lane] = max(ends[lane], end)
        chosen.append(lane)
    return chosen


def spread(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """Places for boxes of some heights, in order, none on another and all below `top`.

    They are as near as can be to where they are wanted, by least squares: pooling adjacent
    violators (Ayer et al. 1955) of the places less the heights before them.
    """
    before = [sum(heights[:index]) for index in range(len(heights))]
    pools: list[tuple[float, int]] = []  # the mean of each, and how many are in it
    for want, height in zip(wanted, before, strict=True):
        mean, count = want - height, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    means = [max(mean, top) for mean, count in pools for _ in range(count)]
    return [mean + height for mean, height in zip(means, before, strict=True)]
