"""Taking turns: what else the machine does falls on all that is compared."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from bench.clock import Cost

Party = Callable[[], Cost]
Round = dict[str, Cost]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many rounds there are at most, and after how many seconds no other begins."""

    rounds: int
    seconds: float = math.inf


def take_turns(parties: Mapping[str, Party], effort: Effort) -> list[Round]:
    """Run each party once in each round, and begin with another one each time.

    One round more is run before them and left out, since it warms caches; it is kept where it alone
    takes all the time that there is, and is the only one then.
    """
    names = [*parties]
    start = time.monotonic()
    rounds: list[Round] = []
    for number in range(effort.rounds + 1):
        first = number % len(names)
        costs = {name: parties[name]() for name in names[first:] + names[:first]}
        rounds.append({name: costs[name] for name in names})
        if time.monotonic() - start > effort.seconds:
            break
    return rounds[1:] or rounds


def several(party: Party, times: int) -> Party:
    """A party that has its turn some times in a row, and tells the medians: for short ones."""

    def run() -> Cost:
        costs = [party() for _ in range(times)]
        columns = zip(*((cost.wall, cost.cpu, cost.peak) for cost in costs), strict=True)
        return Cost(*map(median, columns))

    return run
