"""Small texts and briefings to read, and what they can refer to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefpress import model
from briefpress.content.check import check
from briefpress.content.labels import Labels, read_labels
from briefpress.content.prose import line, prose
from briefpress.content.read import Scalar, Source
from briefpress.content.schema import FactsFile, SeriesFile, WordsFile
from briefpress.content.scope import Scope
from briefpress.dates import parse
from briefpress.diagnostics import ContentError, Diagnostic
from briefpress.fonts import Coverage
from briefpress.look import BUILT_IN, find_templates
from briefpress.model import Words

TEMPLATES = find_templates(BUILT_IN)

COVERAGE = Coverage(TEMPLATES)

FACTS = {
    "events": {
        "treaty": {"date": "1992-01-26", "kind": "milestone", "source": "record"},
        "visit": {"date": "1994-04", "kind": "visit", "people": ["tanaka"]},
        "talks": {"after": "visit", "kind": "talks"},
    },
    "people": {
        "tanaka": {
            "family": "Tanaka",
            "given": "Hanako",
            "order": "family-first",
            "names": {"ja": "田中花子"},
        },
        "abai": {"family": "Kunanbaiuly", "given": "Abai"},
    },
    "sources": {"record": {"title": "The Record"}, "archive": {"title": "The Archive"}},
}
WORDS = {
    "title": "A note",
    "summary": "A summary.",
    "places": {"lake": "the Lake"},
    "sections": [{"id": "story", "title": "The story", "blocks": [{"prose": "A text."}]}],
}


@cache
def labels(language: str) -> Labels:
    return read_labels(TEMPLATES, language)


def scope_of(language: str = "en", literal: tuple[str, ...] = ()) -> Scope:
    facts = FactsFile.model_validate(FACTS)
    return Scope(
        language=language,
        labels=labels(language),
        facts=facts,
        words=WordsFile.model_validate(WORDS),
        coverage=COVERAGE,
        section_ids=frozenset({"story"}),
        dates={id_: parse(event.date) for id_, event in facts.events.items() if event.date},
        literal=literal,
    )


def scalar(text: str) -> Scalar:
    return Scalar(Source("en.yaml", text), 0, len(text), text, quoted=False)


def line_of(text: str, language: str = "en") -> model.Inlines:
    """A text as a line, which has no faults."""
    scope = scope_of(language)
    inlines = line(scalar(text), scope)
    assert scope.faults == []
    return inlines


def prose_of(text: str, language: str = "en") -> model.Blocks:
    """A text as prose, which has no faults."""
    scope = scope_of(language)
    blocks = prose(scalar(text), scope)
    assert scope.faults == []
    return tuple(map(unplaced, blocks))


def unplaced(block: model.Block) -> model.Block:
    """A block without the places of its paragraphs, which tests of what it says leave out."""
    match block:
        case model.Paragraph():
            return block.model_copy(update={"span": None})
        case model.Quote():
            return block.model_copy(update={"blocks": tuple(map(unplaced, block.blocks))})
        case model.BulletList() | model.NumberedList():
            items = (model.Item(blocks=tuple(map(unplaced, i.blocks))) for i in block.items)
            return block.model_copy(update={"items": tuple(items)})
    return block


def faults_in(text: str, language: str = "en", literal: tuple[str, ...] = ()) -> list[Diagnostic]:
    """The faults of a text read as prose."""
    scope = scope_of(language, literal)
    prose(scalar(text), scope)
    return scope.faults


def words(text: str) -> Words:
    return Words(text=text)


def read_briefing(
    folder: Path, words: str, facts: str | None = None, language: str = "en"
) -> model.Briefing:
    """A briefing of one file or two. Raises `ContentError`."""
    (folder / f"{language}.yaml").write_text(words, "utf-8")
    if facts is not None:
        (folder / "facts.yaml").write_text(facts, "utf-8")
    return check(
        folder=folder,
        language=language,
        series=SeriesFile(),
        labels=labels(language),
        coverage=COVERAGE,
        shown_as="note",
    )


def faults_of(folder: Path, words: str, facts: str | None = None) -> list[Diagnostic]:
    """The faults of a briefing of one file or two, if it has any."""
    try:
        read_briefing(folder, words, facts)
    except ContentError as error:
        return list(error.diagnostics)
    return []
