"""Asks every validator about everything in some folders.

    python -m validators [--page FILE [--bless]] FOLDER…

Prints a table with a line for each artefact and validator, and below it what they said. With
--page, the table in that file has to name the same validators and versions; --bless writes it
anew if there are no faults. The exit status is 0 only when each validator ran, had something to
read, and had nothing to say.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from validators import epub, nu, pdf, reading_system, structured_data, table, web
from validators.table import Asked
from validators.verdict import CannotRunError, Finding, Validator, Verdict

VALIDATORS: Sequence[Validator] = (
    *pdf.VALIDATORS,
    *epub.VALIDATORS,
    *reading_system.VALIDATORS,
    *nu.VALIDATORS,
    *web.VALIDATORS,
    *structured_data.VALIDATORS,
)
SUFFIXES = {".epub", ".html", ".pdf"}


def artefacts_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def ask(validator: Validator, artefacts: Sequence[Path]) -> Asked:
    """The verdict on what a validator can read. That it can't run is a fault of every artefact."""
    own = [artefact for artefact in artefacts if validator.reads(artefact)]
    try:
        verdict = validator.ask(own) if own else Verdict("–", {})
    except CannotRunError as error:
        failure = Finding(0, [f"{validator.name} could not run: {error}"])
        verdict = Verdict("unknown", dict.fromkeys(own, failure))
    return Asked(validator, verdict)


def ask_all(artefacts: Sequence[Path]) -> list[Asked]:
    """Every verdict, in the order of VALIDATORS. They are programs, and run beside each other."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        asked = list(pool.map(lambda validator: ask(validator, artefacts), VALIDATORS))
    return [one for one in asked if one.verdict.findings or one.validator.required]


def faults_of(asked: Sequence[Asked]) -> list[str]:
    idle = [
        f"{one.validator.name}, {one.validator.about}: there is nothing for it to read"
        for one in asked
        if not one.verdict.findings
    ]
    return idle + [
        f"{os.path.relpath(artefact)}: {one.validator.name}: {message}"
        for one in asked
        for artefact, finding in one.verdict.findings.items()
        for message in finding.messages
    ]


def page_faults(page: Path, asked: Sequence[Asked]) -> list[str]:
    if table.is_true(table.find_table(page.read_text("utf-8"))[1], asked):
        return []
    return [f"{page}: its table names other validators or versions: BLESS=1 make validate"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="validators", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--page", type=Path, metavar="FILE")
    parser.add_argument("--bless", action="store_true")
    options = parser.parse_args(arguments)
    folders = [folder.resolve(strict=True) for folder in options.folders]
    asked = ask_all([artefact for folder in folders for artefact in artefacts_in(folder)])
    faults = faults_of(asked)
    if options.page and options.bless and not faults:
        table.bless(options.page, asked)
    elif options.page:
        faults += page_faults(options.page, asked)
    print(table.aligned(table.by_artefact(asked)))
    print("\n".join(faults) or "Nothing to say.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
