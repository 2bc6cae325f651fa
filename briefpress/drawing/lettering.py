"""Letters as shapes: how wide a text is, where it breaks, and its outlines, by HarfBuzz.

A picture in an EPUB or a web page can't use the fonts around it, and few reading systems load those
that it brings. So what a drawing says is drawn: the same shapes everywhere, and what was measured
when it was laid out is what is seen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import uharfbuzz as hb

from briefpress.fonts import Face, code_points_of, faces, opened
from briefpress.look import Templates

# Where a line may break: behind a space or a hyphen, and beside wide characters, but for those that
# can't begin a line (JIS X 4051, as far as short labels need it).
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60"
_OPENING = "「『【〈《\u3014\uff08\uff3b\uff5b"
_CLINGING = (
    "、。・」』】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
    "\u3015\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d"
)
_PART = re.compile(rf"[{_OPENING}]*[{_WIDE}][{_CLINGING}]*|[^\s{_WIDE}-]+[{_CLINGING}]*-?|-|\s+")


class MissingGlyphError(ValueError):
    """No face of the drawing has a character."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no glyph for U+{ord(character):04X}")


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph of a face, and where it stands, in units of an em."""

    face: Face
    id: int
    x: float
    y: float
    cluster: int
    """Where in the text the characters begin that it's for."""


