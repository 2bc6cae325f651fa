"""Edits, as a writer makes them: a word in a file, never the same one twice."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import yaml


class Writer:
    """Changes a word of a briefing's file again and again. No two versions are the same."""

    def __init__(self, words: Path) -> None:
        self._words = words
        self._data = yaml.safe_load(words.read_text("utf-8"))
        self._numbers = count(1)

    def edit(self) -> None:
        """Change the last word of the summary."""
        # Digits would be taken for a date sooner or later.
        word = f"{next(self._numbers):b}".translate({ord("1"): "once", ord("0"): "again"})
        summary = f"{self._data['summary'].rstrip()}\n\nRead {word}."
        changed = {**self._data, "summary": summary}
        text = yaml.safe_dump(changed, sort_keys=False, allow_unicode=True)
        self._words.write_text(text, "utf-8")
