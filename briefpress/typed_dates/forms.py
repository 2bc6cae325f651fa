"""The forms in which a language writes dates, as patterns that read them back.

CLDR says in what order day, month and year stand and what is between them (UTS #35, Part 4: Dates);
`dates.write` writes by it, and this reads by it. Names of months are CLDR's as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.dates import get_month_names, parse_pattern

from briefpress.dates import DateWords, Season

YEAR = r"(?:1[7-9]|20)\d\d"
_FIELD = re.compile(r"%\((\w+)\)s")
_ANY_SPACE = re.compile(r"[^\S\n]")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a date. `season` and `decade` say what the year that it names stands for."""

    pattern: re.Pattern[str]
    season: Season | None = None
    decade: bool = False

    def edtf(self, match: re.Match[str], months: dict[str, int]) -> str:
        """What a text of this form says in EDTF; it may be a date that there isn't."""
        groups = match.groupdict()
        first, last = (_parts(groups, side, months) for side in "01")
        if not any(last):
            return self._point(first)
        # What an interval says once holds for both of its sides.
        sides = [(first, last), (last, first)]
        both = [[a or b for a, b in zip(own, other, strict=True)] for own, other in sides]
        return "/".join(map(self._point, both))

    def _point(self, parts: list[str]) -> str:
        year, month, day = parts
        if self.decade:
            return f"{year[:3]}X"
        smaller = (str(int(self.season)) if self.season else month, day)
        return "-".join([year, *(part.zfill(2) for part in smaller if part)])


def _parts(groups: dict[str, str], side: str, months: dict[str, int]) -> list[str]:
    """Year, month and day as one side of a date has them, in digits."""
    year, month, day = (groups.get(name + side) or "" for name in ("year", "month", "day"))
    if month and not month.isdecimal():
        month = str(months[month.lower()])
    return [year, month, day]


def spaced(text: str) -> str:
    """A text in which every kind of space is a plain one. It stays as long as it was."""
    return _ANY_SPACE.sub(" ", text)


@cache
def month_numbers(locale: Locale) -> dict[str, int]:
    """The names of the months, in every width and context, in lower case and with no full stop."""
    return {
        name.rstrip(".").lower(): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
        if not name[0].isdigit()
    }


@cache
def forms(locale: Locale, words: DateWords) -> tuple[Form, ...]:
    """Every form of a single date, and of an interval whose sides may share a month or a year.

    A year of digits alone is left out: that it is a year shows only from where it stands.
    """
    skeletons = locale.datetime_skeletons
    year = _reading(skeletons["y"].pattern, "0", locale)
    single = [locale.date_formats["long"].pattern, skeletons["yMMMM"].pattern]
    if not re.fullmatch("y+", skeletons["y"].pattern):
        single.append(skeletons["y"].pattern)
    found = [Form(_bounded(_reading(pattern, "0", locale))) for pattern in single]
    found += [
        Form(_bounded(_filled(pattern, "{year}", year)), season=season)
        for season, pattern in zip(Season, words.seasons, strict=True)
    ]
    found.append(Form(_bounded(_filled(words.decade, "{year}", r"(?P<year0>\d{3}0)")), decade=True))
    return tuple(found + [Form(_bounded(pattern)) for pattern in _intervals(locale)])


def _intervals(locale: Locale) -> Iterator[str]:
    """Intervals of days and of months; as `dates.write` has it, months by their full names."""
    for skeleton in ("yMMMd", "yMMMM"):
        by_difference = locale.interval_formats[skeleton]
        # Sides that each have a year are dates of their own.
        for first, last in (by_difference[each] for each in ("d", "M") if each in by_difference):
            sides = (re.sub(r"([ML])\1\1+", r"\1\1\1\1", part) for part in (first, last))
            yield "".join(_reading(side, str(n), locale) for n, side in enumerate(sides))


def _reading(pattern: str, side: str, locale: Locale) -> str:
    """A pattern of CLDR as a regular expression; its groups are called year0, month0, day0."""
    parts = _FIELD.split(str(parse_pattern(pattern).format))
    read = [re.escape(spaced(part.replace("%%", "%"))) for part in parts]
    read[1::2] = [_field(name, side, locale) for name in parts[1::2]]
    return "".join(read)


def _field(name: str, side: str, locale: Locale) -> str:
    match name[0], len(name):
        case "y", _:
            return rf"(?P<year{side}>{YEAR})"
        case "d", _:
            return rf"(?P<day{side}>\d{{1,2}})"
        case "M" | "L", 1 | 2:
            return rf"(?P<month{side}>\d{{1,2}})"
        case kind, _:
            format_ = kind == "M"
            names = get_month_names("wide", "format" if format_ else "stand-alone", locale).values()
            longest_first = sorted(map(spaced, names), key=len, reverse=True)
            return rf"(?P<month{side}>{'|'.join(map(re.escape, longest_first))})"


def _filled(pattern: str, gap: str, filling: str) -> str:
    return filling.join(re.escape(spaced(part)) for part in pattern.split(gap))


def _bounded(pattern: str) -> re.Pattern[str]:
    """Not inside a number or a word; where words run on, as in Japanese, a word may follow."""
    letter = r"[^\W\d_\u2e80-\U0010ffff]"
    pattern = re.sub(r"(?:\\ )?(?:–|\\-)(?:\\ )?", " ?[-–—] ?", pattern)
    return re.compile(rf"(?<!\d)(?<!{letter}){pattern}(?!\d)(?!{letter})", re.IGNORECASE)
