"""Dates typed in a text, read as data with the precision that they are typed with.

What a language's own way of writing a date reads back as, is that date; other ways are read where
they leave no doubt. What could be one date or another isn't decided.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from babel import Locale
from babel.dates import get_month_names

from briefpress.dates import (
    Date,
    DateError,
    DateWords,
    Precision,
    bare_date_pattern,
    parse,
    write,
)
from briefpress.typed_dates.forms import YEAR, forms, month_numbers, spaced

# How near another date makes "since" and "until" words of an interval that is said in its own way.
_NEAR = 20
_DASH = re.compile(r" ?[-–—~～〜] ?")  # noqa: RUF001 - as East Asian texts have it
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_BIG_ENDIAN = re.compile(r"(\d{4})[/年](?:(\d{1,2})[/月](?:(\d{1,2})日?)?)?")
_IN_DIGITS = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})")
_DECADE = re.compile(r"(\d{3})0(?:s|年代)", re.IGNORECASE)
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
# A hyphen and letters, as in Cyrillic decades: what they make of the number isn't known.
_GOES_ON = re.compile(r"-[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from `start` to `end`. `edtf` is None where it can't be told which."""

    start: int
    end: int
    edtf: str | None
    is_as_written: bool = False  # as Briefpress would write it, but for the kind of its spaces
    is_a_bare_year: bool = False


class Finder:
    """Finds the dates of texts in one language, by its locale and its words around dates."""

    def __init__(self, locale: str, words: DateWords) -> None:
        self._write = lru_cache(maxsize=1024)(self._written_out)
        self._tag = locale
        self._locale = Locale.parse(locale, sep="-")
        self._words = words
        self._months = month_numbers(self._locale)
        self._bare = bare_date_pattern(locale)
        alone = get_month_names("wide", "stand-alone", self._locale)
        self._inflects = dict(alone) != dict(get_month_names("wide", "format", self._locale))
        self._stems = {name[:-1] for name in alone.values()}
        short = self._locale.date_formats["short"].pattern
        self._year_comes_first = self._locale.date_formats["long"].pattern.startswith("y")
        self._dots_are_day_first = re.fullmatch(r"d+\.M+\.y+", short) is not None

    def find(self, text: str) -> list[Found]:
        """The dates of a text, in its order."""
        flat = spaced(text)
        typed = list(_longest([*self._written(flat), *self._typed(flat)]))
        typed = [self._qualified(flat, each) for each in self._doubted(flat, typed)]
        joined = list(self._joined(flat, typed))
        crowded = _crowded(joined)
        ended = [each if each in crowded else self._open(flat, each) for each in joined]
        return [self._compared(flat, each) for each in ended]

    def only(self, text: str) -> str | None:
        """The date that a whole text is, in EDTF; None where it is something else."""
        text = text.strip()
        found = [each for each in self.find(text) if each.end - each.start == len(text)]
        return found[0].edtf if found else None

    # What is typed

    def _written(self, flat: str) -> Iterator[Found]:
        """What is in one of the language's own forms, since it is written so again."""
        for form in forms(self._locale, self._words):
            for match in form.pattern.finditer(flat):
                edtf = form.edtf(match, self._months)
                written = self._write(edtf)
                if written is not None and _as_said(written) == _as_said(match[0]):
                    yield Found(*match.span(), edtf)

    def _typed(self, flat: str) -> Iterator[Found]:
        """What looks like a date to `briefpress check`."""
        for match in self._bare.finditer(flat):
            if goes_on := _GOES_ON.match(flat, match.end()):
                yield Found(match.start(), goes_on.end(), None)
                continue
            edtf = self._read(match[0])
            edtf = edtf if edtf and _date(edtf) else None
            bare = _YEAR.fullmatch(match[0]) is not None
            yield Found(*match.span(), edtf, is_a_bare_year=bare)

    def _read(self, typed: str) -> str | None:
        if decade := _DECADE.fullmatch(typed):
            return f"{decade[1]}X"
        if iso := _ISO.fullmatch(typed):
            # "2003-04" may be two years as well.
            is_a_range = iso[3] is None and int(iso[2]) > int(iso[1]) % 100
            return None if is_a_range else typed
        if big_endian := _BIG_ENDIAN.fullmatch(typed):
            return _dashed(*big_endian.groups())
        if digits := _IN_DIGITS.fullmatch(typed):
            return self._in_digits(*digits.groups())
        return self._with_a_month(typed)

    def _in_digits(self, first: str, sign: str, second: str, year: str) -> str | None:
        """Day and month where one can't be a month, or the language has but one order."""
        if int(first) > 12 or first == second or (sign == "." and self._dots_are_day_first):
            return _dashed(year, second, first)
        return _dashed(year, first, second) if int(second) > 12 else None

    def _with_a_month(self, typed: str) -> str | None:
        year = _YEAR.search(typed)
        if year is None or (self._year_comes_first and "," in typed):
            return None
        low = typed.lower()
        names = [n for n in self._months if re.search(rf"(?<![^\W\d_]){re.escape(n)}\b", low)]
        rest = typed[: year.start()] + typed[year.end() :]
        day = _NUMBER.search(rest)
        if not names:
            return year[0] if day is None else None
        month = str(self._months[max(names, key=len)])
        return _dashed(year[0], month, day[0] if day else None)

    # What stands around it

    def _doubted(self, flat: str, found: list[Found]) -> Iterator[Found]:
        """Without years to which a day or a month belongs that isn't read with them."""
        partial = [e for e in found if e.edtf is None and not _YEAR.search(flat, e.start, e.end)]
        starts = [each.start for each in partial]
        for each in found:
            place = bisect(starts, each.start)
            beside = partial[max(place - 1, 0) : place + 1]
            near = any(_gap(each, other) <= _NEAR for other in beside)
            if each.is_a_bare_year and (near or self._is_of_a_month(flat, each)):
                yield replace(each, edtf=None)
            else:
                yield each

    def _is_of_a_month(self, flat: str, year: Found) -> bool:
        """Whether a month's name is beside a year, in a case that CLDR doesn't have."""
        before = _WORD.findall(flat[max(year.start - _NEAR, 0) : year.start])[-1:]
        after = _WORD.findall(flat[year.end : year.end + _NEAR])[:2]
        return any(map(self._is_a_month_in_another_case, before + after))

    def _is_a_month_in_another_case(self, word: str) -> bool:
        low = word.lower()
        if low in self._months:
            return False
        whole = (name for name in self._months if len(name) > 3)
        is_longer = any(low.startswith(name) and len(low) <= len(name) + 4 for name in whole)
        return is_longer or (self._inflects and low[:-1] in self._stems)

    def _qualified(self, flat: str, found: Found) -> Found:
        """With what the language says before or behind an approximate or an uncertain date."""
        ways = [found.edtf + sign for sign in "%~?"] if found.edtf else []
        return self._widest(flat, found, ways)

    def _open(self, flat: str, found: Found) -> Found:
        """With what it says of an interval of which one side is open or isn't known."""
        if found.edtf is None or "/" in found.edtf:
            return found
        ways = [pattern.format(found.edtf) for pattern in ("{}/", "/{}", "{}/..", "../{}")]
        return self._widest(flat, found, ways)

    def _widest(self, flat: str, found: Found, ways: Iterable[str]) -> Found:
        """The date with the most words around it, as one of some ways of saying it has them."""
        widest = found
        bare = self._write(found.edtf or "")
        for edtf in ways:
            written = self._write(edtf)
            if bare is None or written is None or bare.lower() not in written.lower():
                continue
            before = written.lower().index(bare.lower())
            start = found.start - before
            end = found.end + len(written) - before - len(bare)
            here = flat[max(start, 0) : found.start], flat[found.end : end]
            there = written[:before], written[before + len(bare) :]
            said = [part.lower() for part in here] == [part.lower() for part in there]
            if said and not _cuts_a_word(flat, start, end) and end - start > _length(widest):
                widest = Found(start, end, edtf)
        return widest

    def _joined(self, flat: str, found: list[Found]) -> Iterator[Found]:
        """Two dates with a dash between them are an interval, if the second is the later one."""
        waiting: Found | None = None
        for each in found:
            joined = self._interval(flat, waiting, each) if waiting else None
            if joined is None and waiting:
                yield waiting
            waiting = joined or each
        if waiting:
            yield waiting

    def _interval(self, flat: str, first: Found, last: Found) -> Found | None:
        if first.edtf is None or last.edtf is None or "/" in first.edtf + last.edtf:
            return None
        edtf = f"{first.edtf}/{last.edtf}"
        written = self._write(edtf)
        if written is None or first.edtf == last.edtf:
            return None
        is_dashed = _DASH.fullmatch(flat[first.end : last.start]) and _are_alike(edtf)
        if not is_dashed and _as_said(written) != _as_said(flat[first.start : last.end]):
            return None
        return Found(first.start, last.end, edtf)

    def _compared(self, flat: str, found: Found) -> Found:
        as_written = found.edtf and self._write(found.edtf) == flat[found.start : found.end]
        return replace(found, is_as_written=bool(as_written))

    def _written_out(self, edtf: str) -> str | None:
        date = _date(edtf)
        return spaced(write(date, self._tag, self._words)) if date else None


