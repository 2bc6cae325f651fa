"""Whatever is done to a footnote in what is published, the proof notices it, at its YAML."""

from __future__ import annotations

import re

import pytest

from briefpress.diagnostics import Code
from tests import source
from tests.conftest import FORMATS
from tests.proof.alterations import Trees, double, notes_of, remove, swap, words_of, write
from tests.proof.conftest import Place, Prove

LINES = source.notes()

each_format = pytest.mark.parametrize("format_name", FORMATS)
each_note = pytest.mark.parametrize("index", range(len(LINES)))


def fault_at(index: int) -> Place:
    return Code.PROOF_NOTE, source.WORDS, LINES[index]


def said_without_number(trees: Trees, index: int) -> str:
    return re.sub(r"\d+|↩", "", words_of(notes_of(trees)[index])).strip()


# In a PDF, which takes a second to set, the first and the last will do.
EACH_IN_EACH_FORMAT = [
    *((name, index) for name in ("epub", "html") for index in range(len(LINES))),
    *(("pdf", index) for index in (0, len(LINES) - 1)),
]


@pytest.mark.parametrize(("format_name", "index"), EACH_IN_EACH_FORMAT)
def test_a_footnote_that_is_taken_away_is_noticed(
    prove: Prove, index: int, format_name: str
) -> None:
    same: set[Place] = set()

    def take_away(trees: Trees) -> None:
        assert len(notes_of(trees)) == len(LINES)
        words = said_without_number(trees, index)
        # Which of two neighbours that say the same is gone, nobody can tell.
        for other in range(len(LINES)):
            if said_without_number(trees, other) == words:
                same.add(fault_at(other))
        remove(notes_of(trees)[index])

    faults = {fault for fault in prove(format_name, take_away) if fault[0] is Code.PROOF_NOTE}
    assert len(faults) == 1
    assert faults <= same


def reword(trees: Trees, index: int) -> None:
    note = notes_of(trees)[index]
    write(note, words_of(note).replace("Overview", "Oversight"))


@pytest.mark.parametrize("format_name", ["epub", "html"])
@each_note
def test_a_footnote_that_says_something_else_is_noticed(
    prove: Prove, index: int, format_name: str
) -> None:
    faults = prove(format_name, lambda trees: reword(trees, index))
    assert {fault for fault in faults if fault[0] is Code.PROOF_NOTE} == {fault_at(index)}


def test_every_footnote_that_says_something_else_in_a_pdf_is_noticed(prove: Prove) -> None:
    """Every second one, so that those between show which is which."""
    reworded = range(0, len(LINES), 2)

    def reword_some(trees: Trees) -> None:
        for index in reworded:
            reword(trees, index)

    faults = prove("pdf", reword_some)
    noticed = {fault for fault in faults if fault[0] is Code.PROOF_NOTE}
    assert noticed == {fault_at(index) for index in reworded}


def test_footnotes_that_the_stylesheet_hides_are_noticed(prove: Prove) -> None:
    def hide(trees: Trees) -> None:
        for note in notes_of(trees):
            note.set("style", "display: none")

    assert {fault_at(index) for index in range(len(LINES))} <= prove("pdf", hide)


@each_format
def test_a_footnote_that_the_source_does_not_have_is_noticed(
    prove: Prove, format_name: str
) -> None:
    faults = prove(format_name, lambda trees: double(notes_of(trees)[-1]))
    assert Code.PROOF_NOTE in {code for code, _, _ in faults}


@each_format
def test_two_footnotes_that_changed_places_are_noticed(prove: Prove, format_name: str) -> None:
    def change_places(trees: Trees) -> None:
        first, second, *_ = notes_of(trees)
        swap(first, second)

    faults = prove(format_name, change_places)
    assert {fault_at(0), fault_at(1)} & faults
