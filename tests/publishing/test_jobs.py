"""Jobs that go wrong in every way are ended and named, and the others go on."""

from __future__ import annotations

import ctypes
import errno
import faulthandler
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from briefpress.executors import Ended, in_line, pool, run_all
from briefpress.jobs import Allowance, JobError, OutOfMemoryError, PassedLimitError
from briefpress.limits import MIB
from tests.source import ROOT

SMALL = Allowance(seconds=60, memory=1024 * MIB)
# Enough for a process to start, be it slow.
SHORT = Allowance(seconds=4, memory=1024 * MIB)


def ended(
    function: Callable[[Any], Any], asked: Iterable[Any], allowance: Allowance = SMALL
) -> list[Ended[Any, Any]]:
    """What comes of jobs that are done one after the other."""
    with in_line() as crew:
        return list(run_all(function, asked, allowance, crew))


def ended_in_pool(
    function: Callable[[Any], Any], asked: Iterable[Any], at_once: int
) -> list[Ended[Any, Any]]:
    with pool(at_once) as crew:
        return list(run_all(function, asked, SMALL, crew))


def double(number: int) -> int:
    return number * 2


def loop(_: int) -> None:
    for _ in count():
        pass


def hang(_: int) -> None:
    threading.Event().wait()


def take_memory(_: int) -> None:
    taken = [bytearray(MIB)]
    while True:
        taken.append(bytearray(16 * MIB))


_KEPT: list[bytearray] = []


def take_for_good(asked: tuple[int, str]) -> int:
    _KEPT.append(bytearray(asked[0]))
    return len(_KEPT[-1])


def crash(_: int) -> None:
    faulthandler.disable()
    ctypes.string_at(0)


def leave(code: int) -> None:
    os._exit(code)


def crash_and_leave_a_sleeper(folder: str) -> None:
    """The sleeper, whose process number is a file's name, has all that its parent had open."""
    sleeper = os.fork()
    if sleeper == 0:
        hang(0)
    (Path(folder) / str(sleeper)).touch()
    crash(0)


def fail_within_python(_: int) -> None:
    raise SystemError("error return without exception set")


def miss_a_file(_: int) -> None:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "a/file")


class TwoWordsError(Exception):
    """Can't be pickled: its argument isn't what it is made from."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def raise_what_cannot_be_pickled(_: int) -> None:
    raise TwoWordsError("one", "two")


def megabytes(number: int) -> bytes:
    return bytes(number * MIB)


def process_that_does(_: int) -> int:
    return os.getpid()


def others_at_work(asked: tuple[str, int]) -> int:
    """How many such jobs run; at the beginning two, for which it waits."""
    folder, number = Path(asked[0]), asked[1]
    (folder / f"{number}.begun").touch()
    until(lambda: len(list(folder.glob("*.begun"))) > 1)
    begun = len(list(folder.glob("*.begun")))
    ended = len(list(folder.glob("*.ended")))
    (folder / f"{number}.ended").touch()
    return begun - ended


def write_and_hang(folder: str) -> None:
    """Leave a file that is named after the process, and hang; without a folder, do nothing."""
    if folder:
        (Path(folder) / str(os.getpid())).touch()
        hang(0)


def where_it_may_leave_things(_: int) -> str:
    folder = tempfile.mkdtemp()
    (Path(folder) / "left").touch()
    return folder


def either(bad: Callable[[int], None], number: int) -> int:
    """Double a number; what is odd goes wrong."""
    if number % 2:
        bad(number)
    return double(number)


class Either:
    """`either`, as something that can be pickled."""

    def __init__(self, bad: Callable[[int], None]) -> None:
        self._bad = bad

    def __call__(self, number: int) -> int:
        return either(self._bad, number)


def test_jobs_answer() -> None:
    assert ended(double, range(5)) == [Ended(number, number * 2) for number in range(5)]


def test_many_at_once_answer_each_for_itself() -> None:
    answers = {each.asked: each.answer for each in ended_in_pool(double, range(40), 4)}
    assert answers == {n: n * 2 for n in range(40)}


def test_jobs_are_asked_for_as_they_end() -> None:
    """There may be any number of them."""
    with in_line() as crew, closing(run_all(double, count(), SMALL, crew)) as jobs:
        assert [next(jobs).answer for _ in range(3)] == [0, 2, 4]


def test_a_process_does_several_jobs_and_then_a_fresh_one_does() -> None:
    processes = [each.answer for each in ended(process_that_does, range(60))]
    assert len(set(processes)) == 3
    assert os.getpid() not in processes


def test_a_process_is_not_used_for_jobs_that_may_take_less() -> None:
    with in_line() as crew:
        (first,) = run_all(process_that_does, [0], SMALL, crew)
        (second,) = run_all(process_that_does, [0], SHORT, crew)
    assert first.answer != second.answer


def test_so_many_run_at_once_and_no_more(tmp_path: Path) -> None:
    jobs = [(str(tmp_path), number) for number in range(5)]
    seen = [each.answer for each in ended_in_pool(others_at_work, jobs, 2)]
    assert max(each or 0 for each in seen) == 2


def test_a_large_answer_comes_whole() -> None:
    (only,) = ended(megabytes, [64])
    assert only.answer == bytes(64 * MIB)


@pytest.mark.parametrize(
    ("bad", "allowance", "error", "told"),
    [
        (loop, SHORT, PassedLimitError, "took more than 4 s"),
        (hang, SHORT, PassedLimitError, "took more than 4 s"),
        (take_memory, SMALL, OutOfMemoryError, "needed more than 1,024 MiB of memory"),
        (crash, SMALL, JobError, "died of SIGSEGV"),
        (leave, SMALL, JobError, "ended without an answer, with exit code 1"),
        (fail_within_python, SMALL, JobError, "met an error of Python itself (error return"),
        (miss_a_file, SMALL, FileNotFoundError, "a/file"),
        (raise_what_cannot_be_pickled, SMALL, RuntimeError, "TwoWordsError: one and two"),
    ],
    ids=["loop", "hang", "memory", "crash", "leave", "python", "file", "pickle"],
)
def test_a_job_that_goes_wrong_is_ended_and_the_others_go_on(
    bad: Callable[[int], None], allowance: Allowance, error: type[Exception], told: str
) -> None:
    first, second, third = ended(Either(bad), [0, 1, 2], allowance)
    assert (first, third) == (Ended(0, 0), Ended(2, 4))
    assert type(second.error) is error
    assert told in str(second.error)


def test_a_job_that_goes_wrong_does_not_break_the_pool() -> None:
    found = {each.asked: each for each in ended_in_pool(Either(crash), range(6), 2)}
    assert [found[n].answer for n in (0, 2, 4)] == [0, 4, 8]
    assert {str(found[n].error) for n in (1, 3, 5)} == {"died of SIGSEGV"}


def test_a_pool_goes_on_when_somebody_kills_a_process_of_it() -> None:
    with pool(2) as crew:
        jobs = run_all(double, range(30), SMALL, crew)
        next(jobs)
        multiprocessing.active_children()[0].kill()
        rest = list(jobs)
    assert sum(each.answer is not None for each in rest) >= 29 - crew.in_hand
    assert all("was lost with the process" in str(each.error) for each in rest if each.error)


def test_a_job_does_not_suffer_from_what_those_before_it_left() -> None:
    """A list that grows for as long as the process lives leaves too little memory for the last."""
    asked = [(300 * MIB, "kept"), (300 * MIB, "kept"), (300 * MIB, "kept")]
    found = ended(take_for_good, asked, Allowance(seconds=60, memory=900 * MIB))
    assert [each.answer for each in found] == [300 * MIB] * 3


def test_a_job_that_asks_for_much_is_told_as_one() -> None:
    (only,) = ended(len, [bytes(400 * MIB)], Allowance(seconds=60, memory=300 * MIB))
    assert isinstance(only.error, PassedLimitError)


def test_what_lies_in_the_current_folder_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "ctypes.py").write_text("raise SystemExit('imported')\n")
    script = """
