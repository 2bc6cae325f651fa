"""Jobs: each runs in a process of its own, within limits of time and memory.

A job is a function and what it is asked; both, and the answer, can be pickled. It may loop for
ever, take all the memory that there is, or crash in a library: its process is ended, and whoever
asked goes on. A process that answered does the next job of the same thread, for which it is warm: a
small briefing takes half again as long in a fresh one.

How many jobs there are at once, and on which machines, is for an executor to say (`executors`): its
workers call `run`.
"""

from __future__ import annotations

import ctypes
import gc
import math
import os
import pickle
import resource
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, TypeVar

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


class OutOfMemoryError(PassedLimitError):
    """A job took more memory than it may."""


class CalledOffError(JobError):
    """A job was ended since its answer wasn't wanted any more."""


def run(
    function: Callable[[Asked], Answer],
    asked: Asked,
    allowance: Allowance,
    call_off: Connection | None = None,
) -> Answer:
    """Do a job, and return its answer, or raise what it raised, or a `JobError`.

    The process stays, for the thread's next job with the same allowance, until `end_warm` or the
    end of `warm`. The job is ended once there is something to read from `call_off`.
    """
    worker = _warm_worker(allowance)
    try:
        worker.ask(function, asked)
        answer, error = worker.answer(call_off)
    except BaseException:
        end_warm()
        raise
    if not worker.is_fit:
        end_warm()
    died = isinstance(error, JobError) and type(error) is not PassedLimitError
    if died and worker.has_done_others:
        # What they left in its memory may be to blame. If not, it dies again.
        return run(function, asked, allowance, call_off)
    if error is not None:
        raise error
    return answer  # type: ignore[no-any-return]  # it came through a pipe


def end_warm() -> None:
    """End the process that this thread keeps for its next job. What it does is lost."""
    worker = getattr(_kept, "worker", None)
    _kept.worker = None
    if worker is not None:
        worker.end()


@contextmanager
def warm() -> Iterator[None]:
    """Keep the thread's process from job to job, until the outermost of these contexts ends."""
    _kept.contexts = getattr(_kept, "contexts", 0) + 1
    try:
        yield
    finally:
        _kept.contexts -= 1
        if not _kept.contexts:
            end_warm()


_kept = threading.local()


def _warm_worker(allowance: Allowance) -> _Worker:
    worker: _Worker | None = getattr(_kept, "worker", None)
    if worker is not None and worker.serves(allowance):
        return worker
    end_warm()
    with _undisturbed():
        _kept.worker = _Worker(allowance)
    return _kept.worker  # type: ignore[no-any-return]  # as it was set


