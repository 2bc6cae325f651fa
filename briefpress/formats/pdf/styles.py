"""Values of properties that no rule speaks of, found without asking all that a rule could say.

WeasyPrint finds the value of a property when a box first asks for it. Of the hundred that boxes ask
for, rules speak of few; the others are inherited, or initial, and go through the same questions.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from briefpress.formats.pdf.replaced import replace

_missing = ComputedStyle.__missing__

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


def find_values_quickly() -> None:
    """Have WeasyPrint find values so, from now on."""
    replace("__missing__", _value, ComputedStyle)
