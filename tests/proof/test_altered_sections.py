"""Whatever is done to a section in what is published, the proof notices it, at its YAML."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefpress.diagnostics import Code
from tests import source
from tests.conftest import FORMATS
from tests.proof.alterations import (
    Trees,
    double,
    heading_of,
    move_behind,
    remove,
    rename,
    section_of,
    swap,
    words_of,
    write,
)
from tests.proof.conftest import Place, Prove
from tests.source import Section

SECTIONS = source.sections()
TOP = [section for section in SECTIONS if section.level == 2]
PAIRS = list(pairwise(TOP))


def fault_at(section: Section) -> Place:
    return Code.PROOF_SECTION, source.WORDS, section.line


def with_those_below(section: Section) -> list[Section]:
    start = SECTIONS.index(section)
    below = SECTIONS[start + 1 :]
    end = next((n for n, each in enumerate(below) if each.level <= section.level), len(below))
    return SECTIONS[start : start + 1 + end]


each_format = pytest.mark.parametrize("format_name", FORMATS)
each_section = pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)


@each_format
@each_section
def test_a_section_that_is_taken_away_is_noticed(
    prove: Prove, section: Section, format_name: str
) -> None:
    faults = prove(format_name, lambda trees: remove(section_of(trees, section.id)))
    noticed = {fault for fault in faults if fault[0] is Code.PROOF_SECTION}
    assert noticed == {fault_at(each) for each in with_those_below(section)}


@pytest.mark.parametrize("format_name", ["epub", "html"])
@each_section
def test_a_section_that_stands_there_twice_is_noticed(
    prove: Prove, section: Section, format_name: str
) -> None:
    faults = prove(format_name, lambda trees: double(section_of(trees, section.id)))
    assert {fault_at(each) for each in with_those_below(section)} <= faults


def test_every_section_that_stands_twice_in_a_pdf_is_noticed(prove: Prove) -> None:
    """In one PDF, since each takes a second to set."""

    def double_all(trees: Trees) -> None:
        for section in TOP:
            double(section_of(trees, section.id))

    assert {fault_at(section) for section in SECTIONS} <= prove("pdf", double_all)


@pytest.mark.parametrize("format_name", ["epub", "html"])
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda section: section.id)
def test_two_sections_that_changed_places_are_noticed(
    prove: Prove, first: Section, second: Section, format_name: str
) -> None:
    faults = prove(
        format_name, lambda trees: swap(section_of(trees, first.id), section_of(trees, second.id))
    )
    assert fault_at(first) in faults


@each_format
def test_two_sections_below_another_that_changed_places_are_noticed(
    prove: Prove, format_name: str
) -> None:
    first, second, *_ = (section for section in SECTIONS if section.level == 3)
    faults = prove(
        format_name, lambda trees: swap(section_of(trees, first.id), section_of(trees, second.id))
    )
    assert fault_at(first) in faults


@each_format
def test_a_section_moved_to_the_end_is_noticed(prove: Prove, format_name: str) -> None:
    faults = prove(
        format_name,
        lambda trees: move_behind(section_of(trees, TOP[1].id), section_of(trees, TOP[-1].id)),
    )
    assert fault_at(TOP[1]) in faults


@each_format
def test_every_title_that_is_worded_otherwise_is_noticed(prove: Prove, format_name: str) -> None:
    def retitle(trees: Trees) -> None:
        for section in SECTIONS:
            heading = heading_of(trees, section.id)
            write(heading, words_of(heading).replace("i", "y") + "s")

    assert {fault_at(section) for section in SECTIONS} <= prove(format_name, retitle)


@each_format
def test_every_title_that_is_no_heading_any_more_is_noticed(prove: Prove, format_name: str) -> None:
    def demote(trees: Trees) -> None:
        for section in SECTIONS:
            rename(heading_of(trees, section.id), f"h{section.level}", "p")

    assert {fault_at(section) for section in SECTIONS} <= prove(format_name, demote)


@each_format
def test_a_title_of_another_level_is_noticed(prove: Prove, format_name: str) -> None:
    below = [section for section in SECTIONS if section.level == 3]

    def promote(trees: Trees) -> None:
        for section in below:
            rename(heading_of(trees, section.id), "h3", "h2")

    assert {fault_at(section) for section in below} <= prove(format_name, promote)


@each_format
def test_a_section_that_the_source_does_not_have_is_noticed(prove: Prove, format_name: str) -> None:
    def add(trees: Trees) -> None:
        double(heading_of(trees, "people"))
        write(heading_of(trees, "people"), "Secret annex")

    assert Code.PROOF_SECTION in {code for code, _, _ in prove(format_name, add)}


@each_format
def test_every_paragraph_that_is_lost_is_noticed(prove: Prove, format_name: str) -> None:
    """Of those that belong to a section: footnotes aside, which have tests of their own."""
    with_prose = ["overview", "diplomatic-relations", "details", "nuclear-free-world", "conference"]

    beginnings: list[str] = []

    def lose(trees: Trees) -> None:
        for id_ in with_prose:
            paragraph = next(e for e in section_of(trees, id_) if str(e.tag).endswith("p"))
            beginnings.append(" ".join(words_of(paragraph).split()[:3]))
            remove(paragraph)

    faults = prove(format_name, lose)
    lines = (source.CONTENT / source.BRIEFING / source.WORDS).read_text("utf-8").splitlines()
    lost = {n for n, line in enumerate(lines, 1) for b in beginnings if line.strip().startswith(b)}
    assert len(lost) == len(with_prose)
    assert lost <= {line for code, _, line in faults if code is Code.PROOF_TEXT}
