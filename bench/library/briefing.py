"""A whole briefing in one language: what `<language>.yaml` holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from bench.library import prose
from bench.library.blocks import block
from bench.library.facts import Entry, Facts
from bench.library.lexicon import lexicon, names
from bench.library.outline import Outline, Profile, all_of
from bench.library.writer import Writer

_MENTION = re.compile(r"\{\s*([@#]?)([a-z][a-z0-9-]*)\s*[.|}]|\[\^([a-z][a-z0-9-]*)")


def words(
    facts: Facts, outlines: tuple[Outline, ...], profile: Profile, language: str, seed: str
) -> Entry:
    """The words of a briefing in a language: what its outline asks for, of its facts."""
    chance = Random(f"{seed} {language}")
    sections = [outline.id for outline in all_of(outlines)]
    writer = Writer(lexicon(language), facts, sections, chance, profile.notes)
    return _Words(writer, profile).write(outlines)


class _Words:
    def __init__(self, writer: Writer, profile: Profile) -> None:
        self._writer = writer
        self._profile = profile
        self._titles: list[str] = []

    def write(self, outlines: tuple[Outline, ...]) -> Entry:
        """All that the file holds, in the order in which a writer would have it."""
        writer = self._writer
        cover = self._cover()
        summary = self._summary()
        events = {id_: self._wording(id_) for id_ in writer.facts.ids("events")}
        people = self._some("people", "roles")
        sources = self._some("sources", "source-notes")
        sections = [self._section(outline) for outline in outlines]
        data = {**cover, "summary": summary, "events": events, "people": people}
        data |= {"places": {}, "sources": sources, "sections": sections}
        data["places"] = self._places(data)
        self._mention_the_rest(data, data["places"])
        if writer.literals:
            data["literal"] = sorted(set(writer.literals))
        return {key: value for key, value in data.items() if value}

    def _cover(self) -> Entry:
        writer = self._writer
        cover = {"title": writer.any("titles")}
        for key, among, often in (
            ("subtitle", "subtitles", 0.6),
            ("author", "units", 0.6),
            ("handling", "handling", 0.5),
        ):
            if writer.chance.random() < often:
                cover[key] = writer.any(among)
        return cover

    def _summary(self) -> str:
        kinds = [prose.one_line, prose.plain, prose.plain, prose.plain, prose.lists]
        return self._writer.chance.choice(kinds)(self._writer)

    def _wording(self, id_: str) -> Entry | str:
        """An event's wording. It mentions no event, since none may be shown by it alone."""
        writer = self._writer
        if writer.facts.entries["events"][id_].get("kind") != "visit":
            return writer.noted("events", 0.03)
        wording = {"says": writer.noted("visits", 0.05)}
        if writer.chance.random() < 0.7:
            wording["office"] = writer.any("offices")
        if writer.chance.random() < 0.6:
            wording["outcome"] = writer.noted("outcomes", 0.1)
        return wording

    def _some(self, kind: str, among: str) -> Entry:
        writer = self._writer
        ids = [id_ for id_ in writer.facts.ids(kind) if writer.chance.random() < 0.7]
        return {id_: writer.any(among) for id_ in ids}

    def _section(self, outline: Outline) -> Entry:
        writer = self._writer
        before, writer.literals = writer.literals, []
        section: Entry = {"id": outline.id, "title": self._title(outline.title)}
        if outline.annex:
            section["annex"] = True
        if not outline.numbered:
            section["numbered"] = False
        blocks = [block(kind, writer, self._profile.sentences) for kind in outline.blocks]
        if writer.literals and writer.chance.random() < 0.5:
            section["literal"], writer.literals = sorted(set(writer.literals)), []
        writer.literals += before
        if blocks:
            section["blocks"] = blocks
        if outline.below:
            section["sections"] = [self._section(each) for each in outline.below]
        return section

    def _title(self, kind: str) -> str:
        if kind == "again":
            title = self._writer.chance.choice(self._titles or ["1"])
        else:
            title = self._writer.heading(kind)
        self._titles.append(title)
        return title

    def _mention_the_rest(self, data: Entry, places: Entry) -> None:
        """Whatever the facts and `places:` have must be mentioned: a last paragraph says the rest.

        What is mentioned by a block made of facts alone is said as well; that does no harm.
        """
        facts, used = self._writer.facts, _mentioned([data["summary"], data["sections"]])
        dated = {id_ for ids in facts.forms.values() for id_ in ids}
        words, wordings = self._writer.words.left_over, self._writer.words.lists["wordings"]
        rest = [
            *(
                f"{{{id_}}}"
                if id_ in dated
                else f"{{{id_}|{self._writer.chance.choice(wordings)}}}"
                for id_ in facts.ids("events")
                if id_ not in used[""]
            ),
            *(f"{{@{id_}}}" for id_ in facts.ids("people") if id_ not in used["@"]),
            *(f"{{#{id_}}}" for id_ in places if id_ not in used["#"]),
        ]
        notes = "".join(f"[^{id_}]" for id_ in facts.ids("sources") if id_ not in used["^"])
        if rest or notes:
            text = f"{words}: {'; '.join(rest) or '–'}.{notes}"
            data["sections"][-1].setdefault("blocks", []).append({"prose": text})

    def _places(self, data: Entry) -> Entry:
        """The names of all places that don't exist, where anything mentions them."""
        own: Entry = {**names()["polities"], **names()["places"]}
        events: Entry = self._writer.facts.entries["events"]
        used = _mentioned(data)["#"] | {event.get("to") for event in events.values()}
        return {id_: own[id_][self._writer.words.language] for id_ in own if id_ in used}


def _mentioned(value: object) -> dict[str, set[str]]:
    """The ids that texts mention, by the sign before them: "" for events, `@`, `#`, `^`."""
    used: dict[str, set[str]] = {"": set(), "@": set(), "#": set(), "^": set()}
    for text in _texts(value):
        for sigil, id_, source in _MENTION.findall(text):
            used["^" if source else sigil].add(source or id_)
    return used


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
