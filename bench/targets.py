"""What is to be reached, and what can't be noise any more. Nothing else knows either."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio, or an amount of a unit, that is to be reached, and a gross one.

    The short version fails above `gross`. It runs in CI, whose machines others use as well: what is
    measured there may differ by half from one minute to the next.
    """

    most: float
    gross: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.most:g} {self.unit}".strip()


# By the key of the row.
TARGETS = {
    "unchanged S": Target(2, 5),
    "unchanged library": Target(5, 15),
    "cold S": Target(0.9, 1.6),
    "cold M": Target(1.0, 1.8),
    "cold L": Target(1.0, 1.8),
    "pages time": Target(1.1, 2.0),
    "pages memory": Target(3.5, 6, "MiB"),
    "pages peak": Target(1.1, 1.8),
    "changed": Target(1.3, 2.5),
    "many": Target(0.3, 0.6),
    "jobs": Target(0.6, 0.95),
    "epub M": Target(0.8, 1.6),
    "epub L": Target(0.8, 1.6),
    "preview web": Target(0.1, 0.2),
    "preview pdf": Target(0.35, 0.7),
    "tags S": Target(1.15, 1.6),
    "tags M": Target(1.15, 1.6),
}
