"""What a picture is, how large it is, and whether it is safe to show."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from briefpress.limits import PICTURE_BYTES, PICTURE_PIXELS

_XHTML = "http://www.w3.org/1999/xhtml"
_REFUSED = {"script", "foreignObject", "set", "animate", "animateMotion", "animateTransform"}
# In a style: anything that is loaded, but for parts of the drawing itself.
_LOADS = re.compile(r"@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)
_MOVES = re.compile(r"@(-[a-z]+-)?keyframes", re.IGNORECASE)
# Nor may what we publish flash (WCAG 2.2, 2.3.1): EPUBs say that they hold no such hazard.
_MOVES_ON_PAPER = "it moves, which paper can't show"
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's type and its size in CSS pixels."""

    media_type: str
    width: float
    height: float


def measure(path: Path, folder: Path) -> Picture | str:
    """Look at a picture of a briefing's folder: what it is, or in words why it can't be shown."""
    try:
        upwards = ".." in path.parts[len(folder.parts) :]
        if upwards or not path.resolve().is_relative_to(folder.resolve()):
            return "the file lies outside the briefing's folder"
        if not path.is_file():
            return "there is no such file"
        if (size := path.stat().st_size) > PICTURE_BYTES.most:
            return f"the file has {size:,} bytes; the limit is {PICTURE_BYTES.most:,}"
        return _svg(path) if path.suffix.lower() == ".svg" else _bitmap(path)
    except OSError:
        return "the file can't be read"


def _bitmap(path: Path) -> Picture | str:
    from PIL import Image, ImageFile  # noqa: PLC0415 - few briefings have pictures

    # WeasyPrint lets Pillow show what there is of a file that was cut short.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=("PNG", "JPEG")) as image:
                width, height, kind = *image.size, str(image.format)
                frames = getattr(image, "n_frames", 1)
                if width * height <= PICTURE_PIXELS.most:
                    image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        width, height, frames = PICTURE_PIXELS.most, PICTURE_PIXELS.most, 1
    except (OSError, ValueError):
        return "it isn't a PNG or JPEG that can be shown"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if width * height > PICTURE_PIXELS.most:
        return f"it has more than {PICTURE_PIXELS.most:,} pixels"
    if frames > 1:
        return _MOVES_ON_PAPER
    # Pixels of print are two to a CSS pixel, so a picture stays sharp on paper.
    return Picture(f"image/{kind.lower()}", width / 2, height / 2)


def _svg(path: Path) -> Picture | str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        return f"it isn't well-formed SVG ({error.msg})"
    if root.tag != f"{_SVG}svg":
        return "its root isn't an SVG element"
    reasons = (_unsafe_beginning(root), *map(_unsafe, root.iter(etree.Element)))
    if reason := next(filter(None, reasons), None):
        return reason
    try:
        _, _, width, height = (float(n) for n in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        width = height = math.nan
    if not (0 < width < math.inf and 0 < height < math.inf):
        return "it has no viewBox with a size"
    return Picture("image/svg+xml", width, height)


def _unsafe_beginning(root: etree._Element) -> str | None:
    if any(
        isinstance(node, etree._ProcessingInstruction) for node in root.itersiblings(preceding=True)
    ):
        return "it begins with an instruction to load something"
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        return "it declares entities"
    return None


def _unsafe(element: etree._Element) -> str | None:
    name = etree.QName(element)
    if name.localname == "style" and _MOVES.search(element.text or ""):
        return _MOVES_ON_PAPER
    if name.namespace == _XHTML or name.localname in _REFUSED:
        return f"it holds <{name.localname}>, which isn't shown"
    if _LOADS.search(element.text or "") and name.localname == "style":
        return "its style loads another file"
    return _unsafe_attribute(element)


def _unsafe_attribute(element: etree._Element) -> str | None:
    for name, value in element.attrib.items():
        if str(name).startswith("on"):
            return f"it holds a script ({name!s})"
        if _LOADS.search(str(value)):
            return f"it loads another file ({value!s})"
        if name in {"href", _XLINK_HREF} and not str(value).startswith(("#", "data:image/")):
            return f"it loads another file ({value!s})"
    return None
