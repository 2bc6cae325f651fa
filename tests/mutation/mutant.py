"""What a mutant is: one thing done to one place of a finished file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

# Of these no mutant may live.
PROMISED = ("section", "date", "cell", "note", "link")

Made = tuple[str, bytes]
"""What was done, in words, and the file that came of it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A thing to be done. `make` does it, or gives None where it can't be done or changes nothing.

    Nothing is changed where the result reads the same to anybody: see `elements.sense` for markup;
    in a PDF, only letters and digits are exchanged, and for others.
    """

    kind: str
    operation: str
    place: str
    make: Callable[[Random], Made | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant that was made, and whether the proof noticed."""

    format: str
    kind: str
    operation: str
    edition: str
    place: str
    what: str
    killed: bool

    def __str__(self) -> str:
        where = f"{self.edition}, {self.format}, {self.place}"
        return f"{self.kind} {self.operation}: {where}: {self.what}"


def chosen(
    mutants: Iterable[Mutant], most: Callable[[Mutant], int], seed: str
) -> Iterator[tuple[Mutant, Made]]:
    """Some mutants of each kind and operation, by chance, as many as `most` says of them."""
    groups: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in mutants:
        groups.setdefault((mutant.kind, mutant.operation), []).append(mutant)
    for (kind, operation), group in sorted(groups.items()):
        chance = Random(f"{seed} {kind} {operation}")
        chance.shuffle(group)
        left = most(group[0])
        for mutant in group:
            if left and (made := mutant.make(Random(f"{seed} {mutant.place}"))):
                left -= 1
                yield mutant, made
