"""Holds nodes against a shape, and says at which place they don't fit.

A shape is a pydantic model of what a YAML mapping may hold. pydantic finds every fault at once;
here each becomes a `Diagnostic` at the node it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from briefpress.content.read import Mapping, Node, Plain, at, plain
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, nearest


class Shape(BaseModel):
    """What a mapping may hold. Keys are spelt with hyphens in YAML, except where Python can't."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        # Each file's shape is built once, with those inside it.
        defer_build=True,
        validate_by_name=False,
        alias_generator=lambda name: name.replace("_", "-"),
    )


S = TypeVar("S", bound=Shape)

Path = tuple[str | int, ...]

_STAND_IN = "…"
_REPAIRS = 4

_TYPES = {
    "string_type": "a text",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
}


def fit(node: Node, shape: type[S]) -> S:
    """Make the shape of a node. Raises `ContentError` with every way in which it doesn't fit."""
    fitted, faults = fit_as_far_as_possible(node, shape)
    if faults or fitted is None:
        raise ContentError(faults)
    return fitted


def fit_as_far_as_possible(node: Node, shape: type[S]) -> tuple[S | None, list[Diagnostic]]:
    """Make the shape of a node, with the faults found on the way.

    What doesn't fit is left out or stands empty, so that later stages can look for more faults
    in the same run. None if that can't be done.
    """
    data = plain(node)
    faults: list[Diagnostic] = []
    for _ in range(_REPAIRS):
        try:
            return shape.model_validate(data), faults
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if not faults:
                faults = [_diagnose(e, node, shape) for e in errors]
            for each in reversed(errors):
                _repair(data, each)
    return None, faults


def _repair(data: Plain, error: ErrorDetails) -> None:
    *path, last = error["loc"] or (None,)
    parent: Any = data  # whatever the file holds
    try:
        for step in path:
            parent = parent[step]
        if error["type"] == "missing" or (
            error["type"] == "string_type" and parent[last] != _STAND_IN
        ):
            parent[last] = _STAND_IN
        else:
            del parent[last]
    except (KeyError, IndexError, TypeError):
        return


def _diagnose(error: ErrorDetails, root: Node, shape: type[Shape]) -> Diagnostic:
    path, kind = error["loc"], error["type"]
    node = at(root, path)
    if kind == "extra_forbidden":
        return _unknown_key(root, path, shape)
    if kind == "missing":
        return _missing_key(root, path)
    if kind in _TYPES:
        got = _describe(error["input"])
        return Diagnostic(
            Code.WRONG_TYPE,
            node.span,
            f"{_name(path)} takes {_TYPES[kind]}, not {got}",
            f"write {_TYPES[kind]} here",
        )
    if kind in {"too_short", "string_too_short"}:
        return Diagnostic(
            Code.EMPTY_SECTION, node.span, f"{_name(path)} is empty", "fill it, or delete the key"
        )
    if kind in {"literal_error", "enum"}:
        return _wrong_word(error, node, path)
    return Diagnostic(Code.WRONG_VALUE, node.span, f"{_name(path)}: {error['msg']}", "correct it")


def _wrong_word(error: ErrorDetails, node: Node, path: Path) -> Diagnostic:
    expected = str(error.get("ctx", {}).get("expected", ""))
    return Diagnostic(
        Code.WRONG_VALUE,
        node.span,
        f"{_name(path)} can't be {error['input']!r}",
        f"write one of: {expected}",
    )


def _unknown_key(root: Node, path: Path, shape: type[Shape]) -> Diagnostic:
    parent, key = at(root, path[:-1]), str(path[-1])
    known = sorted(_keys(shape, path[:-1]))
    near = nearest(key, known)
    hint = f"did you mean {near!r}?" if near else f"the keys here are: {', '.join(known)}"
    return Diagnostic(Code.UNKNOWN_KEY, _key_span(parent, key), f"there is no key {key!r}", hint)


def _missing_key(root: Node, path: Path) -> Diagnostic:
    parent, key = at(root, path[:-1]), path[-1]
    where = f"in {_name(path[:-1])}" if len(path) > 1 else "in the file"
    span = parent.span
    if len(path) > 1 and isinstance(path[-2], str):
        span = _key_span(at(root, path[:-2]), path[-2])
    return Diagnostic(
        Code.MISSING_KEY, span, f"{key!r} is missing {where}", f"add a line '{key}: …'"
    )


def _key_span(parent: Node, key: str) -> Span:
    if isinstance(parent, Mapping) and key in parent.keys:
        return parent.keys[key].span
    return parent.span


def _name(path: Path) -> str:
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {_name(path[:-1])}"
    return f"'{path[-1]}'"


def _describe(value: Any) -> str:  # pydantic hands back whatever the file held
    match value:
        case None:
            return "nothing"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "keys and values"
        case _:
            return f"a {type(value).__name__}"


def _keys(shape: type[Shape], path: Path) -> set[str]:
    """The keys that a shape knows at a path inside it."""
    found: set[str] = set()
    annotations: list[Any] = [shape]
    for step in path:
        annotations = [a for each in annotations for a in _inside(each, step)]
    for annotation in annotations:
        for model in _models(annotation):
            found |= {field.alias or name for name, field in model.model_fields.items()}
    return found


def _inside(annotation: Any, step: str | int) -> Iterator[Any]:
    for model in _models(annotation):
        for name, field in model.model_fields.items():
            if step == (field.alias or name):
                yield field.annotation
    for part in _parts(annotation):
        if get_origin(part) is dict:
            yield get_args(part)[1]
        elif get_origin(part) in {list, tuple}:
            yield get_args(part)[0]


def _parts(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in {Union, UnionType}:
        return get_args(annotation)
    return (annotation,)


def _models(annotation: Any) -> Iterator[type[Shape]]:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, Shape):
            yield part
