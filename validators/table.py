"""The table of what was asked about what, for the terminal, and tables in Markdown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from validators.verdict import Finding, Validator, Verdict

BEGIN = "<!-- What the validators said: BLESS=1 make validate writes it anew. -->"
END = "<!-- End of what the validators said. -->"

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The comments between which a table stands in a Markdown file."""

    begin: str
    end: str


SAID = Marks(BEGIN, END)


@dataclass(frozen=True, slots=True)
class Asked:
    """A validator, with its verdict on the artefacts that it was given."""

    validator: Validator
    verdict: Verdict


def plural(number: int, unit: str) -> str:
    return f"{number:,} {unit.removesuffix('s') if number == 1 else unit}"


def by_artefact(asked: Iterable[Asked]) -> Iterator[Row]:
    """A line for each artefact and validator."""
    lines = [
        (os.path.relpath(artefact), one.validator, one.verdict.version, finding)
        for one in asked
        for artefact, finding in one.verdict.findings.items()
    ]
    yield "artefact", "validator", "asked about", "version", "passed"
    for artefact, validator, version, finding in sorted(lines, key=lambda line: line[0]):
        yield artefact, validator.name, validator.about, version, result(validator, finding)


def result(validator: Validator, finding: Finding) -> str:
    failed = f"FAILED ({len(finding.messages)}), " if finding.messages else ""
    return failed + plural(finding.passed, validator.unit)


def aligned(rows: Iterable[Row]) -> str:
    """Rows as lines, with their columns aligned."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def by_validator(asked: Iterable[Asked]) -> Iterator[Row]:
    """A line for each validator, with what passed in all artefacts together."""
    yield "validator", "version", "asked about", "files", "passed"
    for one in asked:
        findings = one.verdict.findings.values()
        passed = plural(sum(finding.passed for finding in findings), one.validator.unit)
        name, about = one.validator.name, one.validator.about
        yield name, one.verdict.version, about, f"{len(findings):,}", passed


def markdown(rows: Iterable[Row]) -> str:
    head, *rest = rows
    lines = [head, ("---",) * len(head), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# Tables in Markdown


def find_table(text: str, marks: Marks = SAID) -> tuple[str, str, str]:
    """What stands before the table, the table, and what stands after it."""
    before, begin, rest = text.partition(marks.begin)
    table, end, after = rest.partition(marks.end)
    if not begin or not end:
        raise ValueError("the marks around the table are missing")
    return f"{before}{begin}\n\n", table.strip(), f"\n{end}{after}"


def put_table(page: Path, rows: Iterable[Row], marks: Marks) -> None:
    """Put a table between marks, in the place of what stands there."""
    before, _, after = find_table(page.read_text("utf-8"), marks)
    page.write_text(before + markdown(rows) + after, "utf-8")


def put_rows(page: Path, rows: Iterable[Row], marks: Marks) -> None:
    """Put rows into a table that stands between marks, each in the place of the one of its name."""
    _, table, _ = find_table(page.read_text("utf-8"), marks)
    head, _, *body = cells_of(table)
    known = {cells[0]: tuple(cells) for cells in body} | {row[0]: row for row in rows}
    put_table(page, [tuple(head), *known.values()], marks)


def is_true(table: str, asked: Sequence[Asked]) -> bool:
    """Whether a page's table has these validators in these versions, asked about the same.

    How much passed changes with each word of a briefing, and isn't compared.
    """
    return [cells[:3] for cells in cells_of(table)] == [
        cells[:3] for cells in cells_of(markdown(by_validator(asked)))
    ]


def cells_of(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def bless(page: Path, asked: Sequence[Asked]) -> None:
    put_table(page, by_validator(asked), SAID)
