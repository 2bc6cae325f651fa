"""What every part of a briefing is, and how to walk over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import CoreSchema, core_schema

from briefpress.diagnostics import Span


class Node(BaseModel):
    """A part of a briefing."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Built:
    """Marks a field whose value was built by typed code: only its class is checked.

    A full schema of every kind of node inside every other would take 0.15 s to build.
    """

    def __init__(self, kind: type) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """The schema by which pydantic checks the field."""
        return core_schema.is_instance_schema(self.kind)


class Placed(Node):
    """A part that knows its place in the source, if it was read from one."""

    span: Annotated[Span, Built(Span)] | None = None


def walk(node: object) -> Iterator[Node]:
    """The node, if it is one, and all inside it, in reading order."""
    if isinstance(node, Node):
        yield node
        for name in type(node).model_fields:
            yield from walk(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from walk(item)
