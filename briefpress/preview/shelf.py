"""The shelf: which editions there are, which of them are looked at, and news of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.jobs import Allowance
from briefpress.look import Paper
from briefpress.preview.editions import Edition
from briefpress.preview.making import Maker
from briefpress.tasks import Task, find_tasks

# What is made goes nowhere; its paths begin here.
_NOWHERE = Path()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which editions are shown, and how they look; `project` finds the project's templates."""

    content: Path
    briefings: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    theme: str | None = None
    paper: Paper | None = None
    project: Callable[[], Path | None] = lambda: None
    allowance: Allowance = Allowance()  # noqa: RUF009 - it is frozen

    def tasks(self) -> list[Task]:
        """The editions that there are. Raises `ContentError`."""
        project = self.project()
        found = find_tasks(self.content, _NOWHERE, self.briefings, self.languages, project=project)
        return [task.looking(self.theme, self.paper, large_print=False) for task in found]


class Shelf:
    """The editions by their names. `faults` are those by which it isn't known which there are.

    Only what is looked at is made. `news` is an event that is set once something is other than it
    was when it was asked for; then there is another.
    """

    def __init__(self, wanted: Wanted) -> None:
        self.editions: dict[str, Edition] = {}
        self.faults: tuple[Diagnostic, ...] = ()
        self.news = asyncio.Event()
        self.is_open = True
        self.maker = Maker(wanted.allowance, self._tell)
        self._wanted = wanted
        self._watchers: Counter[str] = Counter()
        self._running: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to load what making takes."""
        self._start(self.maker.warm_up())

    def end_news(self) -> None:
        """Tell all that wait for news that there won't be any more."""
        self.is_open = False
        self._tell()

    async def close(self) -> None:
        """End whatever is under way."""
        making = [each.making for each in self.editions.values() if each.making]
        under_way = [*self._running, *making]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        self.maker.leave()

    @contextmanager
    def looked_at(self, name: str) -> Iterator[None]:
        """Have an edition made as long as this lasts; with no name, have all of them read."""
        self._watchers[name] += 1
        self._start(self._attend(name))
        try:
            yield
        finally:
            self._watchers[name] -= 1

    async def refresh(self) -> None:
        """Look which editions there are by now, and have those made anew that are looked at."""
        try:
            tasks = await asyncio.to_thread(self._wanted.tasks)
        except ContentError as error:
            self.faults = error.diagnostics
        else:
            self.faults = ()
            self._put_up(tasks)
        self._tell()
        for name, watchers in self._watchers.items():
            if watchers and not self.faults:
                self._start(self._attend(name))

    def _put_up(self, tasks: list[Task]) -> None:
        """Have just these editions, those that were there before as they were."""
        before, self.editions = self.editions, {}
        for task in tasks:
            edition = before.pop(task.name, None) or Edition(task)
            edition.task = task
            self.editions[task.name] = edition
        for edition in before.values():
            edition.stop()

    async def _attend(self, name: str) -> None:
        if name in self.editions:
            await self.maker.make(self.editions[name])
        for edition in [] if name else list(self.editions.values()):
            if self._watchers[""] and not edition.is_made_now:
                await self.maker.read(edition)

    def _tell(self) -> None:
        self.news.set()
        self.news = asyncio.Event()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
