"""Jobs: each runs in a process of its own, within limits of time and memory.

A job is a function and what it is asked; both, and the answer, can be pickled. It may loop for
ever, take all the memory that there is, or crash in a library: it is ended, and the others go on.
"""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import os
import pickle
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from pathlib import Path
from typing import Generic, TypeVar

from briefpress.limits import JOB_MEMORY, JOB_SECONDS

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MIB = 1024 * 1024

_THREADS = Path("/proc/self/task")
_PR_SET_PDEATHSIG = 1  # prctl(2), of Linux


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a job may take: seconds from its start, and bytes of address space (RLIMIT_AS)."""

    seconds: float = JOB_SECONDS.most
    memory: int = JOB_MEMORY.most


class JobError(Exception):
    """A job ended without an answer. The text says how: "died of SIGSEGV"."""


class PassedLimitError(JobError):
    """A job took more than it may: "took more than 600 s"."""


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
    at_once: int = 1,
) -> Generator[Ended[Asked, Answer]]:
    """Run a job for each of what is asked, some at once, and yield each as it ends.

    Jobs that still run when the iterator is closed are ended.
    """
    waiting = iter(asked)
    running: dict[Connection, _Job[Asked, Answer]] = {}
    try:
        while True:
            for each in islice(waiting, at_once - len(running)):
                with _undisturbed():
                    job = _Job(function, each, allowance)
                    running[job.reader] = job
            if not running:
                return
            for reader in _ready(running):
                yield running[reader].end()
                running.pop(reader).reap()
    finally:
        for job in running.values():
            job.reap()


def _ready(running: Mapping[Connection, _Job[Asked, Answer]]) -> list[Connection]:
    """Wait for jobs that have answered or died, or whose time is up."""
    left = min(job.deadline for job in running.values()) - time.monotonic()
    answered = wait(list(running), timeout=max(left, 0))
    now = time.monotonic()
    return [reader for reader, job in running.items() if reader in answered or job.deadline <= now]


class _Job(Generic[Asked, Answer]):
    """A job that runs, as its parent sees it."""

    def __init__(
        self, function: Callable[[Asked], Answer], asked: Asked, allowance: Allowance
    ) -> None:
        self._asked, self._allowance = asked, allowance
        # What the job leaves there when it is ended goes with it.
        self._scratch = tempfile.TemporaryDirectory(
            prefix="briefpress-", ignore_cleanup_errors=True
        )
        context = _context()
        self.reader, writer = context.Pipe(duplex=False)
        work = (writer, function, asked, allowance, self._scratch.name)
        self._process = context.Process(target=_work, args=work)
        self._process.start()
        writer.close()
        self.deadline = time.monotonic() + allowance.seconds

    def end(self) -> Ended[Asked, Answer]:
        """End the process, and take its answer if there is one by now."""
        late, data = not self.reader.poll(), b""
        if not late:
            with suppress(EOFError, OSError):
                data = self.reader.recv_bytes()
        if late or data:
            self._process.kill()
        if data:
            answer, error = pickle.loads(data)
        else:
            self._process.join()
            answer, error = None, self._cause_of_death(late=late)
        if isinstance(error, MemoryError):
            most = self._allowance.memory // MIB
            error = PassedLimitError(f"needed more than {most:,} MiB of memory")
        return Ended(self._asked, answer, error)

    def reap(self) -> None:
        """Leave nothing of the process behind. It may still be running."""
        self._process.kill()
        self._process.join()
        self.reader.close()
        self._scratch.cleanup()

    def _cause_of_death(self, *, late: bool) -> JobError:
        code = self._process.exitcode or 0
        if late or code == -signal.SIGXCPU:
            return PassedLimitError(f"took more than {self._allowance.seconds:g} s")
        if code >= 0:
            return JobError(f"ended without an answer, with exit code {code}")
        return JobError(f"died of {signal.Signals(-code).name}")


def _context() -> ForkContext | SpawnContext:
    """How a process is started: forked, which takes no time; anew, where threads forbid that."""
    alone = _THREADS.is_dir() and len(list(_THREADS.iterdir())) == 1
    return get_context("fork") if alone else get_context("spawn")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and SIGTERM until a job is known, and ready for them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What happens in the job's process


# Made while there is memory to make it.
_OUT_OF_MEMORY = pickle.dumps((None, MemoryError()))


def _work(
    writer: Connection,
    function: Callable[[Asked], Answer],
    asked: Asked,
    allowance: Allowance,
    scratch: str,
) -> None:
    """Do a job, and send its answer or what it raised."""
    _depend_on_parent()
    _keep_within(allowance)
    tempfile.tempdir = scratch
    try:
        data = pickle.dumps((function(asked), None))
    except MemoryError:
        data = _OUT_OF_MEMORY
    except Exception as error:
        data = _pickled(error)
    writer.send_bytes(data)


def _depend_on_parent() -> None:
    """Leave Ctrl-C to the parent, die of SIGTERM, and don't outlive the parent, if that can be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    parent = multiprocessing.parent_process()
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)


def _keep_within(allowance: Allowance) -> None:
    """Set the limits that the system keeps; the parent keeps that of time, if it lives."""
    limits = {
        resource.RLIMIT_AS: allowance.memory,
        resource.RLIMIT_CPU: math.ceil(allowance.seconds) + 1,
        resource.RLIMIT_CORE: 0,
    }
    for each, most in limits.items():
        _, hard = resource.getrlimit(each)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(each, (allowed, hard))


def _pickled(error: Exception) -> bytes:
    """An error with its traceback as a note, or the traceback alone where it can't be pickled."""
    told = traceback.format_exc()
    try:
        error.add_note(told)
        data = pickle.dumps((None, error))
        pickle.loads(data)
    except Exception:
        data = pickle.dumps((None, RuntimeError(told)))
    return data
