"""Whether an SVG is a drawing and no more.

It goes into EPUB and web page as it is, so it may hold what SVG 2 draws without moving, loading or
running anything, and what editors note down for themselves. Whatever isn't on the lists below is
refused: what a new version of a reader does with it isn't known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from briefpress.content.characters import bad_characters
from briefpress.content.drawing_parts import count_drawn
from briefpress.content.drawing_styles import (
    MOVES,
    leads_inside,
    refused_in_styles,
    refused_in_value,
)
from briefpress.limits import (
    DRAWING_ELEMENTS,
    DRAWING_LEVELS,
    DRAWING_NUMBER,
    DRAWING_RUN,
    DRAWING_TEXT,
)

SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

_DRAWN = """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComposite feDropShadow feFlood
    feGaussianBlur feMerge feMergeNode feMorphology feOffset filter g image line linearGradient
    marker mask metadata path pattern polygon polyline radialGradient rect stop style svg symbol
    text textPath title tspan use
"""
_ELEMENTS = frozenset(_DRAWN.split())
_MOVING = frozenset(
    {"animate", "animateColor", "animateMotion", "animateTransform", "discard", "set"}
)
# Attributes that are numbers or lists of them, of which there may be very many.
_MEASURES = """
    cx cy d dx dy font-size fr fx fy gradientTransform height k1 k2 k3 k4 letter-spacing
    markerHeight markerWidth offset pathLength patternTransform points r radius refX refY rotate rx
    ry startOffset stdDeviation stroke-dasharray stroke-dashoffset stroke-miterlimit stroke-width
    textLength transform viewBox width word-spacing x x1 x2 y y1 y2
"""
_NUMBERS = frozenset(_MEASURES.split())
_NAMES = frozenset({"class", "font-family", "id"})
_XLINK_ATTRIBUTES = frozenset({"actuate", "arcrole", "role", "show", "title", "type"})
_XML_ATTRIBUTES = frozenset({"id", "lang", "space"})
# What editors keep in their drawings (Inkscape, Illustrator, Sketch, LibreOffice, Affinity).
_EDITORS = re.compile(
    r"http://(?:www\.)?(?:sodipodi\.sourceforge\.net|inkscape\.org|purl\.org/dc|creativecommons\.org"
    r"|web\.resource\.org|ns\.adobe\.com|bohemiancoding\.com|xml\.openoffice\.org|serif\.com)/.*"
    r"|http://www\.w3\.org/(?:1999/02/22-rdf-syntax-ns|2000/01/rdf-schema)#"
    r"|adobe:ns:meta/|https://(?:boxy-svg|vecta)\.(?:com|io)/?.*"
)
# Nothing is loaded or run by such a value, whatever it is the value of.
_INERT = re.compile(r"[\w\s.,;%#+*/!'\"-]*")
_NUMERIC = re.compile(r"[\d\s.,+%a-zA-Z()-]*", re.ASCII)
# Beyond ten millions, or by an exponent: PDF knows no infinity.
_HUGE = re.compile(r"\d{8}|\d[eE]\+?(?:[7-9]|\d\d)")
_RUN = re.compile(rf"[^A-DF-Za-df-z]{{{DRAWING_RUN.most + 1}}}")
# Of declarations, lxml lists entities only.
_DECLARES = re.compile(r"<!(?:ATTLIST|ELEMENT|NOTATION)")
_BITMAP = re.compile(r"data:image/(?:png|jpe?g);base64,", re.IGNORECASE)
_NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
_BETWEEN = r"(?:\s+|\s*,\s*)"
_VIEW_BOX = re.compile(rf"\s*{_BETWEEN.join([_NUMBER] * 4)}\s*", re.ASCII)
_SMALLEST, _LARGEST, _NARROWEST = 0.01, 100_000, 1 / 1_000

# Looks at a bitmap that a drawing holds, by its data URL; says why it can't be shown, if it can't.
Look = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing's size by its viewBox, in CSS pixels, and what the letters in it say."""

    width: float
    height: float
    says: str


def measure_drawing(data: bytes, look: Look) -> Drawing | str:
    """What a drawing is, or in words why it can't be shown."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "it isn't in UTF-8"
    if bad := next(bad_characters(text.replace("\r", "")), None):
        return bad[2]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        return f"it isn't well-formed SVG ({error.msg})"
    if root.tag != f"{SVG}svg":
        return "its root isn't an SVG element"
    if reason := _refused(root, text, look):
        return reason
    size = _size_of(root.get("viewBox", ""))
    says = "\n".join(map(_letters_of, root.iter(f"{SVG}text")))
    return Drawing(*size, says) if size else "it has no viewBox with a size"


def _letters_of(text: etree._Element) -> str:
    """What a text shows; a title or a description in it isn't shown."""
    aside = "ancestor::svg:title or ancestor::svg:desc"
    shown = text.xpath(f".//text()[not({aside})]", namespaces={"svg": SVG[1:-1]})
    return "".join(map(str, shown))


