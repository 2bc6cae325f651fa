"""The table of what was measured, for the terminal, RESULTS.md and, in part, the README."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.row import Row
from bench.targets import TARGETS
from validators.table import Marks, markdown, put_table

Line = tuple[str, ...]

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
README = HERE.parent / "README.md"

MARKS = Marks(
    "<!-- Of bench/RESULTS.md: make bench writes it anew. -->",
    "<!-- End of what is of bench/RESULTS.md. -->",
)
# By their keys; of several with the same key, the first.
IN_THE_README = (
    "unchanged S", "unchanged library", "changed", "cold S", "cold L", "many", "preview web",
)  # fmt: skip

HEAD = ("what", "against", "ratio", "spread", "rounds", "target", "met", "took", "the other")


def lines(rows: Iterable[Row]) -> Iterator[Line]:
    """The table, with its head."""
    yield HEAD
    for row in rows:
        target = f"≤ {row.target}" if row.target else "–"
        if row.why_not:
            yield row.what, row.against, "–", "–", "–", target, "–", row.why_not, "–"
            continue
        spread = f"{min(row.ratios):.2f}–{max(row.ratios):.2f}"
        met = "–" if row.target is None else "yes" if row.is_met else "no"
        amounts = (amount(median(each), row.unit) for each in (row.amounts, row.others))
        yield row.what, row.against, ratio(row), spread, f"{len(row.ratios)}", target, met, *amounts


def ratio(row: Row) -> str:
    return f"{median(row.ratios):.2f}"


def amount(value: float, unit: str) -> str:
    """An amount with about three digits that count."""
    places = 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{places}f} {unit}".strip()


def gross(rows: Iterable[Row]) -> list[str]:
    """What is so far from its target that noise can't explain it."""
    return [
        f"{row.what}: {amount(row.held, row.target.unit)}, where {row.target} is asked for, "
        f"and more than {row.target.gross:g} fails"
        for row in rows
        if row.is_gross and row.target
    ]


def write(rows: Sequence[Row], machine: Mapping[str, str]) -> None:
    """Write RESULTS.md, and the README's rows."""
    RESULTS.write_text(page(rows, machine), "utf-8")
    put_table(README, in_the_readme(rows), MARKS)


def page(rows: Iterable[Row], machine: Mapping[str, str]) -> str:
    """What RESULTS.md holds."""
    limits = [("row", "target", "fails the short version above")]
    limits += [(key, f"{t}", f"{t.gross:g} {t.unit}".strip()) for key, t in TARGETS.items()]
    parts = [
        _HEADING,
        markdown(lines(rows)),
        _WHERE,
        markdown([("what", "which"), *machine.items()]),
    ]
    return "\n".join([*parts, _TARGETS, markdown(limits)])


_HEADING = """\
# How fast it is

Written by `make bench`, all of it in one run. What is compared took turns; the first round of each
was left out. A ratio is the median of the ratios of all rounds, and the spread is the least and the
greatest of them. The seconds are the clock's where nothing else is said.

The bare script is `bench/scripts/bare.py`: YAML, Jinja2 and WeasyPrint with the markup, stylesheets
and faces of the PDF, which it makes untagged. Briefpress makes the PDF (tagged, archival, with its
source in it), the EPUB and the web page, and proves all three. Other presses are given the same
words as Markdown and set them as they do by themselves, without what is made of facts.
"""
_WHERE = """\
## Where
"""
_TARGETS = """\
## Targets

The short version runs in CI, on machines that others use as well, and fails only above the last.
"""


def in_the_readme(rows: Iterable[Row]) -> Iterator[Line]:
    """The README's rows."""
    yield "what", "against", "ratio", "target"
    found: dict[str, Row] = {}
    for row in rows:
        if row.key in IN_THE_README and not row.why_not:
            found.setdefault(row.key, row)
    for row in (found[key] for key in IN_THE_README if key in found):
        held = amount(row.held, row.unit) if row.target and row.target.unit else ratio(row)
        yield row.what, row.against, held, f"≤ {row.target}"
