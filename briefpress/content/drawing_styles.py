"""Whether the CSS of a drawing loads, moves or runs something (CSS Syntax 3, by tinycss2).

Escapes can spell a name in many ways, so tokens are looked at and not the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import tinycss2
from tinycss2.ast import Node, QualifiedRule

from briefpress.limits import DRAWING_DESCENDANTS, DRAWING_NUMBER, DRAWING_SELECTORS

LOADS = "its style loads another file"
MOVES = "it moves, which paper can't show"

# Parts are named plainly: readers differ in how they take escapes of URLs, and XPointers.
_INSIDE = re.compile(r"#[^\s%#()]+")

_STEP = re.compile(r"\s*[>+~]\s*|\s+")

_HARMLESS = """
    calc clamp color color-mix hsl hsla hwb lab lch matrix max min oklab oklch rgb rgba rotate
    scale scalex scaley skew skewx skewy translate translatex translatey var
"""
_FUNCTIONS = frozenset(_HARMLESS.split())
_LOADING = frozenset({"image", "image-set", "-webkit-image-set", "cross-fade", "src"})
_RUNNING = frozenset({"behavior", "expression", "-moz-binding"})


def leads_inside(reference: str) -> bool:
    """Whether a reference leads to a part of the drawing itself."""
    return _INSIDE.fullmatch(reference) is not None


def refused_in_styles(sheets: Iterable[str]) -> str | None:
    """Why the stylesheets of a drawing are refused, in words, if they are.

    Each is read by itself: what one leaves open, such as a comment, ends with it.
    """
    rules = [rule for css in sheets for rule in _rules_of(css)]
    steps = [n for rule in rules if rule.type == "qualified-rule" for n in _steps(rule)]
    if len(steps) > DRAWING_SELECTORS.most:
        return f"its style has more than {DRAWING_SELECTORS}"
    if any(n > 1 for n in steps) or sum(steps) > DRAWING_DESCENDANTS.most:
        return "its style selects too many elements by those that they are in"
    reasons = (_refused_rule(rule) for rule in rules)
    return next(filter(None, reasons), None)


@lru_cache(1024)
def refused_in_value(css: str) -> str | None:
    """Why the declarations of a `style`, or the value of one, are refused, in words."""
    return _refused_among(tinycss2.parse_component_value_list(css, skip_comments=True))


@lru_cache(1024)
def parts_in_value(css: str) -> frozenset[str]:
    """The ids of the parts of a drawing that a value refers to: `url(#id)`."""
    return frozenset(_parts_among(tinycss2.parse_component_value_list(css, skip_comments=True)))


def parts_in_style(css: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The classes that a stylesheet has parts of the drawing for, with the ids of those."""
    for rule in _rules_of(css):
        if rule.type == "qualified-rule" and (parts := frozenset(_parts_among(rule.content))):
            yield from ((name, parts) for name in _classes(rule) or ())


def _rules_of(css: str) -> list[Node]:
    return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _refused_rule(rule: Node) -> str | None:
    if rule.type == "error":
        return f"its style isn't CSS ({rule.message})"
    content = rule.content or []
    if rule.type == "at-rule" and rule.lower_at_keyword != "media":
        return MOVES if rule.lower_at_keyword.endswith("keyframes") else LOADS
    if (rule.type == "at-rule" or _classes(rule) is None) and any(_parts_among(content)):
        return "its style refers to a part of the drawing, and not for a class alone"
    return _refused_among([*rule.prelude, *content])


def _steps(rule: QualifiedRule) -> Iterator[int]:
    """For each selector of a rule, how many steps it takes from one element to another.

    Each is tried from every element, with everything that this is in.
    """
    for selector in tinycss2.serialize(rule.prelude).split(","):
        yield len(_STEP.findall(selector.strip()))


def _classes(rule: QualifiedRule) -> list[str] | None:
    """The classes of a selector such as `.a, .b`; None if it is of another kind."""
    tokens = [token for token in rule.prelude if token.type != "whitespace"]
    dots, names, commas = tokens[0::3], tokens[1::3], tokens[2::3]
    plain = (
        all(dot == "." for dot in dots)
        and all(name.type == "ident" for name in names)
        and all(comma == "," for comma in commas)
        and len(tokens) % 3 == 2
    )
    return [name.value for name in names] if plain else None


def _refused_among(tokens: Iterable[Node]) -> str | None:
    return next(filter(None, map(_refused, _flat(tokens))), None)


def _flat(tokens: Iterable[Node]) -> Iterator[Node]:
    """All tokens, with those inside of functions and blocks."""
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        yield token
        waiting += getattr(token, "arguments", None) or getattr(token, "content", None) or []


def _refused(token: Node) -> str | None:
    match token.type:
        case "error":
            return f"its style isn't CSS ({token.message})"
        case "url" | "at-keyword" if not leads_inside(token.value):
            return LOADS
        case "function":
            return _refused_function(token)
        case "ident":
            return _refused_word(token.lower_value)
        case "number" | "dimension" | "percentage" if abs(token.value) > DRAWING_NUMBER.most:
            return f"a number in its style is above {DRAWING_NUMBER.most:,}"
    return None


def _refused_word(word: str) -> str | None:
    if word in _RUNNING:
        return f"its style runs something ({word})"
    return MOVES if re.match(r"(?:-\w+-)?animation", word) else None


def _refused_function(token: Node) -> str | None:
    name = token.lower_name
    if name == "url":
        values = [each for each in token.arguments if each.type != "whitespace"]
        one = len(values) == 1 and values[0].type == "string"
        return None if one and leads_inside(values[0].value) else LOADS
    if name in _FUNCTIONS:
        return None
    if name in _RUNNING:
        return f"its style runs something ({name})"
    return LOADS if name in _LOADING else f"its style holds {name}(), which isn't shown"


def _parts_among(tokens: Iterable[Node]) -> Iterator[str]:
    for token in _flat(tokens):
        if token.type == "url":
            yield token.value.removeprefix("#")
        elif token.type == "function" and token.lower_name == "url":
            yield from (t.value.removeprefix("#") for t in token.arguments if t.type == "string")
