"""What a validator is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class CannotRunError(Exception):
    """A validator did not run to its end, so that its silence would mean nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in one artefact: how much of it passed, and what is wrong."""

    passed: int
    messages: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a validator of this version found in each artefact that it was given."""

    version: str
    findings: Mapping[Path, Finding]


@dataclass(frozen=True, slots=True)
class Validator:
    """A program that checks, what it is asked about, and the function that asks it.

    `reads` says which artefacts it is for. `unit` is what it counts: a check where the program
    counts checks, else what it looked at. One that isn't `required` may have nothing to read.
    """

    name: str
    about: str
    unit: str
    reads: Callable[[Path], bool]
    ask: Callable[[Sequence[Path]], Verdict]
    required: bool = True


def has_suffix(suffix: str) -> Callable[[Path], bool]:
    """Takes the artefacts whose names end so."""
    return lambda artefact: artefact.suffix == suffix
