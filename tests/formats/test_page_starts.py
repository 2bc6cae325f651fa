"""Where markers of the PDF's pages go in other markup."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpress.formats.page_starts import PageStart, counted, mark_pages


def marker(page: int) -> str:
    return f"<i id='page-{page}'/>"


def marked(inside: str, *starts: tuple[int, str, int]) -> str:
    body = f"<body><section id='s'>{inside}</section></body>"
    markup, pages = mark_pages(body, [PageStart(*start) for start in starts], marker)
    assert pages == [page for page, part, _ in starts if f"id='{part}'" in body]
    return markup.removeprefix("<body>").removesuffix("</body>")


CASES = {
    "a part": ("<p>One.</p>", 0, "<section id='s'>|<p>One.</p></section>"),
    "contents": ("<nav><ol><li><a>One</a></li></ol></nav>", 0, "<li><a>|One</a></li>"),
    "a paragraph": ("<p>One.</p><p>Two.</p>", 4, "<p>One.</p>|<p>Two.</p>"),
    "a word": ("<p>One two.</p>", 3, "<p>One |two.</p>"),
    "a word that is broken": ("<p>One outstanding</p>", 6, "<p>One |outstanding</p>"),
    "words in a mark": ("<p>One <em>two</em></p>", 3, "<p>One <em>|two</em></p>"),
    "an escaped sign": ("<p>Q&amp;A &lt;x&gt;</p>", 3, "<p>Q&amp;A |&lt;x&gt;</p>"),
    "an item": ("<ul><li>a</li><li>b</li></ul>", 1, "<ul><li>a</li><li>|b</li></ul>"),
    "a block in an item": ("<ul><li>a</li><li><p>b</p></li></ul>", 1, "<li>|<p>b</p></li>"),
    "a picture for some screens": (
        "<p>One.</p><figure><picture><source/><img/></picture></figure>",
        4,
        "<p>One.</p>|<figure><picture><source/><img/></picture></figure>",
    ),
    "a row": (
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        1,
        "<tr><td>|b</td></tr>",
    ),
    "a picture": ("<p>One</p><figure><img/></figure>", 3, "<p>One</p>|<figure><img/></figure>"),
    "words below a picture": ("<figure><img/><p>One</p></figure>", 1, "<img/>|<p>One</p>"),
    "after a call": ("<p>One<a role='doc-noteref'>1</a> two</p>", 3, "</a> |two</p>"),
    "after notes": ("<p>a</p><ol role='doc-endnotes'><li>n</li></ol><p>b</p>", 1, "</ol>|<p>b</p>"),
    "japanese": ("<p>日本とカザフ</p>", 3, "<p>日本と|カザフ</p>"),
    "a soft hyphen": ("<p>co\u00adop one</p>", 4, "<p>co\u00adop |one</p>"),
}


@pytest.mark.parametrize("what", CASES)
def test_a_page_that_begins_with(what: str) -> None:
    inside, offset, expected = CASES[what]
    assert expected.replace("|", marker(2)) in marked(inside, (2, "s", offset))


def test_two_pages_can_begin_in_one_place() -> None:
    found = marked("<p>One.</p><p>Two.</p>", (2, "s", 4), (3, "s", 4))
    assert f"<p>One.</p>{marker(2)}{marker(3)}<p>Two.</p>" in found


def test_a_part_that_isnt_there_is_left_to_other_files() -> None:
    assert "page-" not in marked("<p>One.</p>", (2, "t", 0))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)), st.data())
def test_markers_change_nothing_else(texts: list[str], data: st.DataObject) -> None:
    inside = "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)
    length = counted("".join(texts))
    offset = data.draw(st.integers(0, max(length - 1, 0)))
    body = f"<body><section id='s'>{inside}</section></body>"
    markup, pages = mark_pages(body, [PageStart(7, "s", offset)], marker)
    assert markup.replace(marker(7), "") == body
    if length:
        assert pages == [7]
        before = unescape(re.sub("<[^>]*>", "", markup.partition(marker(7))[0]))
        assert counted(before) <= offset
