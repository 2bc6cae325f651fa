"""The specimen is what it says: a briefing with everything in it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from briefpress import model
from briefpress.dates import End, Precision
from briefpress.tasks import find_tasks, read_edition
from tests.formats.conftest import SPECIMEN


def walked(language: str) -> list[model.Node]:
    (task,) = find_tasks(SPECIMEN, Path("output"), languages=[language])
    briefing, _ = read_edition(task)
    return list(model.walk(briefing))


def test_it_has_every_kind_of_block_and_of_inline() -> None:
    kinds = {type(node) for node in walked("en")}
    assert set(get_args(get_args(model.Block)[0])) <= kinds
    assert set(get_args(get_args(model.Inline)[0])) <= kinds


def test_it_has_dates_of_every_precision() -> None:
    for language in ("en", "ja"):
        dates = [node.date for node in walked(language) if isinstance(node, model.DateMention)]
        points = [point for date in dates for point in date.points]
        assert {point.precision for point in points} == set(Precision)
        assert any(point.approximate for point in points)
        assert any(point.uncertain for point in points)
        assert any(date.end is End.OPEN for date in dates)
        assert any(len(date.points) == 2 for date in dates)
