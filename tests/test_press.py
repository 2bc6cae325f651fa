"""The build publishes what is proved, whole, or leaves what was published before."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefpress import press
from briefpress.atomic import put_in_place
from briefpress.cli import main
from briefpress.diagnostics import ContentError
from briefpress.look import Templates
from tests.conftest import FORMATS
from tests.source import ROOT

# Renames: two files of the edition, then three of the catalogue.
RENAMES = 5

# Runs the build in a process that kills itself instead of renaming a file, at a chosen one.
DEADLY = """
import os, signal, sys
from briefpress.cli import main

rename, left = os.replace, int(sys.argv.pop(1))

def rename_or_die(*names):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(*names)

os.replace = rename_or_die
main(sys.argv[1:])
"""


def arguments(content: Path, *more: str) -> list[str]:
    folders = ["--content", str(content), "--output", str(content.parent / "out")]
    return ["build", *more, *folders, "--format", "epub", "--format", "html"]


@pytest.fixture
def output(content: Path) -> Path:
    """What was published before."""
    assert CliRunner().invoke(main, arguments(content, "alpha")).exit_code == 0
    return content.parent / "out"


def bytes_of(output: Path) -> dict[str, bytes]:
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def move_on(content: Path) -> None:
    """Change the briefing, so that each of its files and of the catalogue's will be another."""
    words = content / "alpha" / "en.yaml"
    words.write_text(words.read_text("utf-8").replace("title: Alpha", "title: Another"), "utf-8")


def without_parts(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.endswith(".part")}


@pytest.fixture
def after(content: Path, output: Path) -> dict[str, bytes]:
    """What is published in the end."""
    elsewhere = content.parent / "elsewhere"
    shutil.copytree(content, elsewhere / "content")
    move_on(elsewhere / "content")
    said = CliRunner().invoke(main, arguments(elsewhere / "content", "alpha"))
    assert said.exit_code == 0
    made = bytes_of(elsewhere / "out")
    assert made.keys() == bytes_of(output).keys()
    return made


@pytest.mark.parametrize("at", range(1, RENAMES + 1))
def test_a_build_that_is_killed_leaves_every_file_whole(
    content: Path, output: Path, after: dict[str, bytes], at: int
) -> None:
    before = bytes_of(output)
    move_on(content)
    command = [sys.executable, "-c", DEADLY, str(at), *arguments(content, "alpha")]
    killed = subprocess.run(command, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    now = without_parts(bytes_of(output))
    assert now.keys() == before.keys()
    assert all(now[name] in {before[name], after[name]} for name in now)
    assert sum(now[name] != before[name] for name in now) == at - 1


def test_the_build_after_one_that_was_killed_puts_all_right(
    content: Path, output: Path, after: dict[str, bytes]
) -> None:
    move_on(content)
    command = [sys.executable, "-c", DEADLY, "2", *arguments(content, "alpha")]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    assert CliRunner().invoke(main, arguments(content, "alpha")).exit_code == 0
    assert without_parts(bytes_of(output)) == after
    assert (
        CliRunner()
        .invoke(main, ["proof", "--content", str(content), "--output", str(output)])
        .exit_code
        == 0
    )


@pytest.mark.parametrize("at", range(1, RENAMES + 1))
def test_a_rename_that_fails_is_told_and_leaves_no_parts(
    content: Path, output: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    rename, counted = os.replace, iter(range(1, 100))

    def rename_or_fail(source: Path, target: Path) -> None:
        if next(counted) == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        rename(source, target)

    before = bytes_of(output)
    move_on(content)
    monkeypatch.setattr(os, "replace", rename_or_fail)
    said = CliRunner().invoke(main, arguments(content, "alpha"))
    assert said.exit_code == 1
    assert "No space left on device" in said.stderr
    assert bytes_of(output).keys() == before.keys()


def test_nothing_is_put_in_place_before_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        put_in_place({tmp_path / "first": b"new", tmp_path / "file" / "second": b"new"})
    assert bytes_of(tmp_path) == {"first": b"old", "file": b""}


# Templates that lose something


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates, which the build takes instead."""
    copied = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", copied)
    monkeypatch.setattr(press, "find_templates", lambda _: Templates((copied,)))
    return copied


def lose_the_second_section(templates: Path) -> None:
    template = templates / "section.html.j2"
    text = template.read_text("utf-8")
    template.write_text(f'{{% if section.id != "second" %}}{text}{{% endif %}}', "utf-8")


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_template_that_drops_a_section_publishes_nothing(
    content: Path, output: Path, templates: Path, format_name: str
) -> None:
    before = bytes_of(output)
    move_on(content)
    lose_the_second_section(templates)
    said = CliRunner().invoke(
        main,
        [
            *("build", "--content", str(content), "--output", str(output)),
            *("--format", format_name, "--format-errors", "json"),
        ],
    )
    assert said.exit_code == 1
    assert bytes_of(output) == before
    faults = json.loads(said.stdout)
    missing = [fault for fault in faults if fault["code"] in {"proof-section", "layout"}]
    assert len({fault["file"] for fault in missing}) == 2, "both briefings lost one"


# What there is to build


def names(content: Path, *wanted: str, languages: list[str] | None = None) -> list[str]:
    tasks = press.find_tasks(content, Path("out"), wanted, languages or ())
    return [task.name for task in tasks]


def test_all_briefings_are_built_in_the_order_of_their_names(content: Path) -> None:
    assert names(content) == ["alpha.en", "beta.en"]


def test_a_briefing_is_built_in_the_languages_of_the_series_that_it_has(content: Path) -> None:
    (content / "series.yaml").write_text("languages: [ja, en]\n")
    shutil.copy(content / "beta" / "en.yaml", content / "beta" / "ja.yaml")
    assert names(content) == ["alpha.en", "beta.ja", "beta.en"]
    assert names(content, languages=["ja"]) == ["beta.ja"]


def test_folders_without_briefings_are_passed_over(content: Path) -> None:
    (content / "pictures").mkdir()
    (content / "notes.txt").write_text("")
    assert names(content) == ["alpha.en", "beta.en"]


def test_every_briefing_that_is_not_there_is_named(content: Path) -> None:
    with pytest.raises(ContentError) as raised:
        names(content, "alpha", "gamma", "delta")
    assert [str(d.span.file).rpartition("/")[2] for d in raised.value.diagnostics] == [
        "delta",
        "gamma",
    ]
