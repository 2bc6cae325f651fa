"""A real Dask cluster on this machine: what it builds is what a build without one makes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.library import write
from tests.publishing.outputs import arguments, assert_all_agrees, bytes_of
from tests.source import ROOT

DASK = Path(sys.executable).with_name("dask")
PROGRAM = str(Path(sys.executable).with_name("briefpress"))
LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")
FORMATS = ("--format", "epub", "--format", "html")

pytestmark = pytest.mark.slow


@dataclass
class Cluster:
    """A scheduler and its workers, each in a folder of its own, in which no content is."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        address: str = json.loads(self.file.read_bytes())["address"]
        return address

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a part of it, which belongs to a process group of its own."""
        folder = self.folder / f"{len(self.processes)}"
        folder.mkdir()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [str(DASK), *command, *LOOPBACK, "--scheduler-file", str(self.file)],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self, *more: str) -> subprocess.Popen[bytes]:
        return self.start("worker", "--nthreads", "1", "--local-directory", ".", *more)

    def close(self) -> None:
        for process in reversed(self.processes):
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a part of the cluster at once, with all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder)
    cluster.start("scheduler", "--port", "0")
    until(lambda: cluster.file.exists() and bool(cluster.file.read_bytes()))
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(5, tmp_path_factory.mktemp("library"), seed=6)


@pytest.fixture(scope="module")
def here(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build without a cluster makes of it."""
    output = tmp_path_factory.mktemp("here") / "out"
    assert run(*arguments(content, output, *FORMATS)).returncode == 0
    return output


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *command], capture_output=True, text=True, check=False)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, for a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_cluster_builds_the_same_though_a_worker_is_killed(
    cluster: Cluster, content: Path, here: Path, tmp_path: Path
) -> None:
    doomed = cluster.worker("--no-nanny")
    cluster.worker()  # with a nanny, whose worker may not have processes of multiprocessing
    output = tmp_path / "out"
    command = (PROGRAM, *arguments(content, output, *FORMATS, "--cluster", cluster.address))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as build:
        until(lambda: any(output.glob("*/*.html")) or build.poll() is not None)
        assert build.poll() is None, build.communicate()
        kill(doomed)
        _, stderr = build.communicate()
    assert build.returncode == 0, stderr.decode()
    assert bytes_of(output) == bytes_of(here)
    assert_all_agrees(output)


def test_faults_are_told_as_without_a_cluster(
    cluster: Cluster, content: Path, tmp_path: Path
) -> None:
    cluster.worker()
    spoilt = shutil.copytree(content, tmp_path / "spoilt")
    for words in spoilt.glob("*/en.yaml"):
        words.write_text(words.read_text().replace("summary: ", "summery: ", 1))
    there, here = (
        run(*arguments(spoilt, tmp_path / name, *FORMATS, "--format-errors", "json", *more))
        for name, more in (("there", ("--cluster", cluster.address)), ("here", ()))
    )
    assert (there.returncode, here.returncode) == (1, 1)
    faults, same = (json.loads(each.stdout) for each in (there, here))
    assert {fault["code"] for fault in faults} == {"unknown-key"}
    assert sorted(map(str, faults)) == sorted(map(str, same))


def test_a_worker_with_another_program_is_told(
    cluster: Cluster, content: Path, tmp_path: Path
) -> None:
    """It would make other bytes."""
    other = tmp_path / "cluster" / "other"
    for name in ("briefpress", "templates"):
        shutil.copytree(ROOT / name, other / name)
    with (other / "briefpress" / "pages.py").open("a") as file:
        file.write("# Another.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(other), *sys.path])
        cluster.worker("--no-nanny")
    output = tmp_path / "out"
    said = run(*arguments(content, output, *FORMATS, "--cluster", cluster.address))
    assert said.returncode == 1
    assert "was given to a worker that has other program" in said.stderr
    assert not list(output.glob("*/*.html"))


def test_a_cluster_that_is_not_there_is_told(content: Path, tmp_path: Path) -> None:
    said = run(*arguments(content, tmp_path / "out", "--cluster", "tcp://127.0.0.1:1"))
    assert said.returncode == 1
    assert "Error: tcp://127.0.0.1:1: there is no Dask cluster" in said.stderr
    assert "Traceback" not in said.stderr
