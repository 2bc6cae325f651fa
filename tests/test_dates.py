"""Dates: what is read, and how it is written. What a language writes is pinned by hand."""

# ruff: noqa: RUF001 - Japanese and Cyrillic are meant

from __future__ import annotations

import calendar
import datetime
import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpress.content.labels import Labels, read_labels
from briefpress.dates import (
    Date,
    DateError,
    End,
    Point,
    Precision,
    Season,
    bare_date_pattern,
    parse,
    write,
)
from briefpress.look import BUILT_IN, find_templates

LABELS = find_templates(BUILT_IN).file("labels/en.yaml").parent
LANGUAGES = sorted(path.stem for path in LABELS.glob("*.yaml"))

# CLDR sets a thin space (U+2009) on both sides of the dash between two dates with spaces in them.
TO = "\N{THIN SPACE}\N{EN DASH}\N{THIN SPACE}"

# EDTF, British English, Japanese
WRITTEN = [
    # one date, of each precision
    ("1991-12-28", "28 December 1991", "1991年12月28日"),
    ("1992-02-01", "1 February 1992", "1992年2月1日"),
    ("1992-05", "May 1992", "1992年5月"),
    ("1999", "1999", "1999年"),
    ("1999-21", "spring 1999", "1999年春"),
    ("1999-22", "summer 1999", "1999年夏"),
    ("1999-23", "autumn 1999", "1999年秋"),
    ("1999-24", "winter 1999", "1999年冬"),
    ("199X", "the 1990s", "1990年代"),
    ("200X", "the 2000s", "2000年代"),
    # parts that are said not to be known
    ("1999-05-XX", "May 1999", "1999年5月"),
    ("1999-XX", "1999", "1999年"),
    ("1999-XX-XX", "1999", "1999年"),
    # intervals of days
    ("1994-04-28/1994-04-30", "28–30 April 1994", "1994年4月28日～30日"),
    ("1994-04-28/1994-05-03", f"28 April{TO}3 May 1994", "1994年4月28日～5月3日"),
    (
        "1994-12-28/1995-01-03",
        f"28 December 1994{TO}3 January 1995",
        "1994年12月28日～1995年1月3日",
    ),
    (
        "1994-12-28/1995-12-28",
        f"28 December 1994{TO}28 December 1995",
        "1994年12月28日～1995年12月28日",
    ),
    # intervals of months, years, decades and seasons
    ("1997-07/1997-08", f"July{TO}August 1997", "1997年7月～8月"),
    ("1997-12/1998-01", f"December 1997{TO}January 1998", "1997年12月～1998年1月"),
    ("1997/1998", "1997–1998", "1997年～1998年"),
    ("199X/200X", f"the 1990s{TO}the 2000s", "1990年代～2000年代"),
    ("1999-21/1999-22", f"spring 1999{TO}summer 1999", "1999年春～1999年夏"),
    ("1999-24/2000-21", f"winter 1999{TO}spring 2000", "1999年冬～2000年春"),
    ("1999/1999", "1999", "1999年"),
    # intervals of two precisions
    ("1997/1998-05", f"1997{TO}May 1998", "1997年～1998年5月"),
    ("1997-05/1998", f"May 1997{TO}1998", "1997年5月～1998年"),
    ("1997-05-03/1998-06", f"3 May 1997{TO}June 1998", "1997年5月3日～1998年6月"),
    ("199X/2001-05-03", f"the 1990s{TO}3 May 2001", "1990年代～2001年5月3日"),
    ("1999-22/2000-05", f"summer 1999{TO}May 2000", "1999年夏～2000年5月"),
    # about, uncertain, both
    ("1991-12-28~", "about 28 December 1991", "1991年12月28日頃"),
    ("1999-09~", "about September 1999", "1999年9月頃"),
    ("1999~", "about 1999", "1999年頃"),
    ("199X~", "about the 1990s", "1990年代頃"),
    ("1991-12-28?", "28 December 1991 (uncertain)", "1991年12月28日（不確か）"),
    ("1999-09?", "September 1999 (uncertain)", "1999年9月（不確か）"),
    ("1999?", "1999 (uncertain)", "1999年（不確か）"),
    ("1999-09%", "about September 1999 (uncertain)", "1999年9月頃（不確か）"),
    ("1999%", "about 1999 (uncertain)", "1999年頃（不確か）"),
    ("1997~/1998", f"about 1997{TO}1998", "1997年頃～1998年"),
    (
        "1997-07~/1997-08?",
        f"about July 1997{TO}August 1997 (uncertain)",
        "1997年7月頃～1997年8月（不確か）",
    ),
    # open start or end
    ("1991-12-28/..", "since 28 December 1991", "1991年12月28日から"),
    ("1992-05/..", "since May 1992", "1992年5月から"),
    ("1991/..", "since 1991", "1991年から"),
    ("1999-22/..", "since summer 1999", "1999年夏から"),
    ("1991~/..", "since about 1991", "1991年頃から"),
    ("../1991-12-28", "until 28 December 1991", "1991年12月28日まで"),
    ("../1992-05", "until May 1992", "1992年5月まで"),
    ("../1991", "until 1991", "1991年まで"),
    # unknown start or end
    ("1991/", "from 1991, end not known", "1991年から（終了時期不明）"),
    ("1992-05/", "from May 1992, end not known", "1992年5月から（終了時期不明）"),
    ("/1991", "until 1991, start not known", "1991年まで（開始時期不明）"),
    (
        "/1991-12-28",
        "until 28 December 1991, start not known",
        "1991年12月28日まで（開始時期不明）",
    ),
]


