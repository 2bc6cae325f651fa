"""CommonMark with tables and the references of a briefing.

`{id}` is the date of an event, `{1991-12-28}` a date written in place, `{id|words}` words that
stand for it, `{@id}` a person, `{@id.ja}` the name as another language writes it, `{#id}` a place;
`[^id]` cites a source, `[^id|where]` a place in it; `[words]{lang=ja}` are words in another
language. HTML is off. CommonMark 0.31.2; tables as in GitHub Flavored Markdown.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin

from briefpress.limits import OPEN_BRACKETS, PARAGRAPH_CHARACTERS

REFERENCE = re.compile(r"\{\s*(?P<sigil>[@#]?)(?P<id>[^{}|]*)(?:\|(?P<words>[^{}]*))?\}")
NOTE = re.compile(r"\[\^(?P<id>[^\[\]|]+)(?:\|(?P<words>[^\[\]]*))?\]")
# What is nested deeper is dropped by the parser, so `prose.py` refuses it long before. Each bracket
# that is left open is tried as often as this.
_MAX_NESTING = 40
# In the meta of a paragraph that isn't read: why, in words.
TOO_LARGE = "too-large"
# Letters, digits, and punctuation that CommonMark has no use for within a line (6, Inlines).
_PLAIN = re.compile(r"[^\W_](?:[^\W_]| (?=[^ ])|[,.;:()/%–—-])*")
_PLAIN_MOST = 1000
_BRACKET = re.compile(r"\\.|\[|\]", re.DOTALL)


def parse_blocks(text: str, quotes: str) -> SyntaxTreeNode:
    """Parse prose into a tree of blocks; straight quotes become `quotes` (outer and inner)."""
    return SyntaxTreeNode(_parser(quotes).parse(text))


def parse_line(text: str, quotes: str) -> SyntaxTreeNode:
    """Parse a text that is a line, not prose: inlines only."""
    return SyntaxTreeNode(_parser(quotes).parseInline(text))


def is_plain(text: str) -> bool:
    """Whether a line is words and nothing else, as most cells are, and needn't be parsed."""
    return len(text) <= _PLAIN_MOST and _PLAIN.fullmatch(text) is not None


def cells_of(line: str) -> list[str]:
    """The cells of a line of a table, from its first bar on."""
    cells = escapedSplit(line[line.find("|") :].strip())
    return cells[1 : len(cells) if cells[-1] else -1]


@cache
def _parser(quotes: str) -> MarkdownIt:
    options = {"html": False, "typographer": True, "quotes": quotes, "maxNesting": _MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "smartquotes"])
    parser.use(attrs_plugin, after=("span_close",), spans=True, allowed=["lang"])
    parser.core.ruler.before("inline", "limits", _limits_rule)
    parser.inline.ruler.before("link", "note", _note_rule)
    parser.inline.ruler.before("span", "reference", _reference_rule)
    # Links are held against a list of schemes later, where a fault can be shown.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _limits_rule(state: StateCore) -> None:
    """Empty what would take long to parse, and say why."""
    for token in state.tokens:
        if token.type == "inline" and (reason := _too_large(token.content)):
            token.content, token.meta = "", {TOO_LARGE: reason}


def _too_large(text: str) -> str | None:
    if len(text) > PARAGRAPH_CHARACTERS.most:
        return f"a paragraph has more than {PARAGRAPH_CHARACTERS}"
    opened = 0
    for match in _BRACKET.finditer(text):
        opened = opened + 1 if match[0] == "[" else max(opened - (match[0] == "]"), 0)
        if opened > OPEN_BRACKETS.most:
            return f"more than {OPEN_BRACKETS} are open at once"
    return None


def _reference_rule(state: StateInline, silent: bool) -> bool:
    """Take a reference, or a brace that no reference follows."""
    if _rule(state, silent, REFERENCE, "reference", "{"):
        return True
    if state.src[state.pos] != "{":
        return False
    if not silent:
        state.push("brace", "", 0).content = "{"
    state.pos += 1
    return True


def _note_rule(state: StateInline, silent: bool) -> bool:
    return _rule(state, silent, NOTE, "note", "[")


def _rule(
    state: StateInline, silent: bool, pattern: re.Pattern[str], kind: str, opening: str
) -> bool:
    if state.src[state.pos] != opening:
        return False
    match = pattern.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = match[0]
        token.meta = match.groupdict()
        if match["words"]:
            token.children = state.md.parseInline(match["words"], state.env)[0].children
    state.pos = match.end()
    return True
