"""A row of the table: something measured, side by side with something else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.clock import Cost
from bench.targets import TARGETS, Target
from bench.turns import Round
from briefpress.limits import MIB


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, against what, and the amounts of both in each round.

    `key` names its target, if it has one. `why_not` says why there are no amounts.
    """

    what: str
    against: str
    amounts: tuple[float, ...]
    others: tuple[float, ...]
    unit: str = "s"
    key: str = ""
    why_not: str = ""

    @property
    def target(self) -> Target | None:
        """What it is to reach."""
        return TARGETS.get(self.key)

    @property
    def ratios(self) -> list[float]:
        """The ratio of each round."""
        return [a / b for a, b in zip(self.amounts, self.others, strict=True)]

    @property
    def held(self) -> float:
        """What is held to the target: the median of the ratios, or that of the amounts."""
        of_amounts = self.target is not None and self.target.unit
        return median(self.amounts if of_amounts else self.ratios)

    @property
    def is_met(self) -> bool:
        """Whether it reaches its target; what has none or wasn't measured misses nothing."""
        return self.target is None or bool(self.why_not) or self.held <= self.target.most

    @property
    def is_gross(self) -> bool:
        """Whether it is so far from its target that noise can't explain it."""
        return self.target is not None and not self.why_not and self.held > self.target.gross


Amount = Callable[[Cost], float]


def wall(cost: Cost) -> float:
    return cost.wall


def cpu(cost: Cost) -> float:
    return cost.cpu


def peak(cost: Cost) -> float:
    return cost.peak / MIB


def told(name: str) -> Amount:
    """What a script measured itself, and printed as JSON: the median of several."""
    return lambda cost: median(json.loads(cost.said)[name])


def of_rounds(
    what: tuple[str, str],
    rounds: Sequence[Round],
    names: tuple[str, str],
    amounts: tuple[Amount, Amount] = (wall, wall),
    key: str = "",
) -> Row:
    """A row of two parties: what each is called in the table, and among the rounds.

    `amounts` are what is taken of the cost of each.
    """
    one, other = (
        tuple(amount(each[name]) for each in rounds)
        for name, amount in zip(names, amounts, strict=True)
    )
    return Row(*what, one, other, "MiB" if peak in amounts else "s", key)
