"""The words of a PDF's marked content, and where each of its glyphs is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

_SHOWN = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: the number of its instruction, of the string in it, and of the glyph in that."""

    instruction: int
    string: int
    index: int
    code: bytes
    text: str
    font: str


class PageWords:
    """The content of a page, as instructions that can be changed and written again.

    `sequences` are the instructions of each marked-content sequence, by its identifier; those of
    artifacts have none.
    """

    def __init__(self, page: pikepdf.Page) -> None:
        self._page = page
        self.instructions = list(pikepdf.parse_content_stream(page))
        self._shown = {
            name: _characters(font) for name, font in page.resources.get("/Font", {}).items()
        }
        self.sequences: dict[int, list[int]] = {}
        self._fonts: dict[int, str] = {}
        open_: list[int | None] = []
        font = ""
        for number, instruction in enumerate(self.instructions):
            operator = str(instruction.operator)
            if operator == "BDC" and "/MCID" in instruction.operands[1]:
                open_.append(int(instruction.operands[1]["/MCID"]))
            elif operator in {"BDC", "BMC"}:
                open_.append(None)
            elif operator == "EMC":
                open_.pop()
            elif operator == "Tf":
                font = str(instruction.operands[0])
            elif operator == "TJ":
                self._fonts[number] = font
                if open_ and open_[-1] is not None:
                    self.sequences.setdefault(open_[-1], []).append(number)

    def glyphs(self, mcid: int) -> Iterator[Glyph]:
        """The glyphs of a sequence, in order."""
        for number in self.sequences.get(mcid, []):
            font = self._fonts[number]
            for string, part in enumerate(self.instructions[number].operands[0]):
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    for index in range(0, len(codes), 2):
                        code = codes[index : index + 2]
                        text = self._shown[font].get(code, "")
                        yield Glyph(number, string, index, code, text, font)

    def text(self, mcid: int) -> str:
        """What a sequence says."""
        return "".join(glyph.text for glyph in self.glyphs(mcid))

    def put(self, glyph: Glyph, code: bytes) -> None:
        """Show another glyph in the place of one, or none."""
        instruction = self.instructions[glyph.instruction]
        parts = list(instruction.operands[0])
        codes = bytearray(bytes(parts[glyph.string]))
        codes[glyph.index : glyph.index + 2] = code
        parts[glyph.string] = pikepdf.String(bytes(codes))
        self._replace(glyph.instruction, parts)

    def exchange(self, first: int, second: int) -> None:
        """Let each of two instructions show what the other does. Both have the same font."""
        parts = [list(self.instructions[number].operands[0]) for number in (first, second)]
        self._replace(first, parts[1])
        self._replace(second, parts[0])

    def font_of(self, instruction: int) -> str:
        """The font that an instruction shows its text in."""
        return self._fonts[instruction]

    def clear(self, mcid: int) -> None:
        """Show nothing of a sequence."""
        for number in self.sequences.get(mcid, []):
            self._replace(number, [])

    def _replace(self, number: int, parts: list[pikepdf.Object]) -> None:
        array = pikepdf.Array(parts)
        operator = self.instructions[number].operator
        self.instructions[number] = pikepdf.ContentStreamInstruction([array], operator)

    def write(self, pdf: pikepdf.Pdf) -> None:
        """Put the instructions into the page."""
        data = pikepdf.unparse_content_stream(self.instructions)
        self._page.Contents = pdf.make_stream(data)


def _characters(font: pikepdf.Object) -> dict[bytes, str]:
    """What each glyph of a font stands for (ISO 32000-1, 9.10.3)."""
    cmap = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in _SHOWN.findall(cmap)
    }
