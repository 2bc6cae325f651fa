"""Values of properties that no rule speaks of, found without asking all that a rule could say.

WeasyPrint finds the value of a property when a box first asks for it. Of the hundred that boxes ask
for, rules speak of few; the others are inherited, or initial, and go through the same questions.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import page
from weasyprint.layout.page import set_page_type_computed_styles

from briefpress.formats.pdf.replaced import put_in_place_of

_missing = ComputedStyle.__missing__
_set_computed_styles = StyleFor.set_computed_styles

_PARTS_OF_NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}

# What these are depends on more than the parent.
_PECULIAR = {"page", "position", "float", "display"}
_PECULIAR |= {name for name in INITIAL_VALUES if name.startswith("text_decoration_")}

# For the others: by which properties a rule can speak of one. It speaks of `margin-left` where it
# says `margin-inline-start`, too.
_SPOKEN_OF_AS = {
    name: (
        name,
        *(
            PHYSICAL_FUNCTIONS[name](block="ttb", inline=inline)
            for inline in ("ltr", "rtl")
            if name in PHYSICAL_FUNCTIONS
        ),
    )
    for name in INITIAL_VALUES.keys() - _PECULIAR
}
_INHERITED = _SPOKEN_OF_AS.keys() & INHERITED
_INITIAL = {
    name: INITIAL_VALUES[name] for name in _SPOKEN_OF_AS.keys() - INHERITED - INITIAL_NOT_COMPUTED
}


def _value(style: Any, name: str) -> Any:  # WeasyPrint has no types
    """The value of a property, which is kept in the style, as `ComputedStyle` finds it."""
    for spoken in _SPOKEN_OF_AS.get(name, ()):
        if spoken in style.cascaded:
            return _missing(style, name)
    if name in _INITIAL:
        value = style[name] = _INITIAL[name]
        return value
    if name in _INHERITED and style.parent_style is not None:
        value = style.parent_style[name]
        if not check_math(value):
            style[name] = value
            return value
    return _missing(style, name)


def _set_styles(  # noqa: PLR0913, PLR0917 - WeasyPrint's signature
    style_for: Any,
    element: Any,
    parent: Any,
    root: Any = None,
    pseudo_type: str | None = None,
    base_url: Any = None,
    target_collector: Any = None,
) -> None:
    """Set the style of an element or pseudo-element, as `StyleFor.set_computed_styles` does.

    WeasyPrint's own stylesheet has rules for the marker of each element, and for what would call
    it if it were a note. Most are none, and get no such style.
    """
    if pseudo_type in _PARTS_OF_NOTES or pseudo_type == "marker":
        style = style_for.get_computed_styles()[element, None]
        if pseudo_type == "marker":
            cascaded = style_for.get_cascaded_styles()
            generated = (element, "before") in cascaded or (element, "after") in cascaded
            wanted = generated or "list-item" in style["display"]
        else:
            wanted = style["float"] == "footnote" or style["position"][0] == "note()"
        if not wanted:
            return
    _set_computed_styles(style_for, element, parent, root, pseudo_type, base_url, target_collector)


def _set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Set the styles of a page and its margin boxes, as `set_page_type_computed_styles` does.

    A page of which the same rules speak has the same styles, other than the first, whose size
    decides what some units are.
    """
    rules = [
        (pseudo, declarations)
        for sheet, _origin, _specificity in style_for._sheets
        for _rule, selectors, declarations in sheet.page_rules
        for _specificity, pseudo, selector in selectors
        if style_for._page_type_match(selector, page_type)
    ]
    known = style_for.__dict__.setdefault("briefpress_pages", {})
    key = tuple(id(declarations) for _, declarations in rules)
    computed = style_for.get_computed_styles()
    if page_type.index and key in known:
        for pseudo in {None, *(pseudo for pseudo, _ in rules)}:
            computed[page_type, pseudo] = computed[known[key], pseudo]
        return
    set_page_type_computed_styles(page_type, html, style_for)
    if page_type.index:
        known[key] = page_type


def find_values_quickly() -> None:
    """Have WeasyPrint find values so, from now on."""
    put_in_place_of("__missing__", _value, ComputedStyle)
    put_in_place_of("set_computed_styles", _set_styles, StyleFor)
    put_in_place_of("set_page_type_computed_styles", _set_page_styles, page)
