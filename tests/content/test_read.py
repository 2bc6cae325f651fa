"""YAML files as nodes that know their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpress.content import read as reader
from briefpress.content.read import Items, Mapping, Node, Scalar, at, plain, read
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import YAML_DEPTH, Limit


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "en.yaml"


def nodes(file: Path, text: str) -> Node:
    file.write_text(text, "utf-8")
    return read(file, "en.yaml")


def faults(file: Path, data: str | bytes) -> list[Diagnostic]:
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(ContentError) as error:
        read(file, "en.yaml")
    return list(error.value.diagnostics)


def codes(file: Path, data: str | bytes) -> list[Code]:
    return [fault.code for fault in faults(file, data)]


def test_every_scalar_is_the_text_that_was_written(file: Path) -> None:
    text = "[1992-05, 012, no, 1.0, 0x1F, 1e3, 12:30:45, .inf, 2001-12-14t21:59:43.10-05:00, =, <<]"

    assert plain(nodes(file, text)) == text[1:-1].split(", ")


def test_a_value_left_out_is_nothing_and_quotes_hold_a_text(file: Path) -> None:
    assert plain(nodes(file, "[~, null, '', '~', \"null\"]")) == [None, None, "", "~", "null"]
    assert plain(nodes(file, "a:\nb: c\n")) == {"a": None, "b": "c"}


@pytest.mark.parametrize("text", ["", "\n\n", "# A comment.\n", "\ufeff", "---\n", "---\n...\n"])
def test_a_file_without_content_is_an_empty_mapping_or_nothing(file: Path, text: str) -> None:
    assert plain(nodes(file, text)) in ({}, None)


def test_nodes_know_their_place(file: Path) -> None:
    root = nodes(file, "title: A note\nsections:\n  - id: story\n    blocks: [x, 'y z']\n")

    assert isinstance(root, Mapping)
    assert root.keys["sections"].span == Span("en.yaml", 2, 1, 8)
    assert at(root, ["title"]).span == Span("en.yaml", 1, 8, 6)
    assert at(root, ["sections", 0, "id"]).span == Span("en.yaml", 3, 9, 5)
    assert at(root, ["sections", 0, "blocks", 0]).span == Span("en.yaml", 4, 14, 1)
    assert at(root, ["sections", 0, "blocks", 1]).span == Span("en.yaml", 4, 17, 5)


def test_a_place_of_several_lines_is_shown_by_its_first(file: Path) -> None:
    root = nodes(file, "summary: |\n  One.\n  Two.\ntable:\n  - a\n  - b\n")

    assert at(root, ["summary"]).span == Span("en.yaml", 1, 10, 1)
    assert at(root, ["table"]).span == Span("en.yaml", 5, 3, 3)


def test_a_path_leads_to_the_last_node_on_the_way(file: Path) -> None:
    root = nodes(file, "a: {b: [c]}\n")

    assert at(root, ["a", "b", 0, "d"]) is at(root, ["a", "b", 0])
    assert at(root, ["a", "b", 7]) is at(root, ["a", "b"])
    assert at(root, ["z"]) is root


def test_lines_may_end_as_on_windows_and_begin_with_a_mark(file: Path) -> None:
    file.write_bytes("\ufefftitle: A note\r\nsummary: |\r\n  One.\r\n  Two.\r\n".encode())
    root = read(file, "en.yaml")

    assert plain(root) == {"title": "A note", "summary": "One.\nTwo.\n"}
    assert at(root, ["title"]).span == Span("en.yaml", 1, 8, 6)
    assert at(root, ["summary"]).span == Span("en.yaml", 2, 10, 1)


def test_columns_count_characters_not_bytes(file: Path) -> None:
    root = nodes(file, "{題名: 日本🚀, b: c}\n")

    assert at(root, ["b"]).span == Span("en.yaml", 1, 14, 1)


def test_every_repetition_of_a_key_is_a_fault(file: Path) -> None:
    found = faults(file, "a: 1\nb: {c: 2, c: 3}\na: 4\n'a': 5\n")

    assert [(fault.code, fault.span) for fault in found] == [
        (Code.DUPLICATE_KEY, Span("en.yaml", 2, 11, 1)),
        (Code.DUPLICATE_KEY, Span("en.yaml", 3, 1, 1)),
        (Code.DUPLICATE_KEY, Span("en.yaml", 4, 1, 3)),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x 1\n", (1, 4)),
        ("a: *x\n", (1, 4)),
        ("a: !!str 1\n", (1, 4)),
        ("a: !x {}\n", (1, 4)),
        ("[a]: 1\n", (1, 1)),
        ("{a: 1}: 1\n", (1, 1)),
        ("a: 1\n---\nb: 2\n", (2, 1)),
    ],
)
def test_what_briefings_have_no_use_for_is_a_fault(
    file: Path, text: str, place: tuple[int, int]
) -> None:
    first, *_ = faults(file, text)

    assert first.code is Code.YAML_FEATURE
    assert (first.span.line, first.span.column) == place


def test_aliases_cannot_explode(file: Path) -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))

    assert set(codes(file, f"l0: &l0 [x]\n{levels}")) == {Code.YAML_FEATURE}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_limited_before_anything_is_built(file: Path, opening: str) -> None:
    assert codes(file, opening * 100_000) == [Code.TOO_LARGE]


def test_depth_within_the_limit_is_read(file: Path) -> None:
    depth = YAML_DEPTH.most

    assert isinstance(nodes(file, "[" * depth + "]" * depth), Items)


def test_size_is_limited(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "YAML_BYTES", Limit(10, "bytes", "a file"))

    assert isinstance(nodes(file, "a: 1234567"), Mapping)
    assert codes(file, "a: 12345678") == [Code.TOO_LARGE]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("a: 1\nb: é\n".encode("latin-1"), (2, 4)),
        ("日本\n日: ".encode() + b"\xff", (2, 4)),
        ("a: 1".encode("utf-16"), (1, 1)),
        (b"\xed\xa0\x80", (1, 1)),  # a lone surrogate
    ],
)
def test_what_is_not_utf_8_is_a_fault_at_its_first_byte(
    file: Path, data: bytes, place: tuple[int, int]
) -> None:
    (fault,) = faults(file, data)

    assert fault.code is Code.BAD_ENCODING
    assert (fault.span.line, fault.span.column) == place


@pytest.mark.parametrize("char", "\0\a\x1b\x7f\x85\u2028\u2029\u202a\u202e\ufffe\uffff\r")
def test_characters_that_cannot_be_published_are_faults(file: Path, char: str) -> None:
    (fault,) = faults(file, f"a: 1\nb: x{char}y\n")

    assert fault.code is Code.BAD_CHARACTER
    assert fault.span == Span("en.yaml", 2, 5, 1)


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\x1b", r"\N", r"\L", r"\u202E", r"\uFFFF"])
def test_characters_that_are_written_as_escapes_are_held_to_the_same(
    file: Path, escape: str
) -> None:
    (fault,) = faults(file, f'a: "{escape}"\n')

    assert fault.code is Code.BAD_CHARACTER


def test_characters_of_other_scripts_and_joiners_are_none_of_these(file: Path) -> None:
    text = "Нұрсұлтан 渡辺 שלום e\u0301 a\u200db soft\u00adhyphen\tand\u00a0space"

    assert plain(nodes(file, f"- {text}\n")) == [text]


def test_a_file_that_is_not_there_is_a_fault(file: Path) -> None:
    with pytest.raises(ContentError) as error:
        read(file, "en.yaml")

    assert [fault.code for fault in error.value.diagnostics] == [Code.MISSING_FILE]


def test_what_was_read_before_a_syntax_error_keeps_its_faults(file: Path) -> None:
    assert codes(file, "a: 1\na: 2\nb: &x 1\nc: d: e\n") == [
        Code.DUPLICATE_KEY,
        Code.YAML_FEATURE,
        Code.YAML_SYNTAX,
    ]


def test_a_reference_without_quotes_is_no_mapping(file: Path) -> None:
    (fault,) = faults(file, "a: {treaty}\n")

    assert fault.code is Code.YAML_SYNTAX
    assert fault.span == Span("en.yaml", 1, 5, 6)
    assert "quotes" in fault.hint


def test_a_scalar_keeps_whether_it_is_quoted(file: Path) -> None:
    root = nodes(file, "[a, 'b', \"c\"]")

    assert [n.quoted for n in root.children() if isinstance(n, Scalar)] == [False, True, True]
