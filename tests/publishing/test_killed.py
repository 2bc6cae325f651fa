"""A build that is killed at any moment leaves files whole and lists true; the next mends it all."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

import pytest

from tests.publishing.deadly import DeadlyPress
from tests.publishing.outputs import (
    arguments,
    assert_all_agrees,
    assert_lists_are_true,
    bytes_of,
    without_parts,
    write_content,
)

# How many builds are killed: each second one at any time, the others while they write.
KILLS = 56

# How many are killed one after the other, before one may finish.
IN_A_ROW = 7

FORMATS = ("--format", "epub", "--format", "html")

# One briefing is another in the second content, one the same, one is gone, and one is new.
CONTENTS = (
    {"alpha": "Alpha", "beta": "Beta", "gamma": "Gamma"},
    {"alpha": "Another", "beta": "Beta", "delta": "Delta"},
)

PROGRAM = str(Path(sys.executable).with_name("briefpress"))


@dataclass(frozen=True)
class Site:
    """Two contents, and what builds publish of them that nobody disturbs.

    `seconds` is what the second takes after the first, and `things` how much it does to the folder.
    """

    contents: tuple[Path, Path]
    outputs: tuple[Path, Path]
    seconds: float
    press: DeadlyPress
    things: int


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("killed")
    first, second = (write_content(folder / f"{n}", titles) for n, titles in enumerate(CONTENTS))
    outputs = folder / "first", folder / "second"
    for content, output in zip((first, second), outputs, strict=True):
        subprocess.run([PROGRAM, *arguments(content, output, *FORMATS)], check=True)
        assert_all_agrees(output)
    changed = shutil.copytree(outputs[0], folder / "changed")
    start = time.monotonic()
    subprocess.run([PROGRAM, *arguments(second, changed, *FORMATS)], check=True)
    seconds = time.monotonic() - start
    assert bytes_of(changed) == bytes_of(outputs[1])
    press = DeadlyPress()
    things = press.build(changed, arguments(first, changed, *FORMATS))
    assert things is not None
    assert bytes_of(changed) == bytes_of(outputs[0])
    yield Site((first, second), outputs, seconds, press, things)
    press.close()


def killed_at_any_time(site: Site, content: Path, output: Path, chance: random.Random) -> bool:
    """Kill a build at some time; whether that was before it was done."""
    command = [PROGRAM, *arguments(content, output, *FORMATS)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(timeout=chance.uniform(0, site.seconds))
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() == -signal.SIGKILL


def killed_while_it_writes(site: Site, content: Path, output: Path, chance: random.Random) -> bool:
    """Kill a build before something that it does to the folder, or in the middle of it."""
    at, most = chance.randint(1, site.things), chance.choice([0, 0, 1, 100])
    return site.press.build(output, arguments(content, output, *FORMATS), at, most) is None


def assert_nothing_is_halved(site: Site, output: Path) -> None:
    wholes = [bytes_of(each) for each in site.outputs]
    for name, data in without_parts(bytes_of(output)).items():
        if name not in {"manifest.json", "SHA256SUMS"}:
            assert data in [whole.get(name) for whole in wholes], name
    assert_lists_are_true(output)


@pytest.mark.parametrize("number", range(KILLS // IN_A_ROW))
def test_a_build_that_is_killed_leaves_all_whole_and_the_next_mends_it(
    site: Site, tmp_path: Path, number: int
) -> None:
    chance = random.Random(number)
    output = shutil.copytree(site.outputs[number % 2], tmp_path / "out")
    now = 1 - number % 2
    ways = cycle([killed_while_it_writes, killed_at_any_time, killed_while_it_writes])
    kills = 0
    while kills < IN_A_ROW:
        if next(ways)(site, site.contents[now], output, chance):
            kills += 1
        else:  # it was done before; what comes next has something to do again
            now = 1 - now
        assert_nothing_is_halved(site, output)
    subprocess.run([PROGRAM, *arguments(site.contents[now], output, *FORMATS)], check=True)
    assert bytes_of(output) == bytes_of(site.outputs[now])


def test_a_build_of_another_briefing_finishes_what_was_begun(site: Site, tmp_path: Path) -> None:
    """Then the edition is as before or as it should be, in all its formats, and listed."""
    old, new = (bytes_of(output) for output in site.outputs)
    names = [f"alpha/alpha.en.{end}" for end in ("epub", "html")]
    found = set()
    for at in count(1, step=2):
        output = shutil.copytree(site.outputs[0], tmp_path / f"{at}")
        change = arguments(site.contents[1], output, "alpha", *FORMATS)
        died = site.press.build(output, change, at) is None
        other = arguments(site.contents[1], output, "beta", *FORMATS)
        assert site.press.build(output, other) is not None
        assert_all_agrees(output)
        now = bytes_of(output)
        found.add(tuple("old" if now[name] == old[name] else "new" for name in names))
        assert all(now[name] in {old[name], new[name]} for name in names)
        if not died:
            break
    assert found == {("old", "old"), ("new", "new")}
