"""Dates that people type are found, and read with the precision that they are typed with."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpress.content.labels import read_labels
from briefpress.dates import DateError, parse, write
from briefpress.look import find_templates
from briefpress.typed_dates import Finder

LANGUAGES = ("en", "ja", "ru", "kk")
LABELS = {language: read_labels(find_templates("default"), language) for language in LANGUAGES}
FINDERS = {
    language: Finder(labels.locale, labels.date_words()) for language, labels in LABELS.items()
}
# A sentence of each language, with room for a date where one may stand.
SENTENCES = {
    "en": ("They met ", ", or so it is said."),
    "ja": ("両国は", "、東京で会った。"),
    "ru": ("Они встретились: ", ", как говорят."),
    "kk": ("Олар кездесті: ", ", деп айтылады."),
}

years = st.integers(1700, 2099).map(str)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates().filter(lambda day: 1700 <= day.year <= 2099).map(str)
seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
decades = st.integers(170, 209).map("{}X".format)
qualified = st.builds("{}{}".format, years | months | days | seasons, st.sampled_from("?~%"))
points = years | months | days | seasons | decades | qualified
intervals = st.builds("{}/{}".format, points, points)
open_ends = st.builds(
    lambda pattern, point: pattern.format(point),
    st.sampled_from(["{}/..", "../{}", "{}/", "/{}"]),
    points,
)


def written(edtf: str, language: str) -> str:
    labels = LABELS[language]
    return write(parse(edtf), labels.locale, labels.date_words())


def is_one(edtf: str) -> bool:
    try:
        start, _, end = edtf.partition("/")
        return bool(parse(edtf)) and start != end
    except DateError:
        return False


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100, deadline=None)
@given(edtf=(points | intervals | open_ends).filter(is_one))
def test_what_is_written_is_read_back(language: str, edtf: str) -> None:
    before, after = SENTENCES[language]
    words = written(edtf, language)
    # One date may be written as another is: July 1997 – 1998 of a month, and of a year.
    found = FINDERS[language].find(f"{before}{words}{after}")
    assert [written(str(each.edtf), language) for each in found] == [words]
    assert [parse(str(each.edtf)).points for each in found] == [parse(edtf).points]
    assert [each.is_as_written for each in found] == [True]
    assert [(each.start, each.end) for each in found] == [(len(before), len(before) + len(words))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on Dec. 28, 1991", [("Dec. 28, 1991", "1991-12-28")]),
        ("en", "on the 28th December 1991", [("28th December 1991", "1991-12-28")]),
        ("en", "in Sept 1999 or 1999-09-01", [("Sept 1999", "1999-09"), ("1999-09-01",) * 2]),
        ("en", "in the mid-1990s", [("1990s", "199X")]),
        ("en", "About Sept. 1999", [("About Sept. 1999", "1999-09~")]),
        ("en", "July–August 1997", [("July–August 1997", "1997-07/1997-08")]),
        ("en", "in 1990-1995", [("1990-1995", "1990/1995")]),
        ("en", "1995–1990", [("1995", "1995"), ("1990", "1990")]),
        ("en", "from 1985 until 1991", [("1985", "1985"), ("1991", "1991")]),
        (
            "en",
            "on 28/12/1991 or 12/28/1991",
            [("28/12/1991", "1991-12-28"), ("12/28/1991", "1991-12-28")],
        ),
        # What could be two dates, or isn't whole, isn't read.
        ("en", "on 12/05/1992", [("12/05/1992", None)]),
        ("en", "on 12.05.1992", [("12.05.1992", None)]),
        ("en", "the season 2003-04", [("2003-04", None)]),
        ("en", "on 28 December", [("28 December", None)]),
        ("en", "on 31 February 1999", [("31 February 1999", None)]),
        ("en", "it may 12 times; page 1,999; A1999; 1991/92", []),
        ("ja", "1992年5月に", [("1992年5月", "1992-05")]),
        ("ja", "5月12日に", [("5月12日", None)]),
        ("ja", "1991年から1999年まで", [("1991年", "1991"), ("1999年", "1999")]),
        ("ru", "28 декабря 1991 года", [("28 декабря 1991", "1991-12-28")]),
        ("ru", "по 12.05.1992", [("12.05.1992", "1992-05-12")]),
        ("ru", "1990-ые годы", [("1990-ые", None)]),
        # A case of which CLDR has no name: more than the year is meant, so the year isn't taken.
        ("ru", "в мае 1992 года, в январе 1993 года", [("1992", None), ("1993", None)]),
        ("kk", "1990-жылдар", [("1990-жылдар", "199X")]),
        ("kk", "1992 жылғы мамырда", [("1992", None)]),
        ("kk", "1991 жылғы 28 желтоқсан", [("1991", None), ("28 желтоқсан", None)]),
    ],
)
def test_other_ways_are_read_where_they_leave_no_doubt(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    found = FINDERS[language].find(text)
    assert [(text[each.start : each.end], each.edtf) for each in found] == expected
