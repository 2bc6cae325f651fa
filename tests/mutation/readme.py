"""The README's tables of how far the proof can be trusted."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.tally import Tally
from validators.table import Marks, put_rows, put_table

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


def bless(readme: Path, tally: Tally) -> None:
    """Write the figures of a run into the README."""
    put_table(readme, tally.by_kind(), MUTANTS)
    put_rows(readme, tally.figures(), FIGURES)
