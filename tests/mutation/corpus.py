"""The unmutated: editions that nobody touched, of which the proof must have nothing to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bench.library import write
from briefpress import press
from briefpress.formats import FORMATS
from briefpress.tasks import Task, find_tasks
from tests.mutation.editions import SOURCES


@dataclass(frozen=True, slots=True)
class Built:
    """An edition that was built in all formats, and what was said of it."""

    language: str
    name: str
    files: int
    alarms: tuple[str, ...]


def real(folder: Path) -> list[Task]:
    """The briefings that mutants are made of."""
    return [
        task
        for source in SOURCES
        for task in find_tasks(source.content, folder / "own", [source.briefing], [source.language])
    ]


def generated(count: int, seed: int, folder: Path) -> list[Task]:
    """A library of briefings, each in one of its languages, in turns."""
    content = write(count, folder / "content", seed)
    by_briefing: dict[str, list[Task]] = {}
    for task in find_tasks(content, folder / "output"):
        by_briefing.setdefault(task.briefing, []).append(task)
    return [tasks[n // 4 % len(tasks)] for n, tasks in enumerate(by_briefing.values())]


def build(task: Task) -> Built:
    """Build an edition in all formats."""
    outcome = press.build_one(replace(task, formats=tuple(FORMATS)))
    alarms = tuple(f"{fault.span}: {fault.code}: {fault.message}" for fault in outcome.faults)
    return Built(task.language, task.name, len(FORMATS), alarms)
