"""Many briefings, several builds at once: each stands alone, and in the end all agrees."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench import corpus
from tests.publishing.outputs import (
    CATALOGUE,
    arguments,
    assert_all_agrees,
    build,
    bytes_of,
    manifest_of,
    write_content,
)

PROGRAM = str(Path(sys.executable).with_name("briefpress"))
HTML = ("--format", "html")


def start(content: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [PROGRAM, *arguments(content, output, *HTML, *more)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def spoil(content: Path, briefing: str) -> None:
    words = content / briefing / "en.yaml"
    words.write_text(words.read_text().replace("It is short", "It is {unknown}"))


# Several builds at once


def test_builds_of_different_briefings_at_once_list_them_all(tmp_path: Path) -> None:
    names = [f"briefing-{n}" for n in range(4)]
    content = write_content(tmp_path / "content", {name: name for name in names})
    output = tmp_path / "out"
    builds = [start(content, output, name) for name in names]
    assert [each.wait() for each in builds] == [0] * len(builds)
    assert_all_agrees(output)
    assert [entry["id"] for entry in manifest_of(output)] == names


def test_builds_of_different_contents_at_once_publish_one_or_the_other(tmp_path: Path) -> None:
    contents = [
        write_content(tmp_path / f"{n}", {"alpha": f"Alpha {n}", "beta": f"Beta {n}"})
        for n in range(4)
    ]
    output = tmp_path / "out"
    builds = [start(content, output) for content in contents]
    assert [each.wait() for each in builds] == [0] * len(builds)
    assert_all_agrees(output)
    wholes = []
    for content in contents:
        clean = tmp_path / "clean" / content.name
        assert build(content, clean).exit_code == 0
        wholes.append(bytes_of(clean))
    found = bytes_of(output)
    assert found.keys() == wholes[0].keys()
    for name in ("alpha/alpha.en.html", "beta/beta.en.html"):
        assert found[name] in [whole[name] for whole in wholes]


# One among many


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_that_fails_among_a_hundred_holds_none_back(tmp_path: Path, jobs: str) -> None:
    names = [f"briefing-{n:03}" for n in range(100 if jobs == "2" else 5)]
    content = write_content(tmp_path / "content", {name: name for name in names})
    output = tmp_path / "out"
    assert build(content, output, names[3]).exit_code == 0
    before = bytes_of(output)
    spoil(content, names[3])
    said = build(content, output, "--jobs", jobs)
    assert said.exit_code == 1
    assert said.stderr.count("error[") == 1
    assert f"{content}/{names[3]}/en.yaml" in said.stderr
    assert_all_agrees(output)
    assert [entry["id"] for entry in manifest_of(output)] == names
    earlier = f"{names[3]}/{names[3]}.en.html"
    assert bytes_of(output)[earlier] == before[earlier]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_first_that_fails_ends_the_build_where_that_is_asked_for(
    tmp_path: Path, jobs: str
) -> None:
    names = [f"briefing-{n}" for n in range(6)]
    content = write_content(tmp_path / "content", {name: name for name in names})
    spoil(content, names[1])
    output = tmp_path / "out"
    said = build(content, output, "--fail-fast", "--jobs", jobs)
    assert said.exit_code == 1
    assert said.stderr.count("error[") == 1
    published = bytes_of(output).keys() - CATALOGUE
    assert len(published) < len(names) - 1
    if published:
        assert_all_agrees(output)


def test_several_jobs_publish_the_same_as_one(tmp_path: Path) -> None:
    names = [f"briefing-{n}" for n in range(4)]
    content = write_content(tmp_path / "content", {name: name for name in names})
    for jobs in ("1", "3"):
        assert build(content, tmp_path / jobs, "--jobs", jobs).exit_code == 0
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "3")


# Jobs that cost too much


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing of 190 pages between two small ones."""
    folder = tmp_path_factory.mktemp("heavy")
    corpus.write("L", folder)
    return write_content(folder, {"alpha": "Alpha", "zeta": "Zeta"})


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (("--time-limit", "5"), r"the build of l\.en took more than 5 s"),
        # A library may also end the process, or Python have no memory left to say so.
        (
            ("--memory-limit", "330"),
            r"the build of l\.en (needed more than 330 MiB|died of SIG|met an error of Python)",
        ),
    ],
    ids=["time", "memory"],
)
def test_an_edition_that_costs_too_much_is_named_and_the_others_are_published(
    heavy: Path, tmp_path: Path, limit: tuple[str, str], message: str
) -> None:
    said = build(heavy, tmp_path / "out", *limit, "--format-errors", "json")
    assert said.exit_code == 1
    (fault,) = json.loads(said.stdout)
    assert (fault["code"], fault["file"]) == ("job-limit", f"{heavy}/l/en.yaml")
    assert re.match(message, fault["message"])
    assert limit[0] in fault["hint"]
    assert_all_agrees(tmp_path / "out")
    assert [entry["id"] for entry in manifest_of(tmp_path / "out")] == ["alpha", "zeta"]


# Interrupted


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_interrupted_ends_in_good_order(
    heavy: Path, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    output = tmp_path / "out"
    command = [PROGRAM, *arguments(heavy, output, *HTML, "--jobs", "2")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        end = time.monotonic() + 60
        while not (output / "alpha" / "alpha.en.html").exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        os.killpg(process.pid, sent)  # as a terminal does: the jobs get it as well
        _, stderr = process.communicate()
    assert process.returncode == code
    assert b"Traceback" not in stderr
    assert [name for name in bytes_of(output) if name.endswith(".part")] == []
    assert "alpha" in (output / "manifest.json").read_text()
