"""What the files of a briefing may hold: the keys, and what each takes.

`FactsFile` is `facts.yaml`, true in every language. `WordsFile` is `en.yaml` and its like, the
words of one language; what its blocks hold is in `block_shapes.py`. `SeriesFile` is `series.yaml`.
Texts said to be prose or lines below are read by `prose.py`. The text under each key is what
editors show of it (`briefpress/schemas.py`); it is for those who write briefings.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from briefpress.content.block_shapes import BlockEntry
from briefpress.content.shape import REPAIRED, Shape, fault
from briefpress.content.texts import (
    Edtf,
    Id,
    IdKey,
    Language,
    LanguageKey,
    Line,
    Literals,
    SectionId,
    Text,
    Url,
)
from briefpress.diagnostics import Code
from briefpress.look import BUILT_IN, Accessible, Paper, themes

# BCP 47, as far as it can be told from the letters; no path, whatever else it is.
LANGUAGE_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}", re.IGNORECASE | re.ASCII)


# A URL of the web (RFC 3986) in ASCII: a host, no user before it, and a path.
_ADDRESS = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?"
    r"(?:/(?:[a-z0-9._~!$&'()*+,;=:@-]|%[0-9a-f]{2})*)*",
    re.IGNORECASE | re.ASCII,
)


class SeriesFile(Shape):
    """`series.yaml`: what all briefings of the folder have in common."""

    title: Line = "Briefings"
    """The name of the series; "Briefings" if left out."""

    publisher: Line | None = None
    """Who publishes it, such as `Ministry of Foreign Affairs`."""

    identifier: Line | None = None
    """A URN or address that never changes, such as `urn:uuid:…`.

    The identifiers of the EPUBs are made from it; without it, from the title.
    """

    address: Line | None = None
    """Where `output/` is served, such as `https://example.org/briefings/`.

    With it the feeds have absolute links, and there is a sitemap.
    """

    languages: list[Language] = ["en"]
    """The languages to build, such as `[en, ja]`; `[en]` if left out."""

    theme: Text = BUILT_IN
    """What the briefings look like: `default`, or `plain`, which is black and white."""

    paper: Paper = "a4"
    """What the PDF is printed on: `a4`, which holds if it is left out, or `letter`."""

    pdf: Accessible = "ua-1"
    """The standards that the PDF follows.

    `ua-1` is PDF/UA-1 with PDF/A-3a, and holds if it is left out; `ua-2` is PDF/UA-2 with PDF/A-4f.
    """

    @field_validator("languages")
    @classmethod
    def _no_paths(cls, languages: list[str]) -> list[str]:
        for language in languages:
            if not LANGUAGE_TAG.fullmatch(language):
                hint = "use a tag of BCP 47, such as en, ja or kk"
                raise fault(Code.WRONG_VALUE, f"{language!r} isn't a language's tag", hint)
        return languages

    @field_validator("address")
    @classmethod
    def _of_the_web(cls, address: str | None) -> str | None:
        if address is not None and not _ADDRESS.fullmatch(address):
            hint = "write where output/ is served, such as https://example.org/briefings/"
            raise fault(Code.WRONG_VALUE, f"{address!r} isn't an address of a website", hint)
        return address

    @field_validator("theme")
    @classmethod
    def _there_is_one(cls, theme: str) -> str:
        if theme not in themes():
            hint = f"there are: {', '.join(themes())}"
            raise fault(Code.WRONG_VALUE, f"there is no theme {theme!r}", hint)
        return theme


class EventFacts(Shape):
    """An event. Without `date` it is undated, and `after` names the event that it follows."""

    date: Edtf | None = None
    """When it was, in EDTF, as precisely as the source says.

    `1991-12-28`, `1992-05`, `1999`, `199X` (the 1990s), `1999-22` (summer), `1997-07/1997-08`,
    `1999-09~` (about), `1999?` (uncertain), `1991/..` (since), `../1991` (until).
    """

    after: Id | None = None
    """Of an event without a date: the id of the event that it is listed behind."""

    kind: Line | None = None
    """A word of your choice, by which blocks choose events; `visits` shows those called `visit`."""

    people: list[Id] = []
    """Who took part: ids of `people`, such as `[watanabe]`."""

    to: Text | None = None
    """Where to: a country's code of ISO 3166, such as `kz`, or a place's id."""

    source: Id | None = None
    """Where it is known from: an id of `sources`."""


class PersonFacts(Shape):
    """A person's name: in Latin letters, and by language tag as other languages write it."""

    family: Line
    """The family name, in Latin letters."""

    given: Line | None = None
    """The given name, in Latin letters."""

    order: Literal["given-first", "family-first"] = "given-first"
    """Which of the two comes first; `given-first` if left out."""

    names: dict[LanguageKey, Line] = {}
    """The whole name as other languages write it, by language: `{ja: 渡辺美智雄}`."""


