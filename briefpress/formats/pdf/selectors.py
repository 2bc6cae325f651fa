"""Compiles selectors when they are first held against an element.

cssselect2 makes Python of every selector, and Python's compiler takes 30 µs for each. Of those in
WeasyPrint's stylesheet and ours, half are alike, and half of the others are for elements that a
briefing doesn't have.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cssselect2 import compiler

Test = Callable[[Any], object]


def compile_selectors_late() -> None:
    """Have cssselect2 leave it to the selectors when they are compiled."""
    compiler.eval = _later  # what its module calls instead of Python's own


def _later(source: str, names: dict[str, object], _: dict[str, object]) -> Test:
    """What stands in for `eval`. Whatever a selector may call is named in each call alike."""
    if source not in _TESTS:
        _TESTS[source] = Uncompiled(source, names)
    return _TESTS[source]


_TESTS: dict[str, Test] = {}


class Uncompiled:
    """The test of a selector, to be compiled when it is first called."""

    __slots__ = ("_compiled", "_names", "_source")

    def __init__(self, source: str, names: dict[str, object]) -> None:
        self._source = source
        self._names = names
        self._compiled: Test | None = None

    def __call__(self, element: object) -> object:
        if self._compiled is None:
            self._compiled = eval(self._source, self._names, {})
        return self._compiled(element)
