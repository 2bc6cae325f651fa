"""The library of briefings is the same each time, has something of everything, and no faults."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from bench.library import LANGUAGES, write
from bench.library.facts import FORMS
from briefpress import model
from briefpress.cli import main
from briefpress.dates import Date, End, Point, Precision, parse
from briefpress.tasks import find_tasks, read_edition

COUNT = 80


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(COUNT, tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def briefings(library: Path) -> list[model.Briefing]:
    tasks = find_tasks(library, library / "output")
    return [read_edition(task)[0] for task in tasks]


@pytest.fixture(scope="module")
def nodes(briefings: list[model.Briefing]) -> list[model.Node]:
    return [node for briefing in briefings for node in model.walk(briefing)]


def contents_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    one, two = (contents_of(write(12, tmp_path / name, seed=7)) for name in ("one", "two"))
    assert one == two


def test_another_seed_writes_other_briefings(tmp_path: Path) -> None:
    one, two = (contents_of(write(4, tmp_path / str(seed), seed=seed)) for seed in (1, 2))
    same = {name for name in one if one[name] == two[name] and name.endswith(".yaml")}
    assert same == {"series.yaml"}


def test_a_longer_library_begins_as_a_shorter_one(tmp_path: Path) -> None:
    short, long = (contents_of(write(count, tmp_path / str(count))) for count in (4, 8))
    assert short.items() <= long.items()


def test_the_series_has_what_the_caller_asks_for(tmp_path: Path) -> None:
    (task, *_) = find_tasks(
        write(1, tmp_path, theme="plain", paper="letter", pdf="ua-2"), tmp_path / "output"
    )
    assert (task.look.theme, task.look.paper, task.standards) == ("plain", "letter", "ua-2")


def test_every_language_has_its_share(library: Path) -> None:
    editions = Counter(path.stem for path in library.glob("*/??.yaml"))
    assert set(editions) == set(LANGUAGES)
    assert max(editions.values()) - min(editions.values()) <= 1
    in_all = [folder for folder in library.iterdir() if len([*folder.glob("??.yaml")]) == 4]
    assert len(in_all) == COUNT // 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_finds_no_faults(tmp_path: Path, language: str) -> None:
    folder = str(write(16, tmp_path, seed=3))
    result = CliRunner().invoke(main, ["check", "--content", folder, "--language", language])
    assert (result.exit_code, result.output) == (0, "7 editions checked, no faults\n")


def test_it_has_every_kind_of_block_and_inline(nodes: list[model.Node]) -> None:
    kinds = {type(node) for node in nodes}
    for union in (model.Block, model.Inline):
        written = set(get_args(get_args(union)[0]))
        assert {each for each in written if not issubclass(each, model.Drawn)} <= kinds


def test_it_has_dates_of_every_form(nodes: list[model.Node]) -> None:
    dates = {node.date for node in nodes if isinstance(node, model.DateMention)}
    points = {point for date in dates for point in date.points}
    assert {point.precision for point in points} == set(Precision)
    assert {(p.approximate, p.uncertain) for p in points} == {
        (about, perhaps) for about in (True, False) for perhaps in (True, False)
    }
    ends = {_shape(date) for date in dates}
    assert {_shape(parse(text)) for text in ("1991/..", "../1991", "1991/", "/1991")} <= ends
    assert {(precision, precision) for precision in Precision} <= ends


def _shape(date: Date) -> tuple[Precision | End, Precision | End]:
    start, end = (e.precision if isinstance(e, Point) else e for e in (date.start, date.end))
    return start, end


def test_its_forms_are_all_that_the_documentation_lists() -> None:
    assert {"day", "month", "year", "decade", "season", "months"} <= FORMS.keys()


def test_its_sections_are_few_and_many_flat_and_deep(briefings: list[model.Briefing]) -> None:
    sections = [[*briefing.all_sections()] for briefing in briefings]
    counts = {len(each) for each in sections}
    assert min(counts) == 1
    assert max(counts) >= 20
    assert {level for each in sections for level, _ in each} == {1, 2, 3, 4, 5}
    assert {section.annex for each in sections for _, section in each} == {True, False}
    assert any(section.number is None for each in sections for _, section in each)
    titles = (Counter(model.text_of(s.title, str) for _, s in each) for each in sections)
    assert any(max(counted.values()) > 1 for counted in titles)


def test_its_covers_have_every_field_or_none(briefings: list[model.Briefing]) -> None:
    for key in ("subtitle", "number", "author", "handling", "issued", "as_of"):
        assert {bool(getattr(briefing, key)) for briefing in briefings} == {True, False}


def test_its_tables_are_narrow_wide_and_long(nodes: list[model.Node]) -> None:
    tables = [node for node in nodes if isinstance(node, model.Table)]
    widths = {len(table.head) for table in tables}
    assert min(widths) == 1
    assert max(widths) == 12
    assert max(len(table.rows) for table in tables) == 200
    assert {bool(table.notes) for table in tables} == {True, False}
    assert {table.rows[0].header is None for table in tables} == {True, False}


def test_places_in_sources_begin_with_one_another(nodes: list[model.Node]) -> None:
    places = {model.text_of(node.where, str) for node in nodes if isinstance(node, model.Note)}
    assert {"", "page 1", "page 12", "page 121"} <= places
