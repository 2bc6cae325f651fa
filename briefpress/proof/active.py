"""What a document does beside being read: what it loads from elsewhere, and what it runs.

A published file is complete and still: it holds no script, and nothing in it is fetched when it is
opened. So it can be read in thirty years, tells nobody who reads it, and is safe to open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import tinycss2
from lxml import etree

# What HTML loads or runs, other than pictures and stylesheets (HTML, 4.8 and 4.10 to 4.12).
_REFUSED = {
    *("applet", "audio", "base", "button", "canvas", "embed", "form", "frame", "frameset"),
    *("iframe", "input", "object", "portal", "select", "slot", "source", "textarea", "track"),
    *("animate", "animatemotion", "animatetransform", "foreignobject", "set", "use", "video"),
    *("feimage", "handler", "listener"),
}
# With those of MathML (3, 2.2.1), of XML Base, and of browsers past and to come.
_LOADING = {
    *("action", "altimg", "attributionsrc", "background", "base", "data", "dynsrc", "formaction"),
    *("imagesrcset", "lowsrc", "manifest", "ping", "poster", "src", "srcset"),
}
# Attributes of SVG that are CSS, and may hold a URL (SVG 2, 6.2).
_PAINTING = {
    *("clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid"),
    *("marker-start", "mask", "stroke"),
}
# Those whose values are looked at.
_TELLING = {*_LOADING, *_PAINTING, "style", "href"}
_LEADING = re.compile(r"(?:#|https?://|mailto:|(?![a-z][a-z0-9+.-]*:|//))", re.IGNORECASE)
_STYLES = "stylesheet"
# What browsers leave out of an address before they look at its scheme (WHATWG URL, 4.4).
_UNSEEN = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_DATA = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,")
_ONE_PICTURE = re.compile(rf"{_DATA.pattern}[A-Za-z0-9+/=]+")

# Fonts that a stylesheet holds itself take longer to parse than all the rest.
_FONT = re.compile(r'url\(("?)data:font/[a-z0-9]+;base64,[A-Za-z0-9+/=]*\1\)')
# It stands in for them, since what is beside them could become a comment.
_FONT_LEFT_OUT = "url(#)"
# Readers know these types by heart; lxml says one of every HTML that says none.
_STANDARDS = "http://www.w3.org/TR/"
_DECLARES = re.compile(r"<!(?:ATTLIST|ELEMENT|ENTITY|NOTATION)")

Known = Callable[[str], bool]
"""Whether a URL is that of a part of the artefact itself."""


def active_in(document: etree._Element, known: Known) -> Iterator[str]:
    """Say what a document, whose elements are in no name space, loads or runs."""
    yield from _around(document)
    for element in document.iter(etree.Element):
        tag = str(element.tag).lower()  # a drawing's are written in both cases
        if (tag in _REFUSED and not _is_choice(element)) or (
            tag == "script" and element.get("type") != "application/ld+json"
        ):
            yield f"it has <{tag}>"
        elif tag == "meta" and element.get("http-equiv") is not None:
            yield f"it has <meta http-equiv={element.get('http-equiv')!r}>"
        elif tag == "style":
            # Its own text, whatever stands in between (HTML, 4.2.6: the child text content).
            own = (element.text, *(child.tail for child in element))
            yield from loaded_by_css("".join(filter(None, own)), known)
        yield from _by_attributes(element, tag, known)


def _is_choice(element: etree._Element) -> bool:
    """Whether an element is a picture for some screens, which is in the file (HTML, 4.8.2)."""
    parent = element.getparent()
    if element.tag != "source" or parent is None or parent.tag != "picture":
        return False
    return _ONE_PICTURE.fullmatch(element.get("srcset", "")) is not None


def _around(document: etree._Element) -> Iterator[str]:
    """Declarations and instructions, which say what is done with a document (XML, 2.6 and 2.8)."""
    tree = document.getroottree()
    declared_in = tree.docinfo.system_url or _STANDARDS
    if not declared_in.startswith(_STANDARDS):
        yield f"its type is declared in {declared_in[:80]!r}"
    if tree.docinfo.internalDTD is not None and _DECLARES.search(
        etree.tostring(tree, encoding="unicode")
    ):
        yield "it declares entities, attributes or elements"
    for node in (*document.itersiblings(preceding=True), *document.iter(etree.PI)):
        if isinstance(node, etree._ProcessingInstruction):
            yield f"it holds an instruction to a program (<?{node.target})"


def _by_attributes(element: etree._Element, tag: str, known: Known) -> Iterator[str]:
    for key, given in element.attrib.items():
        name = _local(str(key))
        if name.startswith("on"):
            yield f"<{tag}> runs a script ({name})"
        if name not in _TELLING:
            continue
        value = _UNSEEN.sub("", str(given))
        if name == "style":
            # It may hide what it is of. Looks are the stylesheets', which are the same for all.
            yield f"<{tag}> is styled where it stands: {value[:80]!r}"
        elif name in _LOADING and not (_is_within(value) or known(value)):
            yield f"<{tag}> loads {value[:80]!r}"
        elif name in _PAINTING:
            yield from loaded_by_css(value, known)
        elif name == "href" and not _may_lead(element, tag, value, known):
            yield f"<{tag}> leads to {value[:80]!r}"


@lru_cache(maxsize=256)
def _local(key: str) -> str:
    """The name of an attribute, without its name space or the prefix for one."""
    return re.split("[}:]", key)[-1].lower()


def _may_lead(element: etree._Element, tag: str, href: str, known: Known) -> bool:
    if tag == "a":
        return _LEADING.match(href) is not None
    return tag == "link" and element.get("rel") == _STYLES and known(href)


def _is_within(url: str) -> bool:
    return _DATA.match(url) is not None


def loaded_by_css(css: str, known: Known) -> Iterator[str]:
    """Say what a stylesheet, or the declarations of an element, load (CSS Syntax 3)."""
    waiting = list(tinycss2.parse_component_value_list(_FONT.sub(_FONT_LEFT_OUT, css)))
    while waiting:
        token = waiting.pop()
        if token.type == "at-keyword" and token.lower_value == "import":
            yield "a stylesheet loads another"
        elif token.type == "url" and not _is_part(token.value, known):
            yield f"a stylesheet loads {token.value[:80]!r}"
        elif token.type == "function":
            waiting += token.arguments
            yield from _by_function(token, known)
        elif token.type in {"{} block", "[] block", "() block"}:
            waiting += token.content


def _by_function(token: tinycss2.ast.FunctionBlock, known: Known) -> Iterator[str]:
    """Functions that take a URL as a string (CSS Values 4, 4.5; CSS Images 4, 3.2)."""
    if token.lower_name in {"url", "src", "image", "image-set", "-webkit-image-set"}:
        for argument in token.arguments:
            if argument.type == "string" and not _is_part(argument.value, known):
                yield f"a stylesheet loads {argument.value[:80]!r}"


def _is_part(url: str, known: Known) -> bool:
    return url.startswith(("#", "data:font/")) or _is_within(url) or known(url)
