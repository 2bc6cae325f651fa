"""Whatever the values and titles: words stay inside of the drawing, and none stands on another."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import combinations
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from briefpress import dates, model, numbers
from briefpress.content.labels import read_labels
from briefpress.diagnostics import Span
from briefpress.drawing import charts
from briefpress.drawing.charts import axes
from briefpress.drawing.charts.heading import NoRoomError
from briefpress.drawing.style import Style, style_of
from briefpress.look import find_templates

SVG = "{http://www.w3.org/2000/svg}"
TEMPLATES = find_templates("default")

titles = st.text("abcdefgh ABCDEFGH", min_size=1, max_size=60).map(str.strip).filter(bool)
values = st.one_of(
    st.integers(-(10**9) + 1, 10**9 - 1).map(Decimal),
    st.decimals(-1000, 1000, allow_nan=False, places=3),
    st.none(),
)
days = st.dates(datetime.date(1200, 1, 1), datetime.date(2900, 1, 1))


def style(language: str) -> Style:
    return style_of(TEMPLATES, read_labels(TEMPLATES, language))


def words(text: str) -> model.Inlines:
    return (model.Words(text=text),)


def chart(
    mark: Literal["bar", "line", "area", "point"],
    headers: list[model.Inlines],
    series: list[str],
    rows: list[list[Decimal | None]],
) -> model.Chart:
    def cell(value: Decimal | None) -> model.Inlines:
        return words("no data" if value is None else numbers.write(value, "en-GB"))

    return model.Chart(
        name="chart:1",
        alt="",
        caption=(),
        mark=mark,
        unit=words("million yen"),
        values=tuple(tuple(None if v is None else float(v) for v in row) for row in rows),
        table=model.Table(
            head=tuple(map(words, ["", *series])),
            numeric=(False, *(True for _ in series)),
            rows=tuple(
                model.Row(header=header, cells=tuple(map(cell, row)))
                for header, row in zip(headers, rows, strict=True)
            ),
        ),
    )


Box = tuple[str, float, float, float, float]


def boxes(root: etree._Element, style: Style) -> list[Box]:
    """Each text with the corners of the box that it fills."""
    found = []
    for text in root.iter(f"{SVG}text"):
        size, bold = float(text.get("font-size", "")), text.get("font-weight") is not None
        width = style.lettering.width(text.text or "", size, bold=bold)
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        x -= {None: 0.0, "middle": width / 2, "end": width}[text.get("text-anchor")]
        found.append((text.text or "", x, y - size * 0.7, x + width, y))
    return found


def check(block: model.Chart, style: Style) -> None:
    root = charts.draw(block, style)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    found = boxes(root, style)
    for words, left, top, right, bottom in found:
        assert -0.5 <= left <= right <= width + 0.5, words
        assert -0.5 <= top <= bottom <= height + 0.5, words
    for one, other in combinations(found, 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert apart, (one, other)


@st.composite
def tables(draw: st.DrawFn, most: int) -> tuple[list[str], list[list[Decimal | None]]]:
    """Titles of series, and rows in which each has a value."""
    series = draw(st.lists(titles, min_size=1, max_size=4))
    count = draw(st.integers(1, most))
    row = st.lists(values, min_size=len(series), max_size=len(series))
    rows = draw(st.lists(row, min_size=count, max_size=count))
    first: list[Decimal | None] = [Decimal(1) if v is None else v for v in rows[0]]
    return series, [first, *rows[1:]]


quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.mark.parametrize("mark", ["bar", "point"])
@quickly
@given(tables(12), st.data())
def test_words_of_categories_have_room(
    mark: Literal["bar", "point"],
    table: tuple[list[str], list[list[Decimal | None]]],
    data: st.DataObject,
) -> None:
    series, rows = table
    names = data.draw(st.lists(titles, min_size=len(rows), max_size=len(rows)))
    check(chart(mark, list(map(words, names)), series, rows), style("en"))


@pytest.mark.parametrize("mark", ["bar", "line"])
@quickly
@given(tables(12), st.data())
def test_words_of_dates_have_room(
    mark: Literal["bar", "line"],
    table: tuple[list[str], list[list[Decimal | None]]],
    data: st.DataObject,
) -> None:
    series, rows = table
    language = data.draw(st.sampled_from(["en", "ja", "ru", "kk"]))
    size = data.draw(st.sampled_from([4, 7, 10]))
    spread = data.draw(st.sampled_from([1, 40, 900, 100_000]))
    start = data.draw(days).toordinal()
    some = st.integers(start, start + spread + 400 * len(rows) * (size < 10))
    texts = st.builds(lambda day: datetime.date.fromordinal(day).isoformat()[:size], some)
    chosen = sorted(data.draw(st.sets(texts, min_size=1, max_size=len(rows))))
    mentions: list[model.Inlines] = [
        (model.DateMention(date=dates.parse(text), span=Span("data.csv")),) for text in chosen
    ]
    check(chart(mark, mentions, series, rows[: len(mentions)]), style(language))


@pytest.mark.parametrize("mark", ["line", "area", "bar"])
def test_a_long_word_is_broken(mark: Literal["line", "area", "bar"]) -> None:
    rows: list[list[Decimal | None]] = [[Decimal(1), Decimal(2)], [Decimal(2), Decimal(3)]]
    check(chart(mark, years(2), ["share", "W" * 80], rows), style("en"))
    check(chart(mark, years(2), ["W" * 200], [row[:1] for row in rows]), style("en"))


@pytest.mark.parametrize("mark", ["bar", "point"])
def test_a_long_word_of_a_category_is_broken(mark: Literal["bar", "point"]) -> None:
    name = "Z" + "a\N{COMBINING ACUTE ACCENT}" * 200
    root = charts.draw(chart(mark, [words(name)], ["A"], [[Decimal(-1)]]), style("en"))
    lines = [text.text or "" for text in root.iter(f"{SVG}text")]
    broken = [line for line in lines if "\N{COMBINING ACUTE ACCENT}" in line]
    assert len(broken) > 5
    assert "".join(broken) == name
    assert all(line[0] in "aZ" for line in broken), "an accent was torn from its letter"
    check(chart(mark, [words("W" * 200)], ["A"], [[Decimal(-1)]]), style("en"))


def test_words_that_leave_no_room_are_refused() -> None:
    rows: list[list[Decimal | None]] = [[Decimal(1), Decimal(2)], [Decimal(2), Decimal(3)]]
    block = chart("line", years(2), ["share", "W" * 400], rows)
    with pytest.raises(NoRoomError):
        charts.draw(block, style("en"))
    large = style_of(TEMPLATES, read_labels(TEMPLATES, "en"), 300, 21)
    block = chart("bar", [words("W" * 40)], ["A"], [[Decimal(-999_999_999)]])
    with pytest.raises(NoRoomError):
        charts.draw(block, large)


def years(count: int) -> list[model.Inlines]:
    found = [dates.parse(str(2001 + number)) for number in range(count)]
    return [(model.DateMention(date=date, span=Span("data.csv")),) for date in found]


@given(st.lists(values.filter(lambda v: v is not None), min_size=1))
def test_an_axis_holds_its_values_between_round_numbers(values: list[Decimal]) -> None:
    some = [float(value) for value in values]
    axis = axes.of_values(some, "en-GB", from_nought=False)

    assert axis.low <= min(some) <= max(some) <= axis.high
    assert 2 <= len(axis.ticks) <= 12
    assert (axis.ticks[0].at, axis.ticks[-1].at) == (axis.low, axis.high)


@given(st.lists(values.filter(lambda v: v is not None), min_size=1))
def test_the_axis_of_bars_has_nought(values: list[Decimal]) -> None:
    axis = axes.of_values([float(value) for value in values], "en-GB", from_nought=True)
    assert 0 in [tick.at for tick in axis.ticks]
