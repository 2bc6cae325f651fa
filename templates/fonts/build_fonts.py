"""Make the bundled fonts from the unpacked npm packages that README.md names.

A PDF may only name fonts that everyone can rebuild, so the faces are cut here to the scripts
and the layout features that the templates use, freed of hinting (no use in print), and renamed,
because a modified version may not carry the licence's Reserved Font Name. A glyph that stands
for several characters is doubled: a PDF names one character a glyph, so that without this a hyphen
once typed as U+002D and once as U+2010 would be read back as the same. The same packages and the
same fonttools give the same bytes.

Usage: python build_fonts.py PACKAGES, the folder into which the packages were unpacked.
"""

import argparse
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.tables.otBase import (  # type: ignore[import-untyped]
    USE_HARFBUZZ_REPACKER,
)

SERIF = "source-serif-4.5.1/package/TTF/SourceSerif4"
SANS = "source-sans-3.52.0/package/TTF/SourceSans3"
SERIF_JP = "expo-google-fonts-noto-serif-jp-0.4.3/package/"
SANS_JP = "expo-google-fonts-noto-sans-jp-0.4.3/package/"

LATIN_RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Latin-1 Supplement, Latin Extended-A and -B
    (0x02B0, 0x052F),  # modifiers, combining marks, Greek, Cyrillic and its supplement
    (0x1E00, 0x1FFF),  # Latin Extended Additional, Greek Extended
    (0x2000, 0x209F),  # General Punctuation, superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x22FF),  # letterlike, fractions, arrows, mathematical operators
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2713, 0x2717),  # check marks and crosses
    (0x2DE0, 0x2DFF),  # Cyrillic Extended-A
    (0xA640, 0xA69F),  # Cyrillic Extended-B
    (0xFB00, 0xFB06),  # ligatures
)
JP_RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x2010, 0x2015),
    (0x3000, 0x30FF),  # CJK punctuation, hiragana, katakana
    (0x32FF, 0x32FF),  # the square era name Reiwa, younger than the codecs
    (0xFA10, 0xFA6A),  # older forms that the law allows in names (jinmeiyou kanji)
    (0xFF00, 0xFF9F),  # fullwidth forms, halfwidth katakana
    (0xFFE0, 0xFFEF),  # fullwidth and halfwidth signs
)
# Kanji that JIS X 0208 lacks: forms for print (four are jouyou kanji since 2010), and 𠮷 in names.
JP_EXTRA = "俱剝吞啞噓嚙囊塡姸屛幷搔摑潑瀆焰瘦禱簞繡繫蔣蟬蠟軀醬醱頰顚驒鷗鹼麴𠮟𠮷"

LATIN_FEATURES = [
    *("kern", "mark", "mkmk", "liga", "locl", "ccmp", "smcp", "c2sc"),
    *("onum", "lnum", "pnum", "tnum", "sups", "case", "frac"),
]
JP_FEATURES = ["vert", "palt", "kern", "halt", "locl", "ccmp"]
UNUSED_TABLES = ["DSIG", "STAT", "gasp"]
KEPT_NAMES = [0, 9, 13, 14]  # copyright, designer, licence and its address
# Where characters share a glyph, the lowest keeps it (and all its kerning), but for these.
KEEPERS = {0x03BC, 0x2018, 0x2019}
NEEDED = {0x0020, 0x00A0, 0x00AD, 0x2010}


class Face(NamedTuple):
    """A face to make: its source, and the names it gets."""

    source: str
    family: str
    style: str

    @property
    def postscript_name(self) -> str:
        return f"{self.family}-{self.style}".replace(" ", "")


def latin_faces(source: str, family: str) -> list[Face]:
    """The four faces of a family for Latin, Greek and Cyrillic."""
    styles = {"Regular": "Regular", "It": "Italic"}
    styles |= {"Semibold": "Semibold", "SemiboldIt": "Semibold Italic"}
    return [Face(f"{source}-{given}.ttf", family, style) for given, style in styles.items()]


LATIN = [
    *latin_faces(SERIF, "Briefpress Serif"),
    *latin_faces(SANS, "Briefpress Sans"),
    Face(f"{SERIF}Display-Regular.ttf", "Briefpress Serif Display", "Regular"),
    Face(f"{SERIF}Display-Semibold.ttf", "Briefpress Serif Display", "Semibold"),
]
JAPANESE = [
    Face(f"{SERIF_JP}400Regular/NotoSerifJP_400Regular.ttf", "Briefpress Serif JP", "Regular"),
    Face(f"{SERIF_JP}600SemiBold/NotoSerifJP_600SemiBold.ttf", "Briefpress Serif JP", "Semibold"),
    Face(f"{SANS_JP}400Regular/NotoSansJP_400Regular.ttf", "Briefpress Sans JP", "Regular"),
    Face(f"{SANS_JP}600SemiBold/NotoSansJP_600SemiBold.ttf", "Briefpress Sans JP", "Semibold"),
]


