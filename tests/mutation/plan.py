"""What is tried: the mutants of which editions in which formats, and how many of each sort."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from tests.mutation import markup, objects, package, parts
from tests.mutation.editions import REAL, SOURCES, Publication, Source, published
from tests.mutation.mutant import Mutant, Verdict, chosen

Family: TypeAlias = Callable[[Publication], Iterator[Mutant]]


def _web(publication: Publication) -> Iterator[Mutant]:
    return chain(markup.in_web(publication), package.of_page(publication))


def _epub(publication: Publication) -> Iterator[Mutant]:
    return chain(markup.in_epub(publication), package.of_book(publication))


def _objects(publication: Publication) -> Iterator[Mutant]:
    return chain(objects.in_objects(publication), parts.in_parts(publication))


# By the column of the table that they fill: the ending of the file, and what makes them.
FAMILIES: dict[str, tuple[str, Family]] = {
    "web": ("html", _web),
    "EPUB": ("epub", _epub),
    "PDF by its HTML": ("pdf", markup.in_print),
    "PDF by its objects": ("pdf", _objects),
}
_SET_ANEW = "PDF by its HTML"
SMALL = [source for source in SOURCES if source != REAL]


@dataclass(frozen=True, slots=True)
class Unit:
    """A share of the mutants of one edition in one format: the `part`th of `parts`.

    Of each kind and operation `sample` are made; of a `each` kind one operation for every element.
    """

    format: str
    source: Source
    sample: int
    seed: int
    part: int
    parts: int

    def run(self) -> list[Verdict]:
        """Make the mutants, and prove each."""
        publication = published(self.source)
        ending, family = FAMILIES[self.format]
        mutants = (mutant for mutant in family(publication) if self._has(mutant))
        seed = f"{self.seed} {self.source} {self.format}"
        most = self._most_of_real if self._is_costly else lambda _: self.sample
        return [
            Verdict(
                self.format,
                mutant.kind,
                mutant.operation,
                str(self.source),
                mutant.place,
                what,
                bool(publication.faults(ending, data)),
            )
            for mutant, (what, data) in chosen(mutants, most, seed)
        ]

    @property
    def _is_costly(self) -> bool:
        return self.format == _SET_ANEW and self.source == REAL

    def _most_of_real(self, _: Mutant) -> int:
        return 10**6

    def _has(self, mutant: Mutant) -> bool:
        """Whether a mutant is of this share.

        Where each must be set anew, the small editions take turns, and of the real one each
        section and each date is altered in one way.
        """
        sort = f"{mutant.kind} {mutant.operation}"
        if self._is_costly:
            ways = zlib.crc32(f"{self.seed} {mutant.place} {mutant.operation}".encode()) % 14
            sort = mutant.place
            if mutant.kind not in {"section", "date"} or ways:
                return False
        number = zlib.crc32(sort.encode())
        if self.format == _SET_ANEW and self.source != REAL:
            if SMALL[number % len(SMALL)] != self.source:
                return False
            number //= len(SMALL)
        return number % self.parts == self.part


def units(sample: int, seed: int, parts_of: int = 4) -> list[Unit]:
    """All there is to try, what takes longest first."""
    order = [_SET_ANEW, *(name for name in FAMILIES if name != _SET_ANEW)]
    return [
        Unit(name, source, sample, seed, part, parts_of)
        for name in order
        for source in SOURCES
        for part in range(parts_of)
    ]
