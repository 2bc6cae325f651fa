"""Texts as inlines and blocks: references, Markdown, languages, typography."""

# ruff: noqa: RUF001 - Japanese, Cyrillic and quotation marks are meant

from __future__ import annotations

import calendar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpress import model
from briefpress.dates import parse, write
from briefpress.diagnostics import Code
from briefpress.model import (
    Break,
    BulletList,
    DateMention,
    Emphasis,
    EventMention,
    Foreign,
    Link,
    Note,
    NumberedList,
    Paragraph,
    PersonMention,
    PlaceMention,
    Quote,
    Row,
    Rule,
    Strong,
    Table,
    Words,
)
from tests.content.writing import faults_in, labels, line_of, prose_of, words


def codes(text: str, language: str = "en") -> list[Code]:
    return [fault.code for fault in faults_in(text, language)]


def columns(text: str, literal: tuple[str, ...] = ()) -> list[tuple[Code, int]]:
    return [(fault.code, fault.span.column) for fault in faults_in(text, literal=literal)]


# References


def test_the_date_of_an_event() -> None:
    (mention,) = line_of("{treaty}")

    assert isinstance(mention, DateMention)
    assert (mention.date, mention.event, mention.inlines) == (parse("1992-01-26"), "treaty", ())
    assert (mention.span.line, mention.span.column, mention.span.length) == (1, 1, 8)


def test_words_that_stand_for_the_date_of_an_event() -> None:
    _, mention = line_of("It was {treaty|signed *early*}")

    assert isinstance(mention, DateMention)
    assert (mention.date, mention.event) == (parse("1992-01-26"), "treaty")
    assert mention.inlines == (words("signed "), Emphasis(inlines=(words("early"),)))


@pytest.mark.parametrize("edtf", ["1991-12-28", "1992-05", "199X", "1999~", "../1991", "1999-22"])
def test_a_date_written_in_place(edtf: str) -> None:
    (mention,) = line_of(f"{{{edtf}}}")

    assert isinstance(mention, DateMention)
    assert (mention.date, mention.event) == (parse(edtf), None)


def test_words_that_stand_for_a_date_written_in_place() -> None:
    (mention,) = line_of("{1999|the year after}")

    assert isinstance(mention, DateMention)
    assert (mention.date, mention.inlines) == (parse("1999"), (words("the year after"),))


def test_an_event_without_a_date_can_be_said_in_words_alone() -> None:
    assert line_of("{talks|the talks}") == (
        EventMention(event="talks", inlines=(words("the talks"),)),
    )
    assert codes("{talks}") == [Code.UNDATED_EVENT]


def test_a_person_as_the_language_writes_the_name() -> None:
    assert line_of("{@tanaka}{@abai}") == (
        PersonMention(person="tanaka", inlines=(words("Tanaka Hanako"),)),
        PersonMention(person="abai", inlines=(words("Abai Kunanbaiuly"),)),
    )
    assert line_of("{@tanaka}", "ja") == (
        PersonMention(person="tanaka", inlines=(words("田中花子"),)),
    )


def test_a_person_in_other_words_and_in_another_language() -> None:
    name = Foreign(language="ja", inlines=(words("田中花子"),))

    assert line_of("{@tanaka|she}{@tanaka.ja}") == (
        PersonMention(person="tanaka", inlines=(words("she"),)),
        PersonMention(person="tanaka", inlines=(name,)),
    )


def test_a_place_by_its_id_or_by_the_code_of_the_country() -> None:
    assert line_of("{#lake}{#kz}{#jp|there}") == (
        PlaceMention(place="lake", inlines=(words("the Lake"),)),
        PlaceMention(place="kz", inlines=(words("Kazakhstan"),)),
        PlaceMention(place="jp", inlines=(words("there"),)),
    )
    assert line_of("{#kz}", "ja") == (PlaceMention(place="kz", inlines=(words("カザフスタン"),)),)


def test_footnotes_are_numbered_in_order_and_know_which_is_the_first_of_its_source() -> None:
    (paragraph,) = prose_of("A[^record] b[^archive|*page* 2] c.[^record|page 3]")
    notes = [node for node in model.walk(paragraph) if isinstance(node, Note)]

    assert [(n.number, n.source, n.first) for n in notes] == [
        (1, "record", True),
        (2, "archive", True),
        (3, "record", False),
    ]
    assert notes[1].where == (Emphasis(inlines=(words("page"),)), words(" 2"))
    assert [note.span.column for note in notes] == [2, 13, 35]


