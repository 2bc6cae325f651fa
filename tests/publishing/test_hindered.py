"""A build that can't write says so, and leaves all that was published whole and listed."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest

from tests.publishing.outputs import (
    CATALOGUE,
    assert_all_agrees,
    assert_lists_are_true,
    build,
    bytes_of,
    listed_in,
    write_content,
)

PAGE = os.sysconf("SC_PAGE_SIZE")
NO_SPACE, READ_ONLY = os.strerror(errno.ENOSPC), os.strerror(errno.EROFS)

BEFORE = {"alpha": "Alpha", "beta": "Beta"}
AFTER = {"alpha": "Another", "beta": "And another"}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", BEFORE)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def output(content: Path, disk: Path) -> Path:
    """What was published before, on the disk. The content has moved on since."""
    folder = disk / "out"
    assert build(content, folder).exit_code == 0
    write_content(content, AFTER)
    return folder


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is published in the end."""
    folder = tmp_path_factory.mktemp("after")
    assert build(write_content(folder / "content", AFTER), folder / "out").exit_code == 0
    return bytes_of(folder / "out")


def fill(disk: Path, pages: int) -> Path:
    """Fill a disk, but for so many pages."""
    filling = disk / "filling"
    free = os.statvfs(disk)
    with filling.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - pages * PAGE)
    return filling


def assert_whole(output: Path, *states: dict[str, bytes]) -> None:
    """Every file is as in one of the states, there are no others, and the lists are true."""
    now = bytes_of(output)
    assert now.keys() == states[0].keys()
    for name in now.keys() - CATALOGUE:
        assert now[name] in [state[name] for state in states], name
    assert now["index.html"].endswith(b"</html>\n")
    assert_lists_are_true(output)


