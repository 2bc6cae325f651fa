"""How much a drawing draws, once each part of it is drawn as often as it is referred to.

A part that shows another ten times, which shows another ten times, is a bomb of a few lines; one
that shows itself never ends. `use`, patterns, masks, markers, clips, filters and gradients refer.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from briefpress.content.drawing_styles import parts_in_style, parts_in_value
from briefpress.limits import DRAWING_ELEMENTS, DRAWING_REFERENCES

_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def count_drawn(root: etree._Element) -> str | None:
    """Why a drawing draws too much, in words, if it does."""
    parts = _Parts(root)
    try:
        drawn = parts.size_of(root, 0)
    except _TooMuchError as error:
        return str(error)
    return _TOO_MANY if drawn > DRAWING_ELEMENTS.most else None


_TOO_MANY = f"its parts refer to each other, and draw more than {DRAWING_ELEMENTS} together"


class _TooMuchError(Exception):
    """The message is the reason."""


class _Parts:
    """The parts of a drawing, and the size of each with all that it refers to."""

    def __init__(self, root: etree._Element) -> None:
        # Readers differ in which of two parts with one id they take, so both count.
        self._by_id: dict[str, list[etree._Element]] = {}
        for element in root.iter(etree.Element):
            self._by_id.setdefault(str(element.get("id")), []).append(element)
        self._of_class: dict[str, set[str]] = {}
        for style in root.iter("{http://www.w3.org/2000/svg}style"):
            for name, parts in parts_in_style(style.text or ""):
                self._of_class.setdefault(name, set()).update(parts)
        self._sizes: dict[etree._Element, int | None] = {}

    def size_of(self, part: etree._Element, depth: int) -> int:
        """How many elements a part draws."""
        if depth > DRAWING_REFERENCES.most:
            raise _TooMuchError(
                f"its parts refer to each other more than {DRAWING_REFERENCES} deep"
            )
        if part in self._sizes:
            if (known := self._sizes[part]) is None:
                raise _TooMuchError("a part of it refers to itself, so it never ends")
            return known
        self._sizes[part] = None
        size = 0
        for element in part.iter(etree.Element):
            size += 1
            for id_ in self._references(element):
                size += sum(self.size_of(o, depth + 1) for o in self._by_id.get(id_, ()))
            if size > DRAWING_ELEMENTS.most:
                raise _TooMuchError(_TOO_MANY)
        self._sizes[part] = size
        return size

    def _references(self, element: etree._Element) -> Iterator[str]:
        for name, value in element.attrib.items():
            if name in _HREFS:
                yield str(value).removeprefix("#")
            elif "(" in value:
                yield from parts_in_value(str(value))
        for name in str(element.get("class", "")).split():
            yield from self._of_class.get(name, ())