@cache
def labels(language: str) -> Labels:
    return read_labels(find_templates(BUILT_IN), language)


def written(edtf: str, language: str) -> str:
    return write(parse(edtf), labels(language).locale, labels(language).date_words())


@pytest.mark.parametrize(("edtf", "english"), [(edtf, en) for edtf, en, _ in WRITTEN])
def test_british_english(edtf: str, english: str) -> None:
    assert written(edtf, "en") == english


@pytest.mark.parametrize(("edtf", "japanese"), [(edtf, ja) for edtf, _, ja in WRITTEN])
def test_japanese(edtf: str, japanese: str) -> None:
    assert written(edtf, "ja") == japanese


@pytest.mark.parametrize(
    ("locale", "day", "month", "days"),
    [
        ("kk", "1991 ж. 28 желтоқсан", "1992 ж. мамыр", "1994 ж. 28–30 сәуір"),
        ("ru", "28 декабря 1991 г.", "май 1992 г.", "28–30 апреля 1994 г."),
        ("fr", "28 décembre 1991", "mai 1992", "28–30 avril 1994"),
        ("de", "28. Dezember 1991", "Mai 1992", "28.–30. April 1994"),
        ("en-US", "December 28, 1991", "May 1992", "April 28 – 30, 1994"),
    ],
)
def test_other_locales_follow_cldr(locale: str, day: str, month: str, days: str) -> None:
    words = labels("en").date_words()
    texts = [
        write(parse(edtf), locale, words)
        for edtf in ("1991-12-28", "1992-05", "1994-04-28/1994-04-30")
    ]

    assert [re.sub(r"[\u00a0\u2009\u202f]", " ", text) for text in texts] == [day, month, days]


def test_a_point_keeps_the_parts_that_were_given() -> None:
    assert parse("1991-12-28").points == (Point(1991, 12, 28),)
    assert parse("1992-05").points == (Point(1992, 5),)
    assert parse("1999").points == (Point(1999),)
    assert parse("1999-22").points == (Point(1999, season=Season.SUMMER),)
    assert parse("199X").points == (Point(1990, decade=True),)
    assert parse("1999-09%").points == (Point(1999, 9, approximate=True, uncertain=True),)


def test_an_interval_keeps_what_is_open_apart_from_what_is_unknown() -> None:
    assert parse("1991/..").end is End.OPEN
    assert parse("1991/").end is End.UNKNOWN
    assert parse("../1991").start is End.OPEN
    assert parse("/1991").start is End.UNKNOWN
    assert parse("../1991").points == (Point(1991),)


def test_html_has_a_notation_for_plain_dates_alone() -> None:
    assert parse("1991-12-28").html == "1991-12-28"
    assert parse("1992-05").html == "1992-05"
    assert parse("1999").html == "1999"
    others = "199X 1999-22 1999~ 1999-09? 1999/2000 1999/.. ../1999 1999-05-XX"
    assert {parse(edtf).html for edtf in others.split()} == {None}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it isn't a date in EDTF"),
        ("soon", "it isn't a date in EDTF"),
        ("28 December 1991", "it isn't a date in EDTF"),
        ("28/12/1991", "it isn't a date in EDTF"),
        ("1991-12-28 ", "it isn't a date in EDTF"),
        ("1991-1", "it isn't a date in EDTF"),
        ("91", "it isn't a date in EDTF"),
        ("１９９１", "it isn't a date in EDTF"),
        ("1999~?", "it isn't a date in EDTF"),
        ("1991/../1992", "it isn't a date in EDTF"),
        ("..", "it isn't a date in EDTF"),
        ("1991-12-28T10:00:00Z", "of a kind that can't be written out"),
        ("[1999,2000]", "of a kind that can't be written out"),
        ("{1999,2000}", "of a kind that can't be written out"),
        ("2004?-06", "of a kind that can't be written out"),
        ("2004-06-~01", "of a kind that can't be written out"),
        ("19XX", "of a kind that can't be written out"),
        ("1900-0X", "of a kind that can't be written out"),  # edtf 5.0.2 fails at it
        ("Y12345", "of a kind that can't be written out"),
        ("-0044", "of a kind that can't be written out"),
        ("1999-XX-05", "a part is given whose larger part is not"),
        ("199X-05", "a part is given whose larger part is not"),
        ("1999-21-01", "a season has no days"),
        ("1999-13", "months are 01 to 12, seasons 21 to 24"),
        ("1999-25", "months are 01 to 12, seasons 21 to 24"),
        ("1999-00", "there is no such day in the calendar"),
        ("1999-05-00", "there is no such day in the calendar"),
        ("1999-02-29", "there is no such day in the calendar"),
        ("1999-04-31", "there is no such day in the calendar"),
        ("0000", "there is no such day in the calendar"),
        ("../1999-04-31", "there is no such day in the calendar"),
        ("../..", "an interval needs a date on at least one side"),
        ("1991-05/1991-04", "the interval ends before it begins"),
        ("2000/199X", "the interval ends before it begins"),
    ],
)
def test_what_is_no_date_is_refused(text: str, why: str) -> None:
    with pytest.raises(DateError, match=re.escape(why)):
        parse(text)


