"""A library of varied briefings of countries that don't exist, in four languages.

Every fourth briefing is in all of them; the others take turns. Two calls with the same arguments
write the same bytes, on any machine.

    python -m bench.library 200 FOLDER --seed 1
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench.library.briefing import words
from bench.library.facts import make
from bench.library.lexicon import LANGUAGES
from bench.library.outline import PROFILES, Planner, profile_of
from bench.library.pictures import pictures
from briefpress.look import BUILT_IN, Accessible, Paper

__all__ = ["LANGUAGES", "write"]


def write(  # noqa: PLR0913 - what `series.yaml` says
    count: int,
    folder: Path,
    seed: int = 1,
    *,
    theme: str = BUILT_IN,
    paper: Paper = "a4",
    pdf: Accessible = "ua-1",
) -> Path:
    """Put `count` briefings and their `series.yaml` into a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    series = {
        "title": "Two Shores: Briefings & Notes",
        "publisher": "Institute of the Two Shores",
        "identifier": "urn:uuid:6b1f8f0e-6f3c-5d6b-9a57-2f1d5c1f7b10",
        "languages": [*LANGUAGES],
        "theme": theme,
        "paper": paper,
        "pdf": pdf,
    }
    _dump(series, folder / "series.yaml")
    for number in range(1, count + 1):
        _write_briefing(number, folder / f"shore-{number:03}", f"{seed} {number}")
    return folder


def languages_of(number: int) -> tuple[str, ...]:
    """The languages of the briefing with a number, counted from 1."""
    if number % 4 == 0:
        return LANGUAGES
    return (LANGUAGES[(number - number // 4 - 1) % 4],)


def _write_briefing(number: int, folder: Path, seed: str) -> None:
    chance = Random(seed)
    profile = PROFILES[profile_of(number, chance)]
    languages = languages_of(number)
    outlines = Planner(profile, chance).plan()
    facts = make(number, languages, chance, some=chance.randint(*profile.events))
    folder.mkdir(exist_ok=True)
    _dump(facts.entries, folder / "facts.yaml")
    for language in languages:
        _dump(words(facts, outlines, profile, language, seed), folder / f"{language}.yaml")
    for name, data in pictures().items():
        (folder / name).write_bytes(data)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as a person would."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def _dump(data: dict[str, Any], path: Path) -> None:  # as the content has it
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    path.write_bytes(text.encode())