class _Worker:
    """A process that does jobs, as its parent sees it."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._done = 0
        self._parent = os.getpid()
        self.is_fit = True
        # What jobs leave there when they are ended goes with it.
        self._scratch = tempfile.TemporaryDirectory(
            prefix="briefpress-", ignore_cleanup_errors=True
        )
        self._connection, other = Pipe()
        work = (allowance, self._scratch.name, self._parent)
        if is_alone():
            self._pid = _forked(self._connection, other, work)
        else:
            self._pid = _started_anew(other)
            self._connection.send(work)
        other.close()
        self._death = os.pidfd_open(self._pid) if hasattr(os, "pidfd_open") else None

    @property
    def has_done_others(self) -> bool:
        """Whether its last job wasn't its first."""
        return self._done > 1

    def serves(self, allowance: Allowance) -> bool:
        """Whether it is for jobs with this allowance, of this process and no parent of it."""
        return self._allowance == allowance and self._parent == os.getpid()

    def ask(self, function: Callable[[Asked], Answer], asked: Asked) -> None:
        """Give it a job, whose time begins now."""
        self._deadline = time.monotonic() + self._allowance.seconds
        with suppress(ConnectionError):  # it died, as its answer will tell
            self._connection.send_bytes(pickle.dumps((function, asked)))

    def answer(self, call_off: Connection | None) -> tuple[Any, Exception | None]:
        """Wait for the answer, or what was raised, or the cause of death if there comes none.

        Raises `CalledOffError` if that comes first.
        """
        ends = [each for each in (self._connection, self._death, call_off) if each is not None]
        if wait(ends, timeout=max(self._deadline - time.monotonic(), 0)) == [call_off]:
            raise CalledOffError("was called off")
        data = b""
        with suppress(EOFError, OSError):
            data = self._connection.recv_bytes() if self._connection.poll() else b""
        self._done += 1
        answer, error = pickle.loads(data) if data else (None, self._cause_of_death())
        self.is_fit = bool(data) and self._done < _JOBS_OF_A_PROCESS
        if isinstance(error, MemoryError):
            self.is_fit = False
            most = self._allowance.memory // MIB
            error = OutOfMemoryError(f"needed more than {most:,} MiB of memory")
        if isinstance(error, SystemError):  # as where there is no memory for a MemoryError
            self.is_fit = False
            error = JobError(f"met an error of Python itself ({error})")
        return answer, error

    def end(self) -> None:
        """Leave nothing of the process behind, nor of what it started. It may still be running."""
        if self._parent != os.getpid():  # it is the worker of the process that forked this one
            return
        self._kill()
        self._connection.close()
        if self._death is not None:
            os.close(self._death)
        self._scratch.cleanup()

    def _kill(self) -> int:
        """End the process and its group; return its exit code, negative for a signal."""
        if self._pid == 0:
            return 0
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ProcessLookupError, PermissionError):  # it has no group yet, or is gone
            os.killpg(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)

    def _cause_of_death(self) -> JobError:
        late = time.monotonic() >= self._deadline
        code = self._exit_code(late)
        if late or code == -signal.SIGXCPU:
            return PassedLimitError(f"took more than {self._allowance.seconds:g} s")
        if code >= 0:
            return JobError(f"ended without an answer, with exit code {code}")
        return JobError(f"died of {signal.Signals(-code).name}")

    def _exit_code(self, late: bool) -> int:
        if not late and self._death is not None:  # its end of the pipe is closed before it is dead
            wait([self._death], timeout=max(self._deadline - time.monotonic(), 0))
        return self._kill()


def is_alone() -> bool:
    """Whether this process has one thread, so that it can be forked, which takes no time."""
    return _THREADS.is_dir() and len(list(_THREADS.iterdir())) == 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and SIGTERM until a job's process is known, and ready for them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What happens in the job's process


Work = tuple[Allowance, str, int]

# Made while there is memory to make it.
_OUT_OF_MEMORY = pickle.dumps((None, MemoryError()))

# Not before the path is the parent's: what lies in the current folder isn't to be imported.
_SERVE = """
import sys
sys.path[:] = sys.argv[2:]
from briefpress.jobs import _serve
_serve(int(sys.argv[1]))
"""


def _forked(theirs: Connection, ours: Connection, work: Work) -> int:
    """The number of a process that is a copy of this one, and works."""
    pid = os.fork()
    if pid:
        return pid
    try:
        theirs.close()
        _work(ours, *work)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _started_anew(connection: Connection) -> int:
    """The number of a process that has just the connection, by which it is told its work."""
    os.set_inheritable(connection.fileno(), True)
    path = [os.path.abspath(folder) for folder in sys.path if folder]  # noqa: PTH100 - texts
    command = [sys.executable, "-P", "-c", _SERVE, str(connection.fileno()), *path]
    return os.posix_spawn(sys.executable, command, os.environ)


def _serve(number: int) -> None:
    connection = Connection(number)
    _work(connection, *connection.recv())


def _work(connection: Connection, allowance: Allowance, scratch: str, parent: int) -> None:
    """Do jobs, and send the answers or what they raised, until there is no memory left."""
    os.setsid()  # a group of its own, by which all that it starts is ended with it
    depend_on(parent)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, allowance.memory)
    tempfile.tempdir = scratch
    gc.freeze()  # what the parent had stays, so it isn't looked through for garbage
    data = b""
    while data is not _OUT_OF_MEMORY:
        connection.poll(None)
        # The parent keeps the limit of time; this is for when it can't.
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + allowance.seconds) + 1)
        try:
            data = _answer(connection)
            connection.send_bytes(data)
        except (EOFError, ConnectionError):  # the parent is gone
            return


def _answer(connection: Connection) -> bytes:
    try:
        function, argument = pickle.loads(connection.recv_bytes())
    except MemoryError:
        return _OUT_OF_MEMORY
    try:
        return pickle.dumps((function(argument), None))
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception as error:
        return _pickled(error)


def depend_on(parent: int) -> None:
    """Leave Ctrl-C to the parent, die of SIGTERM, and don't outlive the parent, if that can be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
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
