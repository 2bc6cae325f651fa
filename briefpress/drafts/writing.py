"""Values as YAML that people go on with: prose in blocks, quotes only where they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from briefpress.drafts.markup import Prose, folded, lines_of

Value: TypeAlias = "str | bool | Prose | list[Value] | dict[str, Value]"

WIDTH = 100
# A plain scalar in all places (YAML 1.2.2, 7.3.3 Plain Style): it begins with a letter or a digit,
# holds no ": " and no " #", and nothing that brackets and braces around it would end at.
_PLAIN = re.compile(r"[^\W_](?:[^:#\[\]{},\n]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
_PLAIN_ALONE = re.compile(r"[^\W_](?:[^:#\n]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
# What this program reads as text, and other readers of YAML as something else.
_TAKEN_FOR_A_VALUE = re.compile(r"null|true|false|yes|no|on|off|~", re.IGNORECASE)
_FIT_FOR_FLOW = 12


def yaml_of(values: dict[str, Value], spaced: frozenset[str] = frozenset()) -> str:
    """A file of YAML. There is an empty line before the keys in `spaced`, and between sections."""
    lines: list[str] = []
    for key, value in values.items():
        if key in spaced and lines:
            lines.append("")
        lines += _entry(key, value, "")
    return "".join(f"{line}\n" for line in lines)


def _entry(key: str, value: Value, indent: str) -> Iterator[str]:
    match value:
        case Prose():
            yield f"{indent}{key}: |"
            inner = indent + "  "
            yield from ((inner + line).rstrip() for line in lines_of(value, WIDTH - len(inner)))
        case dict() if value:
            yield f"{indent}{key}:"
            for name, each in value.items():
                yield from _entry(name, each, indent + "  ")
        case list() if (flow := _flow(value)) and len(indent + key + flow) + 2 <= WIDTH:
            yield f"{indent}{key}: {flow}"
        case list() if value:
            yield f"{indent}{key}:"
            yield from _items(value, indent + "  ", airy=key == "sections" and not indent)
        case _:
            yield from _scalar(f"{indent}{key}:", value, indent + "  ")


def _items(values: list[Value], indent: str, *, airy: bool = False) -> Iterator[str]:
    for number, value in enumerate(values):
        if airy and number:
            yield ""
        match value:
            case dict() if value:
                inner = [line for k, v in value.items() for line in _entry(k, v, indent + "  ")]
                yield f"{indent}- {inner[0].lstrip()}"
                yield from inner[1:]
            case list() if value:
                flow = _flow(value)
                if flow and len(indent + flow) + 2 <= WIDTH:
                    yield f"{indent}- {flow}"
                    continue
                first, *others = _items(value, indent + "  ")
                yield f"{indent}- {first.lstrip()}"
                yield from others
            case _:
                yield from _scalar(f"{indent}-", value, indent + "  ")


def _scalar(before: str, value: Value, indent: str) -> Iterator[str]:
    """A text behind its key or dash, folded below it where it is long."""
    if isinstance(value, bool):
        yield f"{before} {'true' if value else 'false'}"
        return
    text = value if isinstance(value, str) else ""
    whole = f"{before} {_quoted(text, _PLAIN_ALONE)}"
    lines = folded(text, WIDTH - len(indent)) if len(whole) > WIDTH else []
    # A line of a folded scalar that begins with a space, or one that is folded, wouldn't be folded.
    if len(lines) < 2 or " ".join(lines) != text:
        yield whole
        return
    yield f"{before} >-"
    yield from (indent + line for line in lines)


def _flow(values: list[Value]) -> str:
    """A list of short texts on one line, or nothing where it isn't one."""
    if not values or len(values) > _FIT_FOR_FLOW or not all(isinstance(v, str) for v in values):
        return ""
    return f"[{', '.join(_quoted(str(value), _PLAIN) for value in values)}]"


def _quoted(text: str, plain: re.Pattern[str]) -> str:
    """A scalar: plain, or in double quotes (7.3.1 Double-Quoted Style)."""
    if plain.fullmatch(text) and not _TAKEN_FOR_A_VALUE.fullmatch(text):
        return text
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return f'"{"".join(escapes.get(char, char) for char in text)}"'
