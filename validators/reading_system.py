"""An EPUB in a real reading system: foliate-js, which the app Foliate is made of, in Chromium.

Every page is turned, in light and in dark. What stands in the book's files has to come by.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from PIL import Image

from validators import book
from validators.programs import Json, ask_browser, version_of
from validators.verdict import Finding, Validator, Verdict, has_suffix

SCALE = 2  # pixels of the pictures to one of CSS, as browser/foliate.mjs takes them
# Between the darkest and the lightest pixel of a word. Thin strokes don't reach the colour that the
# stylesheet has, so this is less than the 4.5 that axe-core and Ace hold colours to.
LEAST_CONTRAST = 3.0


def ask_foliate(epubs: Sequence[Path]) -> Verdict:
    """foliate-js, turning every page, following every entry, opening every footnote."""
    with tempfile.TemporaryDirectory() as folder:
        readings = ask_browser("foliate.mjs", folder, *map(str, epubs))["readings"]
        findings = {
            epub: gather(epub, [one for one in readings if one["book"] == str(epub)])
            for epub in epubs
        }
    return Verdict(version_of("foliate-js"), findings)


def gather(epub: Path, readings: Sequence[Json]) -> Finding:
    try:
        expected = book.read(epub)
    except book.UnreadableError as error:
        return Finding(0, [f"could not be read: {error}"])
    everything = [*expected.marks, *expected.calls, *expected.contents, *expected.pages]
    messages = [
        f"{reading['scheme']}: {message}"
        for reading in readings
        for message in faults_of(expected, reading)
    ]
    if expected.names_a_printed_book and not expected.pages:
        messages.append("it names a printed book (pageBreakSource), and has no page list")
    return Finding(max(0, len(everything) * len(readings) - len(messages)), messages)


def faults_of(expected: book.Book, reading: Json) -> Iterator[str]:
    yield from reading["faults"]
    if not reading["ended"]:
        yield "the pages have no end"
    yield from faults_of_marks(expected, reading)
    yield from faults_of_notes(expected, reading)
    yield from faults_of_entries("contents", expected.contents, reading["contents"])
    yield from faults_of_headings(reading["contents"])
    yield from faults_of_entries("page list", expected.pages, reading["pageList"])
    yield from faults_of_numbers(reading["pageList"])


def faults_of_marks(expected: book.Book, reading: Json) -> Iterator[str]:
    """Headings and dates that came by on no page, in part, altered, or too faint to be read."""
    seen: defaultdict[tuple[str, int], dict[int, Json]] = defaultdict(dict)
    for page in reading["pages"]:
        for mark in page["marks"]:
            seen[mark["file"], mark["number"]][mark["part"]] = {**mark, "picture": page["picture"]}
    for mark in expected.marks:
        what = f"{mark.file}: <{mark.name}> “{mark.text}”"
        parts = list(seen[mark.file, mark.number].values())
        if not parts:
            yield f"{what} is on no page"
        elif len(parts) < parts[0]["of"]:
            yield f"{what} is on no page as a whole"
        elif book.squeeze(parts[0]["text"]) != mark.text:
            yield f"{what} reads “{book.squeeze(parts[0]['text'])}”"
        elif min(map(contrast_of, parts)) < LEAST_CONTRAST:
            yield f"{what} has a contrast of {min(map(contrast_of, parts)):.1f} on its page"


def faults_of_notes(expected: book.Book, reading: Json) -> Iterator[str]:
    shown = {
        (note["file"], note["href"]): note["text"]
        for page in reading["pages"]
        for note in page["notes"]
    }
    for call in expected.calls:
        text = shown.get((call.file, call.href))
        if text is None:
            yield f"{call.file}: no note pops up for {call.href}"
        elif not call.note or tight(call.note) not in tight(text):
            yield f"{call.file}: for {call.href} there pops up “{book.squeeze(text)}”"


def tight(text: str) -> str:
    """A text without white space, which a reading system also sets between blocks."""
    return "".join(text.split())


def faults_of_entries(
    where: str, expected: Sequence[book.Entry], followed: Sequence[Json]
) -> Iterator[str]:
    labels = [book.squeeze(entry["label"] or "") for entry in followed]
    if labels != [entry.label for entry in expected]:
        yield f"the {where} reads {labels}"
    for entry, label in zip(followed, labels, strict=True):
        if not entry["found"]:
            yield f"{where}: “{label}” ({entry['href']}) leads nowhere"


def faults_of_headings(contents: Sequence[Json]) -> Iterator[str]:
    """Entries of the contents that lead to something else."""
    for entry in contents:
        label, heading = (book.squeeze(entry[key] or "") for key in ("label", "heading"))
        if entry["found"] and label != heading:
            yield f"contents: “{label}” leads to “{heading}”"


def faults_of_numbers(pages: Sequence[Json]) -> Iterator[str]:
    """Entries of the page list that lead to the mark of another page, or to none."""
    for entry in pages:
        if entry["found"] and entry["label"] != entry["mark"]:
            yield f"page list: “{entry['label']}” leads to the mark of page {entry['mark']}"


# Colours


@cache
def picture_of(path: str) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def contrast_of(part: Json) -> float:
    """The contrast (WCAG 2.2) between the darkest and the lightest pixel where a part stands."""
    left, top = part["x"] * SCALE, part["y"] * SCALE
    box = (left, top, left + part["width"] * SCALE, top + part["height"] * SCALE)
    pixels = picture_of(part["picture"]).crop(tuple(map(round, box))).getcolors(1 << 24) or []
    lights = [luminance(colour) for _, colour in pixels]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@cache
def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


VALIDATORS = [
    Validator("foliate-js", "read to the end", "sights", has_suffix(".epub"), ask_foliate)
]