def test_references_may_hold_spaces_and_stand_inside_of_others() -> None:
    assert line_of("{ @tanaka }") != ()
    (mention,) = line_of("{ treaty | signed }")
    assert isinstance(mention, DateMention)
    (strong,) = line_of("**{treaty}**")
    assert isinstance(strong, Strong)
    assert isinstance(strong.inlines[0], DateMention)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", Code.BAD_REFERENCE),
        ("{ }", Code.BAD_REFERENCE),
        ("{@}", Code.BAD_REFERENCE),
        ("{|words}", Code.BAD_REFERENCE),
        ("{treaty|}", Code.BAD_REFERENCE),
        ("{treaty| }", Code.BAD_REFERENCE),
        ("{treaty", Code.BAD_REFERENCE),
        ("[words]{.small}", Code.BAD_REFERENCE),
        ("[words]{#lake}", Code.BAD_REFERENCE),
        ('[words]{lang="no tag"}', Code.BAD_REFERENCE),
        ("{nothing}", Code.UNKNOWN_EVENT),
        ("{Treaty}", Code.UNKNOWN_EVENT),
        ("{act-7}", Code.UNKNOWN_EVENT),
        ("{act_7}", Code.UNKNOWN_EVENT),
        ("{@nobody}", Code.UNKNOWN_PERSON),
        ("{@tanaka.kk}", Code.UNKNOWN_PERSON),
        ("{@1991}", Code.UNKNOWN_PERSON),
        ("{#nowhere}", Code.UNKNOWN_PLACE),
        ("{#zz}", Code.UNKNOWN_PLACE),
        ("[^nothing]", Code.UNKNOWN_SOURCE),
        ("[^nothing|page 2]", Code.UNKNOWN_SOURCE),
        ("[words](#nowhere)", Code.UNKNOWN_SECTION),
        ("{1991-12-32}", Code.BAD_DATE),
        ("{28 December 1991}", Code.BAD_DATE),
        ("{May 1992}", Code.BAD_DATE),
        ("{[1991,1992]}", Code.BAD_DATE),
        ("{1991-12-32|words}", Code.BAD_DATE),
        ("[words](ftp://example.org)", Code.BAD_LINK),
        ("[words](JavaScript:alert)", Code.BAD_LINK),
        ("[words](data:text/html,x)", Code.BAD_LINK),
        ("[words](//example.org)", Code.BAD_LINK),
        ("[words]()", Code.BAD_LINK),
        ("<file:///etc/hosts>", Code.BAD_LINK),
        ("![words](lake.png)", Code.UNSUPPORTED_MARKUP),
        ("# A heading", Code.UNSUPPORTED_MARKUP),
        ("A heading\n=========", Code.UNSUPPORTED_MARKUP),
        ("[^record]: A text.", Code.UNSUPPORTED_MARKUP),
        ("- > " * 9 + "deep", Code.TOO_LARGE),
        ("|a|\n|-|\n|b|c|", Code.WRONG_VALUE),
        ("Абай", Code.UNMARKED_LANGUAGE),
        ("*渡辺*", Code.UNMARKED_LANGUAGE),
        ("[渡辺]{lang=kk}", Code.UNMARKED_LANGUAGE),
        ("☃", Code.MISSING_GLYPH),
        ("`☃`", Code.MISSING_GLYPH),
        ("```\n☃\n```", Code.MISSING_GLYPH),
    ],
)
def test_what_is_wrong_is_one_fault(text: str, code: Code) -> None:
    assert codes(text) == [code]


def test_braces_and_brackets_can_be_escaped_or_be_code() -> None:
    assert line_of(r"\{treaty} and \[words\]") == (words("{treaty} and [words]"),)
    assert line_of("`{treaty}`") == (model.Code(text="{treaty}"),)
    assert line_of(r"[a] \[^record]") == (words("[a] [^record]"),)


# Places


def test_each_fault_stands_at_its_own_occurrence() -> None:
    assert columns("`{x}` {x} `{x}` {x}") == [(Code.UNKNOWN_EVENT, 7), (Code.UNKNOWN_EVENT, 17)]
    assert columns(r"\{ {treaty} { \{ {") == [(Code.BAD_REFERENCE, 13), (Code.BAD_REFERENCE, 18)]
    assert columns("x {x} {y|x {x}") == [
        (Code.UNKNOWN_EVENT, 3),
        (Code.BAD_REFERENCE, 7),
        (Code.UNKNOWN_EVENT, 12),
    ]


def test_a_bare_date_is_told_from_the_same_words_elsewhere() -> None:
    assert columns("{1999} in 1999") == [(Code.BARE_DATE, 11)]
    assert columns("{1999|then} in 1999") == [(Code.BARE_DATE, 16)]
    assert columns("[a](https://e.org/a-1999) 1999") == [(Code.BARE_DATE, 27)]
    assert columns("May 1999, 1999-05, 1999") == [
        (Code.BARE_DATE, 1),
        (Code.BARE_DATE, 11),
        (Code.BARE_DATE, 20),
    ]
    assert columns("act 1999 of 1999", literal=("act 1999",)) == [(Code.BARE_DATE, 13)]