import threading
from briefpress.executors import in_line, run_all
from briefpress.jobs import Allowance
threading.Thread(target=threading.Event().wait, daemon=True).start()
with in_line() as crew:
    print([each.answer for each in run_all(abs, [-1], Allowance(), crew)], flush=True)
"""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "script.py").write_text(script)
    said = subprocess.run(
        [sys.executable, str(tmp_path / "folder" / "script.py")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.stdout, said.returncode) == ("[1]\n", 0), said.stderr


def test_a_crash_is_told_at_once_and_what_the_job_started_is_ended(tmp_path: Path) -> None:
    """Not when the time is up, as if the job still ran."""
    (only,) = ended(crash_and_leave_a_sleeper, [str(tmp_path)])
    assert str(only.error) == "died of SIGSEGV"
    (sleeper,) = tmp_path.iterdir()
    until(lambda: not is_alive(int(sleeper.name)))


def test_an_error_tells_where_in_the_job_it_was_raised() -> None:
    (only,) = ended(miss_a_file, [0])
    assert "in miss_a_file" in "".join(only.error.__notes__ if only.error else [])


def test_what_a_job_leaves_in_the_temporary_folder_goes_with_it() -> None:
    (only,) = ended(where_it_may_leave_things, [0])
    assert only.answer is not None
    assert not Path(only.answer).exists()


def test_jobs_end_when_nobody_waits_for_them_any_more(tmp_path: Path) -> None:
    with pool(2) as crew:
        jobs = run_all(write_and_hang, ["", str(tmp_path)], SMALL, crew)
        assert next(jobs).asked == ""
        until(lambda: any(tmp_path.iterdir()))
    (job,) = tmp_path.iterdir()
    until(lambda: not is_alive(int(job.name)))


def test_a_pool_can_be_left_while_its_jobs_answer() -> None:
    """A process of it that is killed in the middle of an answer isn't waited for."""
    for _ in range(5):
        with pool(2) as crew:
            jobs = run_all(megabytes, [64] * 8, SMALL, crew)
            assert next(jobs).answer is not None


def test_jobs_of_a_process_with_threads_answer_as_well() -> None:
    """It can't be forked."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert [each.answer for each in ended(double, [1, 2])] == [2, 4]
        assert {each.answer for each in ended_in_pool(double, [1, 2], 2)} == {2, 4}
    finally:
        done.set()
        thread.join()


PARENT = """
import sys
from briefpress.executors import pool, run_all
from briefpress.jobs import Allowance
from tests.publishing.test_jobs import write_and_hang

with pool(2) as crew:
    list(run_all(write_and_hang, [sys.argv[1]] * 2, Allowance(), crew))
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_jobs_do_not_outlive_their_parent(tmp_path: Path, end: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL
    ) as parent:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        parent.send_signal(end)
        assert parent.wait() == -end
    jobs = [int(path.name) for path in tmp_path.iterdir()]
    until(lambda: not any(map(is_alive, jobs)))


def is_alive(pid: int) -> bool:
    """Whether a process runs. One that nobody has reaped yet doesn't."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, for a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