def test_nothing_is_printed_of_what_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DateError, match="of a kind that can't be written out"):
        parse("../19XX")

    assert capfd.readouterr() == ("", "")


def test_dates_are_sorted_by_time_the_coarser_before_the_finer() -> None:
    in_order = [
        "198X",
        "../1991",
        "1991/..",
        "1991/1995",
        "1991",
        "1991-01",
        "1991-01-01/1991-01-03",
        "1991-01-01",
        "1991-05/1991-06",
        "1991-05",
        "1991-06-01",
        "1991-12-28",
        "1992~",
        "1992-05",
    ]

    assert sorted(set(in_order), key=lambda edtf: parse(edtf).sort_key()) == in_order


# Dates made at random: first the parts, then the EDTF that states them.

QUALIFIERS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}

years = st.integers(min_value=1000, max_value=9989)
qualifiers = st.sampled_from(sorted(QUALIFIERS))


@st.composite
def plain_points(draw: st.DrawFn) -> Point:
    year = draw(years)
    month = draw(st.none() | st.integers(1, 12))
    days = calendar.monthrange(year, month)[1] if month else 0
    return Point(year, month, draw(st.none() | st.integers(1, days)) if month else None)


@st.composite
def qualified_points(draw: st.DrawFn) -> Point:
    point = draw(plain_points())
    approximate, uncertain = QUALIFIERS[draw(qualifiers)]
    return Point(point.year, point.month, point.day, approximate=approximate, uncertain=uncertain)


