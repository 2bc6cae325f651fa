"""The Nu HTML checker: pages as they are, and the chapters of an EPUB."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from validators.programs import NODE_MODULES, Json, ask_java, require
from validators.verdict import Finding, Validator, Verdict, has_suffix

JAR = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"

# What EPUB adds to XHTML (EPUB 3.3, 6.1.3), or sees otherwise, and Nu doesn't know.
_EPUB_ATTRIBUTE = re.compile(r"^Attribute “(type|prefix)” not allowed on element")
_PARTS_OF_A_BOOK = (
    # A chapter is a part of a book: its headings go on from those of the book.
    "This document has heading elements but none of them has a computed heading level of 1.",
)


def ask(documents: Iterable[Path]) -> tuple[str, list[tuple[Path, Json]]]:
    """Nu's version, and its errors and warnings, without its remarks."""
    report = ask_java(
        "-jar", str(require(JAR)), "--format", "json", "--exit-zero-always", "--stdout",
        *map(str, documents),
    )  # fmt: skip
    messages = [
        (Path(unquote(urlsplit(message["url"]).path)), message)
        for message in report["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
    return report["version"].split()[0], messages


def message_line(message: Json) -> str:
    kind = message.get("subType", message["type"])
    place = f"{message.get('lastLine', 0)}:{message.get('lastColumn', 0)}"
    return f"{kind} {place}: {message['message']} {message.get('extract', '')!r}"


def ask_about_pages(pages: Sequence[Path]) -> Verdict:
    version, messages = ask(pages)
    said: dict[Path, list[str]] = {page: [] for page in pages}
    for page, message in messages:
        said.setdefault(page, []).append(message_line(message))
    return Verdict(version, {page: Finding(not lines, lines) for page, lines in said.items()})


def ask_about_chapters(epubs: Sequence[Path]) -> Verdict:
    """Nu, about each content document of each EPUB as a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        chapters = {
            chapter: epub
            for number, epub in enumerate(epubs)
            for chapter in extract_chapters(epub, Path(folder).resolve() / str(number))
        }
        version, messages = ask(chapters)
    said: dict[Path, list[str]] = {chapter: [] for chapter in chapters}
    for chapter, message in messages:
        if not is_right_in_epub(message):
            said[chapter].append(f"{chapter.name}: {message_line(message)}")
    return Verdict(version, {epub: gather(epub, chapters, said) for epub in epubs})


def extract_chapters(epub: Path, folder: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(epub) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xhtml")]
            archive.extractall(folder, names)
    except zipfile.BadZipFile:  # gather says that there is nothing to check, and EPUBCheck why
        return []
    return [folder / name for name in names]


def is_right_in_epub(message: Json) -> bool:
    if message["message"] in _PARTS_OF_A_BOOK:
        return True
    if not _EPUB_ATTRIBUTE.match(message["message"]):
        return False
    start = message["hiliteStart"]
    tag = message["extract"][start : start + message["hiliteLength"]]
    return bool(re.search(r"\sepub:(type|prefix)=", tag)) and not re.search(
        r"\s(type|prefix)=", tag
    )


def gather(epub: Path, chapters: dict[Path, Path], said: dict[Path, list[str]]) -> Finding:
    own = [chapter for chapter, whose in chapters.items() if whose == epub]
    messages = [line for chapter in own for line in said[chapter]] if own else ["no chapter in it"]
    return Finding(sum(not said[chapter] for chapter in own), messages)


VALIDATORS = [
    Validator("Nu", "EPUB’s chapters", "chapters", has_suffix(".epub"), ask_about_chapters),
    Validator("Nu", "web pages", "pages", has_suffix(".html"), ask_about_pages),
]
