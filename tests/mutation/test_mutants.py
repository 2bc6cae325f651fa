"""Whatever is done to a finished file, the proof notices it; here, of a sample."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.mutation import tables
from tests.mutation.accepted import ACCEPTED, is_accepted
from tests.mutation.editions import REAL
from tests.mutation.mutant import PROMISED
from tests.mutation.plan import FAMILIES, SMALL, Unit, units
from tests.source import ROOT
from validators.table import Marks, cells_of, find_table, put_rows, put_table

ENGLISH, JAPANESE, RUSSIAN, KAZAKH = SMALL

# A share of what `make proof-mutations` tries, each time the same.
SAMPLE = [
    Unit("web", RUSSIAN, sample=1, seed=7, part=0, parts=3),
    Unit("EPUB", ENGLISH, sample=1, seed=7, part=1, parts=4),
    Unit("EPUB", JAPANESE, sample=1, seed=7, part=2, parts=4),
    Unit("PDF by its objects", KAZAKH, sample=1, seed=7, part=0, parts=3),
    Unit("PDF by its HTML", KAZAKH, sample=1, seed=7, part=0, parts=8),
]


@pytest.mark.parametrize("unit", SAMPLE, ids=lambda unit: f"{unit.format} {unit.source}")
def test_no_mutant_survives_but_those_that_may(unit: Unit) -> None:
    verdicts = unit.run()
    assert len(verdicts) > 5
    survivors = [each for each in verdicts if not each.killed]
    assert [str(each) for each in survivors if not is_accepted(each)] == []


def test_nothing_that_is_promised_may_survive() -> None:
    assert not {kind for kind, _ in ACCEPTED} & set(PROMISED)


def test_the_shares_are_of_every_edition_in_every_format() -> None:
    planned = units(sample=1, seed=1)
    assert {unit.format for unit in planned} == set(FAMILIES)
    assert {unit.source for unit in planned} == {REAL, *SMALL}


# The tables


def written(page: str, marks: Marks) -> list[list[str]]:
    _, table, _ = find_table((ROOT / page).read_text("utf-8"), marks)
    head, _, *rows = cells_of(table)
    return [head, *rows]


def test_the_page_names_the_formats_and_what_is_promised() -> None:
    head, *rows = written("docs/trust.md", tables.MUTANTS)
    assert head[1:] == [*FAMILIES]
    assert {*PROMISED} <= {row[0] for row in rows}


def test_the_page_has_no_survivor_of_what_is_promised() -> None:
    rows = {row[0]: row[1:] for row in written("docs/trust.md", tables.MUTANTS)}
    for kind in PROMISED:
        made = [re.fullmatch(r"([\d,]+)/([\d,]+)", cell) for cell in rows[kind] if cell != "–"]
        assert made
        assert all(part and part[1] == part[2] for part in made), kind


def test_the_readme_has_no_false_alarm() -> None:
    figures = dict(written("README.md", tables.FIGURES)[1:])
    assert figures["false alarms from editions that nobody touched"].startswith("0 of ")


def test_a_row_takes_the_place_of_the_one_of_its_name_and_leaves_the_others(
    tmp_path: Path,
) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"Before\n\n{tables.FIGURES.begin}\n{tables.FIGURES.end}\n\nAfter\n", "utf-8")
    put_table(file, [("what", "figure"), ("fuzz", "1"), ("mutants", "2")], tables.FIGURES)
    put_rows(file, [("mutants", "3"), ("others", "4")], tables.FIGURES)
    text = file.read_text("utf-8")
    _, table, _ = find_table(text, tables.FIGURES)
    assert cells_of(table)[2:] == [["fuzz", "1"], ["mutants", "3"], ["others", "4"]]
    assert text.startswith("Before")
    assert text.endswith("After\n")


def test_the_readme_has_the_figures_of_the_other_tests() -> None:
    figures = [tuple(row) for row in written("README.md", tables.FIGURES)]
    assert set(tables.from_elsewhere()) <= set(figures)
