"""Where nothing has changed, nothing is imported and nothing rewritten; what is damaged is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.outputs import arguments, assert_all_agrees, bytes_of, write_content
from tests.source import ROOT

TITLES = {"alpha": "Alpha", "beta": "Beta", "beta.ja": "ベータ"}
SERIES = "languages: [en, ja]\n"
FORMATS = ("--format", "epub", "--format", "html")
UP_TO_DATE = "3 editions are up to date\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", TITLES, SERIES)


@pytest.fixture
def output(content: Path, tmp_path: Path) -> Path:
    """All of it, published."""
    said = run(content, tmp_path / "out")
    assert said.count("proved") == 6
    return tmp_path / "out"


def run(content: Path, output: Path, *more: str, python: tuple[str, ...] = ()) -> str:
    """What a command line says that builds; it has to succeed."""
    command = [sys.executable, *python, str(ROOT / "build.py")]
    command += arguments(content, output, *more, *FORMATS)[1:]
    done = subprocess.run(command, cwd=output.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + (done.stderr if python else "")


def statuses(output: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder, with what would be another if it were written anew."""
    found = {path: path.stat() for path in (output, *output.rglob("*"))}
    return {str(path): (each.st_ino, each.st_mtime_ns) for path, each in found.items()}


def test_nothing_is_imported_where_nothing_has_changed(content: Path, output: Path) -> None:
    said = run(content, output, python=("-X", "importtime"))
    assert UP_TO_DATE in said
    nothing = [sys.executable, "-X", "importtime", "-c", "pass"]
    without = subprocess.run(nothing, capture_output=True, text=True, check=True).stderr
    assert imported(said) - imported(without) == {
        "__future__",
        "binascii",
        "briefpress",
        "briefpress.stamp",
        "briefpress.start",
    }


def imported(told: str) -> set[str]:
    """The modules that Python tells of."""
    return {line.rpartition("|")[2].strip() for line in told.splitlines() if "|" in line}


def test_nothing_is_rewritten_where_nothing_has_changed(content: Path, output: Path) -> None:
    before = statuses(output)
    assert run(content, output) == UP_TO_DATE
    assert statuses(output) == before


def test_times_of_files_do_not_matter(content: Path, output: Path) -> None:
    for path in (*content.rglob("*"), *output.rglob("*")):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    before = statuses(output)
    assert run(content, output) == UP_TO_DATE
    assert statuses(output) == before


def test_another_folder_with_the_same_content_is_up_to_date(
    content: Path, output: Path, tmp_path: Path
) -> None:
    """As where CI restores what it published, onto a machine that remembers nothing."""
    moved = tmp_path / "elsewhere"
    shutil.copytree(content, moved / "content")
    shutil.copytree(output, moved / "out")
    before = statuses(moved / "out")
    assert run(moved / "content", moved / "out") == UP_TO_DATE
    assert statuses(moved / "out") == before


PUBLISHED = [
    "alpha/alpha.en.epub",
    "beta/beta.ja.html",
    "alpha/alpha.en.cover.png",
    "index.html",
    "feed.xml",
    "opds.json",
    "opds.xml",
    "manifest.json",
    "SHA256SUMS",
]


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_deleted_is_made_again(content: Path, output: Path, name: str) -> None:
    before = bytes_of(output)
    (output / name).unlink()
    run(content, output)
    assert bytes_of(output) == before
    assert run(content, output) == UP_TO_DATE


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_damaged_is_made_again(content: Path, output: Path, name: str) -> None:
    """Though it is as large as before, and as old."""
    before = bytes_of(output)
    file = output / name
    found = file.stat()
    data = bytearray(file.read_bytes())
    data[-2] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    if name == "manifest.json":  # what isn't one is told, since what it lists would be lost
        file.unlink()
    run(content, output)
    assert bytes_of(output) == before
    assert_all_agrees(output)


def test_a_link_in_the_place_of_a_file_is_replaced(content: Path, output: Path) -> None:
    before = bytes_of(output)
    file = output / "alpha" / "alpha.en.html"
    file.rename(output.parent / "kept.html")
    file.symlink_to(output.parent / "kept.html")
    run(content, output)
    assert not file.is_symlink()
    assert bytes_of(output) == before


def test_a_file_changed_in_the_tick_of_the_clock_after_the_build_is_seen(
    content: Path, tmp_path: Path
) -> None:
    """It may have the size and the times that it had."""
    output = tmp_path / "out"
    words = content / "alpha" / "en.yaml"
    for title in ("Omega", "Gamma", "Delta", "Sigma"):
        words.write_text(words.read_text().replace("Alpha", title, 1))
        run(content, output)
        words.write_text(words.read_text().replace(title, "Alpha", 1))
        assert "alpha.en.html" in run(content, output)
        assert "<h1>Alpha</h1>" in (output / "alpha" / "alpha.en.html").read_text("utf-8")


def test_a_stamp_is_for_one_command_line_in_one_folder(content: Path, output: Path) -> None:
    assert run(content, output) == UP_TO_DATE
    assert "2 editions are up to date" not in run(content, output, "--paper", "letter")
    assert "alpha.en.html" in run(content, output)


def test_force_builds_all(content: Path, output: Path) -> None:
    before = bytes_of(output)
    assert run(content, output, "--force").count("proved") == 6
    assert bytes_of(output) == before


def test_faults_are_shown_again(content: Path, output: Path) -> None:
    words = content / "alpha" / "en.yaml"
    words.write_text(words.read_text().replace("It is short", "It is {unknown}"))
    command = [sys.executable, str(ROOT / "build.py"), *arguments(content, output, *FORMATS)[1:]]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stdout == "2 editions are up to date\n"
        assert "error[" in done.stderr


def test_what_another_build_published_meanwhile_is_not_taken_for_ours(
    content: Path, output: Path, tmp_path: Path
) -> None:
    """Each build leaves its own, whoever was there last."""
    others = write_content(tmp_path / "others", {**TITLES, "alpha": "Another"}, SERIES)
    ours = bytes_of(output)
    for _ in range(2):
        assert "alpha.en.html" in run(others, output)
        assert "alpha.en.html" in run(content, output)
        assert bytes_of(output) == ours
    assert run(content, output) == UP_TO_DATE
