"""What CommonMark makes of lines."""

# ruff: noqa: RUF001 - quotation marks are meant

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from briefpress.content.markup import is_plain, parse_line

# What a cell may hold, with much of what means something to CommonMark, or might.
LINES = st.text(
    st.sampled_from("aÉя年٣Ⅷ1ab \u00a0\t\n.,;:()/%–—-_*[]{}<>&\\`'\"!#|~^$@=+"), max_size=12
)


@given(LINES)
@example("14 ships; 3,5 % (of all) – or so")
@example("www.example.org")
@example("https://example.org")
@example("(c) ... -- ---")
@example("a ")
@example("1. one")
@example("- one")
def test_a_plain_line_is_one_text(line: str) -> None:
    (inline,) = parse_line(line, "“”‘’").children
    if is_plain(line):
        (text,) = inline.children
        assert (text.type, text.content) == ("text", line)


def test_most_lines_are_plain() -> None:
    assert is_plain("14 ships; 3,5 % (of all) – or so")
    assert not is_plain("*14* ships")
