"""What came of the mutants and of the unmutated, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.mutation.corpus import Built
from tests.mutation.mutant import PROMISED, Verdict
from tests.mutation.plan import FAMILIES
from validators.table import Row, plural

_LANGUAGES = {"en": "English", "ja": "Japanese", "ru": "Russian", "kk": "Kazakh"}


@dataclass(frozen=True, slots=True)
class Tally:
    """All verdicts on mutants, and all editions that were built with nothing done to them."""

    verdicts: Sequence[Verdict]
    built: Sequence[Built]

    @property
    def survivors(self) -> list[Verdict]:
        """The mutants that the proof didn't notice."""
        return sorted((v for v in self.verdicts if not v.killed), key=str)

    @property
    def broken_promises(self) -> list[str]:
        """Why the promise isn't kept: survivors of what must not survive, and false alarms."""
        alarms = [f"{each.name}: {alarm}" for each in self.built for alarm in each.alarms]
        return [str(v) for v in self.survivors if v.kind in PROMISED] + alarms

    def by_kind(self) -> Iterator[Row]:
        """A line for each kind, with killed/total for each format."""
        killed = Counter((v.kind, v.format) for v in self.verdicts if v.killed)
        made = Counter((v.kind, v.format) for v in self.verdicts)
        kinds = sorted({v.kind for v in self.verdicts} - set(PROMISED))
        yield "mutants of", *FAMILIES
        for kind in [*PROMISED, *kinds]:
            yield kind, *(_part(killed[kind, name], made[kind, name]) for name in FAMILIES)
        yield "all", *(self._total(name) for name in FAMILIES)

    def _total(self, format_name: str) -> str:
        verdicts = [v for v in self.verdicts if v.format == format_name]
        return _part(sum(v.killed for v in verdicts), len(verdicts))

    def figures(self) -> Iterator[Row]:
        """Labels with a figure each, for the README."""
        promised = [v for v in self.verdicts if v.kind in PROMISED]
        yield "mutants of sections, dates, cells, notes and links noticed", _killed(promised)
        others = [v for v in self.verdicts if v.kind not in PROMISED]
        yield "mutants of anything else noticed", _killed(others)
        yield "false alarms from editions that nobody touched", self.alarms()

    def alarms(self) -> str:
        """How many alarms were raised of how many editions in which languages."""
        editions = Counter(each.language for each in self.built)
        alarms = sum(len(each.alarms) for each in self.built)
        files = sum(each.files for each in self.built)
        languages = ", ".join(f"{_LANGUAGES.get(n, n)} {count}" for n, count in editions.items())
        return f"{alarms} of {plural(files, 'files')} of {len(self.built)} editions ({languages})"


def _part(killed: int, made: int) -> str:
    return f"{killed:,}/{made:,}" if made else "–"


def _killed(verdicts: Iterable[Verdict]) -> str:
    every = list(verdicts)
    return f"{sum(v.killed for v in every):,} of {len(every):,}"
