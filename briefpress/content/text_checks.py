"""Faults that a text can have wherever it stands.

`place` says where, and is asked only if there is a fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from briefpress import model
from briefpress.content.characters import bad_characters
from briefpress.content.running_text import visible_text
from briefpress.content.scope import Scope, letters_of
from briefpress.diagnostics import Code, Span
from briefpress.limits import LINK_CHARACTERS
from briefpress.typed_dates import finder_of

# RFC 3986 schemes that lead a reader somewhere and can't run anything.
SAFE_SCHEMES = ("https:", "http:", "mailto:")
# A name or an address of IPv4, or one of IPv6.
_HOST = re.compile(r"[\w.-]*\w\.?|[0-9a-f:.]+")
# Asterisks around words, up to what the writer didn't type.
_STARRED = re.compile(
    r"(?P<seen>(?P<marks>\*{1,3})(?=[^*\s])[^*\n\ufffc]{0,20})[^*\n]*(?<=[^*\s])(?P=marks)(?!\*)"
)
_ESCAPED = re.compile(r"\\.")
WORD = re.compile(r"[^\W\d_]{2,}")


def check_href(href: str, place: Callable[[], Span], scope: Scope) -> None:
    """Keep a fault where a link doesn't lead where a reader sees that it leads."""
    if not _is_of_a_safe_scheme(href):
        hint = f"begin it with {', '.join(SAFE_SCHEMES)} or # and a section's id"
        scope.fault(Code.BAD_LINK, place(), f"a link can't lead to {href!r}", hint)
    elif reason := _misleading(href):
        message = f"a link can't lead to {href!r}: {reason}"
        hint = "copy the address from a browser: https://, the host, and the path"
        scope.fault(Code.BAD_LINK, place(), message, hint)


def why_misleading(href: str) -> str | None:
    """Why a link can't lead to an address, or None where it can."""
    return _misleading(href) if _is_of_a_safe_scheme(href) else "its scheme isn't a safe one"


def _is_of_a_safe_scheme(href: str) -> bool:
    return href.lower().startswith(SAFE_SCHEMES)


def _misleading(href: str) -> str | None:
    """What readers, and browsers among each other, take in different ways (RFC 3986; URL)."""
    if len(href) > LINK_CHARACTERS.most:
        return f"it has more than {LINK_CHARACTERS}"
    plain = unquote(href)
    # A mail's text may have several lines.
    lines = plain.replace("\r\n", "") if href.lower().startswith("mailto:") else plain
    if " " in href or not href.isprintable() or "\\" in plain or _has_controls(lines):
        return "it holds white space, a backslash or a character that isn't seen"
    try:
        parts = urlsplit(href)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "it isn't a URL"
    if parts.scheme == "mailto":
        return None if re.fullmatch(r"[^@]+@[^@]+", parts.path) else "it names no mailbox"
    if "@" in parts.netloc:
        return "a name before @ looks like a host, and isn't one"
    return None if host and _HOST.fullmatch(host) else "it names no host"


def _has_controls(text: str) -> bool:
    return "\n" in text or "\t" in text or next(bad_characters(text), None) is not None


def check_glyphs(text: str, place: Callable[[str], Span], scope: Scope) -> None:
    """Keep a fault for each character that no font has."""
    for char in _without_glyph(text, scope):
        hint = "use another character, or add a font to the templates"
        scope.fault(Code.MISSING_GLYPH, place(char), f"no font has {_named(char)}", hint)


def check_letters(file: str, says: str, span: Span, scope: Scope) -> None:
    """Keep a fault for each character that a drawing says, and no font has."""
    for char in _without_glyph(says, scope):
        message = f"{file!r}: no font has {_named(char)}, which is in its text"
        hint = "have the picture editor turn its text into paths, or add a font to the templates"
        scope.fault(Code.MISSING_GLYPH, span, message, hint)


def _without_glyph(text: str, scope: Scope) -> list[str]:
    return sorted(c for c in set(text) if ord(c) not in scope.coverage and not c.isspace())


def _named(char: str) -> str:
    return f"{char!r} (U+{ord(char):04X}, {unicodedata.name(char, 'no name').lower()})"


def check_emphasis(text: str, source: str, place: Callable[[str], Span], scope: Scope) -> None:
    """Keep a fault for asterisks that would be printed, though they are meant as emphasis.

    Where there are no spaces between words, those beside punctuation neither open nor close any
    (CommonMark 0.31, 6.2). `text` is what is seen, `source` what was typed, in which those that are
    meant to be seen have backslashes before them.
    """
    for match in _STARRED.finditer(text) if "*" in text else ():
        if match["seen"] in _ESCAPED.sub("", source):
            hint = r"have the punctuation on the other side of the asterisks, or write \* for each"
            message = f"the asterisks of {match[0]!r} would be printed, and emphasise nothing"
            scope.fault(Code.UNSUPPORTED_MARKUP, place(match["seen"]), message, hint)


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


def says_its_date(mention: model.DateMention, scope: Scope) -> bool:
    """Whether the words that stand for a date are that date, in another way of writing it."""
    finder = finder_of(scope.labels.locale, scope.labels.date_words())
    words = "".join(visible_text(mention.inlines))
    return finder.only(words) == mention.date.edtf


@lru_cache(maxsize=1024)
def _script(char: str) -> str:
    return unicodedata.name(char, "LATIN").split()[0]
