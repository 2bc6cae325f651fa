"""Dates with the precision that their source gives, and how a language writes them.

The notation is the Extended Date/Time Format (EDTF) of ISO 8601-2:2019, in the Library of Congress
profile, levels 0 and 1, as far as a date can be written out in a sentence:

====================  =======================  =========================================
EDTF                  in the specification     written in British English
====================  =======================  =========================================
``1991-12-28``        Level 0, Date            28 December 1991
``1992-05``           Level 0, Date            May 1992
``1999``              Level 0, Date            1999
``1997-07/1997-08``   Level 0, Time Interval   July – August 1997
``1999-22``           Level 1, Seasons         summer 1999
``199X``              Level 1, Unspecified     the 1990s
``1999-09~``          Level 1, Qualification   about September 1999
``1999?``             Level 1, Qualification   1999 (uncertain)
``1999-09%``          Level 1, Qualification   about September 1999 (uncertain)
``1991/..``           Level 1, Open end        since 1991
``../1991``           Level 1, Open start      until 1991
``1991/``             Level 1, Unknown end     from 1991, end not known
====================  =======================  =========================================

Precision is never raised nor lowered: each `Point` keeps the parts that were given and no other.
Months, days and intervals are written by CLDR through Babel (UTS #35, Part 4: Dates); the few words
that CLDR doesn't have, such as "about", come with the language's labels as `DateWords`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache
from io import StringIO

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    get_month_names,
    parse_pattern,
)


class DateError(ValueError):
    """A text isn't a date, or is one that can't be written out. The message says what is wrong."""


class Precision(IntEnum):
    """What the smallest part given is. A larger number is finer."""

    DECADE = 1
    YEAR = 2
    SEASON = 3
    MONTH = 4
    DAY = 5


class Season(IntEnum):
    """Seasons independent of hemisphere, numbered as in EDTF Level 1."""

    SPRING = 21
    SUMMER = 22
    AUTUMN = 23
    WINTER = 24


class End(Enum):
    """An interval's start or end that has no date (EDTF Level 1, Extended Interval)."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A date with the parts that were given. `year` is the first of the ten if `decade` is set."""

    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    decade: bool = False
    approximate: bool = False
    uncertain: bool = False

    @property
    def precision(self) -> Precision:
        """The smallest part given."""
        if self.day is not None:
            return Precision.DAY
        if self.month is not None:
            return Precision.MONTH
        if self.season is not None:
            return Precision.SEASON
        return Precision.DECADE if self.decade else Precision.YEAR

    @property
    def first_day(self) -> datetime.date:
        """The first day that the point can mean. Winter counts as December, as in a calendar."""
        month = self.month or (_FIRST_MONTH[self.season] if self.season else 1)
        return datetime.date(self.year, month, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day that the point can mean."""
        if self.day is not None:
            return self.first_day
        year = self.year + 9 if self.decade else self.year
        month = self.month or (min(_FIRST_MONTH[self.season] + 2, 12) if self.season else 12)
        return datetime.date(year, month, calendar.monthrange(year, month)[1])


_FIRST_MONTH = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}


@dataclass(frozen=True, slots=True)
class Date:
    """A date or an interval, as `edtf` gives it. For a single date, `start` and `end` are one."""

    edtf: str
    start: Point | End
    end: Point | End

    @property
    def points(self) -> tuple[Point, ...]:
        """The dates that it names: one, or an interval's start and end where they are known."""
        if self.start == self.end and isinstance(self.start, Point):
            return (self.start,)
        return tuple(p for p in (self.start, self.end) if isinstance(p, Point))

    @property
    def html(self) -> str | None:
        """The value for HTML's `datetime` attribute, or None where HTML has no notation for it.

        HTML Living Standard, 4.5.14 The time element: years, months and days, unqualified.
        """
        plain = _PLAIN.fullmatch(self.edtf) and self.points[0].precision is not Precision.SEASON
        return self.edtf if plain else None

    def sort_key(self) -> tuple[int, int, int, int]:
        """Order by first possible day; an open start first; the coarser before the finer."""
        first = self.points[0]
        last = datetime.date.max if isinstance(self.end, End) else self.points[-1].last_day
        return (
            first.first_day.toordinal(),
            0 if isinstance(self.start, End) else 1,
            -last.toordinal(),
            first.precision,
        )


@dataclass(frozen=True, slots=True)
class DateWords:
    """What a language says around a date where CLDR has no words for it.

    Each is a pattern with `{date}` in it, or `{year}` for `decade` and the four `seasons`.
    """

    about: str
    uncertain: str
    since: str
    until: str
    start_unknown: str
    end_unknown: str
    decade: str
    seasons: tuple[str, str, str, str]


_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_POINT = re.compile(r"(\d{3}[\dX])(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)


def parse(text: str) -> Date:
    """Read an EDTF text.

    Raises `DateError` where the text isn't EDTF, isn't in the calendar, runs backwards, or belongs
    to a part of EDTF that can't be written out (times, sets, exponents, qualified parts).
    """
    start_text, slash, end_text = text.partition("/")
    sides = [s for s in (start_text, end_text) if s not in {"", ".."}] if slash else [text]
    if not all(map(_POINT.fullmatch, sides)):
        kind = ", but of a kind that can't be written out in a sentence"
        raise DateError(f"it is EDTF{kind}" if _is_edtf(text) else "it isn't a date in EDTF")
    start = _end_of_interval(start_text) if slash else _point(text)
    end = _end_of_interval(end_text) if slash else start
    date = Date(text, start, end)
    if not date.points:
        raise DateError("an interval needs a date on at least one side")
    if isinstance(start, Point) and isinstance(end, Point) and end.last_day < start.first_day:
        raise DateError("the interval ends before it begins")
    return date


def _is_edtf(text: str) -> bool:
    """Ask the `edtf` library, which knows all three levels, and takes seconds for long texts."""
    # Importing it takes 0.15 s; what can be written out does without.
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415

    if len(text) > 100 or any(char.isspace() for char in text):
        return False
    try:
        # edtf 5.0.2 prints what it can't hold, and raises what `../19XX` and `1900-0X` raise here.
        with redirect_stdout(StringIO()), suppress(TypeError, AttributeError):
            parse_edtf(text)
    except EDTFParseException:
        return False
    return True


def _end_of_interval(text: str) -> Point | End:
    return End(text) if text in {"", ".."} else _point(text)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    assert match
    year, month, day, qualifier = match.groups()
    decade = year.endswith("X")
    month, day = (None if part == "XX" else part for part in (month, day))
    if (decade and month) or (day and not month):
        raise DateError("a part is given whose larger part is not")
    if (number := int(month or 0)) > 12 and number not in set(Season):
        raise DateError("months are 01 to 12, seasons 21 to 24")
    point = Point(
        year=int(year.replace("X", "0")),
        month=number if month and number <= 12 else None,
        day=int(day) if day else None,
        season=Season(number) if number > 12 else None,
        decade=decade,
        approximate=qualifier in {"~", "%"},
        uncertain=qualifier in {"?", "%"},
    )
    if point.season and point.day:
        raise DateError("a season has no days")
    if point.month == 0 or point.day == 0:
        raise DateError("there is no such day in the calendar")
    try:
        _ = point.first_day
    except ValueError:
        raise DateError("there is no such day in the calendar") from None
    return point


def write(date: Date, locale: str, words: DateWords) -> str:
    """Write a date out in full, as running text of a locale such as `en-GB` has it."""
    where = _locale(locale)
    start, end = date.start, date.end
    if isinstance(start, Point) and isinstance(end, Point):
        if start == end:
            return _qualified(start, _write_point(start, where, words), words)
        return _write_interval(start, end, where, words)
    known = date.points[0]
    written = _qualified(known, _write_point(known, where, words), words)
    if isinstance(end, End):
        pattern = words.since if end is End.OPEN else words.end_unknown
    else:
        pattern = words.until if start is End.OPEN else words.start_unknown
    return pattern.format(date=written)


def _write_point(point: Point, locale: Locale, words: DateWords) -> str:
    day = point.first_day
    if point.precision is Precision.DAY:
        return format_date(day, "long", locale)
    if point.precision is Precision.MONTH:
        return format_skeleton("yMMMM", day, locale=locale)
    if point.precision is Precision.SEASON and point.season:
        year = format_skeleton("y", day, locale=locale)
        return words.seasons[point.season - Season.SPRING].format(year=year)
    if point.precision is Precision.DECADE:
        return words.decade.format(year=point.year)
    return format_skeleton("y", day, locale=locale)


def _qualified(point: Point, written: str, words: DateWords) -> str:
    if point.approximate:
        written = words.about.format(date=written)
    if point.uncertain:
        written = words.uncertain.format(date=written)
    return written


def _write_interval(start: Point, end: Point, locale: Locale, words: DateWords) -> str:
    plain = {Precision.YEAR: "y", Precision.MONTH: "yMMMM", Precision.DAY: "yMMMd"}
    qualified = any(p.approximate or p.uncertain for p in (start, end))
    if start.precision is not end.precision or start.precision not in plain or qualified:
        sides = (_qualified(p, _write_point(p, locale, words), words) for p in (start, end))
        return str(locale.interval_formats[None]).format(*sides)
    if start.precision is Precision.DAY:
        return _write_days(start.first_day, end.first_day, locale)
    return format_interval(start.first_day, end.first_day, plain[start.precision], locale=locale)


def _write_days(start: datetime.date, end: datetime.date, locale: Locale) -> str:
    """Write an interval of days with the month's full name.

    CLDR gives such intervals for abbreviated months; a longer field is had by widening the pattern
    (UTS #35, Part 4, 2.6.2.2 Missing Skeleton Fields).
    """
    by_difference = locale.interval_formats["yMMMd"]
    differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    first, last = (re.sub(r"([ML])\1\1", r"\1\1\1\1", part) for part in by_difference[differs])
    return str(parse_pattern(first).apply(start, locale)) + str(
        parse_pattern(last).apply(end, locale)
    )


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


@cache
def bare_date_pattern(locale: str) -> re.Pattern[str]:
    """A pattern for dates typed out in text, as a writer of the locale would type them.

    It finds full and partial dates with a month's name, dates in digits, years from 1700 to 2099
    and decades; in Chinese and Japanese, numbers before 年 and 月, with no space around them.
    """
    names = {
        name.rstrip(".")
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in get_month_names(width, context, _locale(locale)).values()
        if not name[0].isdigit()
    }
    four = r"(?:1[7-9]|20)\d\d"
    year = rf"{four}(?:年代|年|s\b|(?![\dA-Za-z/]))"
    day = r"\d{1,2}(?:st|nd|rd|th|\.|º)?"
    options = [
        r"\d{4}-\d\d(?:-\d\d)?(?!\d)",
        rf"(?:\d{{1,2}}/\d{{1,2}}/{four}|\d{{1,2}}\.\d{{1,2}}\.{four})(?!\d)",
        rf"{four}/\d{{1,2}}/\d{{1,2}}(?!\d)",
        r"\d{4}年(?:代|\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日",
    ]
    if longest_first := sorted(sorted(names), key=len, reverse=True):
        month = rf"(?:{'|'.join(map(re.escape, longest_first))})\b\.?"
        options += [
            rf"{day}\s+(?:de\s+)?{month}(?:,?\s+(?:de\s+)?{year})?",
            rf"(?<!\w){month}\s+{day}(?!\d)(?:,?\s+{year})?",
            rf"(?<!\w){month},?\s+(?:de\s+)?{year}",
        ]
    options.append(year)
    return re.compile(rf"(?<![\dA-Za-z_.,/])(?:{'|'.join(options)})")
