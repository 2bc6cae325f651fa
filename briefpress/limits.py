"""Every limit that content is held to, so that a stranger's content can't take a machine down.

All of them stand here and nowhere else; `docs/limits.md` lists them. Each is far above what a
briefing for readers needs, and far below what hurts: 100,000 brackets overflow the stack of a YAML
parser, and a picture of 144 megapixels takes 3.5 GB to decode.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How much there may be of something: `most` of a unit, `of` what."""

    most: int
    unit: str
    of: str

    def __str__(self) -> str:
        return f"{self.most:,} {self.unit}"


YAML_BYTES = Limit(4 * 1024 * 1024, "bytes", "a YAML file")
YAML_DEPTH = Limit(40, "levels", "values nested in a YAML file")
SECTION_LEVELS = Limit(5, "levels", "sections nested in sections")  # HTML has h2 to h6
LIST_LEVELS = Limit(8, "levels", "lists and quotations nested in a text")
PICTURE_BYTES = Limit(8 * 1024 * 1024, "bytes", "a picture's file")
PICTURE_PIXELS = Limit(24_000_000, "pixels", "a picture")
CHAPTER_BYTES = Limit(64 * 1024 * 1024, "bytes", "a file unpacked from an EPUB that is proved")
