"""A document's headings as sections, and what stands before them as title and summary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefpress.content.ids import RESERVED
from briefpress.drafts.blocks import entries
from briefpress.drafts.drafting import Drafting, Element, Entry
from briefpress.drafts.inlines import line, text_of
from briefpress.drafts.markup import Prose
from briefpress.limits import LITERALS, SECTION_LEVELS

_MOST_OF_AN_ID = 40


@dataclass(slots=True)
class Part:
    """A heading of the document, by its level, and the blocks until the next. `id_` is its own."""

    level: int
    heading: list[Element]
    id_: str
    blocks: list[Element] = field(default_factory=list)


def parts_of(blocks: Sequence[Element], drafting: Drafting) -> tuple[list[Element], list[Part]]:
    """The blocks before the first heading, and the parts, whose anchors are noted."""
    lead: list[Element] = []
    parts: list[Part] = []
    taken: set[str] = set()
    for block in _unwrapped(blocks):
        if block["t"] != "Header":
            (parts[-1].blocks if parts else lead).append(block)
            continue
        level, (anchor, _, _), heading = block["c"]
        id_ = free_id(text_of(heading), f"section-{len(parts) + 1}", taken)
        parts.append(Part(level, heading, id_))
        for name in [anchor, *_anchors(heading)]:
            drafting.anchors.setdefault(name, id_)
    return lead, parts


def free_id(text: str, otherwise: str, taken: set[str]) -> str:
    """An id of a section, made of the words of its title, that no other has."""
    id_ = id_of(text) or otherwise
    if RESERVED.fullmatch(id_):
        id_ = f"section-{id_}"
    base, number = id_, 2
    while id_ in taken:
        id_, number = f"{base}-{number}", number + 1
    taken.add(id_)
    return id_


def id_of(text: str) -> str:
    """The words of a text as an id; nothing where it has none in Latin letters."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", latin)
    while len(words) > 1 and len("-".join(words)) > _MOST_OF_AN_ID:
        words.pop()
    return re.sub("^[0-9-]+", "", "-".join(words))[:_MOST_OF_AN_ID].strip("-")


def _unwrapped(blocks: Iterable[Element]) -> Iterator[Element]:
    """Blocks without the divisions that a web page puts around them."""
    for block in blocks:
        if block["t"] == "Div":
            yield from _unwrapped(block["c"][1])
        else:
            yield block


def _anchors(heading: list[Element]) -> Iterator[str]:
    """The anchors that word processors put into headings."""
    yield from (each["c"][0][0] for each in heading if each["t"] == "Span" and each["c"][0][0])


def sections(parts: Sequence[Part], drafting: Drafting) -> list[Entry]:
    """The parts as sections, each in the one before it whose level is higher."""
    found: list[Entry] = []
    above: list[tuple[int, Entry]] = []
    for part in parts:
        while above and above[-1][0] >= part.level:
            above.pop()
        if len(above) == SECTION_LEVELS.most:
            above.pop()
            drafting.remark("", f"sections are nested in at most {SECTION_LEVELS}; it is one up")
        section = section_of(part, drafting)
        if above:
            above[-1][1].setdefault("sections", []).append(section)
        else:
            found.append(section)
        above.append((part.level, section))
    for section in _all(found):
        if not section["blocks"]:
            del section["blocks"]
            if "sections" not in section:
                drafting.section = section["id"]
                drafting.remark("", "this section holds nothing yet")
    return found


def _all(found: Iterable[Entry]) -> Iterator[Entry]:
    for section in found:
        yield section
        yield from _all(section.get("sections", []))


def section_of(part: Part, drafting: Drafting) -> Entry:
    """One section, without those below it."""
    drafting.section, drafting.literal = part.id_, []
    title = line(part.heading, drafting, notes=False)
    if not title:
        drafting.remark("", "a person has to write this section's title")
    blocks = list(entries(part.blocks, drafting))
    section: Entry = {"id": part.id_, "title": title}
    if drafting.literal:
        section["literal"] = list(dict.fromkeys(drafting.literal))[: LITERALS.most]
    return section | {"blocks": blocks}


def is_prose(blocks: Sequence[Entry]) -> Prose | None:
    """The text of blocks that are one text and nothing else."""
    match blocks:
        case [{"prose": Prose() as text}]:
            return text
    return None
