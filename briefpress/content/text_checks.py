"""Faults that a text can have wherever it stands.

`place` says where, and is asked only if there is a fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from briefpress.content.scope import Scope, letters_of
from briefpress.diagnostics import Code, Span

# RFC 3986 schemes that lead a reader somewhere and can't run anything.
SAFE_SCHEMES = ("https:", "http:", "mailto:")
WORD = re.compile(r"[^\W\d_]{2,}")


def check_href(href: str, place: Callable[[], Span], scope: Scope) -> None:
    """Keep a fault where a link's scheme isn't one of `SAFE_SCHEMES`."""
    if not href.lower().startswith(SAFE_SCHEMES):
        scope.fault(
            Code.BAD_LINK,
            place(),
            f"a link can't lead to {href!r}",
            f"begin it with {', '.join(SAFE_SCHEMES)} or # and a section's id",
        )


def check_glyphs(text: str, place: Callable[[str], Span], scope: Scope) -> None:
    """Keep a fault for each character that no font has."""
    for char in sorted({c for c in text if ord(c) not in scope.coverage}):
        if not char.isspace():
            name = unicodedata.name(char, "no name").lower()
            scope.fault(
                Code.MISSING_GLYPH,
                place(char),
                f"no font has {char!r} (U+{ord(char):04X}, {name})",
                "use another character, or add a font to the templates",
            )


def check_script(word: str, language: str, place: Callable[[], Span], scope: Scope) -> None:
    """Keep a fault for a word in a script that its language doesn't use (WCAG 2.2, 3.1.2)."""
    own = letters_of(language)
    if all(_script(char) not in own for char in word):
        scope.fault(
            Code.UNMARKED_LANGUAGE,
            place(),
            f"{word!r} isn't in the script of the text, and no language is given for it",
            f"write [{word}]{{lang=…}}, with the language's tag, such as ja or kk",
        )


def _script(char: str) -> str:
    return unicodedata.name(char, "LATIN").split()[0]
