"""What a briefing is to have, in whatever language: its sections and the kinds of their blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Outline:
    """A section to be written: its id, the kind of its title, and the kinds of its blocks."""

    id: str
    title: str
    blocks: tuple[str, ...]
    annex: bool
    numbered: bool
    below: tuple[Outline, ...]


@dataclass(frozen=True)
class Profile:
    """How much of everything a briefing has. Ranges are from the least to the most.

    `sections` counts those at the top; `depth` is how far sections nest, `blocks` how many blocks
    a section has, of which kinds; `notes` is how often a sentence has a footnote.
    """

    sections: tuple[int, int]
    depth: int
    blocks: tuple[int, int]
    kinds: tuple[str, ...]
    sentences: tuple[int, int] = (1, 5)
    events: tuple[int, int] = (3, 9)
    notes: float = 0.15


_TEXT = ("prose", "prose", "lists", "quotation", "code", "inner-table", "rule", "one-line")
_ASIDE = ("key-points", "quote", "figure", "box", "margin-facts")
_DATA = ("table", "table", "narrow-table", "visits", "chronology", "people", "documents")
_ALL = (*_TEXT, *_ASIDE, *_DATA)

PROFILES = {
    "line": Profile((1, 1), 1, (1, 1), ("one-line",), events=(0, 1)),
    "small": Profile((1, 2), 2, (1, 2), (*_TEXT, *_ASIDE), (1, 3)),
    "usual": Profile((1, 3), 2, (1, 2), _ALL, (1, 4)),
    "titles": Profile((8, 25), 1, (1, 1), ("one-line",), (1, 2)),
    "deep": Profile((1, 1), 5, (0, 1), (*_TEXT, *_ASIDE), (1, 2)),
    "notes": Profile((1, 2), 1, (1, 2), ("prose", "table", "lists", "box"), (3, 8), notes=0.9),
    "margins": Profile((1, 3), 1, (2, 5), ("margin-facts", "prose", "one-line"), (1, 9)),
    "tables": Profile((1, 2), 2, (1, 1), ("table", "wide-table", "narrow-table", "inner-table")),
    "filled": Profile((1, 1), 1, (1, 2), ("filling", "prose"), (8, 20)),
    "records": Profile((1, 2), 1, (1, 2), (*_DATA, "sources", "index"), events=(8, 25)),
    "long": Profile((8, 10), 3, (1, 3), (*_ALL, "filling"), (2, 7), (20, 40)),
}
# How many of 26 briefings have a profile.
_MIX = {
    "usual": 6, "small": 5, "line": 2, "titles": 2, "deep": 2, "notes": 2, "margins": 2,
    "tables": 2, "filled": 1, "records": 2,
}  # fmt: skip
_TITLES = (
    *("plain",) * 8, "short", "long", "dated", "dated", "punctuated", "punctuated", "numeral",
    "marked", "again",
)  # fmt: skip


def profile_of(number: int, chance: Random) -> str:
    """The name of the profile of the briefing with a number. A few are long."""
    return "long" if number % 97 == 33 else chance.choices([*_MIX], [*_MIX.values()])[0]


class Planner:
    """Plans the sections of a briefing."""

    def __init__(self, profile: Profile, chance: Random) -> None:
        self._profile = profile
        self._chance = chance
        self._count = 0

    def plan(self) -> tuple[Outline, ...]:
        """The sections, annexes and what lists everything at the end, if anything does."""
        top = [self._section(1) for _ in range(self._any(self._profile.sections))]
        if self._profile is PROFILES["line"]:
            return tuple(top)
        return (*top, *self._ends(long=self._profile is PROFILES["long"]))

    def _section(self, level: int) -> Outline:
        self._count += 1
        id_ = f"part-{self._count}"
        kinds = [
            self._chance.choice(self._profile.kinds) for _ in range(self._any(self._profile.blocks))
        ]
        below = tuple(self._below(level))
        return Outline(
            id=id_,
            title=self._chance.choice(_TITLES),
            blocks=tuple(kinds) if kinds or below else ("one-line",),
            annex=False,
            numbered=self._chance.random() < 0.9,
            below=below,
        )

    def _below(self, level: int) -> Iterator[Outline]:
        if level < self._profile.depth and self._chance.random() < 0.6:
            for _ in range(self._chance.choice([1, 1, 2])):
                yield self._section(level + 1)

    def _ends(self, *, long: bool) -> Iterator[Outline]:
        kinds = ["chronology", "people", "sources", "index", "visits", "documents", "table"]
        for _ in range(self._chance.choice([0, 0, 0, 1, 1])):
            number = self._chance.randint(1, 3)
            yield self._annex(tuple(self._chance.sample(kinds, number)))
        if long:
            yield self._annex(("long-table",))
            yield self._annex(("chronology", "people", "sources", "index"))

    def _annex(self, kinds: tuple[str, ...]) -> Outline:
        self._count += 1
        chance = self._chance
        annex, numbered = chance.random() < 0.6, chance.random() < 0.8
        return Outline(f"part-{self._count}", chance.choice(_TITLES), kinds, annex, numbered, ())

    def _any(self, least_and_most: tuple[int, int]) -> int:
        return self._chance.randint(*least_and_most)


def all_of(outlines: tuple[Outline, ...]) -> Iterator[Outline]:
    """All sections, in reading order."""
    for outline in outlines:
        yield outline
        yield from all_of(outline.below)
