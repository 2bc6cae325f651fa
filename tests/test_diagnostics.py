"""Diagnostics, and how they are shown to people, programs and GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefpress.diagnostics import (
    Code,
    ContentError,
    Diagnostic,
    Span,
    as_github,
    as_json,
    as_text,
    first_of,
    listed,
    nearest,
    source_line,
)
from briefpress.limits import FAULTS_SHOWN

FAULT = Diagnostic(
    Code.UNKNOWN_EVENT,
    Span("content/note/en.yaml", 7, 10, 8),
    "there is no event 'treatty'",
    "did you mean 'treaty'?",
)


def shown(line: str, column: int, length: int) -> list[str]:
    """The line as it is shown, and the one with the caret, both without the margin."""
    fault = Diagnostic(Code.BAD_DATE, Span("a", 1, column, length), "…", "…")
    _, source, caret, _ = as_text(fault, line).split("\n")
    return [source.removeprefix(" 1 | "), caret.removeprefix("   | ")]


def test_a_fault_as_text_has_its_place_the_line_and_the_way_out() -> None:
    assert as_text(FAULT, "It was {treatty} then.").split("\n") == [
        "content/note/en.yaml:7:10: error[unknown-event]: there is no event 'treatty'",
        " 7 | It was {treatty} then.",
        "   |          ^^^^^^^^",
        "   = did you mean 'treaty'?",
    ]


def test_a_fault_without_a_line_is_shown_without_one() -> None:
    assert as_text(FAULT, None).split("\n") == [
        "content/note/en.yaml:7:10: error[unknown-event]: there is no event 'treatty'",
        "   = did you mean 'treaty'?",
    ]


@pytest.mark.parametrize(
    ("line", "column", "length", "caret"),
    [
        ("abc", 2, 1, " ^"),
        ("abc", 1, 3, "^^^"),
        ("abc", 4, 1, "   ^"),  # behind the line: something is missing there
        ("日本x", 3, 1, "    ^"),  # wide characters take two cells
        ("x日本", 2, 2, " ^^^^"),
        ("ｶﾅx", 3, 1, "  ^"),  # half-width ones take one
        ("e\u0301x", 3, 1, " ^"),  # combining ones take none
        ("x🚀y", 3, 1, "   ^"),
    ],
)
def test_the_caret_stands_under_the_fault(line: str, column: int, length: int, caret: str) -> None:
    assert shown(line, column, length) == [line, caret]


def test_a_long_line_is_cut_around_the_fault() -> None:
    line, caret = shown(f"{'a' * 500}{{x}}{'b' * 500}", 501, 3)

    assert len(line) == 110
    assert line[caret.index("^") : caret.rindex("^") + 1] == "{x}"


def test_a_line_is_read_from_its_file_as_it_was_counted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufeffone\r\ntwo\u2028still\nthr\tee\u202e\x07".encode())

    assert source_line(Span("a.yaml", 1), tmp_path) == "one"
    assert source_line(Span("a.yaml", 2), tmp_path) == "two�still"
    assert source_line(Span("a.yaml", 3), tmp_path) == "thr ee��"
    assert source_line(Span("a.yaml", 4), tmp_path) is None
    assert source_line(Span("b.yaml", 1), tmp_path) is None
    assert source_line(Span(".", 1), tmp_path) is None


def test_a_line_is_not_read_through_a_link_that_leads_out(tmp_path: Path) -> None:
    note = tmp_path / "content" / "note"
    note.mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("secret")
    (note / "facts.yaml").write_text("facts")
    (note / "en.yaml").symlink_to(tmp_path / "secret.yaml")
    (note / "ja.yaml").symlink_to(note / "facts.yaml")
    (note / "kk.yaml").symlink_to("kk.yaml")
    (tmp_path / "content" / "other").symlink_to(tmp_path)

    shown = {
        name: source_line(Span(f"content/{name}"), tmp_path)
        for name in (
            "note/en.yaml",
            "note/ja.yaml",
            "note/kk.yaml",
            "other/secret.yaml",
            "note/a\0.yaml",
        )
    }

    assert shown == dict.fromkeys(shown) | {"note/ja.yaml": "facts"}


def test_what_is_not_utf_8_is_shown_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a\xffb")

    assert source_line(Span("a.yaml", 1), tmp_path) == "a�b"


def test_json_has_every_field() -> None:
    assert json.loads(as_json([FAULT])) == [
        {
            "code": "unknown-event",
            "file": "content/note/en.yaml",
            "line": 7,
            "column": 10,
            "length": 8,
            "message": "there is no event 'treatty'",
            "hint": "did you mean 'treaty'?",
        }
    ]
    assert json.loads(as_json([])) == []


def test_an_annotation_for_github_escapes_what_would_end_it() -> None:
    assert as_github(FAULT) == (
        "::error file=content/note/en.yaml,line=7,col=10,title=unknown-event::"
        "there is no event 'treatty'%0Adid you mean 'treaty'?"
    )
    odd = Diagnostic(Code.BAD_LINK, Span("a,b:c%\n::x::.yaml"), "50%\n::error::", "\r\x1b[2J")
    assert as_github(odd) == (
        r"::error file=a%2Cb%3Ac%25\n%3A%3Ax%3A%3A.yaml,line=1,col=1,title=bad-link::"
        r"50%25\n::error::%0A\r\x1b[2J"
    )


UNSEEN = "\0\x1b[2J\x07\r\n\x9b\u202e\u2066\u200b\ufeff\udcff\U000e0041"


def test_what_content_has_put_into_a_fault_can_not_steer_a_terminal() -> None:
    fault = Diagnostic(Code.BAD_LINK, Span(f"a{UNSEEN}.yaml"), f"b{UNSEEN}", f"c{UNSEEN}")
    spelt = r"\x00\x1b[2J\x07\r\n\x9b\u202e\u2066\u200b\ufeff\udcff\U000e0041"

    assert as_text(fault, None) == (f"a{spelt}.yaml:1:1: error[bad-link]: b{spelt}\n   = c{spelt}")
    assert as_github(fault).startswith("::error file=")
    assert spelt in as_github(fault)
    assert as_json([fault]).replace("\n", "").isprintable()
    assert json.loads(as_json([fault]))[0]["message"] == f"b{UNSEEN}"


def test_what_is_very_long_is_cut() -> None:
    fault = Diagnostic(Code.BAD_LINK, Span("a.yaml"), "b" * 10_000, "c" * 10_000)

    for written in (as_text(fault, None), as_json([fault]), as_github(fault)):
        assert "bbbb…" in written
        assert "cccc…" in written
        assert len(written) < 1_200


def test_of_many_faults_the_first_are_shown_and_the_others_counted() -> None:
    faults = [Diagnostic(Code.BAD_DATE, Span("a", line), "m", "h") for line in range(1, 1_235)]
    most = FAULTS_SHOWN.most

    assert first_of(faults[:most]) == faults[:most]
    *shown, last = first_of(faults)
    assert shown == faults[:most]
    assert last.code is Code.TOO_MANY_FAULTS
    assert last.span.line == most + 1
    assert "1,134" in last.message


def test_of_many_names_a_hint_lists_the_first() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed([]) == ""
    many = listed([f"n{number}" for number in range(50_000)])
    assert many.startswith("n0, n1, ")
    assert many.endswith(" and 49,980 more")


def test_an_error_has_each_fault_once_in_order_of_place() -> None:
    faults = [
        Diagnostic(Code.BAD_DATE, Span(file, line, column), "m", "h")
        for file, line, column in [("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1), ("a", 9, 1)]
    ]

    error = ContentError(faults)

    assert [str(fault.span) for fault in error.diagnostics] == ["a:9:1", "a:9:2", "a:10:1", "b:1:1"]


def test_every_code_is_a_word_and_has_a_description() -> None:
    for code in Code:
        assert str(code) == code.name.lower().replace("_", "-")
        assert code.description.endswith(".")


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("treatty", ["visit", "treaty"], "treaty"),
        ("takana", ["tanaka", "abai"], "tanaka"),
        ("abay", ["tanaka", "abai"], "abai"),
        ("video", ["index", "prose"], None),
        ("", ["a"], None),
        ("a", [], None),
        ("a" * 100, ["a" * 101], None),
        ("treatty", ["treaty", *(f"n{number}" for number in range(500))], None),
    ],
)
def test_the_nearest_word_is_one_that_may_be_meant(
    word: str, known: list[str], found: str | None
) -> None:
    assert nearest(word, known) == found
