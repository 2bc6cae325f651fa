"""What a picture is, and whether it is safe to show."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from briefpress.content.drawings import Drawing, measure_drawing
from briefpress.content.pictures import Picture, measure
from briefpress.limits import PICTURE_BYTES

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30.5">{}</svg>'


def whole_png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return file.getvalue()


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG, which says how large it is."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    length, checksum = struct.pack(">I", len(header) - 4), struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + length + header + checksum + b"\0\0\0\0IDAT"


def measured(folder: Path, name: str, data: bytes | str) -> Picture | str:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return measure(name, folder)


def test_a_bitmap_has_two_pixels_to_a_css_pixel(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.png", whole_png(400, 300)) == Picture("image/png", 200, 150)


def test_a_drawing_has_the_size_of_its_view_box(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", SVG.format("")) == Picture("image/svg+xml", 40, 30.5)


@pytest.mark.parametrize(("width", "height"), [(6000, 4001), (12000, 12000), (65000, 65000)])
def test_a_bitmap_beyond_the_limit_is_not_decoded(tmp_path: Path, width: int, height: int) -> None:
    assert measured(tmp_path, "a.png", png(width, height)) == "it has more than 24,000,000 pixels"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<script>alert(1)</script>", "it holds <script>, which isn't shown"),
        ("<foreignObject/>", "it holds <foreignObject>, which isn't shown"),
        ('<g onload="alert(1)"/>', "it holds a script (onload)"),
        ('<image href="file:///etc/hosts"/>', "it loads another file (file:///etc/hosts)"),
        ('<use href="https://e.org/a.svg"/>', "it loads another file (https://e.org/a.svg)"),
        ("<g>", "it isn't well-formed SVG"),
    ],
)
def test_a_drawing_that_is_not_safe_is_refused(tmp_path: Path, content: str, why: str) -> None:
    assert str(measured(tmp_path, "a.svg", SVG.format(content))).startswith(why)


@pytest.mark.parametrize("box", ["", "0 0 40", "0 0 0 30", "0 0 -4 30", "0 0 nan 30", "0 0 inf 3"])
def test_a_drawing_without_a_size_is_refused(tmp_path: Path, box: str) -> None:
    assert measured(tmp_path, "a.svg", SVG.format("").replace("0 0 40 30.5", box)) == (
        "it has no viewBox with a size"
    )


def test_a_drawing_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]>' + SVG.format(
        "<text>&a;</text>"
    )

    assert measured(tmp_path, "a.svg", bomb) == "it declares entities"


@pytest.mark.parametrize(
    "before",
    [
        "<!-- Created with an editor -->",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">',
    ],
)
def test_what_editors_write_before_a_drawing_is_let_through(tmp_path: Path, before: str) -> None:
    assert isinstance(measured(tmp_path, "a.svg", before + SVG.format("<rect/>")), Picture)


@pytest.mark.parametrize(
    "drawing",
    [
        '<?xml-stylesheet href="x.css"?>' + SVG.format("<rect/>"),
        SVG.format('<rect style="fill:url(http://example.org/a)"/>'),
        SVG.format('<style>@import "a.css";</style>'),
        SVG.format('<x:p xmlns:x="http://www.w3.org/1999/xhtml">text</x:p>'),
        SVG.format('<a><set attributeName="href" to="javascript:alert(1)"/></a>'),
        SVG.format("<style>@-webkit-keyframes flash { to { opacity: 0 } }</style>"),
    ],
)
def test_a_drawing_that_loads_or_runs_something_is_refused(tmp_path: Path, drawing: str) -> None:
    assert isinstance(measured(tmp_path, "a.svg", drawing), str)


def test_a_bitmap_that_moves_is_refused(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    assert measure("a.png", tmp_path) == "it moves, which paper can't show"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a\1\0\1\0\0\0\0;",
        b"%PDF-1.7",
        png(400, 300)[:20],
        png(400, 300),
        whole_png(400, 300)[:-40],
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_what_is_no_png_or_jpeg_is_refused(
    tmp_path: Path, data: bytes, lenient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # as WeasyPrint does
    assert measured(tmp_path, "a.png", data) == "it isn't a PNG or JPEG that can be shown"


def test_a_file_that_is_not_there_or_too_large_or_outside_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes(whole_png(4, 3))

    (inside / "ring.png").symlink_to("ring.png")

    (inside / "folder.png").mkdir()
    for name in ("b.png", "folder.png", "ring.png"):
        assert measure(name, inside) == "there is no such file"
    assert measure(".", inside) == "its name ends in none of .svg, .png, .jpg, .jpeg"
    for name in ("../a.png", "../inside/a.png"):
        assert measure(name, inside) == "the file lies outside the briefing's folder"
    assert measure("link.png", inside) == "a symbolic link leads out of the briefing's folder"
    upwards = inside / ".." / "inside"  # as with --content ../content
    assert measure("b.png", upwards) == "there is no such file"
    assert str(measured(inside, "c.png", bytes(PICTURE_BYTES.most + 1))).startswith(
        "the file has 8,388,609"
    )


# As tools write them, cut down to what is their own
DRAWINGS = sorted((Path(__file__).parent / "drawings").iterdir())


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_what_tools_export_is_let_through(drawing: Path) -> None:
    assert isinstance(measure(drawing.name, drawing.parent), Picture)


# Names that no reader shows, and one that it does
PARTS = st.sampled_from(
    [
        *("script", "foreignObject", "animate", "iframe", "style", "use", "image", "rect", "a"),
        *("href", "xlink:href", "onload", "ONLOAD", "style", "fill", "xml:base", "src", "class"),
        *("https://e.org/a", "javascript:x", "#a", "url(#a)", "url(//e.org)", r"u\72l(//e.org)"),
        *("@import '//e.org'", r"@\69mport '//e.org'", "data:image/png;base64,", "image-set('a')"),
    ]
)
LEADS_OUT = re.compile(
    r"<(?:script|foreign|animate|iframe)| on\w+=|e\.org|javascript|image-set", re.I
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(element=PARTS, name=PARTS, value=PARTS, text=PARTS)
@example(element="style", name="class", value="#a", text="@import '//e.org'")
def test_a_drawing_of_hostile_parts_is_refused_or_leads_nowhere(
    element: str, name: str, value: str, text: str
) -> None:
    inside = f'<{element} {name}="{value}">{text}</{element}>'
    drawing = SVG.format(inside).replace("<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"')

    found = measure_drawing(drawing.encode(), lambda _: None)

    if isinstance(found, Drawing):  # the text of anything but a style is text
        read = "" if name == "class" else value
        shown = f"<{element} {name}={read}>{text if element == 'style' else ''}"
        assert not LEADS_OUT.search(shown)