seasons = st.builds(lambda year, season: Point(year, season=season), years, st.sampled_from(Season))
decades = st.builds(lambda year: Point(year // 10 * 10, decade=True), years)
points = st.one_of(plain_points(), qualified_points(), seasons, decades)


def spelt(point: Point) -> str:
    year = f"{point.year // 10}X" if point.decade else f"{point.year}"
    smaller = [point.season or point.month, point.day]
    parts = [year, *(f"{part:02d}" for part in smaller if part)]
    qualifier = {flags: sign for sign, flags in QUALIFIERS.items()}
    return "-".join(parts) + qualifier[point.approximate, point.uncertain]


@st.composite
def intervals(draw: st.DrawFn) -> str:
    start, end = sorted((draw(points), draw(points)), key=lambda point: point.first_day)
    return draw(
        st.sampled_from(
            [
                f"{spelt(start)}/{spelt(end)}",
                f"{spelt(start)}/..",
                f"../{spelt(end)}",
                f"{spelt(start)}/",
                f"/{spelt(end)}",
            ]
        )
    )


edtf_texts = st.one_of(points.map(spelt), intervals())
repeatable = settings(derandomize=True, deadline=None, max_examples=200)


@repeatable
@given(points)
def test_reading_a_date_gives_back_its_parts_and_no_others(point: Point) -> None:
    date = parse(spelt(point))

    assert date.points == (point,)
    assert spelt(date.points[0]) == date.edtf == spelt(point)


@repeatable
@given(intervals())
def test_reading_an_interval_gives_back_both_its_sides(edtf: str) -> None:
    date = parse(edtf)
    sides = [s.value if isinstance(s, End) else spelt(s) for s in (date.start, date.end)]

    assert "/".join(sides) == date.edtf == edtf


@repeatable
@given(points)
def test_the_days_that_a_point_can_mean_are_those_of_what_was_given(point: Point) -> None:
    first, last = point.first_day, point.last_day

    assert first <= last
    assert first.year // 10 == last.year // 10
    if point.precision is not Precision.DECADE:
        assert first.year == last.year == point.year
    if point.month:
        assert first.month == last.month == point.month
        assert point.day in {None, first.day}
    if point.precision is Precision.DAY:
        assert first == last
    if point.precision in {Precision.MONTH, Precision.SEASON}:
        assert (last + datetime.timedelta(days=1)).day == first.day == 1


@repeatable
@given(point=plain_points(), language=st.sampled_from(LANGUAGES))
def test_what_is_written_has_the_numbers_that_were_given_and_no_others(
    point: Point, language: str
) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", written(spelt(point), language))]

    months_are_named = language != "ja"
    given_ones = [point.year, None if months_are_named else point.month, point.day]
    assert sorted(numbers) == sorted(number for number in given_ones if number is not None)
    if language == "en":
        name = calendar.month_name[point.month] if point.month else ""
        assert re.findall(r"[A-Za-z]+", written(spelt(point), language)) == [name][: bool(name)]


@repeatable
@given(edtf_texts, st.sampled_from(LANGUAGES))
def test_whatever_can_be_read_can_be_written_in_every_language(edtf: str, language: str) -> None:
    text = written(edtf, language)

    for point in parse(edtf).points:
        assert str(point.year) in text or len(parse(edtf).points) == 2
    assert "{" not in text
    assert "None" not in text


@repeatable
@given(st.text(alphabet="0123456789-/.~?%XYTZ[]{},年", max_size=24))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        date = parse(text)
    except DateError:
        return
    assert date.edtf == text


@repeatable
@given(st.lists(edtf_texts.map(parse), min_size=2, max_size=8))
def test_sorting_follows_the_first_day_that_a_date_can_mean(dates: list[Date]) -> None:
    dates.sort(key=Date.sort_key)

    for earlier, later in pairwise(dates):
        assert earlier.points[0].first_day <= later.points[0].first_day


@repeatable
@given(edtf_texts.map(parse), edtf_texts.map(parse))
def test_a_date_that_ends_before_another_begins_is_sorted_before_it(a: Date, b: Date) -> None:
    if not isinstance(a.end, End) and a.points[-1].last_day < b.points[0].first_day:
        assert a.sort_key() < b.sort_key()


# Dates that a writer typed

AROUND = {
    "en": [("", ""), ("since ", " or so"), ("(", ")."), ("“", ",” she said")],
    "ja": [("", ""), ("それは", "のことだ。"), ("（", "）"), ("A国は", "に承認した")],
}
typed_points = plain_points().filter(lambda point: 1700 <= point.year < 2100)


@repeatable
@given(typed_points, st.sampled_from(sorted(AROUND)))
def test_every_plain_date_is_found_where_it_is_typed(point: Point, language: str) -> None:
    date = written(spelt(point), language)
    pattern = bare_date_pattern(labels(language).locale)

    for before, after in AROUND[language]:
        assert [match[0] for match in pattern.finditer(before + date + after)] == [date]


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("en-GB", "the 28th of December 1991", ["December 1991"]),
        ("en-GB", "on 28th December 1991", ["28th December 1991"]),
        ("en-GB", "on December 28, 1991", ["December 28, 1991"]),
        ("en-GB", "in Dec. 1991 and Sept 1992", ["Dec. 1991", "Sept 1992"]),
        ("en-GB", "on 3 May, between 4 and 5 May", ["3 May", "5 May"]),
        ("en-GB", "summer 1999, the 1990s, 1999–2000", ["1999", "1990s", "1999", "2000"]),
        ("en-GB", "1991-12-28, 1991-12", ["1991-12-28", "1991-12"]),
        ("en-GB", "28/12/1991, 28.12.1991, 1991/12/28", ["28/12/1991", "28.12.1991", "1991/12/28"]),
        ("en-GB", "BP 2026/01, 1,999 pages, No. 19990, A1999, 1999a, §3.1999", []),
        ("en-GB", "They may dismay 5 people in March, at 10.", []),
        ("ja-JP", "日本は1991年12月28日に承認した。", ["1991年12月28日"]),
        ("ja-JP", "その1992年5月、1990年代、１９９９年に", ["1992年5月", "1990年代", "１９９９年"]),
        ("ja-JP", "同年12月28日、1991-12-28、1991/12/28", ["12月28日", "1991-12-28", "1991/12/28"]),
        ("kk", "1991 жылы 28 желтоқсан", ["1991", "28 желтоқсан"]),
        ("ru", "28 декабря 1991 года, в мае 1992", ["28 декабря 1991", "1992"]),
        ("fr", "le 28 décembre 1991", ["28 décembre 1991"]),
        ("pt", "28 de dezembro de 1991", ["28 de dezembro de 1991"]),
    ],
)
def test_dates_are_found_as_writers_type_them(locale: str, text: str, found: list[str]) -> None:
    assert [match[0] for match in bare_date_pattern(locale).finditer(text)] == found
