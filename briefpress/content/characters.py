"""Characters that can't be published, wherever they stand.

They are invisible, or show what isn't there: a date can be shown backwards, a word be another than
it seems, and a file be cut where a reader stops at NUL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefpress.limits import COMBINING_MARKS

BAD_CHARACTER_HINT = "delete it; it may be invisible in your editor"

_BAD = re.compile(
    "(["
    "\0-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u2028\u2029"  # separators of lines and paragraphs
    # Embeddings, overrides and isolates (Unicode Standard Annex 9, 2.1 to 2.4) can show a date
    # backwards; the direction of words follows from their language.
    "\u202a-\u202e\u2066-\u2069"
    "\u206a-\u206f"  # deprecated (The Unicode Standard, 23.3)
    "\ufeff\ufff9-\ufffb"  # byte order marks inside a text, interlinear annotations
    "\U000e0000-\U000e007f"  # tags, which write words that nobody sees
    "\ud800-\udfff"  # surrogates
    # Noncharacters (The Unicode Standard, 23.7)
    "\ufdd0-\ufdef"
    + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))
    + r"])\1*"  # in a row, as a file that isn't text has them
)
# What can be marks in a row: neither Latin letters nor those of Chinese, Japanese and Korean.
_PERHAPS_MARKS = re.compile(rf"[^\0-\u02ff\u3000-\u9fff\uac00-\ud7a3]{{{COMBINING_MARKS.most},}}")


def bad_characters(text: str) -> Iterator[tuple[int, int, str]]:
    """What can't be published of a text: where it begins and ends, and what it is in words."""
    if text.isascii() and text.isprintable():
        return
    for match in _BAD.finditer(text):
        yield *match.span(), f"{named(match[1])} can't be published"
    for run in _PERHAPS_MARKS.finditer(text):
        for position in _piled(run[0]):
            start = run.start() + position
            yield start, start + 1, f"a letter has more than {COMBINING_MARKS} on it"


def named(char: str) -> str:
    """A character by its code point and its name."""
    unnamed = "noncharacter" if unicodedata.category(char) == "Cn" else "control character"
    return f"U+{ord(char):04X} ({unicodedata.name(char, unnamed).lower()})"


def _piled(text: str) -> Iterator[int]:
    """Where marks are piled upon marks, and cover the lines around them."""
    marks = 0
    for position, char in enumerate(text):
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks == COMBINING_MARKS.most + 1:
            yield position
