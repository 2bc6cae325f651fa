"""The same source makes the same bytes, wherever and by whomever it is built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Briefpress, Build
from tests.formats.conftest import SPECIMEN
from tests.source import CONTENT


def bytes_of(output: Path) -> dict[str, bytes]:
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def test_another_machine_makes_the_same_files(
    briefpress: Briefpress, built: Build, tmp_path: Path
) -> None:
    for folder in ("home", "elsewhere"):
        (tmp_path / folder).mkdir()
    shutil.copytree(CONTENT, tmp_path / "content")
    environment = {
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home" / "cache"),
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "PYTHONUTF8": "0",
    }
    said = briefpress(
        *("build", "--content", "../content", "--output", "out", "--jobs", "2"),
        cwd=tmp_path / "elsewhere",
        env=environment,
    )
    assert said.returncode == 0, said.stderr
    there, here = bytes_of(tmp_path / "elsewhere" / "out"), bytes_of(built.output)
    assert there.keys() == here.keys()
    assert [name for name in here if there[name] != here[name]] == []


def test_two_processes_make_the_same_files_as_one(
    briefpress: Briefpress, specimen: Path, tmp_path: Path
) -> None:
    said = briefpress("build", "--content", SPECIMEN, "--output", tmp_path / "out", "--jobs", "2")
    assert said.returncode == 0, said.stderr
    assert bytes_of(tmp_path / "out") == bytes_of(specimen)


@pytest.mark.parametrize("epoch", ["0", "1000000000"])
def test_the_time_can_be_given(briefpress: Briefpress, tmp_path: Path, epoch: str) -> None:
    for name in ("one", "two"):
        said = briefpress(
            *("build", "specimen", "--content", SPECIMEN, "--output", tmp_path / name),
            *("--language", "en", "--format", "epub"),
            env={"SOURCE_DATE_EPOCH": epoch},
        )
        assert said.returncode == 0, said.stderr
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
