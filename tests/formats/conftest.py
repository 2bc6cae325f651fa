"""A briefing that uses every kind of block, built in two languages, beside the real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefpress import press
from briefpress.tasks import find_tasks
from tests.conftest import Briefpress, Build, put_down

SPECIMEN = Path(__file__).parent / "content"
EDITIONS = ["japan-kazakhstan.en", "specimen.en", "specimen.ja"]

Published = Callable[[str, str], Path]
"""Finds the file of an edition, in a format."""


@pytest.fixture(scope="session")
def specimen(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the specimen."""
    output = tmp_path_factory.mktemp("specimen")
    said = briefpress("build", "--content", SPECIMEN, "--output", output)
    assert said.returncode == 0, said.stdout + said.stderr
    return output


@pytest.fixture(scope="session")
def published(built: Build, specimen: Path) -> Published:
    def find(edition: str, format_name: str) -> Path:
        briefing = edition.partition(".")[0]
        output = specimen if briefing == "specimen" else built.output
        return output / briefing / f"{edition}.{format_name}"

    return find


LONG = """\
title: Long
summary: Words.
events:
  start: The start
sections:
  - id: table
    title: A table
    blocks:
      - table:
          caption: Rows
          head: [Column of names, "Column of values, {{start}}"]
          rows:
{rows}
  - id: events
    title: Events
    blocks:
      - chronology: {{}}
  - id: notes
    title: Notes
    blocks:
      - prose: |
{prose}
"""
FACTS = "events:\n  start: {date: 1992-05}\nsources:\n  book: {title: A Book}\n"


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table over several pages, and a page of footnotes."""
    folder = tmp_path_factory.mktemp("long")
    briefing = folder / "content" / "long"
    briefing.mkdir(parents=True)
    rows = "\n".join(f"            - [Row {n}, 'Value {n}']" for n in range(120))
    prose = "\n\n".join(f"          Words.[^book|page {n}]" for n in range(60))
    (briefing / "en.yaml").write_text(LONG.format(rows=rows, prose=prose))
    (briefing / "facts.yaml").write_text(FACTS)
    (task,) = find_tasks(folder / "content", folder / "output", formats=["pdf"])
    put_down(press.build_one(task))
    return task.target("pdf")
