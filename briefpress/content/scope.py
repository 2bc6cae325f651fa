"""What the text of one briefing can refer to, in one language.

A `Scope` answers for ids (events, people, places, sources, sections), counts footnotes, and keeps
the faults that are found on the way, so that all of them can be shown at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import NoReturn

from babel import Locale
from babel.core import get_global

from briefpress import model
from briefpress.content.labels import Labels
from briefpress.content.schema import EventFacts, FactsFile, PersonFacts, WordsFile
from briefpress.dates import Date, write
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span, listed, nearest
from briefpress.limits import FAULTS_FOUND, FAULTS_SHOWN, TEXT_PARTS


@dataclass(slots=True)
class Scope:
    """The ids of a briefing, and what has been found wrong with it so far.

    `dates` holds the events that have a date, `order` all of them in time, `located` the latitude
    and longitude of places. `coverage` is every code
    point that the fonts can show. `literal` lists the words that may look like a date in the
    section being read.
    """

    language: str
    labels: Labels
    facts: FactsFile
    words: WordsFile
    coverage: Container[int]
    section_ids: Collection[str] = ()
    dates: dict[str, Date] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    located: dict[str, tuple[float, float]] = field(default_factory=dict)
    literal: tuple[str, ...] = ()
    faults: list[Diagnostic] = field(default_factory=list)
    notes: int = 0
    notes_allowed: bool = True
    parts: int = 0
    cited: set[str] = field(default_factory=set)

    @contextmanager
    def without_notes(self) -> Iterator[None]:
        """For texts in which no footnote can stand: titles, and the words of links and dates."""
        before, self.notes_allowed = self.notes_allowed, False
        try:
            yield
        finally:
            self.notes_allowed = before

    def fault(self, code: Code, span: Span, message: str, hint: str) -> None:
        """Keep a fault for later. Raises `ContentError` when there are too many to go on."""
        self.faults.append(Diagnostic(code, span, message, hint))
        if len(self.faults) == FAULTS_FOUND.most:
            message = f"there are {FAULTS_FOUND} or more; the rest of the briefing isn't read"
            self.stop(Code.TOO_MANY_FAULTS, span, message, "mend these, and check again")

    def count_part(self, place: Callable[[], Span]) -> None:
        """Count a part of the text. Raises `ContentError` when there are too many to go on."""
        self.parts += 1
        if self.parts > TEXT_PARTS.most:
            message = f"{TEXT_PARTS.of} are more than {TEXT_PARTS.most:,}"
            self.stop(Code.TOO_LARGE, place(), message, "divide it into several briefings")

    def stop(self, code: Code, span: Span, message: str, hint: str) -> NoReturn:
        """Go no further. Raises `ContentError` with this fault and all before."""
        raise ContentError([*self.faults, Diagnostic(code, span, message, hint)])

    def written(self, date: Date) -> str:
        """A date as the briefing's language writes it."""
        return write(date, self.labels.locale, self.labels.date_words())

    def event(self, id_: str, span: Span) -> EventFacts | None:
        """An event by its id; an unknown id is a fault."""
        if id_ in self.facts.events:
            return self.facts.events[id_]
        self._unknown(Code.UNKNOWN_EVENT, "event", id_, self.facts.events, span)
        return None

    def source(self, id_: str, span: Span) -> bool:
        """Whether there is such a source; an unknown id is a fault."""
        if id_ in self.facts.sources:
            return True
        self._unknown(Code.UNKNOWN_SOURCE, "source", id_, self.facts.sources, span)
        return False

    def person(self, id_: str, span: Span) -> model.Inlines | None:
        """A person's name as this language has it; an unknown id is a fault."""
        if id_ in self.facts.people:
            return (model.Words(text=name_of(self.facts.people[id_], self.language)),)
        self._unknown(Code.UNKNOWN_PERSON, "person", id_, self.facts.people, span)
        return None

    def person_in(self, id_: str, language: str, span: Span) -> model.Inlines | None:
        """A person's name as another language writes it, marked as such."""
        person = self.facts.people.get(id_)
        if person is None:
            return self.person(id_, span)
        if language in person.names:
            words = model.Words(text=person.names[language])
            return (model.Foreign(language=language, inlines=(words,)),)
        self._unknown(
            Code.UNKNOWN_PERSON, f"name of {id_!r} in the language", language, person.names, span
        )
        return None

    def place(self, id_: str, span: Span) -> model.Inlines | None:
        """A place's name: from the words file, or a territory of CLDR by its ISO 3166 code."""
        if id_ in self.words.places:
            return (model.Words(text=self.words.places[id_]),)
        territories = _territories(self.labels.locale)
        if len(id_) == 2 and id_.upper() in territories:
            return (model.Words(text=territories[id_.upper()]),)
        self._unknown(Code.UNKNOWN_PLACE, "place", id_, self.words.places, span)
        return None

    def country(self, code: str, span: Span) -> model.Inlines | None:
        """A country's name, by its ISO 3166 code in two letters."""
        territories = _territories(self.labels.locale)
        if code.upper() in territories and len(code) == 2:
            return self.place(code.lower(), span)
        aliases = get_global("territory_aliases").get(code.upper(), [])
        named = {name.lower(): code for code, name in territories.items() if len(code) == 2}
        near = nearest(code.lower(), named) if len(self.faults) < FAULTS_SHOWN.most else None
        meant = [*aliases, named[near]] if near else aliases
        hint = "name a country by its two letters in ISO 3166, such as jp or kz"
        if meant:
            hint = f"did you mean {meant[0].lower()!r}?"
        self.fault(Code.UNKNOWN_PLACE, span, f"there is no country {code!r}", hint)
        return None

    def section(self, id_: str, span: Span) -> bool:
        """Whether there is such a section; an unknown id is a fault."""
        if id_ in self.section_ids:
            return True
        self._unknown(Code.UNKNOWN_SECTION, "section", id_, self.section_ids, span)
        return False

    def note(self, source: str, where: model.Inlines, span: Span) -> model.Note:
        """The next footnote."""
        self.notes += 1
        first = source not in self.cited
        self.cited.add(source)
        return model.Note(number=self.notes, source=source, first=first, where=where, span=span)

    def _unknown(self, code: Code, what: str, id_: str, known: Collection[str], span: Span) -> None:
        where = "under `places:`" if code is Code.UNKNOWN_PLACE else "to facts.yaml"
        # Comparing takes a while, and no more faults are shown than that.
        near = nearest(id_, known) if len(self.faults) < FAULTS_SHOWN.most else None
        if near:
            hint = f"did you mean {near!r}?"
        elif known:
            hint = f"there are: {listed(sorted(known))}"
        else:
            hint = f"none is declared yet; add it {where}"
        self.fault(code, span, f"there is no {what} {id_!r}", hint)


