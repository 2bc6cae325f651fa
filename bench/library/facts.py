"""Facts of a briefing: events with dates of every form, people, sources, places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.library.lexicon import LANGUAGES, lexicon, names

Entry = dict[str, Any]  # as the content has it
COUNTRIES = ["jp", "kz", "no", "is", "nz", "ch", "pt", "uy", "bw", "mn"]


def _year(chance: Random) -> int:
    return chance.randint(1931, 2019)


def _month(chance: Random, year: int | None = None) -> str:
    return f"{year or _year(chance)}-{chance.randint(1, 12):02}"


def _day(chance: Random, year: int | None = None) -> str:
    return f"{_month(chance, year)}-{chance.randint(1, 28):02}"


def _span(chance: Random, part: Callable[[Random, int], str]) -> str:
    """From a year to a later one."""
    year = _year(chance)
    return f"{part(chance, year)}/{part(chance, year + chance.randint(1, 6))}"


def _days(chance: Random) -> str:
    month, day = _month(chance), chance.randint(1, 20)
    return f"{month}-{day:02}/{month}-{day + chance.randint(1, 8):02}"


def _months(chance: Random) -> str:
    year, month = _year(chance), chance.randint(1, 9)
    return f"{year}-{month:02}/{year}-{month + chance.randint(1, 3):02}"


def _days_of_months(chance: Random) -> str:
    year, month = _year(chance), chance.randint(1, 11)
    return f"{year}-{month:02}-28/{year}-{month + 1:02}-0{chance.randint(1, 9)}"


# EDTF, levels 0 and 1, by the name of the form: all that docs/content.md lists, and what follows.
FORMS: dict[str, Callable[[Random], str]] = {
    "day": _day,
    "month": _month,
    "year": lambda c: f"{_year(c)}",
    "decade": lambda c: f"{_year(c) // 10}X",
    "season": lambda c: f"{_year(c)}-{c.randint(21, 24)}",
    "days": _days,
    "days-of-months": _days_of_months,
    "days-of-years": lambda c: _span(c, _day),
    "months": _months,
    "months-of-years": lambda c: _span(c, _month),
    "years": lambda c: _span(c, lambda _, year: f"{year}"),
    "decades": lambda c: f"{c.randint(170, 195)}X/{c.randint(196, 201)}X",
    "mixed": lambda c: f"{c.randint(1931, 1975)}/{_month(c, c.randint(1976, 2019))}",
    "qualified-interval": lambda c: f"{c.randint(1931, 1975)}-05~/{c.randint(1976, 2019)}?",
    "about-day": lambda c: f"{_day(c)}~",
    "about-month": lambda c: f"{_month(c)}~",
    "about-year": lambda c: f"{_year(c)}~",
    "about-season": lambda c: f"{_year(c)}-22~",
    "about-decade": lambda c: f"{_year(c) // 10}X~",
    "uncertain-day": lambda c: f"{_day(c)}?",
    "uncertain-month": lambda c: f"{_month(c)}?",
    "uncertain-year": lambda c: f"{_year(c)}?",
    "both": lambda c: f"{_month(c)}%",
    "since-day": lambda c: f"{_day(c)}/..",
    "since-month": lambda c: f"{_month(c)}/..",
    "since-year": lambda c: f"{_year(c)}/..",
    "until-day": lambda c: f"../{_day(c)}",
    "until-year": lambda c: f"../{_year(c)}",
    "end-unknown": lambda c: f"{_year(c)}/",
    "start-unknown": lambda c: f"/{_year(c)}",
    "month-unspecified": lambda c: f"{_year(c)}-XX",
    "day-unspecified": lambda c: f"{_month(c)}-XX",
    "long-ago": lambda c: f"{c.randint(812, 1690):04}-0{c.randint(1, 9)}-1{c.randint(0, 9)}",
}
# What is most frequent in briefings.
_USUAL = ["day"] * 10 + ["month"] * 6 + ["year"] * 4


@dataclass(frozen=True)
class Facts:
    """Facts, and the ids of the events by the form of their date."""

    number: int
    languages: tuple[str, ...]
    entries: Entry
    forms: dict[str, list[str]] = field(default_factory=dict)

    def ids(self, kind: str) -> list[str]:
        """The ids of events, people or sources."""
        return [*self.entries.get(kind, {})]


def make(number: int, languages: tuple[str, ...], chance: Random, *, some: int) -> Facts:
    """Facts for a briefing in some languages, with about `some` events."""
    people = _people(chance, chance.randint(1, 2 + some // 3))
    sources = _sources(chance, languages, chance.randint(1, 2 + some // 4))
    facts = Facts(number, languages, {})
    events = _events(chance, facts, some, [*people], [*sources])
    if chance.random() < 0.7:
        facts.entries["number"] = chance.choice(
            [f"B {number}", f"N {number}/{number % 7}", "S & 1"]
        )
    if chance.random() < 0.8:
        year = chance.randint(2020, 2026)
        facts.entries["issued"] = chance.choice([_day, _day, _month])(chance, year)
    if chance.random() < 0.5:
        facts.entries["as-of"] = FORMS[chance.choice(["day", "month", "year", "season"])](chance)
    facts.entries.update(events=events, people=people, sources=sources)
    return facts


def form(chance: Random) -> str:
    """A form that a date may have: the usual ones as often as all others."""
    return chance.choice(_USUAL if chance.random() < 0.5 else [*FORMS])


def _events(
    chance: Random, facts: Facts, count: int, people: list[str], sources: list[str]
) -> Entry:
    events: Entry = {}
    for number in range(1, count + 1):
        id_ = chance.choice(["talks", "treaty", "visit", "vote", "day"]) + f"-{number}"
        event: Entry = {}
        if events and chance.random() < 0.12:
            if chance.random() < 0.8:
                event["after"] = chance.choice([*events])
        else:
            of = form(chance)
            event["date"] = FORMS[of](chance)
            facts.forms.setdefault(of, []).append(id_)
        if chance.random() < 0.35 or number == 1:
            invited = chance.sample(people, min(len(people), chance.randint(1, 2)))
            event |= {"kind": "visit", "people": invited}
            event |= {"to": _place(chance)} if chance.random() < 0.8 else {}
        elif chance.random() < 0.7:
            event["kind"] = chance.choice(["milestone", "mission", "vote"])
        if chance.random() < 0.6:
            event["source"] = chance.choice(sources)
        events[id_] = event
    return events


def _place(chance: Random) -> str:
    known: list[str] = [*names()["places"], *names()["polities"], *COUNTRIES]
    return chance.choice(known)


def _people(chance: Random, count: int) -> Entry:
    """People, some without their names in some languages."""
    people: Entry = {}
    known: Entry = names()["people"]
    for id_ in chance.sample([*known], min(count, len(known))):
        person = dict(known[id_])
        kept = {k: v for k, v in person.pop("names", {}).items() if chance.random() < 0.75}
        people[id_] = person | ({"names": kept} if kept else {})
    return people


def _sources(chance: Random, languages: tuple[str, ...], count: int) -> Entry:
    sources: Entry = {}
    for number in range(count):
        title = _source_title(chance, languages)
        source: Entry = {"title": title}
        if chance.random() < 0.4:
            source["author"] = chance.choice(["Doe, Jane & Roe, R.", "A. Corvey", "Survey Office"])
        if chance.random() < 0.5:
            source["publisher"] = chance.choice(lexicon("en").lists["publishers"])
        if chance.random() < 0.4:
            source["date"] = FORMS[form(chance)](chance)
        if chance.random() < 0.3:
            source["url"] = f"https://example.org/{number}?a=1&b=2"
            source["accessed"] = _day(chance)
        sources[f"source-{number + 1}"] = source
    return sources


def _source_title(chance: Random, languages: tuple[str, ...]) -> str:
    """A title in a language, marked unless it is that of the only edition, or Latin."""
    language = chance.choice([*languages, "en", chance.choice(LANGUAGES)])
    title = chance.choice(lexicon(language).lists["source-titles"])
    return (
        title if language == "en" or languages == (language,) else f"[{title}]{{lang={language}}}"
    )
