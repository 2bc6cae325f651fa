"""The fonts of the templates: what characters they have, and parts of them to embed.

`css/fonts.css` declares every face with `@font-face`, and is the only list of them; those are used
whose families `css/tokens.css` names. PDF uses the files whole; EPUB and web embed each face cut
down to the characters of the document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

from briefpress.look import Templates

_RULE = re.compile(r"@font-face\s*\{(?P<body>[^}]*)\}")
_FAMILY = re.compile(r"font-family:\s*\"(?P<family>[^\"]+)\"")
_URL = re.compile(r"url\(\"?(?P<url>[^\")]+)\"?\)")
_RANGE = re.compile(r"unicode-range:\s*(?P<ranges>[^;]+)")


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its `@font-face` rule, its file, and the code points it is meant for (None: all)."""

    family: str
    rule: str
    url: str
    file: Path
    meant_for: tuple[range, ...] | None

    def wants(self, code_point: int) -> bool:
        """Whether the face is meant for a character (CSS Fonts 4, 4.5 unicode-range)."""
        return self.meant_for is None or any(code_point in each for each in self.meant_for)


@cache
def faces(templates: Templates) -> tuple[Face, ...]:
    """The faces that `css/fonts.css` declares, of the families that `css/tokens.css` names."""
    tokens = templates.read(templates.file("css/tokens.css"))
    declared = _faces(templates, templates.file("css/fonts.css"))
    return tuple(face for face in declared if f'"{face.family}"' in tokens)


def _faces(templates: Templates, css: Path) -> Iterator[Face]:
    text = templates.read(css)
    for rule in _RULE.finditer(text):
        url = _URL.search(rule["body"])
        if url is None:
            continue
        meant = _RANGE.search(rule["body"])
        line = text.count("\n", 0, rule.start()) + 1
        try:
            ranges = tuple(_ranges(meant["ranges"])) if meant else None
        except ValueError:
            hint = "write it as U+30A0-30FF, with commas between ranges"
            raise templates.fault(css, "the unicode-range can't be read", hint, line=line) from None
        family = _FAMILY.search(rule["body"])
        yield Face(
            family["family"] if family else "",
            rule[0],
            url["url"],
            _font_file(templates, css, url["url"], line),
            ranges,
        )


def _font_file(templates: Templates, css: Path, url: str, line: int) -> Path:
    """The file that a rule of `css/fonts.css` names: the first folder's that has it.

    Raises `ContentError` where none has it: HarfBuzz would read whatever file it is given.
    """
    name = posixpath.normpath(f"css/{url}")
    file = templates.file(name)
    if name.startswith(("../", "/")) or not templates.contains(file) or not file.is_file():
        hint = "put the font into the folder of templates, and write where it is from css/"
        raise templates.fault(css, f"there is no font {url!r} in the templates", hint, line=line)
    return file


def _ranges(text: str) -> Iterator[range]:
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield range(int(first, 16), int(last or first, 16) + 1)


class Coverage:
    """Every code point that some face has and is meant for; ask with `in`."""

    def __init__(self, templates: Templates) -> None:
        self._faces = faces(templates)
        self._known: dict[int, bool] = {}

    def __contains__(self, code_point: object) -> bool:
        assert isinstance(code_point, int)
        if code_point not in self._known:
            self._known[code_point] = any(
                face.wants(code_point) and code_point in code_points_of(face.file)
                for face in self._faces
            )
        return self._known[code_point]


@cache
def code_points_of(file: Path) -> hb.Set:
    """The code points that a font file has."""
    return opened(file).unicodes


@cache
def opened(file: Path) -> hb.Face:
    """A font file, opened once."""
    return hb.Face(hb.Blob.from_file_path(str(file)))


def needed(
    templates: Templates, characters: frozenset[str]
) -> Iterator[tuple[Face, frozenset[int]]]:
    """The faces that a document in some characters needs, each with its part of them."""
    code_points = sorted(map(ord, characters))
    for face in faces(templates):
        has = code_points_of(face.file)
        if wanted := frozenset(c for c in code_points if face.wants(c) and c in has):
            yield face, wanted


def embedded(
    templates: Templates, characters: frozenset[str], place: Callable[[Face, bytes], str]
) -> str:
    """The `@font-face` rules for a document that is written in some characters.

    `place` is given each face that is needed and its subset (TrueType), and says by what URL the
    document finds it.
    """
    return "\n".join(
        face.rule.replace(face.url, place(face, subset(face.file, wanted)))
        for face, wanted in needed(templates, characters)
    )


@cache
def subset(file: Path, code_points: frozenset[int]) -> bytes:
    """A font file cut down to some characters, with its kerning and other layout kept."""
    chosen = hb.SubsetInput()
    chosen.unicode_set.update(code_points)
    chosen.flags = hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(opened(file), chosen).blob.data)
