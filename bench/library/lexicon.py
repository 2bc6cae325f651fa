"""The words that the library is made of, a file a language in `words/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_WORDS = Path(__file__).resolve().parent / "words"

LANGUAGES = ("en", "ja", "ru", "kk")


@dataclass(frozen=True)
class Lexicon:
    """A language's words.

    `dash` stands between the ends of a range of numbers, `wide` is set where no spaces part words,
    `left_over` announces what is mentioned only so that it is mentioned.
    """

    language: str
    lists: Mapping[str, list[str]]
    heads: Mapping[str, list[str]]
    grouping: str
    percent: str
    dash: str
    wide: bool
    left_over: str

    def number(self, number: int) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}".replace(",", self.grouping)


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language."""
    data = _read(language)
    return Lexicon(
        language=language,
        lists={key: value for key, value in data.items() if isinstance(value, list)},
        heads=data["heads"],
        grouping=data["grouping"],
        percent=data["percent"],
        dash=data["dash"],
        wide=data["wide"],
        left_over=data["left-over"],
    )


@cache
def names() -> dict[str, Any]:  # as the file has it
    """People, places and words of other languages: what `names.yaml` holds."""
    return _read("names")


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((_WORDS / f"{name}.yaml").read_text("utf-8"))
    return data