def _refused(root: etree._Element, text: str, look: Look) -> str | None:
    if reason := _refused_around(root, text) or _too_much(root):
        return reason
    styles = [style.text or "" for style in root.iter(f"{SVG}style")]
    reasons = (_refused_element(element, look) for element in root.iter(etree.Element))
    return next(filter(None, reasons), None) or refused_in_styles(styles) or count_drawn(root)


def _too_much(root: etree._Element) -> str | None:
    if sum(1 for _ in root.iter(etree.Element)) > DRAWING_ELEMENTS.most:
        return f"it has more than {DRAWING_ELEMENTS}"
    if root.xpath(f"boolean(//*[count(ancestor::*) > {DRAWING_LEVELS.most}])"):
        return f"its elements are nested more than {DRAWING_LEVELS.most} deep"
    if sum(len("".join(each.itertext())) for each in root.iter(f"{SVG}text")) > DRAWING_TEXT.most:
        return f"its texts have more than {DRAWING_TEXT}"
    return None


def _refused_around(root: etree._Element, text: str) -> str | None:
    """Declarations and instructions, which say what is done with the drawing."""
    document = root.getroottree()
    if (document.docinfo.encoding or "UTF-8").upper() not in {"UTF-8", "US-ASCII", "ASCII"}:
        return "it isn't in UTF-8"
    declared = document.docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        return "it declares entities"
    if declared is not None and _DECLARES.search(text):
        return "it declares attributes or elements"
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for node in (*around, *root.iter(etree.PI)):
        # What Adobe's editors put around their metadata.
        if isinstance(node, etree._ProcessingInstruction) and node.target != "xpacket":
            return f"it holds an instruction to a program (<?{node.target})"
    return None


def _refused_element(element: etree._Element, look: Look) -> str | None:
    name = etree.QName(element)
    if name.namespace != SVG[1:-1]:
        return _refused_stranger(name)
    if name.localname in _MOVING:
        return MOVES
    if name.localname not in _ELEMENTS:
        return f"it holds <{name.localname}>, which isn't shown"
    # Readers differ in which of the text around them, and inside, belongs to the style.
    if name.localname == "style" and len(element):
        return "its style holds more than text"
    reasons = (
        _refused_attribute(element, key, str(element.attrib[key]), look) for key in element.attrib
    )
    return next(filter(None, reasons), None)


def _refused_stranger(name: etree.QName) -> str | None:
    """An element of another namespace: an editor's notes, or metadata, neither of them shown."""
    known = _EDITORS.fullmatch(name.namespace or "")
    if not known or name.localname in {"script", "style"}:
        return f"it holds <{name.localname}>, which isn't SVG"
    return None


def _refused_attribute(element: etree._Element, key: str, value: str, look: Look) -> str | None:
    name = etree.QName(key)
    if name.localname.lower().startswith("on"):
        return f"it holds a script ({name.localname})"
    if name.namespace in {None, _XLINK} and name.localname == "href":
        return _refused_href(element, value, look)
    if name.namespace is not None:
        return _refused_strange_attribute(name)
    return _refused_number(name.localname, value) or _refused_value(name.localname, value)


def _refused_strange_attribute(name: etree.QName) -> str | None:
    known = {_XLINK: _XLINK_ATTRIBUTES, _XML: _XML_ATTRIBUTES}.get(name.namespace or "")
    if known is not None and name.localname not in known:
        return f"it says where to load from ({name.localname})"
    if known is None and not _EDITORS.fullmatch(name.namespace or ""):
        return f"it has an attribute {name.localname}, which isn't SVG"
    return None


def _refused_href(element: etree._Element, value: str, look: Look) -> str | None:
    if element.tag == f"{SVG}image" and _BITMAP.match(value):
        return look(value)
    return None if leads_inside(value) else f"it loads another file ({value})"


def _refused_number(name: str, value: str) -> str | None:
    if name == "viewBox" and _size_of(value) is None:
        return "it has no viewBox with a size"
    if name in _NUMBERS and _HUGE.search(value):
        return f"a number in it is above {DRAWING_NUMBER.most:,} ({name})"
    if name in _NUMBERS and _RUN.search(value):
        return f"it has more than {DRAWING_RUN} of {DRAWING_RUN.of}"
    return None


def _refused_value(name: str, value: str) -> str | None:
    if name in _NUMBERS and _NUMERIC.fullmatch(value):
        return None
    if name.startswith(("data-", "aria-")) or name in _NAMES:
        return None
    return None if _INERT.fullmatch(value) else refused_in_value(value)


def _size_of(view_box: str) -> tuple[float, float] | None:
    match = _VIEW_BOX.fullmatch(view_box)
    if match is None:
        return None
    x, y, width, height = map(float, match.groups())
    sizes_exist = all(_SMALLEST <= n <= _LARGEST for n in (width, height))
    if not sizes_exist or not math.hypot(x, y) < 100 * _LARGEST:
        return None
    return (width, height) if _NARROWEST <= width / height <= 1 / _NARROWEST else None
