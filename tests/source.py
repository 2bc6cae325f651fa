"""What the YAML of the briefing says, read without any part of Briefpress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
BRIEFING = "japan-kazakhstan"
FACTS = "facts.yaml"
WORDS = "en.yaml"

# How English writes each date of the briefing. Typed here by hand: were they made by the library
# that also writes them into the pages, a slip of its would go unseen.
WRITTEN = {
    "1991-12-16": "16 December 1991",
    "1991-12-28": "28 December 1991",
    "1992-01-26": "26 January 1992",
    "1992-05": "May 1992",
    "1994-04": "April 1994",
    "1997-07": "July 1997",
    "1999-09": "September 1999",
    "1999-12": "December 1999",
}

_REFERENCE = re.compile(r"\{(?P<event>[a-z][a-z0-9-]*)(?:\|(?P<words>[^}]*))?\}")


@dataclass(frozen=True)
class Mention:
    """A date where it stands: its event, what is printed for it, and its line in the YAML."""

    event: str
    edtf: str
    words: str
    file: str
    line: int


@dataclass(frozen=True)
class Section:
    """A section, with the dates that stand in it (not in the sections below it)."""

    id: str
    title: str
    level: int
    line: int
    mentions: tuple[Mention, ...]


def _load(file: str) -> Any:  # whatever YAML holds; every scalar is a text
    return yaml.load((CONTENT / BRIEFING / file).read_text("utf-8"), yaml.BaseLoader)


def _lines(file: str) -> list[str]:
    return (CONTENT / BRIEFING / file).read_text("utf-8").splitlines()


def events() -> dict[str, dict[str, Any]]:
    """The events of facts.yaml, as they stand there."""
    found: dict[str, dict[str, Any]] = _load(FACTS)["events"]
    return found


def undated() -> list[str]:
    """The events that have no date."""
    return [id_ for id_, event in events().items() if "date" not in event]


def sections() -> list[Section]:
    """Every section in the order of the file, those below a section after it."""
    return list(_sections(_load(WORDS)["sections"], level=2))


def summary() -> list[Mention]:
    """The dates of the summary."""
    return _mentioned_under("summary")


def notes() -> list[int]:
    """The lines of the footnotes, in the order in which they are numbered."""
    return [n for n, line in enumerate(_lines(WORDS), 1) for _ in range(line.count("[^"))]


def _sections(entries: list[dict[str, Any]], level: int) -> Iterator[Section]:
    lines = [line.strip() for line in _lines(WORDS)]
    for entry in entries:
        start = lines.index(f"- id: {entry['id']}")
        mentions = tuple(_mentions(entry, start + 1))
        yield Section(entry["id"], _typeset(entry["title"]), level, start + 2, mentions)
        yield from _sections(entry.get("sections", []), level + 1)


def _mentions(entry: dict[str, Any], start: int) -> Iterator[Mention]:
    """The dates of a section: those that its text refers to, and those that its lists show."""
    lines = _lines(WORDS)
    following = (n for n in range(start, len(lines)) if lines[n].lstrip().startswith("- id: "))
    yield from _mentioned(range(start, next(following, len(lines))))
    for block in entry.get("blocks", []):
        kind, content = next(iter(block.items()))
        if kind == "chronology":
            yield from _listed(list(events()))
        elif kind == "visits":
            yield from _listed([i for i, e in events().items() if e["kind"] in content["kind"]])
        elif kind == "documents":
            yield from _listed([document["event"] for document in content])
        elif kind == "sources":
            yield from _mentioned_under("sources")


def _mentioned_under(key: str) -> list[Mention]:
    """The dates that the text under a key of the file refers to."""
    keys = [n for n, line in enumerate(_lines(WORDS)) if line[:1].isalpha()] + [len(_lines(WORDS))]
    start = next(n for n in keys if _lines(WORDS)[n].startswith(f"{key}:"))
    return list(_mentioned(range(start, keys[keys.index(start) + 1])))


def _mentioned(numbers: range) -> Iterator[Mention]:
    """The dates that some lines refer to."""
    lines = [*_lines(WORDS), ""]
    for number in numbers:
        line = lines[number].strip()
        # The words for a date may go on in the next line.
        for match in _REFERENCE.finditer(f"{line} {lines[number + 1].strip()}"):
            edtf = events().get(match["event"], {}).get("date")
            if edtf and match.start() < len(line):
                words = match["words"] or WRITTEN[edtf]
                yield Mention(match["event"], edtf, words, WORDS, number + 1)


def _listed(ids: list[str]) -> Iterator[Mention]:
    lines = _lines(FACTS)
    dated = [id_ for id_ in ids if "date" in events()[id_]]
    for id_ in sorted(dated, key=lambda each: str(events()[each]["date"])):
        edtf = events()[id_]["date"]
        line = lines.index(f"  {id_}:") + 2
        assert f"date: {edtf}" in lines[line - 1]
        yield Mention(id_, edtf, WRITTEN[edtf], FACTS, line)


def _typeset(title: str) -> str:
    """A title with the quotation marks that English sets."""
    return re.sub(r'"([^"]*)"', r"“\1”", title).replace("'", "’")
