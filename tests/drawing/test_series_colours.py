"""The colours of series can be read, and told apart by those who don't see all colours."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from briefpress.content.labels import read_labels
from briefpress.drawing.style import SERIES, style_of
from briefpress.look import find_templates

# What is left of linear sRGB without one kind of cones: Machado, Oliveira and Fernandes, "A
# physiologically-based model for simulation of color vision deficiency" (2009), severity 1.
SEEN = {
    "by most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without long-wave cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without middle-wave cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without short-wave cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

# Differences in CIELAB (1976); about 2.3 is just seen.
APART = {"default": 18.0, "plain": 12.0}

Colour = tuple[float, ...]


def linear(colour: str) -> Colour:
    """A colour in linear sRGB (IEC 61966-2-1)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def luminance(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: Colour) -> Colour:
    """A colour in CIELAB, for D65."""
    r, g, b = colour
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def seen(colour: Colour, matrix: tuple[Colour, ...]) -> Colour:
    mixed = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return tuple(min(max(part, 0.0), 1.0) for part in mixed)


@pytest.fixture(params=[(t, s) for t in APART for s in ("light", "dark")], ids="-".join)
def colours(request: pytest.FixtureRequest) -> tuple[str, dict[str, Colour]]:
    theme, scheme = request.param
    templates = find_templates(theme)
    found = getattr(style_of(templates, read_labels(templates, "en")), scheme)
    return theme, {role: linear(found[role]) for role in (*SERIES, "paper", "ink")}


def test_they_are_read_on_their_ground(colours: tuple[str, dict[str, Colour]]) -> None:
    _, of = colours
    # Words at the ends of lines have them (WCAG 2.2, 1.4.3).
    assert all(contrast(of[role], of["paper"]) >= 4.5 for role in SERIES)


@pytest.mark.parametrize("who", SEEN)
def test_they_stay_apart(colours: tuple[str, dict[str, Colour]], who: str) -> None:
    theme, of = colours
    looks = [lab(seen(of[role], SEEN[who])) for role in SERIES]
    assert min(dist(one, other) for one, other in combinations(looks, 2)) >= APART[theme]
