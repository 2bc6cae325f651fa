"""What a file says of itself as a whole, and what it has beside its text, against its source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TypeAlias

from briefpress.diagnostics import Code
from briefpress.proof.expected import Expected
from briefpress.proof.reading import Kind, Reading, collapsed
from briefpress.proof.said import shown

Fault: TypeAlias = tuple[Code, str]

# The series may be said in a file beside the briefing's folder, or not at all.
_SERIES = "series.yaml"
_FIRST = 4
# Where a landmark must lead, by the number of the passage: EPUB 3 Structural Semantics 1.1.
_LANDMARKS = {"cover": (0, 1), "toc": (3,), "bodymatter": (4,)}


def faults_of_whole(expected: Expected, found: Reading) -> Iterator[Fault]:
    """Every way in which a file as a whole differs from its source."""
    yield from _of_metadata(expected, found)
    cover = found.normal(" ".join(p.heading + p.text for p in found.passages[:2]))
    for words in expected.series:
        if found.normal(words) not in cover:
            yield Code.PROOF_TEXT, f"the cover doesn't say {words!r}"
    yield from _of_pages(found)
    yield from _of_landmarks(found)
    for name, entries in found.outlines.items():
        yield from _of_order(name, [entry.lands for entry in entries], found)
    for want, have in zip(expected.passages, found.passages, strict=False):
        if want.listing:
            links = [mark.value for mark in have.marks if mark.kind is Kind.LINK]
            yield from _of_order("contents", links, found)
    for text in found.untagged:
        yield Code.PROOF_TEXT, f"{shown(text)} can be seen and not be read aloud"
    for what in found.active:
        yield Code.PROOF_ACTIVE, what
    if found.files is not None:
        yield from _of_files(expected, found.files)


def _of_metadata(expected: Expected, found: Reading) -> Iterator[Fault]:
    for name, said in found.metadata.items():
        wanted = expected.metadata.get(name.partition(" in ")[0], "")
        if collapsed(said) != collapsed(wanted):
            yield Code.PROOF_METADATA, f"its {name} is {said!r}, not {wanted!r}"
    for title, heading in found.titles:
        if collapsed(title) != collapsed(heading):
            message = f"a part of it is called {title!r}, and begins with {heading!r}"
            yield Code.PROOF_METADATA, message


def _of_pages(found: Reading) -> Iterator[Fault]:
    """Where pages begin. A list of pages leads to each, and to no others."""
    if found.breaks != list(range(1, len(found.breaks) + 1)):
        yield Code.PROOF_PAGE, f"pages are marked in the order {found.breaks}"
    for name, pages in found.page_lists.items():
        if pages != [(str(page), page) for page in found.breaks]:
            led = ", ".join(f"{label} to {page}" for label, page in pages) or "nowhere"
            yield Code.PROOF_PAGE, f"its {name} leads from {led}"


def _of_landmarks(found: Reading) -> Iterator[Fault]:
    if found.landmarks is None:
        return
    for name in {*_LANDMARKS, *found.landmarks}:
        passage = found.heading_at(found.landmarks.get(name, ""))
        places = [found.passages[n] for n in _LANDMARKS.get(name, ()) if n < len(found.passages)]
        if not any(passage is place for place in places):
            yield Code.PROOF_LINK, f"its landmark {name!r} is missing or leads elsewhere"


def _of_order(name: str, lands: list[str], found: Reading) -> Iterator[Fault]:
    """A list of contents leads from each entry further on than from the one before it.

    One that leads to anything but sections leads to the summary, to the colophon, and to the cover
    or the list of contents.
    """
    known = [number for each in lands if (number := found.number_at(each)) is not None]
    if known != sorted(set(known)):
        yield Code.PROOF_LINK, f"its {name} aren't in the order of the text"
    around = {*known} - {*range(_FIRST, len(found.passages) - 1)}
    if around and not ({2, len(found.passages) - 1} <= around and len(around) >= 3):
        message = f"its {name} lack some of what stands before and behind the sections"
        yield Code.PROOF_LINK, message


def _of_files(expected: Expected, files: dict[str, bytes]) -> Iterator[Fault]:
    """The source that a file carries, which must be what it was made from."""
    sources = expected.metadata["files"].split("\n")
    model = expected.metadata["model name"]
    for name in (*sources, model):
        if name not in files:
            yield Code.PROOF_METADATA, f"it doesn't carry {name!r}"
    for name in files:
        if name not in {*sources, model, _SERIES}:
            yield Code.PROOF_METADATA, f"it carries {name!r}, which isn't of its source"
    if digest_of(sources, files) != expected.metadata["digest"]:
        yield Code.PROOF_METADATA, "it carries another source than it was made from"
    if model in files and not _is_same(files[model], expected.metadata["model"]):
        yield Code.PROOF_METADATA, f"{model!r}, which it carries, says something else"


def digest_of(names: list[str], files: dict[str, bytes]) -> str:
    """The digest of a briefing's files, as its colophon has it."""
    digest = hashlib.sha256()
    for name in names:
        data = files.get(name, b"")
        digest.update(f"{name.partition('/')[2]} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _is_same(data: bytes, wanted: str) -> bool:
    try:
        return bool(json.loads(data) == json.loads(wanted))
    except ValueError:
        return False
