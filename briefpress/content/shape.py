"""Holds nodes against a shape, and says at which place they don't fit.

A shape is a pydantic model of what a YAML mapping may hold. pydantic finds every fault at once;
here each becomes a `Diagnostic` at the node it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from briefpress.content.read import Items, Mapping, Node, Plain, Scalar, at, plain
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, nearest
from briefpress.limits import FAULTS_FOUND


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

# In a validator's context: whether faults were found, and mended as far as possible.
REPAIRED = "repaired"

_STAND_IN = "…"
_REPAIRS = 8

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
    in the same run; items of lists are taken out of `node` too, which keeps their indexes in step.
    None if that can't be done.
    """
    data = plain(node)
    faults: list[Diagnostic] = []
    for _ in range(_REPAIRS):
        try:
            return shape.model_validate(data, context={REPAIRED: bool(faults)}), faults
        except ValidationError as error:
            errors = error.errors(include_url=False)
            some = errors[: FAULTS_FOUND.most]
            faults = faults or list(_diagnose_all(some, node, shape))
            if any(
                not e["loc"] or (e["type"] == "dict_type" and len(e["loc"]) == 1) for e in errors
            ):
                break
            taken_out = {path for e in errors if (path := _repair(data, e))}
            for path in sorted(taken_out, reverse=True):
                _take_out(path, data, node)
    return None, faults


def fault(
    code: Code, message: str, hint: str, *, key: str = "", stays: bool = False
) -> PydanticCustomError:
    """What a validator of a shape raises. `key` is where; what `stays` is sound but for this."""
    context = {"code": code, "message": message, "hint": hint, "key": key, "stays": stays}
    return PydanticCustomError("fault", "{message}", context)


def _repair(data: Plain, error: ErrorDetails) -> Path | None:
    """Mend the data for one error; where that can't be done, the path of the item to take out."""
    kind, path = error["type"], error["loc"]
    parent, last = _holder(data, path)
    value = parent.get(last) if isinstance(parent, dict) else parent[last]
    if error.get("ctx", {}).get("stays"):
        return None
    if kind in {"missing", "string_type", "string_too_short"} and value != _STAND_IN:
        parent[last] = _STAND_IN
    elif kind in {"model_type", "model_attributes_type"}:
        parent[last] = {}
    elif isinstance(last, int) or kind == "too_short" or value == _STAND_IN:
        items = [index for index, step in enumerate(path) if isinstance(step, int)]
        return path[: items[-1] + 1] if items else None
    else:
        del parent[last]
    return None


def _holder(data: Plain, path: Path) -> tuple[Any, Any]:
    """The mapping or list, and the key or index in it, that a path leads to in the data.

    A shape may read more into a text than the data has; then it is the place of that text.
    """
    parent: Any = data  # whatever the file holds
    *steps, last = path
    for step in steps:
        if not isinstance(parent[step], dict | list):
            return parent, step
        parent = parent[step]
    return parent, last


def _take_out(path: Path, data: Plain, node: Node) -> None:
    *above, index = path
    parent: Any = data  # whatever the file holds
    for step in above:
        parent = parent[step]
    del parent[index]
    items = at(node, above)
    if isinstance(items, Items) and isinstance(index, int):
        del items.items[index]


def _diagnose_all(
    errors: list[ErrorDetails], root: Node, shape: type[Shape]
) -> Iterator[Diagnostic]:
    """Say each fault once: a key that is missing because it is misspelt isn't another one."""
    unknown = [e["loc"] for e in errors if e["type"] == "extra_forbidden"]
    meant = {(*path[:-1], nearest(str(path[-1]), _keys(shape, path[:-1]))) for path in unknown}
    for error in errors:
        if error["type"] != "missing" or error["loc"] not in meant:
            yield _diagnose(error, root, shape)


def _diagnose(error: ErrorDetails, root: Node, shape: type[Shape]) -> Diagnostic:
    path, kind, context = _reached(root, error["loc"]), error["type"], error.get("ctx", {})
    node = at(root, path)
    if kind == "fault":
        span = _key_span(node, context["key"])
        return Diagnostic(context["code"], span, context["message"], context["hint"])
    if kind == "extra_forbidden":
        return _unknown_key(root, path, shape)
    if kind == "missing":
        return _missing_key(root, path)
    return _wrong_content(error, node, path, shape)


def _wrong_content(error: ErrorDetails, node: Node, path: Path, shape: type[Shape]) -> Diagnostic:
    kind = error["type"]
    if kind in _TYPES:
        return _wrong_type(error, node, path)
    if kind in {"too_short", "string_too_short"}:
        hint = "write it" if _is_needed(shape, path) else "write it, or delete the key"
        return Diagnostic(Code.EMPTY_SECTION, node.span, f"{_name(path)} is empty", hint)
    if kind in {"too_long", "string_too_long"}:
        return _too_long(error, node, path)
    if kind in {"literal_error", "enum"}:
        return _wrong_word(error, node, path)
    return Diagnostic(Code.WRONG_VALUE, node.span, f"{_name(path)}: {error['msg']}", "correct it")


def _reached(root: Node, path: Path) -> Path:
    """A path as far as the file has it: not into a text that a shape reads more into."""
    ends = (e for e in range(len(path)) if isinstance(at(root, path[:e]), Scalar))
    return path[: next(ends, len(path))]


def _wrong_type(error: ErrorDetails, node: Node, path: Path) -> Diagnostic:
    wanted = _TYPES[error["type"]]
    hint = f"write {wanted} here"
    if wanted == "a text" and node.source.text[node.start : node.start + 1] in {"{", "["}:
        hint = "put the text in quotes, since it begins with a brace or bracket"
    message = f"{_name(path)} takes {wanted}, not {_describe(error['input'])}"
    return Diagnostic(Code.WRONG_TYPE, node.span, message, hint)


def _too_long(error: ErrorDetails, node: Node, path: Path) -> Diagnostic:
    context = error.get("ctx", {})
    of = "entries" if error["type"] == "too_long" else "characters"
    message = f"{_name(path)} can't have more than {context['max_length']:,} {of}"
    return Diagnostic(Code.TOO_LARGE, node.span, message, "make it shorter, or divide it")


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
    return {key for key, _ in _fields(shape, path)}


def _is_needed(shape: type[Shape], path: Path) -> bool:
    """Whether what a path leads to can't be left out."""
    fields = _fields(shape, path[:-1])
    return any(field.is_required() for key, field in fields if key == path[-1])


def _fields(shape: type[Shape], path: Path) -> Iterator[tuple[str, FieldInfo]]:
    """The fields that a shape has at a path inside it, by their keys."""
    annotations: list[Any] = [shape]
    for step in path:
        annotations = [a for each in annotations for a in _inside(each, step)]
    for annotation in annotations:
        for model in _models(annotation):
            yield from ((field.alias or name, field) for name, field in model.model_fields.items())


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