class Lettering:
    """The faces of a family of `css/tokens.css`, upright, in two weights.

    `language` is a BCP 47 tag: some letters have other shapes in some languages, such as Bulgarian.
    """

    def __init__(self, templates: Templates, families: tuple[str, ...], language: str) -> None:
        self._language = language
        known = [face for face in faces(templates) if "italic" not in face.rule]
        chosen = [face for family in families for face in known if face.family == family]
        self._faces = {
            bold: [face for face in chosen if (f"font-weight: {_WEIGHTS[bold]}" in face.rule)]
            for bold in (False, True)
        }

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text is. Raises `MissingGlyphError`."""
        return self._shaped(text, bold)[1] * size

    def lines(
        self, text: str, size: float, most: float, *, indent: float = 0, bold: bool = False
    ) -> list[str]:
        """A text in lines that are no wider than `most`, if a letter isn't.

        The first begins behind an indent, and is empty if nothing has room there. What doesn't
        break is broken nevertheless where it's wider than a line.
        """
        lines, left = [""], most - indent
        parts = _PART.findall(text)
        for part in (piece for each in parts for piece in self._pieces(each, size, most, bold)):
            longer = lines[-1] + part
            if self.width(longer.rstrip(), size, bold=bold) <= left or not (
                lines[-1] or left < most
            ):
                lines[-1] = longer
            else:
                lines[-1] = lines[-1].rstrip()
                lines.append(part.lstrip())
                left = most
        return [line.rstrip() for line in lines]

    def _pieces(self, part: str, size: float, most: float, bold: bool) -> Iterator[str]:
        """A part of a text, in as few pieces as there are lines that have room for it."""
        while self.width(part.rstrip(), size, bold=bold) > most:
            ends = sorted({glyph.cluster for glyph in self._shaped(part, bold)[0]} - {0})
            if not ends:
                break
            wide = bisect_right(ends, most, key=lambda end: self.width(part[:end], size, bold=bold))
            end = ends[max(wide - 1, 0)]
            yield part[:end]
            part = part[end:]
        yield part

    def shortened(self, text: str, size: float, most: float, *, bold: bool = False) -> str:
        """As much of a text as there is room for, with an ellipsis where something is left out."""
        if self.width(text, size, bold=bold) <= most:
            return text
        end = len(text)
        while end and self.width(f"{text[:end].rstrip()}…", size, bold=bold) > most:
            end -= 1
        return f"{text[:end].rstrip()}…"

    def letters(self, text: str, *, bold: bool = False) -> Iterator[tuple[str, int]]:
        """The shape of each letter of a text, as the data of an SVG path, and where it stands.

        Both are in whole numbers of the em's `UNITS`, which keeps paths short; the same letter has
        the same shape wherever it stands.
        """
        for glyph in self._shaped(text, bold)[0]:
            if shape := _shape(glyph.face, glyph.id, glyph.y):
                yield shape, round(glyph.x * UNITS)

    @cache  # noqa: B019 - a lettering lives as long as the process
    def _shaped(self, text: str, bold: bool) -> tuple[tuple[_Glyph, ...], float]:
        """The glyphs of a text from left to right, and its width, in units of an em."""
        found, x, start = [], 0.0, 0
        for face, part in self._runs(text, bold):
            font = _font(face)
            buffer = hb.Buffer()
            buffer.add_str(part)
            # Only the script is guessed: the language would be the machine's.
            buffer.language = self._language
            buffer.guess_segment_properties()
            hb.shape(font, buffer)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                left = x + position.x_offset / _EM
                up, cluster = position.y_offset / _EM, start + info.cluster
                found.append(_Glyph(face, info.codepoint, left, up, cluster))
                x += position.x_advance / _EM
            start += len(part)
        return tuple(found), x

    def _runs(self, text: str, bold: bool) -> Iterator[tuple[Face, str]]:
        """The parts of a text that are set in one face each."""
        chosen = [(self._face_of(character, bold), character) for character in text]
        for face, run in groupby(chosen, key=lambda each: each[0]):
            yield face, "".join(character for _, character in run)

    def _face_of(self, character: str, bold: bool) -> Face:
        point = ord(character)
        for face in self._faces[bold]:
            if face.wants(point) and point in code_points_of(face.file):
                return face
        raise MissingGlyphError(character)


# In an em. In letters of 13 px, one is less than a dot of any printer.
UNITS = 325

_WEIGHTS = {False: 400, True: 600}
_EM = 1000  # HarfBuzz is asked to measure in thousandths


@cache
def _font(face: Face) -> hb.Font:
    font = hb.Font(opened(face.file))
    font.scale = (_EM, _EM)
    return font


@cache
def _shape(face: Face, glyph: int, up: float) -> str:
    """The shape of a glyph that stands so far above the line, in ems."""
    pen = _Pen(round(up * _EM))
    _font(face).draw_glyph(glyph, _DRAW, pen)
    return "".join(pen.data)


class _Pen:
    """Writes outlines in steps of whole units, which don't add up to an error."""

    def __init__(self, up: int) -> None:
        self.data: list[str] = []
        self._up = up
        self._start = self._at = (0, 0)
        self._last = (0.0, 0.0)

    def begin(self, x: float, y: float) -> None:
        """Begin a contour."""
        self.go("m", x, y)
        self._start = self._at

    def go(self, letter: str, *points: float) -> None:
        """Add a command of SVG with its points, which are given from the glyph's origin."""
        numbers, end = [], self._at
        for x, y in zip(points[::2], points[1::2], strict=True):
            end = self._in_units(x, y)
            numbers += [end[0] - self._at[0], end[1] - self._at[1]]
        self._at, self._last = end, (points[-2], points[-1])
        self.data.append(letter + " ".join(map(str, numbers)).replace(" -", "-"))

    def bend(self, x1: float, y1: float, x: float, y: float) -> None:
        """Add a quadratic curve as a cubic one, the only kind that a PDF has.

        WeasyPrint would write it with six decimals.
        """
        (x0, y0), (xc, yc) = self._last, (2 * x1, 2 * y1)
        self.go("c", (x0 + xc) / 3, (y0 + yc) / 3, (x + xc) / 3, (y + yc) / 3, x, y)

    def close(self) -> None:
        """Close the contour, upon which SVG's pen is where it began."""
        self.data.append("z")
        self._at = self._start

    def _in_units(self, x: float, y: float) -> tuple[int, int]:
        scale = UNITS / _EM
        return round(x * scale), round(-(self._up + y) * scale)


def _draw_functions() -> Any:  # HarfBuzz's bindings have no types
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.begin(x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.go("l", x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.bend(a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.go("c", a, b, c, d, x, y))
    functions.set_close_path_func(lambda pen: pen.close())
    return functions


_DRAW = _draw_functions()
