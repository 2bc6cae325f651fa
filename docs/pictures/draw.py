"""Draws the pictures of this folder from what Briefpress makes of content/ today.

    python -m docs.pictures.draw

PDFium draws pages of the PDF, and Chromium the web pages, on a telephone.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.serving import serving

HERE = Path(__file__).resolve().parent
BRIEFPRESS = str(Path(sys.executable).with_name("briefpress"))
BRIEFING = "japan-kazakhstan"
STARTER = "metre-convention"

_GROUND = "#dfe3e7"
_GAP = 16
_COLOURS = 96
_ENLARGED = 4
_PHONE = (390, 842)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, which fetches nothing of its own."""
    program = shutil.which("chromium")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", *quiet]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def pages(file: Path, *numbers: int, scale: float = 1) -> list[Image.Image]:
    """Some pages of a PDF; at the scale 1 a pixel is a point."""
    with pdfium.PdfDocument(file) as document:
        return [
            document[number - 1].render(scale=scale * _ENLARGED).to_pil().reduce(_ENLARGED)
            for number in numbers
        ]


def phone(browser: Browser, file: Path, fragment: str = "", *, scale: int = 1) -> Image.Image:
    """What is seen of a web page on a telephone; of a part of it, in the dark."""
    width, height = _PHONE
    tab = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if fragment else "light",
    )
    tab.goto(file.as_uri() + fragment)
    return Image.open(BytesIO(tab.screenshot()))


def side_by_side(images: Sequence[Image.Image]) -> Image.Image:
    """Pictures of the same height in a row, on a ground."""
    width = sum(image.width + _GAP for image in images) + _GAP
    sheet = Image.new("RGB", (width, images[0].height + 2 * _GAP), _GROUND)
    left = _GAP
    for image in images:
        sheet.paste(image, (left, _GAP))
        left += image.width + _GAP
    return sheet


def keep(name: str, images: Sequence[Image.Image]) -> None:
    """Save pictures as one, with as many colours as can be told apart, and no time in it."""
    few = side_by_side(images).quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(HERE / name, optimize=True)


def draw_real(folder: Path, browser: Browser) -> None:
    """The first briefing of content/, for the README."""
    output = folder / "output"
    command = [BRIEFPRESS, "build", "--output", str(output), "--language", "en"]
    subprocess.run(command, cwd=HERE.parents[1], check=True)
    made = output / BRIEFING / f"{BRIEFING}.en.html"
    keep("pages.png", pages(made.with_suffix(".pdf"), 1, 2, 3, 4, scale=0.87))
    shown = [(output / "index.html", ""), (made, ""), (made, "#chronology")]
    keep("phones.png", [phone(browser, *each, scale=2) for each in shown])


def draw_starter(folder: Path, browser: Browser) -> None:
    """What `briefpress new` begins with, for docs/first-briefing.md."""
    subprocess.run([BRIEFPRESS, "new", "project"], cwd=folder, check=True)
    subprocess.run([BRIEFPRESS, "build"], cwd=folder / "project", check=True)
    made = folder / "project" / "output" / STARTER / f"{STARTER}.en.html"
    keep("first.png", [*pages(made.with_suffix(".pdf"), 1, 2, 3), phone(browser, made)])


def draw_preview(folder: Path, browser: Browser) -> None:
    """The preview, with a slip of the pen in the first briefing."""
    content = shutil.copytree(HERE.parents[1] / "content", folder / "content")
    words = content / BRIEFING / "en.yaml"
    good = words.read_text("utf-8")
    with serving(cwd=folder) as served:
        tab = browser.new_page(viewport={"width": 1100, "height": 700})
        tab.goto(f"{served.url}view/{BRIEFING}/en/page")
        tab.get_by_role("status").get_by_text("proved").wait_for()
        words.write_text(good.replace("{recognition}, before", "{recogniton}, before"), "utf-8")
        tab.get_by_role("dialog").wait_for()
        keep("preview.png", [Image.open(BytesIO(tab.screenshot()))])


def draw_flow(browser: Browser) -> None:
    """The drawing of docs/design.md as a bitmap, for the guide."""
    tab = browser.new_page(viewport={"width": 760, "height": 330}, device_scale_factor=2)
    tab.goto((HERE / "flow.svg").as_uri())
    image = Image.open(BytesIO(tab.screenshot()))
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(HERE / "flow.png", optimize=True)


def main() -> None:
    """Draw them all."""
    with TemporaryDirectory() as name, chromium() as browser:
        draw_real(Path(name), browser)
        draw_starter(Path(name), browser)
        draw_preview(Path(name), browser)
        draw_flow(browser)


if __name__ == "__main__":
    main()