def test_a_full_disk_is_told_wherever_it_is_met(
    content: Path, disk: Path, output: Path, after: dict[str, bytes]
) -> None:
    before = bytes_of(output)
    pages = -(-max(len(state["alpha/alpha.en.html"]) for state in (before, after)) // PAGE)
    told = set()
    for room in (0, 1, pages // 2, pages, pages + 1, pages + 2, pages + 3):
        filling = fill(disk, room)
        said = build(content, output)
        filling.unlink()
        assert said.exit_code == 1
        assert said.stderr.startswith(f"Error: {output}/")
        assert said.stderr.endswith(f": {NO_SPACE}\n")
        assert said.stderr.count("\n") == 1
        told.add(said.stderr.removeprefix(f"Error: {output}/").partition(":")[0])
        assert bytes_of(output) == before
    ours = {f"alpha/alpha.en.{end}" for end in ("html", "cover.png")}
    assert told == {*ours, "manifest.json", "SHA256SUMS"}
    assert build(content, output).exit_code == 0
    assert bytes_of(output) == after


def test_a_disk_that_fills_up_keeps_what_was_published_till_then(
    content: Path, disk: Path, output: Path, after: dict[str, bytes]
) -> None:
    before = bytes_of(output)
    pages = -(-len(after["alpha/alpha.en.html"]) // PAGE) + 10
    filling = fill(disk, pages)
    with (output / "alpha" / "alpha.en.html").open(), (output / "beta" / "beta.en.html").open():
        said = build(content, output)  # what is replaced isn't freed while it is open
    filling.unlink()
    assert said.exit_code == 1
    assert said.stderr.endswith(f": {NO_SPACE}\n")
    assert_whole(output, before, after)
    changed = {name for name, data in bytes_of(output).items() if data != before[name]}
    ours = {f"alpha/alpha.en.{end}" for end in ("html", "cover.png")}
    assert changed == {*ours, "manifest.json", "SHA256SUMS"}
    assert build(content, output).exit_code == 0
    assert bytes_of(output) == after


def test_a_disk_that_is_read_only_is_told(
    content: Path, disk: Path, output: Path, after: dict[str, bytes]
) -> None:
    before = bytes_of(output)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    said = build(content, output)
    assert said.exit_code == 1
    assert said.stderr == f"Error: {output}/alpha/alpha.en.html: {READ_ONLY}\n"
    assert bytes_of(output) == before
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert build(content, output).exit_code == 0
    assert bytes_of(output) == after


def test_what_is_published_already_can_be_built_on_a_disk_that_is_read_only(
    content: Path, disk: Path, output: Path
) -> None:
    assert build(content, output).exit_code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert build(content, output).exit_code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert build(content, output).exit_code == 0
    write_content(content, AFTER)
    (output / "alpha").chmod(0o555)
    said = build(content, output)
    (output / "alpha").chmod(0o755)
    assert said.exit_code == 1
    assert said.stderr == f"Error: {output}/alpha/alpha.en.html: {os.strerror(errno.EACCES)}\n"
    assert_all_agrees(output)


@pytest.mark.parametrize("blocked", ["alpha", "alpha/alpha.en.html"])
def test_what_stands_in_the_way_of_one_does_not_hold_back_another(
    content: Path, tmp_path: Path, blocked: str
) -> None:
    in_the_way = tmp_path / "out" / blocked
    in_the_way.parent.mkdir(parents=True)
    if blocked == "alpha":
        in_the_way.write_text("mine")
    else:
        in_the_way.mkdir()
    said = build(content, tmp_path / "out")
    assert said.exit_code == 1
    assert said.stderr.startswith(f"Error: {in_the_way}: ")
    assert said.stderr.count("\n") == 1
    assert in_the_way.exists()
    found = bytes_of(tmp_path / "out").keys() - {"alpha"}
    assert found == {"beta/beta.en.html", "beta/beta.en.cover.png", *CATALOGUE}
    assert_lists_are_true(tmp_path / "out")


def test_an_edition_of_which_one_file_has_no_place_stays_as_it_was(
    content: Path, tmp_path: Path
) -> None:
    output, formats = tmp_path / "out", ("--format", "epub", "--format", "html")
    assert build(content, output, "alpha", *formats).exit_code == 0
    before = bytes_of(output)
    (output / "alpha" / "alpha.en.html").unlink()
    (output / "alpha" / "alpha.en.html").mkdir()
    write_content(content, AFTER)
    assert build(content, output, "alpha", *formats).exit_code == 1
    assert bytes_of(output)["alpha/alpha.en.epub"] == before["alpha/alpha.en.epub"]


def rename_that(misses: Callable[[Path, Path], NoReturn], at: int) -> Callable[[Path, Path], None]:
    """A rename that does its work, but not the time that is `at`."""
    rename, counted = os.replace, count(1)

    def rename_or_miss(source: Path, target: Path) -> None:
        if next(counted) == at:
            misses(source, target)
        rename(source, target)

    return rename_or_miss


def fail(source: Path, target: Path) -> NoReturn:
    raise OSError(errno.EIO, os.strerror(errno.EIO), str(source), None, str(target))


def interrupt(_: Path, __: Path) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("at", range(1, 12))
def test_a_rename_that_fails_is_told_and_leaves_no_parts(
    content: Path, tmp_path: Path, after: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    output = tmp_path / "out"
    assert build(content, output).exit_code == 0
    before = bytes_of(output)
    write_content(content, AFTER)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", rename_that(fail, at))
        said = build(content, output)
    assert said.exit_code == 1
    assert os.strerror(errno.EIO) in said.stderr
    assert ".part" not in said.stderr
    assert_whole(output, before, after)
    assert listed_in(output).keys() == before.keys() - CATALOGUE
    assert b"unfinished" not in (output / "manifest.json").read_bytes()
    assert build(content, output).exit_code == 0
    assert bytes_of(output) == after


@pytest.mark.parametrize("at", range(1, 6))
def test_ctrl_c_between_two_renames_leaves_all_listed(
    content: Path, tmp_path: Path, after: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    output = tmp_path / "out"
    assert build(content, output).exit_code == 0
    before = bytes_of(output)
    write_content(content, AFTER)
    monkeypatch.setattr(os, "replace", rename_that(interrupt, at))
    said = build(content, output)
    assert (said.exit_code, said.stderr) == (130, "Interrupted\n")
    assert_whole(output, before, after)
    assert listed_in(output).keys() == before.keys() - CATALOGUE
    assert b"unfinished" not in (output / "manifest.json").read_bytes()
