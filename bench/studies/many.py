"""Two hundred small briefings: what one costs among so many, and what a second process brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench import corpus
from bench.clock import Cost
from bench.machine import cores
from bench.row import Row, of_rounds
from bench.setting import Setting
from bench.turns import Party, several, take_turns


def measure(setting: Setting) -> Iterator[Row]:
    """One process for all of them, and two."""
    number = 24 if setting.is_short else 200
    content = corpus.write_many(number, setting.folder / "many")
    has = cores(setting.clock)
    parties: dict[str, Party] = {
        "bare": several(setting.bare("S"), 3),
        "one": setting.cold(content, "--jobs", "1"),
    }
    if has.are_two and not setting.is_short:
        parties["two"] = setting.cold(content, "--jobs", "2")
    rounds = take_turns(parties, setting.effort(3, short=1, seconds=240))
    shares = [each | {"one": _share(each["one"], number)} for each in rounds]
    what = f"each of {number} briefings like S, `--jobs 1`", "bare script, S"
    yield of_rounds(what, shares, ("one", "bare"), key="many")
    what = f"{number} briefings, `--jobs 2`", "`--jobs 1`"
    if "two" in parties:
        yield of_rounds(what, rounds, ("two", "one"), key="jobs")
    elif not setting.is_short:
        yield Row(*what, (), (), key="jobs", why_not=has.said)


def _share(cost: Cost, number: int) -> Cost:
    return replace(cost, wall=cost.wall / number, cpu=cost.cpu / number)
