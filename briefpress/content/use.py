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
            for part in ("says", "office", "outcome"):
                context.line(node, key, part)


def check_use(briefing: model.Briefing, context: Context) -> None:
    """Keep a fault for what facts.yaml states and nothing mentions."""
    used = _used(briefing)
    for keys, code in (
        ("events", Code.UNUSED_EVENT),
        ("people", Code.UNUSED_PERSON),
        ("sources", Code.UNUSED_SOURCE),
        ("places", Code.UNUSED_PLACE),
    ):
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
            case model.Occurrence(event=id_) | model.Visit(event=id_):
                used["events"].add(id_)
            case model.PersonMention(person=id_):
                used["people"].add(id_)
            case model.PlaceMention(place=id_):
                used["places"].add(id_)
            case model.Note(source=id_) | model.SourceLink(source=id_):
                used["sources"].add(id_)
    return used
