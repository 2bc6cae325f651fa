"""Whatever is done to a date in what is published, the proof notices it, at the date's YAML."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from briefpress.diagnostics import Code
from tests import source
from tests.conftest import FORMATS
from tests.proof.alterations import Trees, dates_of, heading_of, move_behind, swap, words_of, write
from tests.proof.conftest import Place, Prove
from tests.source import Mention

MENTIONS = {
    place: list(mentions)
    for place, mentions in [
        ("summary", source.summary()),
        *((section.id, section.mentions) for section in source.sections()),
    ]
    if mentions
}

_DATE = re.compile(r"(?:(?P<day>\d+) )?(?P<month>[A-Z][a-z]+) (?P<year>\d{4})")


def _change(words: str, how: Callable[[str | None, str, int], str | None]) -> str | None:
    date = _DATE.fullmatch(words)
    return how(date["day"], date["month"], int(date["year"])) if date else None


# What is made of the words of a date; None where that can't be.
CHANGES: dict[str, Callable[[str], str | None]] = {
    "another day": lambda words: _change(
        words, lambda day, month, year: f"{int(day) - 1} {month} {year}" if day else None
    ),
    "a month for the day": lambda words: _change(
        words, lambda day, month, year: f"{month} {year}" if day else None
    ),
    "a day for the month": lambda words: _change(
        words, lambda day, month, year: f"1 {month} {year}" if not day else None
    ),
    "a year for the month": lambda words: _change(
        words, lambda day, _, year: f"{year}" if not day else None
    ),
    "another month": lambda words: _change(
        words, lambda day, _, year: f"{day} June {year}" if day else f"June {year}"
    ),
    "another year": lambda words: _change(
        words, lambda day, month, year: f"{day or ''} {month} {year + 1}".strip()
    ),
    "other words": lambda words: None if _DATE.fullmatch(words) else "its early days",
    "nothing": lambda _: "",
}

EACH_DATE = [(place, index) for place in MENTIONS for index in range(len(MENTIONS[place]))]
EACH_CHANGE = [
    (place, index, change)
    for place, index in EACH_DATE
    for change in CHANGES
    if CHANGES[change](MENTIONS[place][index].words) is not None
]


def fault_at(mention: Mention) -> Place:
    return Code.PROOF_DATE, mention.file, mention.line


def change_words(trees: Trees, place: str, index: int, change: str) -> None:
    words = CHANGES[change](MENTIONS[place][index].words)
    assert words is not None
    date = dates_of(trees, place)[index]
    assert words_of(date) == MENTIONS[place][index].words
    write(date, words)


@pytest.mark.parametrize("format_name", ["epub", "html"])
@pytest.mark.parametrize(("place", "index", "change"), EACH_CHANGE)
def test_a_date_that_says_something_else_is_noticed(
    prove: Prove, place: str, index: int, change: str, format_name: str
) -> None:
    faults = prove(format_name, lambda trees: change_words(trees, place, index, change))
    assert fault_at(MENTIONS[place][index]) in faults


@pytest.mark.parametrize("change", CHANGES)
def test_every_date_that_says_something_else_in_a_pdf_is_noticed(prove: Prove, change: str) -> None:
    """In one PDF, since each takes a second to set."""
    changed = [(place, index) for place, index, what in EACH_CHANGE if what == change]

    def change_all(trees: Trees) -> None:
        for place, index in changed:
            change_words(trees, place, index, change)

    faults = prove("pdf", change_all)
    assert {fault_at(MENTIONS[place][index]) for place, index in changed} <= faults


@pytest.mark.parametrize("format_name", ["epub", "html"])
@pytest.mark.parametrize("attribute", ["datetime", "data-edtf"])
@pytest.mark.parametrize(("place", "index"), EACH_DATE)
def test_a_date_that_says_something_else_to_machines_is_noticed(
    prove: Prove, place: str, index: int, attribute: str, format_name: str
) -> None:
    def misinform(trees: Trees) -> None:
        dates_of(trees, place)[index].set(attribute, "1990-01-01")

    assert fault_at(MENTIONS[place][index]) in prove(format_name, misinform)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("place", "index", "elsewhere"),
    [("summary", 0, "details"), ("vip-visits", 1, "people"), ("conference", 0, "overview")],
)
def test_a_date_in_another_section_is_noticed_there_and_here(
    prove: Prove, place: str, index: int, elsewhere: str, format_name: str
) -> None:
    def move(trees: Trees) -> None:
        move_behind(dates_of(trees, place)[index], heading_of(trees, elsewhere))

    faults = prove(format_name, move)
    line = next(section.line for section in source.sections() if section.id == elsewhere)
    assert fault_at(MENTIONS[place][index]) in faults
    assert (Code.PROOF_DATE, source.WORDS, line) in faults


@pytest.mark.parametrize("format_name", FORMATS)
def test_two_dates_that_changed_places_are_noticed(prove: Prove, format_name: str) -> None:
    def change_places(trees: Trees) -> None:
        first, second, *_ = dates_of(trees, "diplomatic-relations")
        swap(first, second)

    faults = prove(format_name, change_places)
    first, second, *_ = MENTIONS["diplomatic-relations"]
    assert {fault_at(first), fault_at(second)} & faults


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_date_given_to_an_event_that_has_none_is_noticed(prove: Prove, format_name: str) -> None:
    def give_a_date(trees: Trees) -> None:
        (undated, *_) = (
            e
            for tree in trees
            for e in tree.iter()
            if "undated" in (e.get("class") or "").split() and "dated" in words_of(e)
        )
        write(undated, "July 1997")

    faults = prove(format_name, give_a_date)
    assert Code.PROOF_DATE in {code for code, _, _ in faults}


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_briefing_as_it_was_published_has_no_faults(prove: Prove, format_name: str) -> None:
    """Parsing and serialising alone, as an alteration does, must not be what is noticed."""
    assert prove(format_name, lambda _: None) == set()
