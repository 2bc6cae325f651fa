"""What blocks may hold that the press draws; see `block_shapes`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from briefpress.content.shape import Shape, fault
from briefpress.content.texts import DataFile, Edtf, Id, Line, Text
from briefpress.diagnostics import Code
from briefpress.limits import CHART_ROWS, CHART_SERIES


class MapEntry(Shape):
    """A map of countries and places, drawn by the press."""

    alt: Text
    """What it shows, in a sentence or two, for those who don't see it."""

    caption: Text
    """What stands below it."""

    highlight: list[Text] = Field(default=[])
    """The countries to highlight, by ISO 3166 code, such as `[jp, kz]`."""

    places: list[Id] = Field(default=[])
    """The places to mark, by id; `places` of facts.yaml says where they are."""

    bounds: list[Text] | None = Field(default=None, min_length=4, max_length=4)
    """What it shows: west, south, east and north in degrees, such as `[40, 20, 150, 60]`.

    If left out, it shows the countries that are highlighted and the places.
    """


class TimelineEntry(Shape):
    """Events along an axis of time, drawn by the press."""

    alt: Text
    """What it shows, in a sentence or two, for those who don't see it."""

    caption: Text
    """What stands below it."""

    kind: list[Text] | None = None
    """The kinds of events to draw, such as `[milestone, visit]`; all events if left out."""

    events: list[Id] | None = Field(default=None, min_length=1)
    """The events to draw, by id, in the place of `kind`."""

    from_: Edtf | None = Field(default=None, alias="from")
    """When it begins, such as `1991`; with the first event if left out."""

    to: Edtf | None = None
    """When it ends, such as `1999-12`; with the last event if left out."""

    @model_validator(mode="after")
    def _chosen_once(self) -> TimelineEntry:
        if self.kind and self.events:
            hint = "name either the kinds of events, or the events"
            message = "`kind` and `events` both say which events are drawn"
            raise fault(Code.WRONG_VALUE, message, hint, key="kind")
        return self


class ColumnEntry(Shape):
    """A column of a chart's data."""

    field: Line
    """The name of the column, as the first line of the file has it, or `head`."""

    title: Line
    """What readers see in its place."""


class ChartEntry(Shape):
    """Values over dates or over categories, drawn by the press, with a table of all of them."""

    type: Literal["bar", "line", "area", "point"]
    """How they are drawn; lines and areas are drawn over dates alone."""

    alt: Text
    """What it shows, in a sentence or two, for those who don't see it."""

    caption: Text
    """What stands below it."""

    credit: Text | None = None
    """Where the values are from."""

    file: DataFile | None = None
    """The path of a CSV file from the briefing's folder on, such as `trade.csv`; or give `rows`."""

    head: list[str] = []
    """The names of the columns of `rows`, such as `[year, exports]`."""

    rows: list[list[str]] = Field(default=[], max_length=CHART_ROWS.most)
    """The data, in the place of a `file`: a list of cells for each row."""

    dates: ColumnEntry | None = None
    """The column of dates: all of them years, months or days, in order; or give `categories`."""

    categories: ColumnEntry | None = None
    """The column of categories, such as `{#kz}`, in the place of `dates`."""

    values: list[ColumnEntry] = Field(min_length=1, max_length=CHART_SERIES.most)
    """The columns of numbers, a series each."""

    unit: Line | None = None
    """What the numbers count, such as `billion yen`."""

    note: Text | None = None
    """What stands below the table, such as which values aren't final."""
