"""Where the parts of a text stand in its file, for those who read it from front to back.

YAML folds, indents and escapes, and Markdown drops its marks, so the place of a word isn't that of
the parsed text. But words come in the order of the file: whatever is read is looked for behind what
was read before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from briefpress.content.read import Scalar
from briefpress.diagnostics import Span

# How often a text is looked through from its beginning for what isn't where it is expected.
_MOST_SEARCHES = 50
# How far ahead the next word can stand: behind the marks, an address or an attribute.
_NEAR = 2000
# What the writer typed and no reader sees: references, attributes, addresses.
_HIDDEN = re.compile(r"\{[@#][^{}]*\}|\{[^{}|]*[|}]|\[\^[^\[\]|]*[|\]]|\]\([^()\s]*")


class Cursor:
    """A place in the file's spelling of a scalar, moved on by what was read."""

    def __init__(self, scalar: Scalar) -> None:
        self._scalar = scalar
        self._raw = scalar.source.text[scalar.start : scalar.end]
        self.here = 0
        self._searches = 0

    def find(self, snippet: str) -> Span:
        """Where the next such snippet stands; where there is none, the place of the whole text."""
        pattern = self._pattern(snippet)
        match = pattern.search(self._raw, self.here, self.here + len(snippet) + _NEAR)
        if match is None and self._searches < _MOST_SEARCHES:
            self._searches += 1
            match = pattern.search(self._raw, self.here) or pattern.search(self._raw)
        return self._span(match)

    def past(self, snippet: str) -> None:
        """Move behind the next such snippet, if it is near."""
        limit = self.here + len(snippet) + _NEAR
        if len(snippet.split()) == 1:
            start = self._raw.find(snippet, self.here, limit)
            self.here = start + len(snippet) if start >= 0 else self.here
        elif match := self._pattern(snippet).search(self._raw, self.here, limit):
            self.here = match.end()

    @contextmanager
    def inside(self, snippet: str) -> Iterator[Span]:
        """Stay before a snippet while what is in it is read, and move behind it then."""
        start = self.here
        yield self.find(snippet)
        self.here = start
        self.past(snippet)

    def find_seen(
        self, snippets: Sequence[str], pattern: re.Pattern[str], *, since: int, but: Iterable[str]
    ) -> Iterator[Span]:
        """Where snippets that a pattern found in the visible text stand, one behind the other.

        `but` are words among which none of them is.
        """
        visible = _HIDDEN.sub(_blank, self._raw)
        for words in but:
            visible = self._pattern(words).sub(_blank, visible)
        matches = list(islice(pattern.finditer(visible, since), len(snippets) + _MOST_SEARCHES))
        for snippet in snippets:
            seen = (i for i, m in enumerate(matches) if m[0].split() == snippet.split())
            if (index := next(seen, None)) is None:
                yield self.find(snippet)
            else:
                yield self._span(matches[index])
                del matches[: index + 1]

    def _span(self, match: re.Match[str] | None) -> Span:
        if match is None:
            return self._scalar.span
        start = self._scalar.start
        return self._scalar.source.span(start + match.start(), start + match.end())

    def _pattern(self, snippet: str) -> re.Pattern[str]:
        """White space in a snippet matches any, since YAML folds lines."""
        parts = (re.escape(self._spelt(part)) for part in snippet.split())
        return re.compile(r"\s+".join(parts) or re.escape(snippet))

    def _spelt(self, text: str) -> str:
        if self._raw.startswith("'"):
            return text.replace("'", "''")
        if self._raw.startswith('"'):
            return text.replace("\\", r"\\").replace('"', r"\"")
        return text


def _blank(match: re.Match[str]) -> str:
    return "\N{OBJECT REPLACEMENT CHARACTER}" * len(match[0])
