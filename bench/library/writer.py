"""Sentences of a language, with references to the facts of a briefing in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from bench.library.facts import COUNTRIES, FORMS, Facts, form
from bench.library.lexicon import Lexicon, names

_GAP = re.compile(r"<([a-z-]+)(?:\|([^<>]*))?>")
_OF_PEOPLE = re.compile(r"<(?:person|person-both|surname)\b")
# Pages of which one begins with another: they are easily taken for each other.
_PAGES = [1, 12, 121, 2, 21, 213, 13, 131, 3]
CODES = [
    "`transit.csv`", "`  two  spaces  `", "`x = {}`", "`` a`b ``", "`null`", "`/x/12/13`",
    "`&amp;`", "`*not em*`", "`a--b...c`", "`\"straight\"`",
]  # fmt: skip


class Writer:
    """Writes texts of one briefing in one language."""

    def __init__(
        self, words: Lexicon, facts: Facts, sections: list[str], chance: Random, notes: float
    ) -> None:
        self.words = words
        self.facts = facts
        self.sections = sections
        self.chance = chance
        self.notes = notes
        self.literals: list[str] = []

    def any(self, name: str) -> str:
        """A text of a list of the lexicon, with its gaps filled."""
        return self.filled(self.words.lists[name])

    def filled(self, among: list[str]) -> str:
        """One of some texts, with its gaps filled; those that need people only if there are any."""
        people = self.facts.ids("people")
        fit = [text for text in among if people or not _OF_PEOPLE.search(text)]
        return self.fill(self.chance.choice(fit))

    def fill(self, template: str) -> str:
        """Fill the gaps of a text. It begins with a capital letter if a gap does."""
        text = _GAP.sub(lambda gap: self._gap(gap[1], gap[2]), template)
        return text[0].upper() + text[1:] if template.startswith("<") else text

    def noted(self, name: str, often: float | None = None) -> str:
        """A text of a list, now and then with a footnote."""
        return self.any(name) + self.note(self.notes if often is None else often)

    def sentence(self) -> str:
        """A sentence, perhaps with footnotes after or before its full stop."""
        chance = self.chance
        if chance.random() < 0.02:
            text = self.any("literal-sentences")
        else:
            text = self.any("sentences" if chance.random() < 0.9 else "asides")
        note = self.note(self.notes)
        if note and chance.random() < 0.25:
            note += self.note(0.8)
        if chance.random() < 0.15 and text[-1] in ".。":
            return f"{text[:-1]}{note}{text[-1]}"
        return text + note

    def paragraph(self, sentences: int) -> str:
        """A paragraph of some sentences."""
        return self.join(self.sentence() for _ in range(sentences))

    def join(self, texts: Iterable[str]) -> str:
        """Sentences as one text."""
        return ("" if self.words.wide else " ").join(texts)

    def note(self, often: float) -> str:
        """A footnote, as often as asked for."""
        sources = self.facts.ids("sources")
        if not sources or self.chance.random() >= often:
            return ""
        where = f"|{self.any('wheres')}" if self.chance.random() < 0.6 else ""
        return f"[^{self.chance.choice(sources)}{where}]"

    def heading(self, kind: str) -> str:
        """A title of a kind."""
        return self.filled(self.words.heads[kind])

    def _gap(self, name: str, words: str | None) -> str:
        method = getattr(self, f"_{name.replace('-', '_')}")
        return str(method() if words is None else method(words))

    # Gaps

    def _date(self) -> str:
        return self._mention([*self.facts.forms], form(self.chance))

    def _day(self) -> str:
        return self._mention(["day"], "day")

    def _month(self) -> str:
        return self._mention(["month", "day-unspecified"], "month")

    def _year(self) -> str:
        return self._mention(["year", "month-unspecified"], "year")

    def _mention(self, forms: list[str], in_place: str) -> str:
        """An event with a date of one of some forms, or else a date in place."""
        ids = [id_ for of in forms for id_ in self.facts.forms.get(of, [])]
        if ids and self.chance.random() < 0.8:
            return f"{{{self.chance.choice(ids)}}}"
        return f"{{{FORMS[in_place](self.chance)}}}"

    def _said(self) -> str:
        words = self.chance.choice(self.words.lists["wordings"])
        if ids := self.facts.ids("events"):
            return f"{{{self.chance.choice(ids)}|{words}}}"
        return f"{{{FORMS[form(self.chance)](self.chance)}|{words}}}"

    def _person(self) -> str:
        return f"{{@{self.chance.choice(self.facts.ids('people'))}}}"

    def _person_both(self) -> str:
        id_ = self.chance.choice(self.facts.ids("people"))
        others = self.facts.entries["people"][id_].get("names", {}).keys() - {self.words.language}
        if not others:
            return f"{{@{id_}}}"
        return f"{{@{id_}}} ({{@{id_}.{self.chance.choice(sorted(others))}}})"

    def _surname(self) -> str:
        id_ = self.chance.choice(self.facts.ids("people"))
        person = self.facts.entries["people"][id_]
        name = person.get("names", {}).get(self.words.language)
        return f"{{@{id_}|{re.split('[ ・]', name)[-1] if name else person['family']}}}"

    def _place(self) -> str:
        return self._own() if self.chance.random() < 0.6 else self._country()

    def _own(self) -> str:
        return f"{{#{self.chance.choice([*names()['places']])}}}"

    def _country(self) -> str:
        return f"{{#{self.chance.choice(COUNTRIES)}}}"

    def _polity(self, words: str = "") -> str:
        bar = f"|{words}" if words else ""
        return f"{{#{self.chance.choice([*names()['polities']])}{bar}}}"

    def _thing(self) -> str:
        return self.chance.choice(self.words.lists["things"])

    def _topic(self) -> str:
        return self.chance.choice(self.words.lists["topics"])

    def _office(self) -> str:
        return self.chance.choice(self.words.lists["offices"])

    def _n(self) -> str:
        return f"{self.chance.randint(2, 99)}"

    def _few(self) -> str:
        return f"{self.chance.randint(2, 19)}"

    def _many(self) -> str:
        return f"{self.chance.randint(20, 99)}"

    def _range(self) -> str:
        dash = self.words.dash
        return f"{self._few()}{dash}{self._many()}"

    def _p(self) -> str:
        return f"{self.chance.choice(_PAGES)}"

    def _pages(self) -> str:
        first, last = sorted(self.chance.sample(_PAGES, 2))
        return f"{first}{self.words.dash}{last}"

    def _big(self) -> str:
        return self.words.number(self.chance.randint(1000, 99999))

    def _percent(self) -> str:
        return self.fill(self.words.percent)

    def _section(self) -> str:
        return self.chance.choice(self.sections)

    def _code(self) -> str:
        return self.chance.choice(CODES)

    def _foreign(self) -> str:
        own = f"{{lang={self.words.language}}}"
        known: list[str] = names()["foreign"]
        return self.chance.choice([each for each in known if not each.endswith(own)])

    def _literal(self) -> str:
        literal = self.chance.choice(self.words.lists["literals"])
        self.literals.append(literal)
        return literal
