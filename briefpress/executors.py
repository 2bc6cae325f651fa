"""Executors: where jobs run: one after the other, in several processes, or on a cluster.

All are `concurrent.futures.Executor`, so nothing else knows which it is. A cluster is Dask's: its
client gives such an executor, and its scheduler gives a job to another worker if one dies.
"""

from __future__ import annotations

import errno
import math
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from briefpress.jobs import Allowance, JobError, depend_on, is_alone, run, warm

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_CGROUPS = Path("/sys/fs/cgroup")

# How long a cluster may take until a first worker is there, in seconds.
_UNTIL_A_WORKER = 60


@dataclass(slots=True)
class Crew:
    """Who does jobs. `in_hand` is how many are to be given out at once, so that nobody waits.

    `renew` gives another executor where one is broken; `losses` are the errors by which it tells
    that a job is lost with whoever did it.
    """

    executor: Executor
    in_hand: int
    renew: Callable[[], Executor] | None = None
    losses: tuple[type[Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class Ended(Generic[Asked, Answer]):
    """A job that ended: with an answer, or with what it raised, or with a `JobError`."""

    asked: Asked
    answer: Answer | None = None
    error: Exception | None = None


def run_all(
    function: Callable[[Asked], Answer],
    asked: Iterable[Asked],
    allowance: Allowance,
    crew: Crew,
) -> Generator[Ended[Asked, Answer]]:
    """Have a job run for each of what is asked, and yield each as it ends.

    What is asked is asked for as jobs end, and never held longer, so there may be any number.
    """
    waiting = iter(asked)
    given: dict[Future[Answer], Asked] = {}
    while True:
        for each in islice(waiting, crew.in_hand - len(given)):
            given[_submitted(crew, run, function, each, allowance)] = each
        if not given:
            return
        done, _ = wait(given, return_when=FIRST_COMPLETED)
        for future in done:
            yield _ended(given.pop(future), future, crew)


def _submitted(crew: Crew, function: Callable[..., Answer], *given: object) -> Future[Answer]:
    """The future of a call. A pool is broken for good once somebody kills a process of it."""
    try:
        return crew.executor.submit(function, *given)
    except BrokenExecutor:
        if crew.renew is None:
            raise
        crew.executor = crew.renew()
        return crew.executor.submit(function, *given)


def _ended(asked: Asked, future: Future[Answer], crew: Crew) -> Ended[Asked, Answer]:
    error = future.exception()
    if isinstance(error, crew.losses):
        error = JobError(f"was lost with the process that it was given to: {error}")
    if error is None:
        return Ended(asked, future.result())
    if not isinstance(error, Exception):
        raise error
    return Ended(asked, error=error)


@contextmanager
def scratch() -> Iterator[None]:
    """Have jobs put temporary files into one folder, which goes in the end with all of them."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="briefpress-", ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


@contextmanager
def in_line() -> Iterator[Crew]:
    """One job after the other, asked for by this process, which keeps theirs warm."""
    with warm():
        yield Crew(_InLine(), 1)


class _InLine(Executor):
    """Does each job as it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call, which is over."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def pool(processes: int) -> Iterator[Crew]:
    """Several jobs at once, on this machine. Those that run are ended when the context does.

    The processes of the pool only ask for jobs and wait; those are done by processes of their own,
    whose death the pool doesn't feel.
    """
    # A single edition needs none of it, and would wait for the import.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    others = set(multiprocessing.active_children())
    executors: list[Executor] = []

    def executor() -> Executor:
        context = multiprocessing.get_context("fork" if is_alone() else "spawn")
        executors.append(ProcessPoolExecutor(processes, context, depend_on, (os.getpid(),)))
        return executors[-1]

    try:
        yield Crew(executor(), 2 * processes, executor, (BrokenExecutor,))
    finally:
        # They would be waited for. Their own processes don't outlive them.
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        for each in executors:
            _close_answers(each)
            each.shutdown(cancel_futures=True)


def _close_answers(executor: Executor) -> None:
    """Let a pool whose processes were killed know that no answer comes any more.

    It has the end of the pipe open into which they write. Where one was killed in the middle of an
    answer, it would wait for the rest of it for ever.
    """
    with suppress(AttributeError):  # it is private
        executor._result_queue._writer.close()  # type: ignore[attr-defined]


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """As many jobs at once as a Dask cluster has threads, by the address of its scheduler.

    Raises `OSError` where none answers, or has no worker.
    """
    from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra, and slow to import

    try:
        client = Client(address)
        client.wait_for_workers(1, timeout=_UNTIL_A_WORKER)
    except (OSError, ValueError) as error:
        raise OSError(errno.ECONNREFUSED, f"there is no Dask cluster: {error}", address) from None
    with client, client.get_executor(pure=False) as executor:
        in_hand = 2 * sum(client.nthreads().values())
        yield Crew(executor, in_hand, losses=(KilledWorker,))


def cores() -> int:
    """How many processors this process may use: those it may run on, within a container's quota.

    The quota is that of cgroups 2, `cpu.max` (the kernel's admin guide, "CPU Interface Files").
    """
    may_use = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min([may_use or 1, *map(math.ceil, _quotas())]))


def _quotas() -> Iterator[float]:
    """The quotas of this process's group and of those above, in processors."""
    try:
        _, _, own = Path("/proc/self/cgroup").read_text().strip().rpartition("0::/")
    except OSError:
        return
    for group in (_CGROUPS / own, *(_CGROUPS / own).parents):
        if group.is_relative_to(_CGROUPS) and (group / "cpu.max").is_file():
            quota, period = (group / "cpu.max").read_text().split()
            if quota != "max":
                yield int(quota) / int(period)