# CLDR's codes for an unknown region and for tests of software.
_NO_TERRITORIES = frozenset({"ZZ", "XA", "XB"})


def name_of(person: PersonFacts, language: str) -> str:
    """The name that a text in `language` uses: its own spelling, or the Latin one."""
    if language in person.names:
        return person.names[language]
    if person.given is None:
        return person.family
    if person.order == "family-first":
        return f"{person.family} {person.given}"
    return f"{person.given} {person.family}"


# The first word of a letter's Unicode name, for the scripts (ISO 15924) that CLDR names.
_SCRIPT_LETTERS = {
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
    "Kore": {"HANGUL", "CJK"},
    "Cyrl": {"CYRILLIC"},
    "Grek": {"GREEK"},
    "Arab": {"ARABIC"},
    "Hebr": {"HEBREW"},
    "Latn": set[str](),
}


@cache
def letters_of(language: str) -> frozenset[str]:
    """What the Unicode names of a language's letters begin with. Latin letters go with any."""
    likely = get_global("likely_subtags").get(language.partition("-")[0], "")
    script = next((part for part in likely.split("_") if len(part) == 4), "Latn")
    return frozenset({"LATIN"} | _SCRIPT_LETTERS.get(script, {script.upper()}))


@cache
def _territories(locale: str) -> dict[str, str]:
    """The names of CLDR's territories by their codes, in a language."""
    names = Locale.parse(locale, sep="-").territories
    return {code: name for code, name in names.items() if code not in _NO_TERRITORIES}
