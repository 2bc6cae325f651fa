"""What a drawing is drawn with: the theme's colours and faces, a language, and a size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import tinycss2
from tinycss2.color4 import parse_color

from briefpress.content.labels import Labels
from briefpress.dates import Date, DateWords, write
from briefpress.drawing.lettering import Lettering
from briefpress.look import Templates

# The roles that colours have in every theme, as `css/tokens.css` names them, and those mixed of two
# of them: so much of the first.
ROLES = ("ink", "muted", "line", "tint", "paper", "accent")
# Those of the series of a chart, for which a theme may have nothing but ink.
SERIES = ("series-1", "series-2", "series-3", "series-4")
_MIXED = {
    "pale": ("accent", "paper", 0.22),
    "land": ("muted", "paper", 0.16),
    "grid": ("muted", "paper", 0.3),
}

_BLACK, _WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
_FALLBACK = {"tint": _WHITE, "paper": _WHITE}


@dataclass(frozen=True)
class Style:
    """What a drawing is drawn with.

    `light` and `dark` have a colour (`#rrggbb`) for each role. `width` is that of the column, and
    `size` that of the letters, in CSS pixels.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    lettering: Lettering
    labels: Labels
    templates: Templates
    width: float
    size: float

    @property
    def locale(self) -> str:
        """The BCP 47 tag by which dates and names are written."""
        return self.labels.locale

    def written(self, date: Date) -> str:
        """A date as the language writes it out."""
        return write(date, self.locale, self._date_words)

    @cached_property
    def _date_words(self) -> DateWords:
        return self.labels.date_words()


# The width of the column of text on paper (print.css), and letters that are a little smaller than
# those of the text, and still large enough where a phone's screen makes the column narrower.
COLUMN = 454.0  # 120 mm
LETTERS = 13.0


def style_of(
    templates: Templates, labels: Labels, width: float = COLUMN, size: float = LETTERS
) -> Style:
    """The style of a theme and a language.

    Raises `ContentError` if its stylesheets can't be read.
    """
    light, dark, families = _theme(templates)
    lettering = _lettering(templates, families, labels.locale)
    return Style(light, dark, lettering, labels, templates, width, size)


@cache
def _theme(templates: Templates) -> tuple[Mapping[str, str], Mapping[str, str], tuple[str, ...]]:
    """The colours of light and dark screens, and the families of faces."""
    tokens = dict(_tokens(templates, "tokens"))
    dark = tokens | dict(_tokens(templates, "dark"))
    families = tuple(t.value for t in tokens.get("sans", []) if t.type == "string")
    return _colours(tokens), _colours(dark), families


# Beside a theme's colours, a language has letters of its own, whose shapes are kept.
_lettering = cache(Lettering)


def _tokens(templates: Templates, name: str) -> Iterator[tuple[str, list[Any]]]:
    """The custom properties (CSS Variables 1) that a stylesheet sets, whatever it asks before."""
    css = templates.read(templates.file(f"css/{name}.css"))
    waiting = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for rule in waiting:
        if rule.type == "at-rule" and rule.content:
            waiting += tinycss2.parse_rule_list(rule.content, skip_comments=True)
        elif rule.type == "qualified-rule":
            for declared in tinycss2.parse_blocks_contents(rule.content):
                if declared.type == "declaration" and declared.name.startswith("--"):
                    yield declared.name[2:], declared.value


def _colours(tokens: Mapping[str, list[Any]]) -> dict[str, str]:
    found = {role: _colour(tokens.get(role, []), _FALLBACK.get(role, _BLACK)) for role in ROLES}
    for role in SERIES:
        found[role] = _colour(tokens.get(role, []), found["ink"])
    for role, (first, second, share) in _MIXED.items():
        pairs = zip(found[first], found[second], strict=True)
        found[role] = tuple(share * a + (1 - share) * b for a, b in pairs)
    return {
        role: "#" + "".join(f"{round(255 * c):02x}" for c in rgb) for role, rgb in found.items()
    }


def _colour(value: list[Any], fallback: tuple[float, ...]) -> tuple[float, ...]:
    """A colour (CSS Color 4) in sRGB; a project may write what isn't one, and gets the fallback."""
    tokens = [token for token in value if token.type not in {"whitespace", "comment"}]
    colour = parse_color(tokens[0]) if len(tokens) == 1 else None
    if colour is None or isinstance(colour, str) or colour.space not in _SPACES_OF_SCREENS:
        return fallback
    return tuple(min(max(c, 0.0), 1.0) for c in colour.to("srgb").coordinates)


_SPACES_OF_SCREENS = {"srgb", "hsl", "hwb"}  # those that tinycss2 turns into sRGB
