"""Letters as shapes: those of the edition's language, whatever the machine's."""

from __future__ import annotations

import pytest

from briefpress.drawing.lettering import Lettering
from briefpress.look import find_templates

TEMPLATES = find_templates("default")
FAMILIES = ("Briefpress Sans",)


def outlines(text: str, language: str) -> list[tuple[str, int]]:
    return list(Lettering(TEMPLATES, FAMILIES, language).letters(text))


@pytest.mark.parametrize(
    ("language", "letter"), [("bg-BG", "в"), ("sr-Cyrl-RS", "\N{CYRILLIC SMALL LETTER BE}")]
)
def test_letters_have_the_shapes_of_their_language(language: str, letter: str) -> None:
    own, russian = outlines(letter, language), outlines(letter, "ru-RU")
    assert own
    assert own != russian
    assert outlines("a", language) == outlines("a", "ru-RU")


def test_lines_of_a_long_word_have_all_of_it_and_room() -> None:
    lettering = Lettering(TEMPLATES, FAMILIES, "en-GB")
    word = "W" * 80
    lines = lettering.lines(f"of {word} and", 13, 100)
    assert "".join(lines).replace(" ", "") == f"of{word}and"
    assert all(lettering.width(line, 13) <= 100 for line in lines)
    assert lettering.lines(word, 13, 1) == list(word), "no line is without a letter"
