"""Measure what is in `studies`, and print the table.

    python -m bench [--rows STUDY,STUDY] [--runs N] [--short]

Without arguments everything is measured, which takes 25 minutes, and the table is written to
bench/RESULTS.md as well. `--short` measures what takes no time, and exits 1 where something takes
grossly more than its target.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import machine, results
from bench.clock import Clock
from bench.row import Row
from bench.setting import Setting
from bench.studies import cold, epub, library, many, peers, preview, tags
from validators.table import aligned

STUDIES: dict[str, Callable[[Setting], Iterator[Row]]] = {
    "library": library.measure,
    "cold": cold.measure,
    "many": many.measure,
    "epub": epub.measure,
    "preview": preview.measure,
    "peers": peers.measure,
    "tags": tags.measure,
}
# Those that need nothing but the program.
SHORT = ("library", "cold", "many", "preview", "tags")


def main(given: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rows", metavar="STUDY,…", help=", ".join(STUDIES))
    parser.add_argument("--runs", type=int, metavar="N", help="rounds [default: as each needs]")
    parser.add_argument("--short", action="store_true", help="what takes no time, as CI does")
    options = parser.parse_args(given)
    names = options.rows.split(",") if options.rows else [*(SHORT if options.short else STUDIES)]
    if unknown := {*names} - {*STUDIES}:
        parser.error(f"there is no study {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as name, Clock(Path(name)) as clock:
        setting = Setting(clock, Path(name), options.short, options.runs)
        where = machine.facts(clock)
        rows = [row for study in names for row in _measured(study, setting)]
    print(f"\n{aligned(results.lines(rows))}\n")
    print(aligned(where.items()))
    if not (options.rows or options.runs or options.short):
        results.write(rows, where)
    failed = results.gross(rows) if options.short else []
    for each in failed:
        print(f"FAILED: {each}", file=sys.stderr)
    return bool(failed)


def _measured(study: str, setting: Setting) -> Iterator[Row]:
    print(f"Measuring: {study}", flush=True)
    yield from STUDIES[study](setting)


if __name__ == "__main__":
    sys.exit(main())
