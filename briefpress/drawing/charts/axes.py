"""Axes: from where to where values and dates go, and what is written beside them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache

from babel import Locale
from babel.dates import format_skeleton

from briefpress import numbers
from briefpress.dates import Date, Precision

# So many steps are wanted, and more than are found where a rounder step is near.
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there; `below` stands in a second line."""

    at: float
    words: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where an axis goes, and its ticks."""

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()

    def along(self, value: float, length: float) -> float:
        """How far from its beginning a value stands, where the axis has a length."""
        return (value - self.low) / (self.high - self.low) * length

    def thinned(self, fits: Callable[[tuple[Tick, ...]], bool]) -> Axis:
        """The same with every second tick, or third, until they fit; nought keeps its own."""
        nought = next((i for i, tick in enumerate(self.ticks) if tick.at == 0), 0)
        some = (self.ticks[nought % step :: step] for step in range(1, len(self.ticks)))
        ticks = next(filter(fits, some), self.ticks[nought : nought + 1])
        return replace(self, ticks=ticks)


def of_values(values: Sequence[float], locale: str, *, from_nought: bool) -> Axis:
    """An axis with round numbers at its ends.

    It begins at nought where it must, and where that leaves at least half of it to the values.
    """
    known = [Decimal(repr(value)) for value in values]
    low, high = min(known), max(known)
    if from_nought or 0 <= 2 * low <= high or low <= 0 <= high or 0 >= 2 * high >= low:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = (low, low + 1) if low == 0 else (low - abs(low) / 2, high + abs(high) / 2)
    step = _round_step((high - low) / _STEPS)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    places = [step * number for number in range(int(first), int(last) + 1)]
    ticks = (Tick(float(place), numbers.write(place, locale)) for place in places)
    return Axis(float(places[0]), float(places[-1]), tuple(ticks))


def _round_step(least: Decimal) -> Decimal:
    """The first of 1, 2 and 5, and their tens and tenths, that isn't less than a number."""
    power = Decimal(10) ** least.adjusted()
    factor = next(each for each in (1, 2, 5, 10) if each * power >= least)
    step = factor * power
    # 1E+2 as 100, so that numbers are written with the decimals that they need.
    return step.quantize(Decimal(1)) if step == step.to_integral_value() else step


# Dates


def place_of(date: Date) -> int:
    """Where a date stands, as a number of years, months or days: its own precision."""
    point = date.points[0]
    return _place(point.first_day, point.precision)


def _place(day: datetime.date, precision: Precision) -> int:
    if precision is Precision.YEAR:
        return day.year
    return _months(day) if precision is Precision.MONTH else day.toordinal()


def _months(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def of_dates(
    dates: Sequence[Date],
    locale: str,
    *,
    margin: float,
    fits: Callable[[tuple[Tick, ...], float, float], bool],
) -> Axis:
    """An axis from the first date to the last, with a margin in their own precision.

    Its ticks are as many as `fits` says that there is room for, between its ends.
    """
    first, last = dates[0].points[0], dates[-1].points[0]
    margin = margin or (0.5 if first == last else 0.0)
    low, high = place_of(dates[0]) - margin, place_of(dates[-1]) + margin
    found: tuple[Tick, ...] = ()
    for days, skeleton in _candidates(first.first_day, last.first_day, first.precision):
        if days:
            found = _ticks(days, skeleton, first.precision, locale)
        if days and fits(found, low, high):
            break
    return Axis(low, high, found)


# So many months can't have words of their own.
_MOST_MONTHS = 120


def _candidates(
    first: datetime.date, last: datetime.date, precision: Precision
) -> Iterator[tuple[list[datetime.date], str]]:
    """Days at which there could be ticks, and how they are written, the closest first."""
    months = range(_months(first), _months(last) + 1)
    if precision is Precision.DAY and len(months) <= _MOST_MONTHS / 20:
        days = [first + datetime.timedelta(n) for n in range((last - first).days + 1)]
        for chosen in (range(1, 32), (1, 6, 11, 16, 21, 26), (1, 11, 21), (1, 15)):
            yield [day for day in days if day.day in chosen], "MMMd"
    if precision is not Precision.YEAR and len(months) <= _MOST_MONTHS:
        for step in (1, 2, 3, 6):
            beginnings = [datetime.date(n // 12, n % 12 + 1, 1) for n in months if n % step == 0]
            yield [day for day in beginnings if day >= first], "MMM"
    for step in (step * power for power in (1, 10, 100, 1000) for step in (1, 2, 5)):
        years = range(first.year - first.year % -step or step, last.year + 1, step)
        beginnings = [datetime.date(year, 1, 1) for year in years]
        yield [day for day in beginnings if day >= first], "y"


def _ticks(
    days: Sequence[datetime.date], skeleton: str, precision: Precision, locale: str
) -> tuple[Tick, ...]:
    """Ticks with the words of a locale; below days and months stands their year where it begins."""
    where, year, found = _locale(locale), 0, []
    for day in days:
        new = skeleton != "y" and day.year != year
        below = str(format_skeleton("y", day, locale=where)) if new else ""
        words = str(format_skeleton(skeleton, day, locale=where))
        found.append(Tick(_place(day, precision), words, below))
        year = day.year
    return tuple(found)


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")
