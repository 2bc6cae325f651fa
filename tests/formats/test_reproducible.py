"""The same source makes the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FORMATS, Briefpress, Build
from tests.formats.conftest import SPECIMEN
from tests.source import CONTENT, ROOT

# By the clock of the Line Islands, in whose zone it is built; by UTC it is still 1999.
ANOTHER_DAY = "@2000-01-01 00:30:00"
LATER = 2_000_000_000


def bytes_of(output: Path) -> dict[str, bytes]:
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def environment(folder: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": str(folder / "program"),
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "home" / "cache"),
        "TMPDIR": str(folder / "tmp"),
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "PYTHONUTF8": "0",
    }


def build_elsewhere(content: Path, folder: Path) -> Path:
    """Build from copies of program and content, as another user of another machine would.

    Changed are: folders, home, temporary folder (so no template is compiled yet), clock, time zone,
    locale, hash seed, number of processes, file mode mask, and times and modes of the content.
    Returns the folder of the output.
    """
    for name in ("briefpress", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / "program" / name, ignore=ignored)
    for name in ("home", "tmp", "elsewhere"):
        (folder / name).mkdir()
    copy = shutil.copytree(content, folder / "content", copy_function=shutil.copyfile)
    for path in (*copy.rglob("*"), copy):
        os.utime(path, (LATER, LATER))
        path.chmod(0o555 if path.is_dir() else 0o444)
    said = subprocess.run(
        [
            *("faketime", "--exclude-monotonic", "-f", ANOTHER_DAY),
            *(sys.executable, "-c", "from briefpress.start import run; run()"),
            *("build", "--content", "../content", "--output", "out", "--jobs", "2"),
        ],
        cwd=folder / "elsewhere",
        env={**os.environ, **environment(folder)},
        umask=0o077,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    return folder / "elsewhere" / "out"


def assert_same(there: Path, here: Path) -> None:
    theirs, ours = bytes_of(there), bytes_of(here)
    assert theirs.keys() == ours.keys()
    assert {Path(name).suffix for name in ours} >= {f".{name}" for name in (*FORMATS, "json")}
    differing = [name for name in ours if theirs[name] != ours[name]]
    assert not differing, f"other bytes: {', '.join(differing)}"


def test_the_clock_is_another_one() -> None:
    """The tests below would pass as well where it isn't."""
    command = [sys.executable, "-c", "import datetime; print(datetime.date.today().year)"]
    faked = ["faketime", "--exclude-monotonic", "-f", ANOTHER_DAY, *command]
    zone = {**os.environ, "TZ": "Pacific/Kiritimati"}
    assert subprocess.run(faked, env=zone, check=True, capture_output=True).stdout == b"2000\n"


def test_another_machine_makes_the_same_briefing(built: Build, tmp_path: Path) -> None:
    assert_same(build_elsewhere(CONTENT, tmp_path), built.output)


def test_another_machine_makes_the_same_specimen(specimen: Path, tmp_path: Path) -> None:
    assert_same(build_elsewhere(SPECIMEN, tmp_path), specimen)


def test_another_machine_makes_the_same_of_what_has_no_date(
    briefpress: Briefpress, content: Path, tmp_path: Path
) -> None:
    for facts in content.rglob("facts.yaml"):
        facts.write_text(facts.read_text().replace("issued: 2001-02-03\n", ""))
    said = briefpress("build", "--content", content, "--output", tmp_path / "here")
    assert said.returncode == 0, said.stderr
    (tmp_path / "there").mkdir()
    assert_same(build_elsewhere(content, tmp_path / "there"), tmp_path / "here")


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
