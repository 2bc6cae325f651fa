"""The targets, by name; each module says what its bytes are."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

NAMES = ("words", "facts", "text", "dates", "pictures", "templates", "epub", "html", "pdf")


def target_of(name: str) -> Callable[[bytes], None]:
    """The function of a target."""
    found: Callable[[bytes], None] = import_module(f"fuzz.targets.{name}").target
    return found
