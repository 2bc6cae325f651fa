"""From the two files of a briefing to its model."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpress import model
from briefpress.diagnostics import Code, ContentError, Span
from briefpress.model import DateMention, PersonMention, Words, text_of
from tests.content.writing import faults_of, read_briefing

FACTS = """\
events:
  later: {date: 1999}
  reply: {after: question}
  question: {after: visit}
  visit: {date: 1994-04, kind: visit, people: [tanaka, abai], to: kz, source: record}
  treaty: {date: 1992-01-26, kind: milestone, source: record}
  loose: {}
people:
  tanaka: {family: Tanaka, given: Hanako, order: family-first, names: {ja: 田中花子}}
  abai: {family: Abai}
sources:
  record: {title: The Record, date: 1999-05, url: "https://example.org"}
"""
WORDS = """\
title: A *note*
summary: It is short.
events:
  treaty: The treaty is signed
  visit: {says: Two visit, office: Ministers, outcome: A statement}
  question: A question
  reply: A reply
  later: It ends
  loose: Something
places:
  lake: the Lake
  shore: a shore
sections:
  - id: story
    title: The story
    blocks:
      - prose: "{@tanaka} and {@abai} saw {#lake} and {#shore}."
    sections:
      - {id: more, title: More, blocks: [prose: "{@abai|He} saw {#kz}, then {@abai|he} slept."]}
  - id: lists
    title: Lists
    blocks:
      - chronology:
      - visits: {caption: Visits}
      - people:
      - sources:
      - index:
