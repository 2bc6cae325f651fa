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
    "unchanged S", "unchanged library", "changed", "cold S", "cold M", "cold L", "many",
    "preview web", "preview pdf", "epub M", "pages memory",
)  # fmt: skip

HEAD = ("what", "against", "ratio", "spread", "target", "met", "took", "the other")


def lines(rows: Iterable[Row]) -> Iterator[Line]:
    """The table, with its head."""
    yield HEAD
    for row in rows:
        target = f"≤ {row.target}" if row.target else "–"
        if row.why_not:
            yield row.what, row.against, "–", "–", target, "–", row.why_not, "–"
            continue
        spread = f"{min(row.ratios):.2f}–{max(row.ratios):.2f}"
        met = "–" if row.target is None else "yes" if row.is_met else "no"
        amounts = (amount(median(each), row.unit) for each in (row.amounts, row.others))
        yield row.what, row.against, ratio(row), spread, target, met, *amounts


def ratio(row: Row) -> str:
    return f"{median(row.ratios):.2f}"


def amount(value: float, unit: str) -> str:
    """An amount with about three digits that count."""
    places = 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{places}f} {unit}".strip()


def gross(rows: Iterable[Row]) -> list[str]:
    """What is so far from its target that noise can't explain it."""
    return [
        f"{row.what}: {amount(row.held, row.target.unit)}, where {row.target} is asked for "
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
    return "\n".join(
        [
            "# How fast it is\n",
            "Written by `make bench`, all of it in one run. Whatever is compared took turns; the",
            "first round of each was left out. Ratios are medians of the ratios of rounds, and the",
            "spread is the least and the greatest of them. “bench/scripts/bare.py” is the bare",
            "script: YAML, Jinja2 and WeasyPrint, the same markup and stylesheets, and an untagged",
            "PDF alone.\n",
            markdown(lines(rows)),
            "## Where\n",
            markdown([("what", "which"), *machine.items()]),
            "## Targets\n",
            markdown(limits),
        ]
    )


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
