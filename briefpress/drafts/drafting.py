"""What all who turn a document into a draft share, and what they note down on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from briefpress.drafts.pictures import Pictures
from briefpress.typed_dates import Finder

# A node of Pandoc's syntax tree as JSON: its type `t` and its contents `c`.
Element: TypeAlias = dict[str, Any]
Entry: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should look at: in which section, and by which words it is found there."""

    section: str | None
    words: str
    message: str


@dataclass(slots=True)
class Drafting:
    """A draft while it is made.

    `section` is the id of the section being made, None before the first. `anchors` are the ids of
    sections by the ids that the document's headings have. `waiting` are blocks that can't stand
    where the document has them, such as a picture in a line; they come behind what they stood in.
    """

    language: str
    finder: Finder
    pictures: Pictures
    anchors: dict[str, str] = field(default_factory=dict)
    section: str | None = None
    remarks: list[Remark] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    waiting: list[Entry] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)

    def remark(self, words: str, message: str) -> None:
        """Note something for a person to look at."""
        self.remarks.append(Remark(self.section, words, message))

    def cite(self, source: dict[str, str]) -> str:
        """The id of a source; the same words are the same source."""
        for id_, known in self.sources.items():
            if known == source:
                return id_
        id_ = f"note-{len(self.sources) + 1}"
        self.sources[id_] = source
        return id_