"""


def note(sections: str, words: str = "") -> str:
    return f"title: A note\nsummary: It is short.\n{words}sections:\n{sections}"


def block_of(briefing: model.Briefing, kind: str) -> model.Block:
    blocks = [b for _, section in briefing.all_sections() for b in section.blocks]
    return next(block for block in blocks if block.type == kind)


@pytest.fixture
def briefing(tmp_path: Path) -> model.Briefing:
    return read_briefing(tmp_path, WORDS, FACTS)


def test_the_smallest_briefing(tmp_path: Path) -> None:
    words = note("  - {id: all, title: All, blocks: [prose: Nothing.]}\n")
    briefing = read_briefing(tmp_path, words)

    assert text_of(briefing.title, str) == "A note"
    assert (briefing.issued, briefing.author, briefing.number) == (None, None, None)
    assert [section.id for _, section in briefing.all_sections()] == ["all"]


def test_a_chronology_is_in_order_and_what_is_undated_follows_what_it_is_after(
    briefing: model.Briefing,
) -> None:
    chronology = block_of(briefing, "chronology")

    assert isinstance(chronology, model.Chronology)
    assert [o.event for o in chronology.occurrences] == [
        "treaty",
        "visit",
        "question",
        "reply",
        "later",
        "loose",
    ]
    assert [bool(o.when) for o in chronology.occurrences] == [True, True, False, False, True, False]
    assert [s.source for s in chronology.sources] == ["record"]


def test_a_date_leads_to_the_first_chronology_that_shows_its_event(tmp_path: Path) -> None:
    words = note(
        "  - {id: all, title: All, blocks: [chronology: {kind: [a]}, chronology: , prose: So.]}\n",
        "events:\n  one: One\n  two: Two\n",
    )
    facts = "events:\n  one: {date: 1998, kind: a}\n  two: {date: 1999}\n"
    blocks = read_briefing(tmp_path, words, facts).sections[0].blocks

    anchored = [block.anchored for block in blocks if isinstance(block, model.Chronology)]
    assert anchored == [{"one"}, {"two"}]


def test_an_undated_event_keeps_its_place_where_what_it_is_after_is_not_shown(
    tmp_path: Path,
) -> None:
    facts = (
        "events:\n"
        "  last: {date: 1999, kind: a}\n"
        "  then: {after: middle, kind: a}\n"
        "  middle: {date: 1995, kind: b}\n"
        "  also: {after: middle, kind: a}\n"
        "  first: {date: 1990, kind: a}\n"
    )
    events = "  last: A\n  then: B\n  middle: C\n  also: D\n  first: E\n"
    words = note(
        "  - {id: all, title: All, blocks: [chronology: {kind: [a]}, chronology: {kind: [b]}]}\n",
        f"events:\n{events}",
    )
    chronology = block_of(read_briefing(tmp_path, words, facts), "chronology")

    assert isinstance(chronology, model.Chronology)
    assert [o.event for o in chronology.occurrences] == ["first", "then", "also", "last"]


def test_a_long_chain_of_undated_events_is_no_burden(tmp_path: Path) -> None:
    chain = "".join(f"  e{n}: {{after: e{n + 1}}}\n" for n in range(3000))
    events = "".join(f"  e{n}: Something\n" for n in range(3001))
    words = note("  - {id: all, title: All, blocks: [chronology: ]}\n", f"events:\n{events}")
    facts = f"events:\n{chain}  e3000: {{date: 1999}}\n"
    chronology = block_of(read_briefing(tmp_path, words, facts), "chronology")

    assert isinstance(chronology, model.Chronology)
    assert [o.event for o in chronology.occurrences] == [f"e{n}" for n in range(3000, -1, -1)]


def test_visits_show_who_went_where_and_what_came_of_it(briefing: model.Briefing) -> None:
    visits = block_of(briefing, "visits")

    assert isinstance(visits, model.Visits)
    (visit,) = visits.visits
    assert text_of(visit.visitors, str) == "Tanaka Hanako, Abai"
    assert text_of(visit.to, str) == "Kazakhstan"
    assert text_of(visit.office, str) == "Ministers"
    assert text_of(visit.outcome, str) == "A statement"
    (when,) = visit.when
    assert isinstance(when, DateMention)
    assert (when.date.edtf, when.event) == ("1994-04", "visit")
    assert when.span == Span("note/facts.yaml", 5, 17, 7)


def test_people_have_their_names_in_other_languages(briefing: model.Briefing) -> None:
    people = block_of(briefing, "people")

    assert isinstance(people, model.People)
    assert [(p.id, text_of(p.name, str)) for p in people.people] == [
        ("tanaka", "Tanaka Hanako"),
        ("abai", "Abai"),
    ]
    (japanese,) = people.people[0].other_names
    assert (japanese.language, japanese.inlines) == ("ja", (Words(text="田中花子"),))


def test_the_index_names_each_section_once_and_sorts_by_name(briefing: model.Briefing) -> None:
    index = block_of(briefing, "index")

    assert isinstance(index, model.Index)
    assert [(e.id, e.sections) for e in index.people] == [
        ("abai", ("story", "more", "lists")),
        ("tanaka", ("story", "lists")),
    ]
    assert [(text_of(e.name, str), e.sections) for e in index.places] == [
        ("a shore", ("story",)),
        ("Kazakhstan", ("more", "lists")),
        ("the Lake", ("story",)),
    ]


def test_sections_are_numbered_and_annexes_lettered(tmp_path: Path) -> None:
    block = "blocks: [prose: Nothing.]"
    words = note(
        f"  - {{id: points, title: P, numbered: no, {block}}}\n"
        f"  - {{id: one, title: O, {block}, sections: [{{id: in-one, title: I, {block}}}]}}\n"
        f"  - {{id: two, title: T, {block}}}\n"
        f"  - {{id: a, title: A, annex: yes, sections: [{{id: in-a, title: I, {block}}}]}}\n"
        f"  - {{id: b, title: B, annex: yes, {block}}}\n"
    )
    briefing = read_briefing(tmp_path, words)

    assert {s.id: s.number for _, s in briefing.all_sections()} == {
        "points": None,
        "one": "1",
        "in-one": "1.1",
        "two": "2",
        "a": "A",
        "in-a": "A.1",
        "b": "B",
    }


def test_the_same_files_have_the_same_digest_and_others_another(tmp_path: Path) -> None:
    digest = read_briefing(tmp_path, WORDS, FACTS).digest

    assert read_briefing(tmp_path, WORDS, FACTS).digest == digest
    assert read_briefing(tmp_path, WORDS + "# \n", FACTS).digest != digest
    assert read_briefing(tmp_path, WORDS, FACTS + "# \n").digest != digest


def test_japanese_takes_the_japanese_names(tmp_path: Path) -> None:
    words = note('  - {id: all, title: 全部, blocks: [prose: "{@tanaka}は{2000-05}に{#kz}へ"]}\n')
    briefing = read_briefing(
        tmp_path,
        words.replace("A note", "覚書").replace("It is short", "短い"),
        "people:\n  tanaka: {family: Tanaka, names: {ja: 田中花子}}\n",
        "ja",
    )
    mentions = [n for n in model.walk(briefing) if isinstance(n, PersonMention)]

    assert mentions[0].inlines == (Words(text="田中花子"),)
    assert (briefing.language, briefing.locale) == ("ja", "ja-JP")


# What nothing mentions


@pytest.mark.parametrize(
    ("facts", "words", "code"),
    [
        ("events:\n  party: {date: 1999}\n", "", Code.UNUSED_EVENT),
        ("people:\n  abai: {family: Abai}\n", "", Code.UNUSED_PERSON),
        ("sources:\n  record: {title: The Record}\n", "", Code.UNUSED_SOURCE),
        ("", "places:\n  lake: the Lake\n", Code.UNUSED_PLACE),
    ],
)
@pytest.mark.parametrize(
    ("mention", "codes"),
    [("", True), ("{party} {@abai} {#lake} [^record]", False)],
)
def test_what_nothing_mentions_is_a_fault(  # noqa: PLR0913, PLR0917 - all that differs
    tmp_path: Path, facts: str, words: str, code: Code, mention: str, codes: bool
) -> None:
    section = f'  - {{id: all, title: All, blocks: [prose: "Nothing. {mention}"]}}\n'
    found = {fault.code for fault in faults_of(tmp_path, note(section, words), facts)}

    assert (code in found) is codes


def test_a_mention_anywhere_counts(tmp_path: Path) -> None:
    facts = (
        "events:\n  party: {date: 1999}\n  talks: {}\n"
        "people:\n  abai: {family: Abai}\n  aba: {family: Aba}\n"
        "sources:\n  record: {title: The Record}\n"
    )
    words = note(
        "  - id: all\n"
        '    title: "Of {party}"\n'
        "    blocks:\n"
        '      - table: {caption: "By {@abai}", head: [A], rows: [["{talks|They} met[^record]"]]}\n'
        "      - people: {only: [aba]}\n"
    )

    codes = [fault.code for fault in faults_of(tmp_path, words, facts)]
    assert codes == [Code.UNUSED_PERSON]  # a list of people by itself doesn't mention them


def test_a_misspelt_mention_is_not_said_to_be_none(tmp_path: Path) -> None:
    section = '  - {id: all, title: All, blocks: [prose: "By {@abay}."]}\n'
    faults = faults_of(tmp_path, note(section), "people:\n  abai: {family: Abai}\n")

    assert [fault.code for fault in faults] == [Code.UNKNOWN_PERSON]


def test_words_that_a_section_lists_as_literal_are_so_in_it_and_below_it(tmp_path: Path) -> None:
    of_1999 = "blocks: [prose: The act of 1999.]"
    words = note(
        "  - id: one\n"
        "    title: The act of 1999\n"
        "    literal: [act of 1999]\n"
        f"    sections: [{{id: in-one, title: In one, {of_1999}}}]\n"
        f"  - {{id: two, title: Two, {of_1999}}}\n"
    )
    faults = [(fault.code, fault.span.line) for fault in faults_of(tmp_path, words)]

    assert faults == [(Code.BARE_DATE, 8)]


# Several faults at once


def test_a_fault_does_not_hide_those_behind_it_nor_make_others(tmp_path: Path) -> None:
    words = note(
        "  - id: one\n"
        "    title: One\n"
        "    blocks:\n"
        "      - proes: Nothing.\n"
        "      - table: {caption: None, head: [], rows: []}\n"
        "      - people: {only: nobody}\n"
        '      - prose: "It is of {1999-13}."\n'
        "  - id: two\n"
        "    titel: Two\n"
        '    blocks: [prose: "See [one](#one), [two](#two), [three](#three)."]\n'
        "  - three\n"
    )
    faults = [(f.code, f.span.line) for f in faults_of(tmp_path, words)]

    assert faults == [
        (Code.UNKNOWN_KEY, 7),
        (Code.EMPTY_SECTION, 8),
        (Code.EMPTY_SECTION, 8),
        (Code.WRONG_TYPE, 9),
        (Code.BAD_DATE, 10),
        (Code.UNKNOWN_KEY, 12),
        (Code.UNKNOWN_SECTION, 13),
        (Code.WRONG_TYPE, 14),
    ]


def test_faults_of_both_files_are_found_in_one_run(tmp_path: Path) -> None:
    words = note('  - {id: all, title: All, blocks: [prose: "{nothing}"], colour: red}\n')
    faults = faults_of(tmp_path, words, "issued: soon\nnumbr: 1\n")

    assert [(f.code, f.span.file) for f in faults] == [
        (Code.UNKNOWN_EVENT, "note/en.yaml"),
        (Code.UNKNOWN_KEY, "note/en.yaml"),
        (Code.BAD_DATE, "note/facts.yaml"),
        (Code.UNKNOWN_KEY, "note/facts.yaml"),
    ]


def test_one_event_shown_twice_has_each_fault_once(tmp_path: Path) -> None:
    words = note(
        "  - {id: all, title: All, blocks: [chronology: , chronology: , sources: ]}\n",
        'events:\n  party: "A {party"\n',
    )
    facts = "events:\n  party: {date: never}\nsources:\n  record: {title: A {x, url: x}\n"

    with pytest.raises(ContentError) as error:
        read_briefing(tmp_path, words, facts.replace("A {x", '"A {x"'))
    assert [fault.code for fault in error.value.diagnostics] == [
        Code.BAD_REFERENCE,
        Code.BAD_DATE,
        Code.BAD_REFERENCE,
        Code.BAD_LINK,
    ]


def nested(levels: int) -> str:
    deep = "{id: s0, title: S, blocks: [prose: Nothing.]}"
    for level in range(1, levels):
        deep = f"{{id: s{level}, title: S, sections: [{deep}]}}"
    return note(f"  - {deep}\n")


def test_sections_may_be_nested_as_deep_as_html_has_headings(tmp_path: Path) -> None:
    briefing = read_briefing(tmp_path, nested(5))

    assert max(level for level, _ in briefing.all_sections()) == 5


def test_sections_that_are_nested_deeper_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_briefing(tmp_path, nested(6))

    assert [fault.code for fault in caught.value.diagnostics] == [Code.TOO_LARGE]


def test_a_path_that_no_file_system_takes_is_a_fault(tmp_path: Path) -> None:
    for file in ("x" * 5000, "a/" * 2000, ".", "en.yaml/x", "/", "~"):
        figure = f'figure: {{file: "{file}", alt: A, caption: C}}'
        words = note(f"  - {{id: all, title: All, blocks: [{{{figure}}}]}}\n")
        assert [fault.code for fault in faults_of(tmp_path, words)] == [Code.BAD_PICTURE]