def test_words_that_are_the_date_they_stand_for_are_let_stand() -> None:
    for text in ("{1991-12-28|Dec. 28, 1991}", "{199X|1990s}", "{1999-09~|about Sept. 1999}"):
        assert codes(text) == []
    for text in ("{1991-12-28|Dec. 27, 1991}", "{1991|Dec. 28, 1991}", "{1992|05/12/1992}"):
        assert codes(text) == [Code.BARE_DATE]


def test_a_bare_date_is_found_wherever_it_is_typed() -> None:
    for text in ("*1999*", "`1999`", "- 1999", "> 1999", "|1999|\n|-|", "[1999](#story)"):
        assert codes(text) == [Code.BARE_DATE]
    for text in ("{treaty|in 1999}", "[^record|of 1999]", "[1999]{lang=ja}", "{@abai}1999"):
        assert codes(text) == [Code.BARE_DATE]
    (fault,) = faults_in("on 28\nDecember 1991")
    assert (fault.span.line, fault.span.column) == (1, 4)


def test_words_that_are_literal_are_let_stand() -> None:
    text = "The 1990s, the *Act of 1999* and 1999"

    assert columns(text) == [(Code.BARE_DATE, 5), (Code.BARE_DATE, 24), (Code.BARE_DATE, 34)]
    assert columns(text, literal=("The 1990s", "Act of 1999")) == [(Code.BARE_DATE, 34)]


# Markdown


def test_blocks_of_markdown() -> None:
    assert prose_of("One\n\n---\n\nTwo") == (
        Paragraph(inlines=(words("One"),)),
        Rule(),
        Paragraph(inlines=(words("Two"),)),
    )
    one, two = (model.Item(blocks=(Paragraph(inlines=(words(w),)),)) for w in ("one", "two"))
    assert prose_of("- one\n- two") == (BulletList(items=(one, two)),)
    assert prose_of("7. one\n8. two") == (NumberedList(start=7, items=(one, two)),)
    assert prose_of("> one") == (Quote(blocks=(Paragraph(inlines=(words("one"),)),)),)
    assert prose_of("```\na  b\n```") == (model.CodeBlock(text="a  b\n"),)
    assert prose_of("    a  b") == (model.CodeBlock(text="a  b\n"),)


def test_lists_hold_blocks() -> None:
    (outer,) = prose_of("- one\n\n  two\n  - three")
    assert isinstance(outer, BulletList)
    kinds = [block.type for block in outer.items[0].blocks]
    assert kinds == ["paragraph", "paragraph", "bullet-list"]


def test_tables() -> None:
    assert prose_of("| What | How many |\n|------|---------:|\n| a \\| b | 1 |\n| c |\n") == (
        Table(
            head=((words("What"),), (words("How many"),)),
            numeric=(False, True),
            rows=(
                Row(cells=((words("a | b"),), (words("1"),))),
                Row(cells=((words("c"),), ())),
            ),
        ),
    )


def test_inlines_of_markdown() -> None:
    assert line_of("a *b* **c** `d`") == (
        words("a "),
        Emphasis(inlines=(words("b"),)),
        words(" "),
        Strong(inlines=(words("c"),)),
        words(" "),
        model.Code(text="d"),
    )
    assert line_of("a\\\nb") == (words("a"), Break(), words("b"))
    assert line_of("a &amp; b &copy; c") == (words("a & b © c"),)


def test_links() -> None:
    assert line_of("[a](#story)") == (Link(href="#story", inlines=(words("a"),)),)
    for href in ("https://example.org/a?b=c", "http://example.org", "mailto:a@example.org"):
        assert line_of(f"[a]({href})") == (Link(href=href, inlines=(words("a"),)),)
    assert line_of("<https://example.org>") == (
        Link(href="https://example.org", inlines=(words("https://example.org"),)),
    )


def test_html_is_text() -> None:
    assert line_of("<b>a</b> <!-- b -->") == (words("<b>a</b> <!-- b -->"),)
    assert prose_of("<script>alert(1)</script>") == (
        Paragraph(inlines=(words("<script>alert(1)</script>"),)),
    )


# Typography and languages


def test_quotes_become_those_of_the_language() -> None:
    assert line_of("\"It's 'so'\", she said") == (words("“It’s ‘so’”, she said"),)
    assert line_of('"引用"', "ja") == (words("「引用」"),)
    assert line_of('`"`') == (model.Code(text='"'),)


