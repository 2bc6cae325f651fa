"""Functions of WeasyPrint that do less of the same work here, and give the same.

WeasyPrint promises nothing of them. `tests/formats/test_replaced.py` says which text of each was
read, and fails where a new version has another; and that pages come out the same without ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Replaced:
    """A function of a module or class, by its name there: WeasyPrint's and ours."""

    owner: Any  # WeasyPrint has no types
    name: str
    theirs: Callable[..., Any]
    ours: Callable[..., Any]


REPLACED: list[Replaced] = []


def put_in_place_of(name: str, ours: Callable[..., Any], *owners: Any) -> None:
    """Have a function of ours called in the place of one of WeasyPrint's, wherever it's known."""
    for owner in owners:
        REPLACED.append(Replaced(owner, name, getattr(owner, name), ours))
        setattr(owner, name, ours)
