"""Jobs: they run in processes of their own, within limits of time and memory.

A job is a function and what it is asked; both, and the answer, can be pickled. It may loop for
ever, take all the memory that there is, or crash in a library: its process is ended, and the other
jobs go on. A process that answered does the next job, for which it is warm: a small briefing takes
half again as long in a fresh one.
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
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from briefpress.limits import JOB_MEMORY, JOB_SECONDS, MIB

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

# Then a fresh one takes its place, so that what jobs leave in memory doesn't add up.
_JOBS_OF_A_PROCESS = 25

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
    waiting = deque(asked)
    running: list[_Worker[Asked, Answer]] = []
    idle: list[_Worker[Asked, Answer]] = []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                with _undisturbed():
                    worker = idle.pop() if idle else _Worker(function, allowance)
                    running.append(worker)
                worker.ask(waiting.popleft())
            for worker in _ready(running):
                ended = worker.answer()
                is_wanted = worker.is_fit and bool(waiting)
                if not is_wanted:
                    worker.end()
                running.remove(worker)
                idle += [worker] if is_wanted else []
                yield ended
    finally:
        for worker in (*running, *idle):
            worker.end()


def _ready(running: Sequence[_Worker[Asked, Answer]]) -> list[_Worker[Asked, Answer]]:
    """Wait for workers that have answered or died, or whose time is up."""
    left = min(worker.deadline for worker in running) - time.monotonic()
    told = wait([each for worker in running for each in worker.tells], timeout=max(left, 0))
    now = time.monotonic()
    return [each for each in running if each.deadline <= now or any(t in told for t in each.tells)]


class _Worker(Generic[Asked, Answer]):
    """A process that does jobs, as its parent sees it."""

    def __init__(self, function: Callable[[Asked], Answer], allowance: Allowance) -> None:
        self._allowance = allowance
        self._done = 0
        self.is_fit = True
        self.deadline = math.inf
        # What jobs leave there when they are ended goes with it.
        self._scratch = tempfile.TemporaryDirectory(
            prefix="briefpress-", ignore_cleanup_errors=True
        )
        context = _context()
        self._connection, other = context.Pipe()
        work = (other, function, allowance, self._scratch.name)
        self._process = context.Process(target=_work, args=work)
        self._process.start()
        other.close()
        self._death = _death_of(self._process)
        self.tells = (self._connection, self._death)

    def ask(self, asked: Asked) -> None:
        """Give it a job, whose time begins now."""
        self._asked = asked
        self.deadline = time.monotonic() + self._allowance.seconds
        with suppress(BrokenPipeError):  # it died, as its answer will tell
            self._connection.send_bytes(pickle.dumps(asked))

    def answer(self) -> Ended[Asked, Answer]:
        """Take the answer, or the cause of death of a process that gives none in its time."""
        data = b""
        with suppress(EOFError, OSError):
            data = self._connection.recv_bytes() if self._connection.poll() else b""
        self._done += 1
        answer, error = pickle.loads(data) if data else (None, self._cause_of_death())
        self.is_fit = bool(data) and self._done < _JOBS_OF_A_PROCESS
        if isinstance(error, MemoryError):
            self.is_fit = False
            most = self._allowance.memory // MIB
            error = PassedLimitError(f"needed more than {most:,} MiB of memory")
        return Ended(self._asked, answer, error)

    def end(self) -> None:
        """Leave nothing of the process behind, nor of what it started. It may still be running."""
        if self._connection.closed:
            return
        self._kill()
        self._connection.close()
        if self._death != self._process.sentinel:
            os.close(self._death)
        self._scratch.cleanup()

    def _kill(self) -> None:
        self._process.kill()
        with suppress(ProcessLookupError, PermissionError):  # it has no group yet, or is gone
            os.killpg(_pid(self._process), signal.SIGKILL)
        self._process.join()

    def _cause_of_death(self) -> JobError:
        late = not wait([self._death], timeout=max(self.deadline - time.monotonic(), 0))
        self._kill()
        code = self._process.exitcode or 0
        if late or code == -signal.SIGXCPU:
            return PassedLimitError(f"took more than {self._allowance.seconds:g} s")
        if code >= 0:
            return JobError(f"ended without an answer, with exit code {code}")
        return JobError(f"died of {signal.Signals(-code).name}")


def _pid(process: BaseProcess) -> int:
    assert process.pid is not None  # it was started
    return process.pid


def _death_of(process: BaseProcess) -> int:
    """A file descriptor that is ready when a process is dead.

    The sentinel is a pipe, which what the process started may hold open; so it is for want of one.
    """
    try:
        return os.pidfd_open(_pid(process))
    except (AttributeError, OSError):  # of other systems
        return process.sentinel


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
    connection: Connection,
    function: Callable[[Asked], Answer],
    allowance: Allowance,
    scratch: str,
) -> None:
    """Do jobs, and send the answers or what they raised, until there is no memory left."""
    _depend_on_parent()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, allowance.memory)
    tempfile.tempdir = scratch
    data = b""
    while data is not _OUT_OF_MEMORY:
        try:
            asked = pickle.loads(connection.recv_bytes())
        except EOFError:  # the parent is gone
            return
        # The parent keeps the limit of time; this is for when it can't.
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + allowance.seconds) + 1)
        data = _answer(function, asked)
        connection.send_bytes(data)


def _answer(function: Callable[[Asked], Answer], asked: Asked) -> bytes:
    try:
        return pickle.dumps((function(asked), None))
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception as error:
        return _pickled(error)


def _depend_on_parent() -> None:
    """Leave Ctrl-C to the parent, die of SIGTERM, and don't outlive the parent, if that can be.

    The process gets a group of its own, by which all that it starts is ended with it.
    """
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    parent = multiprocessing.parent_process()
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)


def _limit(which: int, most: int) -> None:
    """Set a limit that the system keeps, as far as that may be."""
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


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
