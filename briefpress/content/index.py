"""The index of people and places, made when all sections are known."""

from __future__ import annotations

from briefpress import model
from briefpress.content.scope import Scope
from briefpress.diagnostics import Span


def with_index(briefing: model.Briefing, scope: Scope) -> model.Briefing:
    """The briefing with its index blocks filled: each name, and the sections that mention it."""
    people: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    for _, section in briefing.all_sections():
        for node in (n for block in section.blocks for n in model.walk(block)):
            match node:
                case model.PersonMention(person=id_):
                    people.setdefault(id_, []).append(section.id)
                case model.PlaceMention(place=id_):
                    places.setdefault(id_, []).append(section.id)
    index = model.Index(people=_people(people, scope), places=_places(places, scope))
    sections = tuple(_filled(section, index) for section in briefing.sections)
    return briefing.model_copy(update={"sections": sections})


def _people(mentions: dict[str, list[str]], scope: Scope) -> tuple[model.IndexEntry, ...]:
    by_family = sorted(mentions, key=lambda id_: scope.facts.people[id_].family.casefold())
    return tuple(
        model.IndexEntry(id=id_, name=name, sections=tuple(dict.fromkeys(mentions[id_])))
        for id_ in by_family
        if (name := scope.person(id_, _NOWHERE))
    )


def _places(mentions: dict[str, list[str]], scope: Scope) -> tuple[model.IndexEntry, ...]:
    entries = [
        model.IndexEntry(id=id_, name=name, sections=tuple(dict.fromkeys(sections)))
        for id_, sections in mentions.items()
        if (name := scope.place(id_, _NOWHERE))
    ]
    return tuple(sorted(entries, key=lambda e: model.text_of(e.name, str).casefold()))


def _filled(section: model.Section, index: model.Index) -> model.Section:
    blocks = tuple(index if isinstance(b, model.Index) else b for b in section.blocks)
    sections = tuple(_filled(inner, index) for inner in section.sections)
    return section.model_copy(update={"blocks": blocks, "sections": sections})


# Only known ids come here, so nothing is ever reported at this place.
_NOWHERE = Span("")
