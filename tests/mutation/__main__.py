"""Takes finished files apart, one thing at a time, and asks whether the proof notices.

    python -m tests.mutation [--sample N] [--seed S] [--jobs N] [--briefings N]
                             [--bless PAGE README]

Of each kind of thing and each way to spoil it, N are spoilt by chance in each edition and format.
Then builds the editions that nobody touched, N generated briefings among them. Prints how many
mutants were killed, by kind and format, and every survivor. The exit status is 0 only when no
mutant of a section, date, cell, note or link survives, and no false alarm is raised.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutation import corpus, tables
from tests.mutation.accepted import ACCEPTED
from tests.mutation.mutant import Verdict
from tests.mutation.plan import Unit, units
from tests.mutation.tally import Tally
from validators.table import aligned


def try_all(sample: int, seed: int, jobs: int, briefings: int) -> Tally:
    """Make and prove all mutants, and build the unmutated. Says on the way how far it is."""
    verdicts: list[Verdict] = []
    with (
        TemporaryDirectory() as name,
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool,
    ):
        folder = Path(name)
        planned = units(sample, seed)
        waiting = [pool.submit(Unit.run, unit) for unit in planned]
        unmutated = [*corpus.real(folder), *corpus.generated(briefings, seed, folder)]
        building = pool.map(corpus.build, unmutated, chunksize=4)
        for number, done in enumerate(as_completed(waiting), start=1):
            verdicts += done.result()
            said = f"{number} of {len(planned)} shares, {len(verdicts):,} mutants"
            print(said, file=sys.stderr, flush=True)
        return Tally(verdicts, list(building))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--sample", type=int, default=1, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--briefings", type=int, default=200, metavar="N")
    parser.add_argument("--bless", type=Path, nargs=2, metavar=("PAGE", "README"))
    options = parser.parse_args(arguments)
    tally = try_all(options.sample, options.seed, options.jobs, options.briefings)
    print(aligned(tally.by_kind()))
    print(f"\nFalse alarms: {tally.alarms()}")
    print(f"\nSurvivors: {len(tally.survivors)}")
    for survivor in tally.survivors:
        reason = ACCEPTED.get((survivor.kind, survivor.operation))
        print(survivor, f"({reason})" if reason else "(nobody has said why)")
    broken = tally.broken_promises
    if broken:
        print("\nThese must not be:", *broken, sep="\n")
    elif options.bless:
        page, readme = options.bless
        tables.bless(page, readme, tally)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
