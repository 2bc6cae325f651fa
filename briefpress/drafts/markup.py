"""Text as a briefing's markup: what would be taken for markup is escaped, and lines are folded.

CommonMark 0.31.2 with the references of a briefing (`content/markup.py`).
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A backslash goes before these (2.4 Backslash escapes); _ within a word means nothing.
_MARKS = re.compile(r"[\\`*\[\]{}]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What begins a block where it begins a line (4 Leaf blocks; 5 Container blocks).
_BEGINS_A_BLOCK = re.compile(r"[#>+=~|:-]|\d{1,9}(?=[.)])")
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef]"
_WIDE_FOLD = re.compile(rf"(?<=[、。，．！？」』）])(?={_WIDE})")  # noqa: RUF001 - East Asian marks
_BETWEEN_WIDE = re.compile(rf"(?<={_WIDE}) (?={_WIDE})")
# Stands for a space at which a line mustn't end while lines are folded; a noncharacter, which no
# draft has.
_KEPT = "\ufdd0"
_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Chunk:
    """A paragraph of prose, or lines to keep as they are if it is `verbatim`.

    `first` and `rest` go before its first line and the others. A `tight` one follows without an
    empty line.
    """

    text: str
    first: str = ""
    rest: str = ""
    verbatim: bool = False
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of several paragraphs."""

    chunks: tuple[Chunk, ...]


def escaped(text: str) -> str:
    """A text with a backslash before whatever would be markup within a line."""
    return _MARKS.sub(lambda match: "\\" + match[0], text)


def code(text: str) -> str:
    """A text as a code span (6.1 Code spans)."""
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{ticks}{pad}{' '.join(text.split(chr(10)))}{pad}{ticks}"


def emphasised(inner: str, mark: str, before: str, after: str) -> str | None:
    """Words between marks of emphasis; None where the marks would be read as characters.

    6.2 Emphasis and strong emphasis: whether a mark opens or closes depends on what is beside it.
    """
    if not inner.strip():
        return inner
    if before[-1:] == "*" or after[:1] == "*":
        return None
    start, end = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    core = inner.strip()
    opens = bool(start) or not _is_mark(core[0]) or _is_gap(before[-1:])
    closes = bool(end) or not _is_mark(core[-1]) or _is_gap(after[:1])
    return f"{start}{mark}{core}{mark}{end}" if opens and closes else None


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_gap(char: str) -> bool:
    return not char or char.isspace() or _is_mark(char)


def folded(text: str, width: int) -> list[str]:
    """The lines of a text, none of them longer than `width` where it can be folded.

    A line may end at a space, but not between wide characters, where the end of a line is nothing;
    and there it may end behind a full stop or a comma.
    """
    lines = []
    for line in text.split("\n"):
        kept = _BETWEEN_WIDE.sub(_KEPT, line)
        kept = re.sub(" {2,}", lambda match: _KEPT * len(match[0]), kept)
        lines += _wrapped(kept, max(width, _NARROWEST)) or [""]
    return [line.replace(_KEPT, " ") for line in lines]


def _wrapped(line: str, width: int) -> list[str]:
    wrapped = textwrap.wrap(
        line,
        width,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [part for each in wrapped for part in _wide_folds(each, width)]


def _wide_folds(line: str, width: int) -> Iterator[str]:
    """A line of wide characters, which has no spaces, folded behind its full stops and commas."""
    part = ""
    for piece in _WIDE_FOLD.split(line):
        if part and _cells(part) + _cells(piece) > width:
            yield part
            part = ""
        part += piece
    yield part


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def lines_of(prose: Prose, width: int) -> Iterator[str]:
    """The lines of a prose text."""
    for number, chunk in enumerate(prose.chunks):
        if number and not chunk.tight:
            yield _common(prose.chunks[number - 1].rest, chunk.rest).rstrip()
        lines = chunk.text.split("\n") if chunk.verbatim else _guarded(chunk, width)
        for index, line in enumerate(lines):
            yield f"{chunk.rest if index else chunk.first}{line}".rstrip()


def _guarded(chunk: Chunk, width: int) -> Iterable[str]:
    """Folded lines, of which none begins a block of its own."""
    for line in folded(chunk.text, width - len(chunk.rest)):
        match = _BEGINS_A_BLOCK.match(line)
        if match is None:
            yield line
        elif match[0].isdigit():
            yield f"{match[0]}\\{line[match.end() :]}"
        else:
            yield f"\\{line}"


def _common(one: str, other: str) -> str:
    """What two lines both begin with: the quotations that go on between them."""
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[: min(len(one), len(other)) if same is None else same]
