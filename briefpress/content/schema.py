"""What the files of a briefing may hold: the keys, and what each takes.

`FactsFile` is `facts.yaml`, true in every language. `WordsFile` is `en.yaml` and its like, the
words of one language. `SeriesFile` is `series.yaml`. Every text is still as the writer typed it;
texts marked "inline" or "prose" below are read by `prose.py`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from briefpress.content.shape import REPAIRED, Shape, fault
from briefpress.diagnostics import Code
from briefpress.limits import LINE_CHARACTERS, LITERALS, TABLE_COLUMNS, TABLE_ROWS
from briefpress.look import BUILT_IN, Accessible, Paper, themes

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# What is shown wherever it is mentioned is short, so that mentions can't make much of little.
Line = Annotated[Text, StringConstraints(max_length=LINE_CHARACTERS.most)]
Literals = Annotated[list[Line], Field(max_length=LITERALS.most)]

# BCP 47, as far as it can be told from the letters; no path, whatever else it is.
LANGUAGE_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}", re.IGNORECASE | re.ASCII)


class SeriesFile(Shape):
    """`series.yaml`: what all briefings of the folder have in common."""

    title: Line = "Briefings"
    publisher: Line | None = None
    identifier: Line | None = None
    languages: list[Text] = ["en"]
    theme: Text = BUILT_IN
    paper: Paper = "a4"
    pdf: Accessible = "ua-1"

    @field_validator("languages")
    @classmethod
    def _no_paths(cls, languages: list[str]) -> list[str]:
        for language in languages:
            if not LANGUAGE_TAG.fullmatch(language):
                hint = "use a tag of BCP 47, such as en, ja or kk"
                raise fault(Code.WRONG_VALUE, f"{language!r} isn't a language's tag", hint)
        return languages

    @field_validator("theme")
    @classmethod
    def _there_is_one(cls, theme: str) -> str:
        if theme not in themes():
            hint = f"there are: {', '.join(themes())}"
            raise fault(Code.WRONG_VALUE, f"there is no theme {theme!r}", hint)
        return theme


class EventFacts(Shape):
    """An event. Without `date` it is undated, and `after` names the event that it follows."""

    date: Text | None = None
    after: Text | None = None
    kind: Line | None = None
    people: list[Text] = []
    to: Text | None = None
    source: Text | None = None


class PersonFacts(Shape):
    """A person's name: in Latin letters, and by language tag as other languages write it."""

    family: Line
    given: Line | None = None
    order: Literal["given-first", "family-first"] = "given-first"
    names: dict[str, Line] = {}


class SourceFacts(Shape):
    """A source, as far as it says what it is."""

    title: Line
    author: Line | None = None
    publisher: Line | None = None
    date: Text | None = None
    accessed: Text | None = None
    url: Text | None = None


class FactsFile(Shape):
    """`facts.yaml`: what is true in every language."""

    number: Line | None = None
    issued: Text | None = None
    as_of: Text | None = Field(default=None, alias="as-of")
    events: dict[str, EventFacts] = {}
    people: dict[str, PersonFacts] = {}
    sources: dict[str, SourceFacts] = {}


class EventWords(Shape):
    """An event's wording; all inline."""

    says: Text
    office: Text | None = None
    outcome: Text | None = None


class ChronologyEntry(Shape):
    """`chronology`: all events, or those of the kinds named."""

    kind: list[Text] | None = None


class VisitsEntry(Shape):
    """`visits`: a table of the events of the kinds named."""

    kind: list[Text] = ["visit"]
    caption: Text


class TableEntry(Shape):
    """`table`: cells are inline; with `row-headers`, the first cell of a row names the row."""

    caption: Text
    head: list[str] = Field(min_length=1, max_length=TABLE_COLUMNS.most)
    rows: list[list[str]] = Field(min_length=1, max_length=TABLE_ROWS.most)
    row_headers: bool = False
    numeric: list[str] = []
    note: Text | None = None


class PeopleEntry(Shape):
    """`people`: everybody, or those named."""

    only: list[Text] | None = None


class QuoteEntry(Shape):
    """`quote`: prose, and who said it (inline)."""

    text: Text
    by: Text | None = None