@cache
def finder_of(locale: str, words: DateWords) -> Finder:
    """A finder, made once for a language."""
    return Finder(locale, words)


def _date(edtf: str) -> Date | None:
    try:
        return parse(edtf)
    except DateError:
        return None


def _dashed(year: str, month: str | None, day: str | None) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _as_said(words: str) -> str:
    """Words without what isn't heard: which dash it is, the spaces around it, and large letters."""
    return _DASH.sub("–", words.lower())


def _gap(one: Found, other: Found) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _are_alike(edtf: str) -> bool:
    first, last = parse(edtf).points
    return first.precision is last.precision and first.precision is not Precision.SEASON


def _length(found: Found) -> int:
    return found.end - found.start


def _longest(found: list[Found]) -> Iterator[Found]:
    """Of those that overlap the longest, and of equals the first."""
    taken: list[Found] = []
    for each in sorted(found, key=_length, reverse=True):
        place = bisect(taken, each.start, key=lambda other: other.start)
        beside = taken[max(place - 1, 0) : place + 1]
        if all(each.end <= other.start or each.start >= other.end for other in beside):
            taken.insert(place, each)
    return iter(taken)


def _crowded(found: list[Found]) -> set[Found]:
    """Those that have another close by."""
    pairs = (pair for pair in pairwise(found) if _gap(*pair) <= _NEAR)
    return {each for pair in pairs for each in pair}


def _cuts_a_word(flat: str, start: int, end: int) -> bool:
    if start < 0:
        return True
    edges = [flat[start - 1 : start + 1] if start else "", flat[end - 1 : end + 1]]
    return any(len(edge) == 2 and all(_is_spaced_letter(c) for c in edge) for edge in edges)


def _is_spaced_letter(char: str) -> bool:
    """A letter of a script that puts spaces between words."""
    return char.isalpha() and ord(char) < 0x2E80
