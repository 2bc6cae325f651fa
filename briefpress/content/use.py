"""What the files state and nothing shows."""

from __future__ import annotations

from briefpress import model
from briefpress.content.context import Context
from briefpress.content.read import Mapping, at
from briefpress.diagnostics import Code


def check_wordings(context: Context) -> None:
    """Read the wordings that no block shows, so that their faults are found as well."""
    for keys in ("events", "people"):
        node = at(context.words, [keys])
        if not isinstance(node, Mapping) or node is context.words:
            continue
        for key in node.values:
            context.line(node, key)
            for part in ("says", "short", "office", "outcome"):
                context.line(node, key, part)


def check_use(briefing: model.Briefing, context: Context) -> None:
    """Keep a fault for what the files state and nothing mentions.

    Nothing is said of a kind of which a mention wasn't understood, for that may be the one.
    """
    used = _used(briefing)
    faults = {fault.code for fault in context.scope.faults}
    for keys, code, unknown in (
        ("events", Code.UNUSED_EVENT, Code.UNKNOWN_EVENT),
        ("people", Code.UNUSED_PERSON, Code.UNKNOWN_PERSON),
        ("sources", Code.UNUSED_SOURCE, Code.UNKNOWN_SOURCE),
        ("places", Code.UNUSED_PLACE, Code.UNKNOWN_PLACE),
    ):
        if faults & {unknown, Code.BAD_REFERENCE, Code.MISSING_KEY}:
            continue
        root = context.words if keys == "places" else context.facts
        node = at(root, [keys])
        if not isinstance(node, Mapping) or node is root:
            continue
        for key in node.keys.values():
            if key.text not in used[keys]:
                context.scope.fault(
                    code,
                    key.span,
                    f"nothing in {context.scope.language}.yaml mentions {key.text!r}",
                    "mention it in the text, show it in a block, or delete it",
                )


def _used(briefing: model.Briefing) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {
        "events": set(),
        "people": set(),
        "sources": set(),
        "places": set(),
    }
    for node in model.walk(briefing):
        match node:
            case model.DateMention(event=str(id_)) | model.EventMention(event=id_):
                used["events"].add(id_)
            case model.Occurrence(event=id_) | model.Visit(event=id_) | model.Moment(event=id_):
                used["events"].add(id_)
            case model.PersonMention(person=id_):
                used["people"].add(id_)
            case model.PlaceMention(place=id_):
                used["places"].add(id_)
            case model.Note(source=id_) | model.SourceLink(source=id_):
                used["sources"].add(id_)
    return used