class PlaceFacts(Shape):
    """Where a place is, in degrees, for maps; its names are in the files of the languages."""

    latitude: Text
    """How far north, such as `35.68`; the south is negative."""

    longitude: Text
    """How far east, such as `139.69`; the west is negative."""


class SourceFacts(Shape):
    """A source, as far as it says what it is."""

    title: Line
    """Its title, as it is cited."""

    author: Line | None = None
    """Who wrote it."""

    publisher: Line | None = None
    """Who published it."""

    date: Edtf | None = None
    """When it was published, in EDTF, such as `1999-12`."""

    accessed: Edtf | None = None
    """When it was read, in EDTF, such as `2026-11-23`."""

    url: Url | None = None
    """Where it can be read, such as `https://example.org/overview`."""


class FactsFile(Shape):
    """`facts.yaml`: what is true in every language."""

    number: Line | None = None
    """The document number, such as `BP 2026/01`."""

    replaces: Line | None = None
    """The number of the edition that this one replaces, such as `BP 2025/07`."""

    issued: Edtf | None = None
    """The date of the edition, such as `2026-11-23`; files bear it instead of the build's time."""

    as_of: Edtf | None = None
    """The date up to which the information goes, in EDTF, such as `1999-12`."""

    events: dict[IdKey, EventFacts] = {}
    """What happened, by id: `recognition: {date: 1991-12-28, source: overview}`.

    Text refers to its date as `{recognition}`. An event that nothing mentions is a fault.
    """

    people: dict[IdKey, PersonFacts] = {}
    """Who is spoken of, by id: `watanabe: {family: Watanabe, given: Michio}`.

    Text refers to them as `{@watanabe}`.
    """

    places: dict[IdKey, PlaceFacts] = {}
    """Where places are, for maps, by id: `tokyo: {latitude: 35.68, longitude: 139.69}`."""

    sources: dict[IdKey, SourceFacts] = {}
    """Where all this is known from, by id: `overview: {title: …, url: …}`.

    Text cites it by `[^overview]`.
    """


class EventWords(Shape):
    """An event in words. If there is nothing else to say, the words alone will do."""

    says: Text
    """What happened, in a line, without its date: `Japan recognises Kazakhstan`."""

    short: Line | None = None
    """What a timeline calls it, if `says` is long: `Recognition by Japan`."""

    office: Text | None = None
    """Of a visit: the visitor's office."""

    outcome: Text | None = None
    """Of a visit: what came of it."""


class SectionEntry(Shape):
    """A section: blocks, then sections below it. An annex is whole on a page and has a letter."""

    id: SectionId
    """Its name in links, such as `visits`: small letters, digits and hyphens, a letter first."""

    title: Line
    """Its heading."""

    annex: bool = False
    """`true` gives it a letter, and a page of its own unless there is room for all of it."""

    numbered: bool = True
    """`false` leaves its number away."""

    literal: Literals = []
    """Words that look like a date in it and stay as they are, such as a document's title."""

    blocks: list[BlockEntry] = []
    """What stands in it: prose, tables, pictures and so on, each with a dash."""

    sections: list[SectionEntry] = []
    """The sections below it."""

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
    """The title of the briefing."""

    subtitle: Line | None = None
    """What stands below the title, on the cover."""

    author: Line | None = None
    """The unit or person that prepared it."""

    handling: Line | None = None
    """Who may have it, as printed on the cover: `Public`."""

    summary: Text
    """The summary box, as prose; begin with `summary: |` and indent the text."""

    literal: Literals = []
    """Words that look like a date and stay as they are, such as a document's title."""

    events: dict[IdKey, EventWords] = {}
    """The wording of events, by id: `recognition: Japan recognises Kazakhstan`."""

    people: dict[IdKey, Text] = {}
    """Who each person is, by id: `watanabe: Foreign Minister of Japan in 1992`."""

    places: dict[IdKey, Line] = {}
    """Names of places, by id: `tokyo: Tokyo`. Text refers to it as `{#tokyo}`.

    Countries need none: `{#kz}` is Kazakhstan in every language.
    """

    sources: dict[IdKey, Text] = {}
    """What there is to say of a source, by id."""

    sections: list[SectionEntry] = Field(min_length=1)
    """The sections, each with a dash, an `id`, a `title` and `blocks`."""

    @field_validator("events", mode="before")
    @classmethod
    def _wording_alone(cls, value: Any) -> Any:  # whatever the file holds
        """Let `id: wording` stand for `id: {says: wording}`."""
        if not isinstance(value, dict):
            return value
        return {k: v if isinstance(v, dict | list) else {"says": v} for k, v in value.items()}