class FigureEntry(Shape):
    """`figure`: a picture in the briefing's folder, with what it shows in words."""

    file: Text
    alt: Text
    caption: Text
    credit: Text | None = None


class DocumentEntry(Shape):
    """A text of `documents`; `event` gives it its date."""

    title: Text
    event: Text | None = None
    date: Text | None = None
    says: Text
    url: Text | None = None


class BoxEntry(Shape):
    """`box`: a title (inline) and prose."""

    title: Text
    text: Text


class FactEntry(Shape):
    """A fact of `margin-facts`; both inline."""

    label: Text
    value: Text


class MarginFactsEntry(Shape):
    """`margin-facts`: a title (inline) and the facts."""

    title: Text
    facts: list[FactEntry] = Field(min_length=1)


class SourcesEntry(Shape):
    """`sources`: all of them; nothing to choose."""


class IndexEntry(Shape):
    """`index`: people and places; nothing to choose."""


class BlockEntry(Shape):
    """A block: one key, which says what it is. Those in `_BARE` need no value."""

    prose: Text | None = None
    key_points: list[Text] | None = Field(default=None, min_length=1)
    chronology: ChronologyEntry | None = None
    visits: VisitsEntry | None = None
    table: TableEntry | None = None
    people: PeopleEntry | None = None
    quote: QuoteEntry | None = None
    figure: FigureEntry | None = None
    documents: list[DocumentEntry] | None = Field(default=None, min_length=1)
    box: BoxEntry | None = None
    margin_facts: MarginFactsEntry | None = None
    sources: SourcesEntry | None = None
    index: IndexEntry | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_key(cls, value: Any) -> Any:  # whatever the file holds
        kinds = [field.alias or name for name, field in cls.model_fields.items()]
        key, *others = value if isinstance(value, dict) and value else [""]
        if not key:
            message = "a block begins with what it is"
            hint = f"write a colon behind one of: {', '.join(kinds)}"
            raise fault(Code.WRONG_VALUE, message, hint)
        if others:
            message = f"a block has one key, which says what it is; {others[0]!r} is another"
            hint = f"indent it below {key!r}, or give it a dash of its own"
            raise fault(Code.WRONG_VALUE, message, hint, key=others[0])
        if value[key] is None and key in _BARE:
            return {key: {}}
        if value[key] is None and key in kinds:
            hint = "write what it holds, or delete it"
            raise fault(Code.EMPTY_SECTION, f"{key!r} is empty", hint, key=key)
        return value


_BARE = frozenset({"chronology", "people", "sources", "index"})


class SectionEntry(Shape):
    """A section: blocks, then sections below it. An annex has its own page and a letter."""

    id: Text
    title: Line
    annex: bool = False
    numbered: bool = True
    literal: Literals = []
    blocks: list[BlockEntry] = []
    sections: list[SectionEntry] = []

    @model_validator(mode="after")
    def _not_empty(self, info: ValidationInfo) -> SectionEntry:
        """A section that lost what it held to another fault is let pass."""
        if not (self.blocks or self.sections or (info.context or {}).get(REPAIRED)):
            message = f"the section {self.id!r} has neither blocks nor sections"
            hint = "write its `blocks:`, or delete it"
            raise fault(Code.EMPTY_SECTION, message, hint, key="id", stays=True)
        return self


class WordsFile(Shape):
    """`<language>.yaml`: the words of one language."""

    title: Line
    subtitle: Line | None = None
    author: Line | None = None
    handling: Line | None = None
    summary: Text
    literal: Literals = []
    events: dict[str, EventWords] = {}
    people: dict[str, Text] = {}
    places: dict[str, Line] = {}
    sources: dict[str, Text] = {}
    sections: list[SectionEntry] = Field(min_length=1)

    @field_validator("events", mode="before")
    @classmethod
    def _wording_alone(cls, value: Any) -> Any:  # whatever the file holds
        """Let `id: wording` stand for `id: {says: wording}`."""
        if not isinstance(value, dict):
            return value
        return {k: v if isinstance(v, dict | list) else {"says": v} for k, v in value.items()}