def in_ranges(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Every code point of the ranges, both ends included."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def japanese_codes() -> set[int]:
    """JIS X 0208, the additions that Windows made to it, and what the tables above name."""
    plane = [code for code in range(0x80, 0xFFFF) if not 0xD800 <= code < 0xF900]
    codecs = ("shift_jis", "cp932")
    jis = {code for code in plane for codec in codecs if chr(code).encode(codec, "ignore")}
    return jis | in_ranges(JP_RANGES) | set(map(ord, JP_EXTRA))


def cut(font: TTFont, codes: set[int], features: list[str]) -> None:
    """Keep what these code points and features need, and nothing else."""
    options = Options(
        layout_features=features,
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=KEPT_NAMES,
        name_languages=[0x409],
    )
    options.drop_tables += UNUSED_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def subtables(font: TTFont, table: str, tag: str | None = None) -> Iterator[Any]:
    """The subtables of GSUB or GPOS: all, or those of one feature."""
    layout = font[table].table
    used = {
        index
        for record in layout.FeatureList.FeatureRecord
        if tag in (None, record.FeatureTag)
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(used):
        for subtable in layout.LookupList.Lookup[index].SubTable:
            yield getattr(subtable, "ExtSubTable", subtable)


def substitutions(font: TTFont, tag: str | None = None) -> Iterator[dict[str, str]]:
    """The mappings of one glyph to one glyph."""
    return (one.mapping for one in subtables(font, "GSUB", tag) if one.LookupType == 1)


def double(font: TTFont, original: str, suffix: str) -> str:
    """Add a copy of a glyph, with its metrics, its substitutions and its kerning by class."""
    copy = f"{original}.{suffix}"
    if copy in font["glyf"].glyphs:
        return copy
    for table in {"hmtx", "vmtx"} & set(font.keys()):
        font[table][copy] = font[table][original]
    font["glyf"][copy] = deepcopy(font["glyf"][original])
    font.setGlyphOrder(list(font["glyf"].glyphOrder))
    for mapping in substitutions(font):
        if original in mapping:
            mapping[copy] = mapping[original]
    for pairs in subtables(font, "GPOS", "kern"):
        if pairs.LookupType == 2 and pairs.Format == 2:
            for classes in (pairs.ClassDef1.classDefs, pairs.ClassDef2.classDefs):
                if original in classes:
                    classes[copy] = classes[original]
            if original in pairs.Coverage.glyphs:
                pairs.Coverage.glyphs.append(copy)
    return copy


def part_characters(font: TTFont) -> None:
    """Give a glyph of its own to each character that shares one, or shares it with a raised one."""
    taken = {raised for mapping in substitutions(font, "sups") for raised in mapping.values()}
    characters = sorted(font.getBestCmap().items(), key=lambda item: item[0] not in KEEPERS)
    for code, glyph in characters:
        if glyph in taken:
            copy = double(font, glyph, f"u{code:04X}")
            for table in font["cmap"].tables:
                if code in table.cmap:
                    table.cmap[code] = copy
        taken.add(glyph)


def part_small_capitals(font: TTFont) -> None:
    """Part the small capital made of a capital from the one made of a small letter."""
    of_small = {k: v for mapping in substitutions(font, "smcp") for k, v in mapping.items()}
    made = set(of_small.values())
    for mapping in substitutions(font, "c2sc"):
        for capital, glyph in sorted(mapping.items()):
            if glyph in made and capital not in of_small:
                mapping[capital] = double(font, glyph, "c2sc")


def rename(font: TTFont, face: Face) -> None:
    """Give the face its names, and the style bits that go with them."""
    italic = "Italic" in face.style
    semibold = "Semibold" in face.style
    version = f"{font['head'].fontRevision:.3f}"
    names = {
        1: f"{face.family} Semibold" if semibold else face.family,
        2: "Italic" if italic else "Regular",
        3: f"{version};Briefpress;{face.postscript_name}",
        4: f"{face.family} {face.style}",
        5: f"Version {version}; subset for Briefpress",
        6: face.postscript_name,
    }
    if semibold:
        names |= {16: face.family, 17: face.style}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 600 if semibold else 400
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x01 if italic else 0x40)
    font["OS/2"].achVendID = "NONE"
    font["head"].macStyle = 0x02 if italic else 0x00


def make(face: Face, packages: Path, codes: set[int], features: list[str]) -> None:
    """Write one face beside this script."""
    with TTFont(packages / face.source, recalcTimestamp=False) as font:
        # Without this, the bytes would hang on whether uharfbuzz is installed.
        font.cfg[USE_HARFBUZZ_REPACKER] = False
        cut(font, codes, features)
        part_characters(font)
        part_small_capitals(font)
        rename(font, face)
        if missing := NEEDED - font.getBestCmap().keys():
            raise SystemExit(f"{face.source} lacks {sorted(map(hex, missing))}")
        font.save(Path(__file__).with_name(f"{face.postscript_name}.ttf"))


def main() -> None:
    """Make every face."""
    parser = argparse.ArgumentParser(description="Make the bundled fonts.")
    parser.add_argument("packages", type=Path, help="where the npm packages were unpacked")
    packages = parser.parse_args().packages
    for face in LATIN:
        make(face, packages, in_ranges(LATIN_RANGES), LATIN_FEATURES)
    for face in JAPANESE:
        make(face, packages, japanese_codes(), JP_FEATURES)


if __name__ == "__main__":
    main()
