"""Draws the pictures of this folder from what Briefpress makes of content/ today.

    python docs/pictures/draw.py

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

HERE = Path(__file__).resolve().parent
BRIEFING = "japan-kazakhstan"
PAGES = (0, 1, 2, 4)
PHONE = (390, 844)

_GROUND = "#dfe3e7"
_GAP = 16
_COLOURS = 96
_ENLARGED = 4


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


def pages(file: Path) -> Image.Image:
    """Some pages of a PDF, side by side."""
    with pdfium.PdfDocument(file) as document:
        drawn = [
            document[number].render(scale=0.87 * _ENLARGED).to_pil().reduce(_ENLARGED)
            for number in PAGES
        ]
    return side_by_side(drawn)


def phones(output: Path) -> Image.Image:
    """The list of all briefings and one of them on a telephone, the second also in the dark."""
    page = output / BRIEFING / f"{BRIEFING}.en.html"
    shown = [(output / "index.html", ""), (page, ""), (page, "#chronology")]
    with chromium() as browser:
        return side_by_side([screen(browser, *each) for each in shown])


def screen(browser: Browser, file: Path, fragment: str) -> Image.Image:
    """What is seen of a web page."""
    width, height = PHONE
    tab = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        color_scheme="dark" if fragment else "light",
    )
    tab.goto(file.as_uri() + fragment)
    return Image.open(BytesIO(tab.screenshot())).convert("RGB")


def side_by_side(images: Sequence[Image.Image]) -> Image.Image:
    """Pictures of the same height in a row, on a ground."""
    width = sum(image.width + _GAP for image in images) + _GAP
    sheet = Image.new("RGB", (width, images[0].height + 2 * _GAP), _GROUND)
    left = _GAP
    for image in images:
        sheet.paste(image, (left, _GAP))
        left += image.width + _GAP
    return sheet


def keep(image: Image.Image, name: str) -> None:
    """Save a picture with as many colours as can be told apart, and no time in it."""
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


def main() -> None:
    """Build the first briefing, and draw what came of it."""
    with TemporaryDirectory() as name:
        output = Path(name)
        program = Path(sys.executable).with_name("briefpress")
        command = [str(program), "build", "--output", str(output), "--language", "en"]
        subprocess.run(command, cwd=HERE.parents[1], check=True)
        keep(pages(output / BRIEFING / f"{BRIEFING}.en.pdf"), "pages.png")
        keep(phones(output), "phones.png")


if __name__ == "__main__":
    main()
