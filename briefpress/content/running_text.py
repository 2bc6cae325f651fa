"""Inlines as running text: words joined over the ends of lines, and what a reader sees of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from briefpress import model
from briefpress.dates import Date

_WIDE_BREAK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])")


def joined(inlines: Iterator[model.Inline]) -> Iterator[model.Inline]:
    """Join neighbouring words; a line's end is a space, but nothing between wide characters."""
    words = ""
    for inline in inlines:
        if isinstance(inline, model.Words):
            words += inline.text
            continue
        if words:
            yield model.Words(text=_unfolded(words))
        words = ""
        yield inline
    if words:
        yield model.Words(text=_unfolded(words))


def _unfolded(words: str) -> str:
    return _WIDE_BREAK.sub("", words).replace("\n", " ")


def with_single_stops(
    inlines: Iterable[model.Inline], written: Callable[[Date], str]
) -> Iterator[model.Inline]:
    """Leave out a full stop behind a date that is written with one, as in Russian."""
    before: model.Inline | None = None
    for inline in inlines:
        found = inline
        match before, inline:
            case model.DateMention(date=date, inlines=()), model.Words(text=text):
                if re.match(r"\.(?!\.)", text) and written(date).endswith("."):
                    found = model.Words(text=text[1:])
        before = inline
        if found != model.Words(text=""):
            yield found


def visible_text(
    inlines: model.Inlines, is_said: Callable[[model.DateMention], bool] = lambda _: False
) -> Iterator[str]:
    """The text that the writer typed; what the program writes is a placeholder.

    So are words that stand for a date and say it, as `is_said` tells.
    """
    for inline in inlines:
        match inline:
            case model.Words(text=text) | model.Code(text=text):
                yield text
            case model.Break():
                yield "\n"
            case model.Note(where=words):
                yield "\ufffc"
                yield from visible_text(words, is_said)
            case model.DateMention(inlines=()):
                yield "\ufffc"
            case model.DateMention() if is_said(inline):
                yield "\ufffc"
            case model.PersonMention() | model.PlaceMention():
                yield "\ufffc"
            case _:
                yield from visible_text(inline.inlines, is_said)
