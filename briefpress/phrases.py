"""Where titles may break in a language that doesn't part its words by spaces.

In: the inlines of a title. Out: its phrases, which belong in one line each. Nothing is added to the
text: the templates put each phrase into an element, and CSS keeps that in one line where it fits.
BudouX knows the phrases (bunsetsu) of Japanese, by a model of 36 kB in its package.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from briefpress import dates, model

Phrase = tuple[model.Inlines, str]
"""The inlines of a phrase, and the space after it, if there is one."""

# Longer phrases may also break after a name in katakana that kanji follow, and after a middle dot.
_LONG = 8
_JOINTS = re.compile(r"(?<=[ァ-ヶー]{2})(?=[一-鿿])|(?<=・)")
# A line can begin after a space, but not with the particle of what stands before it.
_SPACE = re.compile(r"\s+(?![ぁ-ん])")
_CLOSING = {"Pe", "Pf", "Po", "Lm"}
_OPENING = {"Ps", "Pi"}


def parter(
    language: str, written: Callable[[dates.Date], str]
) -> Callable[[model.Inlines], tuple[Phrase, ...]]:
    """A function that parts titles in a language into phrases; for most, each title is one.

    So is a title in which the writer set a line break. `written` says how a date is written.
    """
    if language != "ja":
        return lambda inlines: ((inlines, ""),)
    from budoux import load_default_japanese_parser  # noqa: PLC0415  # few briefings need it

    parse = load_default_japanese_parser().parse

    def parted(inlines: model.Inlines) -> tuple[Phrase, ...]:
        if any(isinstance(inline, model.Break) for inline in inlines):
            return ((inlines, ""),)
        pieces = [(inline, model.text_of((inline,), written)) for inline in inlines]
        ends = _ends(parse("".join(text for _, text in pieces)))
        return tuple(map(_spaced, _phrases(pieces, ends)))

    return parted


def _ends(phrases: list[str]) -> frozenset[int]:
    """Where phrases end, counted in characters from the start of the text."""
    text, at, found = "".join(phrases), 0, set[int]()
    for phrase in phrases:
        if len(phrase) > _LONG:
            found.update(at + match.start() for match in _JOINTS.finditer(phrase))
        at += len(phrase)
        found.add(at)
    spaces = {match.end() for match in _SPACE.finditer(text)}
    return frozenset({end for end in found if _may_part(text[:end], text[end:])} | spaces)


def _may_part(before: str, after: str) -> bool:
    """Whether a line may begin (JIS X 4051: no closing mark first, no opening mark last).

    BudouX was trained on prose, and parts some numbers. Neither they nor what they count is parted.
    """
    if not after or not before or before[-1].isspace() or after[0].isspace():
        return False
    if before[-1].isascii() and after[0].isascii():
        return False
    closing = unicodedata.category(after[0]) in _CLOSING
    opening = unicodedata.category(before[-1]) in _OPENING
    return not (closing or opening) and unicodedata.numeric(before[-1], None) is None


def _phrases(
    pieces: list[tuple[model.Inline, str]], ends: frozenset[int]
) -> Iterator[model.Inlines]:
    """Cut words where phrases end. What isn't plain words (a date, a name) stays whole."""
    at, phrase = 0, list[model.Inline]()
    for inline, text in pieces:
        inner = sorted(end - at for end in ends if at < end < at + len(text))
        cuts = [0, *inner, len(text)] if isinstance(inline, model.Words) else [0, len(text)]
        for start, end in pairwise(cuts):
            if phrase and at + start in ends and end > start:
                yield tuple(phrase)
                phrase = []
            words = isinstance(inline, model.Words)
            phrase.append(model.Words(text=text[start:end]) if words else inline)
        at += len(text)
    yield tuple(phrase)


def _spaced(phrase: model.Inlines) -> Phrase:
    """A phrase without the space at its end, which a box of its own would swallow."""
    *others, last = phrase or (model.Words(text=""),)
    if not isinstance(last, model.Words) or last.text == last.text.rstrip():
        return phrase, ""
    return (*others, model.Words(text=last.text.rstrip())), " "
