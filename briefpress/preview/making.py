"""Having editions made for the preview: the web page at once, then all files, proved.

The latest change wins: it calls off whatever is under way for its edition. All of it happens in the
thread of the event loop, but for jobs and for reading the content, which are waited for.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.formats import FORMATS
from briefpress.jobs import Allowance
from briefpress.keys import Surroundings, sha256_of
from briefpress.press import Job, job_of, project_of
from briefpress.press_run import failed
from briefpress.preview.editions import Edition, State
from briefpress.preview.hands import Hand
from briefpress.preview.looking import draw, look_at_all, look_first, read, report_on, warm_up
from briefpress.tasks import Task
from briefpress.tree import Tree


@dataclass(frozen=True, slots=True)
class _Around:
    """What editions are made from beside their content, as it was when it was looked at."""

    project: Tree | None
    surroundings: Surroundings


class Maker:
    """Has editions made. `tell` is called whenever something is other than it was."""

    def __init__(self, allowance: Allowance, tell: Callable[[], None]) -> None:
        self._tell = tell
        # So that a page comes at once while the files of another state are made.
        self._first, self._second = Hand(allowance), Hand(allowance)
        self._around: _Around | None = None

    async def warm_up(self) -> None:
        """Load what making takes, before anything is asked for."""
        await asyncio.gather(
            self._first.do(warm_up, ("html",)), self._second.do(warm_up, tuple(FORMATS))
        )

    def leave(self) -> None:
        """End the processes. Nothing may be under way any more."""
        self._first.leave()
        self._second.leave()

    def look_around(self, *, anew: bool) -> None:
        """Look at templates and program again, which have changed, for what is made from now on.

        `anew`: those that are built in have, and processes may remember the old ones.
        """
        self._around = None
        if anew:
            self._first.renew()
            self._second.renew()

    async def make(self, edition: Edition) -> None:
        """Have an edition made, unless that is done or under way, and wait until it is."""
        async with edition.turn:
            job = await self._job(edition)
            if job is not None and not edition.is_of(job.key):
                edition.stop()
                edition.begin(job.key)
                edition.making = asyncio.create_task(self._make(edition, job))
                self._tell()
        if edition.making:
            await asyncio.wait([edition.making])

    async def read(self, edition: Edition) -> None:
        """Have the title of an edition read, and see whether its content has faults."""
        async with edition.turn:
            job = await self._job(edition)
            if job is None or (edition.key == job.key and edition.state is not State.UNREAD):
                return
            edition.stop()
            try:
                look = await self._first.do(read, job)
                edition.key, edition.title = job.key, look.title or edition.title
                if look.faults:
                    edition.fail(look.faults)
                else:
                    edition.settle()
            except Exception as error:
                edition.fail(*_told(edition.task, error))
        self._tell()

    async def report(self, edition: Edition) -> bytes:
        """The report on what is proved of an edition; empty where nothing is."""
        async with edition.reporting:
            good = edition.good
            if good is not None and not edition.report:
                report = await self._second.do(report_on, (good.job, good.whole.files))
                if edition.good is good:
                    edition.report = report
                return report
            return edition.report

    async def page(self, edition: Edition, number: int) -> bytes:
        """A page of the PDF as a picture. Raises `IndexError` where there is none."""
        if edition.good is None:
            raise IndexError(number)
        return await self._first.do(draw, (edition.good.whole.files["pdf"], number))

    async def _job(self, edition: Edition) -> Job | None:
        """The job that makes an edition, or None where there can't be one, which it is told."""
        try:
            return await asyncio.to_thread(self._job_of, edition.task)
        except ContentError as error:
            found: tuple[tuple[Diagnostic, ...], str] = error.diagnostics, ""
        except OSError as error:
            found = _told(edition.task, error)
        edition.stop()
        edition.key = ""
        edition.fail(*found)
        self._tell()
        return None

    def _job_of(self, task: Task) -> Job:
        around = self._around
        if around is None:
            project = project_of(task)
            around = self._around = _Around(project, Surroundings(sha256_of, project))
        return job_of(task, around.project, around.surroundings)

    async def _make(self, edition: Edition, job: Job) -> None:
        try:
            first = await self._first.do(look_first, job)
            if first.faults:
                edition.fail(first.faults)
                return
            edition.take(first)
            self._tell()
            whole = await self._second.do(look_at_all, job)
            if whole.faults:
                edition.fail(whole.faults, in_files=True)
            else:
                edition.end(job, whole)
        except Exception as error:
            edition.fail(*_told(edition.task, error))
        finally:
            self._tell()


def _told(task: Task, error: Exception) -> tuple[tuple[Diagnostic, ...], str]:
    """An error that a job raised: as faults, or as what isn't about content."""
    outcome = failed(task, error)
    if not outcome.faults and not isinstance(error, OSError):
        traceback.print_exception(error)  # it is a fault of ours
    return outcome.faults, "" if outcome.faults else f"{type(error).__name__}: {error}"
