"""Whether the ids of a briefing are well formed, and each names one thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from briefpress.content.context import Context, scalar_at
from briefpress.content.read import Mapping, Node, Scalar, at
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.content.scope import Scope
from briefpress.diagnostics import Code, Span
from briefpress.limits import KEY_CHARACTERS

# Anchors that the templates set beside the sections.
RESERVED = re.compile(
    r"cover|summary|contents|landmarks|pages|text|colophon|(?:event|note|call|title|page)-.*"
)

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
ID_HINT = "use lower-case letters a to z, digits and single hyphens, a letter first"


def check_ids(context: Context) -> None:
    """Keep a fault for each id that is ill-formed, doubled, or names nothing that there is."""
    for keys in ("events", "people", "sources"):
        _check_keys(at(context.facts, [keys]), context.scope)
    for node in (context.facts, context.words):
        if isinstance(node, Mapping) and "places" in node.values:
            _check_keys(node.values["places"], context.scope)
    for keys, known in (
        ("events", context.scope.facts.events),
        ("people", context.scope.facts.people),
        ("sources", context.scope.facts.sources),
    ):
        _check_worded(keys, known, context)
    for id_, person in context.scope.facts.people.items():
        for tag in person.names:
            if not LANGUAGE_TAG.fullmatch(tag):
                context.scope.fault(
                    Code.WRONG_VALUE,
                    at(context.facts, ["people", id_, "names"]).span,
                    f"{tag!r} isn't a language's tag",
                    "use a tag of BCP 47, such as ja, kk or zh-Hant",
                )
    _check_section_ids(context)


def _check_keys(node: Node, scope: Scope) -> None:
    if isinstance(node, Mapping):
        for key in node.keys.values():
            _check_id(key, scope)


def _check_id(scalar: Scalar, scope: Scope) -> None:
    if len(scalar.text) > KEY_CHARACTERS.most:
        message = f"an id can't have more than {KEY_CHARACTERS}"
        scope.fault(Code.TOO_LARGE, scalar.span, message, "give it a shorter name")
    elif not ID.fullmatch(scalar.text):
        scope.fault(Code.ILL_FORMED_ID, scalar.span, f"{scalar.text!r} can't be an id", ID_HINT)


def _check_worded(keys: str, known: Collection[str], context: Context) -> None:
    """Words for something that facts.yaml doesn't have are a slip of the pen."""
    node, scope = at(context.words, [keys]), context.scope
    if isinstance(node, Mapping) and node is not context.words:
        for key in node.keys.values():
            if keys == "events":
                scope.event(key.text, key.span)
            elif keys == "people":
                scope.person(key.text, key.span)
            elif key.text not in known:
                scope.source(key.text, key.span)


def _check_section_ids(context: Context) -> None:
    first: dict[str, Span] = {}
    for scalar in _section_id_scalars(at(context.words, ["sections"])):
        _check_id(scalar, context.scope)
        if RESERVED.fullmatch(scalar.text):
            context.scope.fault(
                Code.ILL_FORMED_ID,
                scalar.span,
                f"the templates have an anchor {scalar.text!r} of their own",
                "give the section another id",
            )
        if scalar.text in first:
            context.scope.fault(
                Code.DUPLICATE_ID,
                scalar.span,
                f"there is a section {scalar.text!r} already, on line {first[scalar.text].line}",
                "give one of the two another id",
            )
        first.setdefault(scalar.text, scalar.span)


def _section_id_scalars(sections: Node) -> Iterator[Scalar]:
    for section in sections.children():
        if id_ := scalar_at(section, "id"):
            yield id_
        if isinstance(section, Mapping) and "sections" in section.values:
            yield from _section_id_scalars(section.values["sections"])
