"""What every part of a briefing is, and how to walk over all of them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict


class Node(BaseModel):
    """A part of a briefing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def walk(node: object) -> Iterator[Node]:
    """The node, if it is one, and all inside it, in reading order."""
    if isinstance(node, Node):
        yield node
        for name in type(node).model_fields:
            yield from walk(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from walk(item)
