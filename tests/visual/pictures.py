"""Pictures of a PDF's pages, and how much two of them differ to the eye.

PDFium draws them; it comes with pypdfium2, so the same version draws the same picture on every
machine. FLIP compares them: it says, for each pixel, how much of a difference is seen by somebody
to whom the two pictures are shown in turns (Andersson et al., "FLIP: A Difference Evaluator for
Alternating Images", 2020), from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flip_evaluator
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, ImageChops

# The largest error that is let pass anywhere on a page. Text that is moved by a fiftieth of a point
# makes 0.07, a hairline that is lost 0.19.
TOLERANCE = 0.1

# A picture has a pixel for a point, and is drawn larger first. In small letters PDFium moves each
# glyph to the next whole pixel, so that hardly any difference would become a whole one; letters of
# more than 50 pixels it draws where they are.
_ENLARGED = 6


def drawn(file: Path) -> Iterator[Image.Image]:
    """Each page of a PDF."""
    with pdfium.PdfDocument(file) as document:
        for page in document:
            yield page.render(scale=_ENLARGED).to_pil().convert("RGB").reduce(_ENLARGED)


def error(before: Image.Image, after: Image.Image) -> npt.NDArray[np.float32]:
    """How much each pixel differs to the eye. Paper that only one of them has differs wholly."""
    size = (max(before.width, after.width), max(before.height, after.height))
    if ImageChops.difference(before, after).getbbox() is None and before.size == after.size:
        return np.zeros(size[::-1], np.float32)
    colours = [np.asarray(_laid_on(size, each), np.float32) / 255 for each in (before, after)]
    evaluated = flip_evaluator.evaluate(*colours, "LDR", applyMagma=False, computeMeanError=False)
    found: npt.NDArray[np.float32] = evaluated[0][:, :, 0]
    return found


def side_by_side(
    before: Image.Image, after: Image.Image, where: npt.NDArray[np.float32]
) -> Image.Image:
    """Before, after, and a pale page with what differs in red."""
    height, width = where.shape
    sheet = Image.new("RGB", (3 * width + 2 * _GAP, height), "grey")
    sheet.paste(before, (0, 0))
    sheet.paste(after, (width + _GAP, 0))
    pale = Image.blend(_laid_on((width, height), after), _WHITE.resize((width, height)), 0.75)
    strength = Image.fromarray((np.clip(where / (2 * TOLERANCE), 0, 1) * 255).astype(np.uint8))
    pale.paste("red", mask=strength)
    sheet.paste(pale, (2 * (width + _GAP), 0))
    return sheet


_GAP = 12
_WHITE = Image.new("RGB", (1, 1), "white")


def _laid_on(size: tuple[int, int], picture: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", size, "black")
    sheet.paste(picture, (0, 0))
    return sheet


@dataclass(frozen=True)
class Album:
    """The pictures of an edition's pages as they are meant to look, one file a page."""

    folder: Path
    differences: Path  # a folder for pictures of what differs

    @property
    def pictures(self) -> list[Image.Image]:
        return [Image.open(file).convert("RGB") for file in sorted(self.folder.glob("*.webp"))]

    def bless(self, pages: list[Image.Image]) -> None:
        """Take pages for the ones that are meant.

        A picture that hardly differs stays, so that a change holds only what there is to see.
        """
        kept = self.pictures
        self.folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages, 1):
            if number > len(kept) or error(kept[number - 1], page).max() > TOLERANCE:
                page.save(self._file(number), lossless=True)
        for number in range(len(pages) + 1, len(kept) + 1):
            self._file(number).unlink()

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:02}.webp"

    def faults(self, pages: list[Image.Image]) -> list[str]:
        """What is wrong with pages: another number of them, and each that looks different."""
        return list(self._faults(pages))

    def _faults(self, pages: list[Image.Image]) -> Iterator[str]:
        name, kept = self.folder.name, self.pictures
        for old in self.differences.glob(f"{name}.*.png"):
            old.unlink()
        if len(pages) != len(kept):
            yield f"{name} has {len(pages)} pages, and had {len(kept)}"
        for number, (before, after) in enumerate(zip(kept, pages, strict=False), 1):
            where = error(before, after)
            if where.max() > TOLERANCE:
                picture = self.differences / f"{name}.{number:02}.png"
                picture.parent.mkdir(parents=True, exist_ok=True)
                side_by_side(before, after, where).save(picture)
                yield f"{name}, page {number}: error {where.max():.2f}, see {picture}"
