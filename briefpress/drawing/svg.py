"""SVG as the drawings need it: elements, and the finished file.

A module of a kind of drawing sets `fill`, `stroke` and `stop-color` to the name of a role
(`style.ROLES`) and writes `<text>`. `finished` puts colours in the place of roles, those of dark
screens among them, and outlines in the place of text. SVG 1.1 is enough, which reading systems and
WeasyPrint know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from briefpress.drawing.lettering import UNITS
from briefpress.drawing.style import Style

Attributes: TypeAlias = dict[str, str | float]

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"

_PAINTS = {"fill": "f", "stroke": "s", "stop-color": "c"}
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def drawing(width: float, height: float) -> etree._Element:
    """An empty drawing of a size in CSS pixels, on paper."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": _XLINK})
    root.set("width", number(width))
    add(root, "rect", x=0, y=0, width=width, height=height, fill="paper")
    resize(root, height)
    return root


def resize(root: etree._Element, height: float) -> None:
    """Give a drawing another height."""
    for element in (root, root[0]):
        element.set("height", number(height))
    root.set("viewBox", f"0 0 {root.get('width')} {number(height)}")


def add(parent: etree._Element, tag: str, /, **attributes: str | float) -> etree._Element:
    """Add an element; `_` in the name of an attribute stands for `-`."""
    element = etree.SubElement(parent, f"{{{SVG}}}{tag}")
    for name, value in attributes.items():
        text = value if isinstance(value, str) else number(value)
        element.set(name.rstrip("_").replace("_", "-"), text)
    return element


def use(parent: etree._Element, id_: str, **attributes: str | float) -> etree._Element:
    """Add a part that is defined elsewhere in a drawing, by its id."""
    element = add(parent, "use", **attributes)
    element.set(f"{{{_XLINK}}}href", f"#{id_}")
    return element


def letters(  # noqa: PLR0913 - what SVG's text takes
    parent: etree._Element,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    fill: str = "ink",
    bold: bool = False,
    anchor: str = "start",
) -> etree._Element:
    """Add a line of text, whose baseline begins (or is in the middle, or ends) at a point."""
    weight = {"font_weight": "600"} if bold else {}
    anchored = {"text_anchor": anchor} if anchor != "start" else {}
    element = add(parent, "text", x=x, y=y, font_size=size, fill=fill, **weight, **anchored)
    element.text = text
    return element


def number(value: float) -> str:
    """A number of a drawing, which has two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points(pairs: Iterable[tuple[float, float]]) -> str:
    """Points as `polyline` and `polygon` take them."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def finished(root: etree._Element, style: Style) -> bytes:
    """The file of a drawing, the same bytes on every machine. Raises `MissingGlyphError`."""
    shapes: dict[str, str] = {}
    for element in list(root.iter(f"{{{SVG}}}text")):
        _outline(element, style, shapes)
    defined = etree.Element(f"{{{SVG}}}defs")
    root.insert(0, defined)
    for shape, id_ in shapes.items():
        add(defined, "path", id=id_, d=shape)
    rules = dict.fromkeys(rule for e in root.iter(etree.Element) for rule in _painted(e, style))
    if rules:
        sheet = etree.Element(f"{{{SVG}}}style")
        sheet.text = f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}"
        root.insert(0, sheet)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _outline(text: etree._Element, style: Style, shapes: dict[str, str]) -> None:
    """Make shapes of a text, which keeps its words as its label, if it isn't hidden.

    `shapes` are those of letters, and their ids: each is written once.
    """
    words = "".join(text.itertext())
    size = float(text.get("font-size", "").removesuffix("px") or style.size)
    bold = text.get("font-weight") in {"600", "700", "bold"}
    ahead = _ANCHORS[text.get("text-anchor", "start")]
    width = style.lettering.width(words, size, bold=bold) if ahead else 0.0
    x, y = (float(text.get(name, "0")) for name in "xy")
    kept = {name: text.attrib[name] for name in _KEPT if name in text.attrib}
    if "stroke-width" in kept:
        kept["stroke-width"] = number(float(kept["stroke-width"]) * UNITS / size)
    if "aria-hidden" not in text.attrib:
        kept["aria-label"] = words
    moved = f"translate({number(x - ahead * width)} {number(y)}) scale({size / UNITS:.5g})"
    kept["transform"] = f"{text.get('transform', '')} {moved}".strip()
    for child in text:
        text.remove(child)
    text.attrib.clear()
    text.tag, text.text = f"{{{SVG}}}g", None
    text.attrib.update(kept)
    for shape, left in style.lettering.letters(words, bold=bold):
        use(text, shapes.setdefault(shape, f"g{len(shapes)}"), x=left)


_KEPT = ("fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "opacity", "class")


def _painted(element: etree._Element, style: Style) -> Iterator[str]:
    """Put colours in the place of roles, and say what they are on a dark screen."""
    classes = element.get("class", "").split()
    for name, letter in _PAINTS.items():
        role = element.get(name)
        if role is None or role not in style.light:
            continue
        element.set(name, style.light[role])
        if style.dark[role] != style.light[role]:
            classes.append(f"{letter}-{role}")
            yield f".{letter}-{role}{{{name}:{style.dark[role]}}}"
    if classes:
        element.set("class", " ".join(classes))
