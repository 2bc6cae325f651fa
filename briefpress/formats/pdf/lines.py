"""Lines of text, measured once.

WeasyPrint has Pango lay out the same words over and over: to know how narrow and how wide a cell
can be, to set it, to set the footnotes of a page anew for each that comes to it, to paint it; and
names and dates come often. For each of them it makes a context and a description of the font, out
of a dozen properties. Here what is made for a style is kept for all that look the same, and what
was found for a text is found again, as long as it is one of the last few thousands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import can_break_text, split_first_line, strut

from briefpress.formats.pdf.replaced import put_in_place_of

Style: TypeAlias = Any  # WeasyPrint has no types
Line: TypeAlias = tuple[Any, int, int | None, float, float, float]

# Longer than what is set again soon: the cells of a table, and the footnotes of a page.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """What Pango is told of a style: the same object for all styles that say the same.

    `metrics` are set where lines are drawn at the text, and `features` are those of OpenType.
    """

    context: Any
    description: Any
    language: Any
    metrics: dict[str, float | None]
    features: Any


_FEATURES = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    "font_feature_settings",
)
_FACE = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size"),
    *("font_variation_settings", "font_language_override", "lang", "direction"),
    *("text_decoration_line", *_FEATURES),
)
# What else decides where a line ends.
_BREAKS = (
    *("white_space", "overflow_wrap", "word_break", "word_spacing", "letter_spacing", "tab_size"),
    *("hyphens", "hyphenate_limit_chars", "hyphenate_character", "hyphenate_limit_zone"),
)


def _face_of(style: Style) -> _Face:
    """The face of a style. Styles don't change once text was set in them."""
    known: _Face | None = style.__dict__.get("briefpress_face")
    if known is None:
        faces = style.font_config.__dict__.setdefault("briefpress_faces", {})
        key = str([style[name] for name in _FACE])
        known = faces.get(key)
        if known is None:
            known = faces[key] = _new_face(style)
        style.briefpress_face = known
    return known


def _new_face(style: Style) -> _Face:
    """The face of a style, as `Layout.setup` makes it for each text."""
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name = style["lang"]
    if (override := style["font_language_override"]) != "normal":
        name = LST_TO_ISO.get(override.lower(), override)
    language = pango.pango_language_get_default()
    if name:
        pointer, _bytes = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    description = get_font_description(style)
    features = font_features(*(style[name] for name in _FEATURES))
    attribute = None
    if features:
        text = ",".join(f"{key} {value}" for key, value in features.items())
        attribute = pango.pango_attr_font_features_new(text.encode())
    metrics = _metrics(context, description, language, style["text_decoration_line"] != "none")
    return _Face(context, description, language, metrics, attribute)


def _metrics(
    context: Any, description: Any, language: Any, decorated: bool
) -> dict[str, float | None]:
    """Where lines under, over and through a text are drawn, in pixels, if it has any."""
    if not decorated:
        return dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    metrics = ffi.gc(
        pango.pango_context_get_metrics(context, description, language),
        pango.pango_font_metrics_unref,
    )
    names = (
        *("ascent", "underline_position", "underline_thickness"),
        *("strikethrough_position", "strikethrough_thickness"),
    )
    get = {name: getattr(pango, f"pango_font_metrics_get_{name}") for name in names}
    return {name: FROM_UNITS * get[name](metrics) for name in names}


def _set_up(layout: Any, style: Style) -> None:
    """Make the layout of a text, as `Layout.setup` does."""
    face = _face_of(style)
    layout.style = style
    layout.first_line_direction = 0
    layout.language = face.language
    layout.layout = ffi.gc(pango.pango_layout_new(face.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, face.description)
    layout.__dict__.update(face.metrics)
    if face.features is not None:
        # A list of its own, since spaces between letters and words are added to it.
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, face.features)
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _first_line(  # noqa: PLR0913, PLR0917 - WeasyPrint's signature
    text: str,
    style: Style,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Line:
    """The first line of a text, as `split_first_line` finds it."""
    breaks = tuple([style[name] for name in _BREAKS])
    how = (max_width, justification_spacing, is_line_start, minimum)
    key = (text, _face_of(style), how, breaks)
    lines: dict[Any, Line] = context.__dict__.setdefault("briefpress_lines", {})
    if (found := lines.get(key)) is not None:
        layout, *rest = found
        # Each box has its own, since it holds what Pango made while the box is painted.
        again = line_break.Layout.__new__(line_break.Layout)
        again.__dict__.update(layout.__dict__)
        return (again, *rest)
    if len(lines) >= _REMEMBERED:
        lines.clear()
    line: Line = split_first_line(text, style, context, *how)
    lines[key] = line
    return line


def _height_and_baseline(style: Style) -> tuple[float, float]:
    """The height of a style's lines, and their baseline, as `strut` finds them."""
    known: tuple[float, float] | None = style.__dict__.get("briefpress_strut")
    if known is None:
        known = style.briefpress_strut = strut(style)
    return known


def measure_lines_once() -> None:
    """Have WeasyPrint measure each text once, from now on."""
    put_in_place_of("setup", _set_up, line_break.Layout)
    put_in_place_of("split_first_line", _first_line, inline, preferred)
    put_in_place_of("can_break_text", lru_cache(_REMEMBERED)(can_break_text), inline, preferred)
    put_in_place_of("strut", _height_and_baseline, inline)
