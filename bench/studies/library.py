"""What a user does all day: building once more, after no change and after one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import library
from bench.clock import Cost
from bench.edits import Writer
from bench.row import Row, of_rounds
from bench.setting import ROOT, Setting, build
from bench.turns import Round, take_turns

# The first is in English alone.
ONE = "shore-001"
NOTHING = [sys.executable, "-c", "pass"]


def measure(setting: Setting) -> Iterator[Row]:
    """S, and a library of two hundred, unchanged; the library with a briefing that was changed."""
    small = shutil.copytree(setting.content("S"), setting.folder / "unchanged")
    rounds = _unchanged(setting, small, seconds=25)
    what = "S, nothing changed", "`python -c pass`"
    yield of_rounds(what, rounds, ("again", "nothing"), key="unchanged S")
    number = 6 if setting.is_short else 200
    many = library.write(number, setting.folder / "library")
    rounds = _unchanged(setting, many, seconds=40)
    what = f"{number} briefings, nothing changed", "`python -c pass`"
    yield of_rounds(what, rounds, ("again", "nothing"), key="unchanged library")
    yield _changed(setting, many, number)


def _command(content: Path) -> list[str]:
    """What a user types who wants everything up to date."""
    output = content.with_name(f"{content.name}-output")
    folders = ("--content", str(content), "--output", str(output))
    return [sys.executable, str(ROOT / "build.py"), *folders]


def _unchanged(setting: Setting, content: Path, seconds: float) -> list[Round]:
    """Rounds of a build that has nothing to do, since it was done before."""
    command = _command(content)
    setting.clock.run(command)
    parties = {
        "again": lambda: setting.clock.run(command),
        "nothing": lambda: setting.clock.run(NOTHING),
    }
    return take_turns(parties, setting.effort(40, short=20, seconds=seconds))


def _changed(setting: Setting, content: Path, number: int) -> Row:
    """One of the library changed, and the command that builds all of it, against that one alone.

    The library lies in the output folder by now, as `_unchanged` has left it.
    """
    whole = _command(content)
    writer = Writer(content / ONE / "en.yaml")

    def after_an_edit() -> Cost:
        writer.edit()
        return setting.clock.run(whole)

    alone = setting.fresh(lambda folder: build(content, folder, ONE))
    rounds = take_turns(
        {"whole": after_an_edit, "alone": alone}, setting.effort(9, short=3, seconds=60)
    )
    what = f"one of {number} briefings changed, all asked for", "it alone, into an empty folder"
    return of_rounds(what, rounds, ("whole", "alone"), key="changed")