def test_the_end_of_a_line_is_a_space_except_between_wide_characters() -> None:
    assert line_of("one\ntwo") == (words("one two"),)
    assert line_of("日本は\n承認した。\nKazakhstan\nを", "ja") == (
        words("日本は承認した。 Kazakhstan を"),
    )


def test_words_in_another_language_are_marked() -> None:
    name = (words("渡辺"),)

    assert line_of("[渡辺]{lang=ja}") == (Foreign(language="ja", inlines=name),)
    assert line_of('[渡辺]{lang="ja-JP"}') == (Foreign(language="ja-JP", inlines=name),)
    assert line_of("Latin、渡辺", "ja") == (words("Latin、渡辺"),)
    assert codes("Абай", "ja") == [Code.UNMARKED_LANGUAGE]


def test_a_language_ends_with_its_words() -> None:
    assert columns("[渡辺 [Абай]{lang=kk} 渡辺]{lang=ja} 渡辺") == [(Code.UNMARKED_LANGUAGE, 34)]


# Any text at all

repeatable = settings(derandomize=True, deadline=None, max_examples=150)
marks = ["*", "**", "`", "```", "[", "]", "(", ")", "![", "{", "}", "|", "|-|", "~", "=", "<", "\\"]
blocks = ["\n", "\n\n", "- ", "> ", "1. ", "# ", "---", "    ", "\t", " "]
references = [
    "{treaty}",
    "{x}",
    "{treaty|",
    "{@tanaka.ja}",
    "{#",
    "{@",
    "[^record]",
    "[^",
    "{lang=ja}",
]
others = [
    "word",
    "日本",
    "1999",
    "May",
    "'",
    '"',
    "&amp;",
    "&",
    "://",
    "☃",
    "(#story)",
    "(https://e.org)",
]
snippets = st.lists(st.sampled_from([*marks, *blocks, *references, *others]), max_size=25)


@repeatable
@given(st.one_of(snippets.map("".join), st.text(max_size=60)), st.sampled_from(["en", "ja"]))
def test_any_text_gives_blocks_or_faults_at_places_within_it(text: str, language: str) -> None:
    lines = text.split("\n")

    for fault in faults_in(text, language):
        assert 1 <= fault.span.line <= len(lines)
        assert 1 <= fault.span.column <= len(lines[fault.span.line - 1]) + 1
        assert fault.message
        assert fault.hint


@st.composite
def plain_dates(draw: st.DrawFn) -> str:
    year, month = draw(st.integers(1700, 2099)), draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, calendar.monthrange(year, month)[1])) if month else None
    return "-".join([f"{year}", *(f"{part:02d}" for part in (month, day) if part)])


@repeatable
@given(plain_dates(), st.sampled_from(["en", "ja"]))
def test_every_date_typed_in_prose_is_one_fault_at_its_place(edtf: str, language: str) -> None:
    typed = write(parse(edtf), labels(language).locale, labels(language).date_words())
    before = {"en": "It is *known* that on ", "ja": "*それは*"}[language]

    (fault,) = faults_in(f"{before}{typed}.", language)

    assert fault.code is Code.BARE_DATE
    assert repr(typed) in fault.message
    assert (fault.span.column, fault.span.length) == (len(before) + 1, len(typed))


def test_words_of_unclosed_markup_are_kept() -> None:
    (inline,) = line_of("a *b [c `d")

    assert inline == Words(text="a *b [c `d")


# What stands beside a date, or beside asterisks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Это было {1991-12-28}.", "Это было \ufffc"),
        ("Это было {1991-12-28}. Потом", "Это было \ufffc Потом"),
        ("Это было {1991-12-28}...", "Это было \ufffc..."),
        ("Это было {1991-12-28}, потом", "Это было \ufffc, потом"),
        ("Это было {1991-12-28|тогда}.", "Это было \ufffc."),
    ],
)
def test_a_date_that_ends_in_a_full_stop_needs_no_other(text: str, expected: str) -> None:
    shown = (i.text if isinstance(i, Words) else "\ufffc" for i in line_of(text, "ru"))
    assert "".join(shown) == expected


def test_a_date_that_ends_otherwise_keeps_the_full_stop() -> None:
    assert line_of("It was {1991-12-28}.")[-1] == Words(text=".")


@pytest.mark.parametrize(
    "text", ["**承認した。**翌日", "彼は*「はい」*と", "**{1991-12-28}に。**翌日"]
)
def test_asterisks_that_emphasise_nothing_are_a_fault(text: str) -> None:
    assert codes(text, "ja") == [Code.UNSUPPORTED_MARKUP]


@pytest.mark.parametrize("text", [r"\*3\*", "0.34** and 0.5**", "2 * 3 * 4", "a* b", "`**x。**y`"])
def test_other_asterisks_are_none(text: str) -> None:
    assert codes(text) == []
