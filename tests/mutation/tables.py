"""The tables of how far the proof can be trusted, in docs/trust.md and in the README."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.mutation.tally import Tally
from tests.publishing.test_killed import KILLS
from tests.source import ROOT
from validators.table import Marks, Row, cells_of, put_rows, put_table

MUTANTS = Marks(
    "<!-- What came of the mutants: BLESS=1 make proof-mutations writes it anew. -->",
    "<!-- End of what came of the mutants. -->",
)
# Each row is a label and a figure. Whatever else is measured puts its rows here as well, with
# `put_rows`; each keeps those of the others.
FIGURES = Marks(
    "<!-- Figures, each from a run: BLESS=1 with the target that measures it writes its rows. -->",
    "<!-- End of the figures. -->",
)


def bless(page: Path, readme: Path, tally: Tally) -> None:
    """Write what came of a run: all of it into the page, and the sums into the README."""
    put_table(page, tally.by_kind(), MUTANTS)
    put_rows(readme, [*tally.figures(), *from_elsewhere()], FIGURES)


def from_elsewhere() -> Iterator[Row]:
    """What the tests try, and what fuzzing did last."""
    hostile = [case for case in (ROOT / "tests" / "hostile").iterdir() if case.is_dir()]
    yield "builds killed at some moment, after which every file was whole", f"{KILLS} of {KILLS}"
    yield "hostile content, each answered as it must be", f"{len(hostile)} cases"
    table = (ROOT / "fuzz" / "RESULTS.md").read_text("utf-8")
    rows = [cells for cells in cells_of(table) if len(cells) == 6 and cells[1].isdecimal()]
    executions = sum(int(cells[2].replace(",", "")) for cells in rows)
    finds = sum(int(cells[5]) for cells in rows)
    yield "inputs that fuzzing tried in its longest run", f"{executions:,}, with {finds} finds"
