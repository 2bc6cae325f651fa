"""From a briefing's folder to the model of one language, or to every fault in it."""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from string import ascii_uppercase

from briefpress import model
from briefpress.content.block_shapes import BlockEntry
from briefpress.content.blocks import blocks_of
from briefpress.content.context import Context, all_sources, date_at, scalar_at
from briefpress.content.drawn import with_chronologies
from briefpress.content.files import is_named
from briefpress.content.ids import check_ids
from briefpress.content.index import with_index
from briefpress.content.labels import Labels
from briefpress.content.maps import locate_places
from briefpress.content.order import in_a_ring
from briefpress.content.prose import prose
from briefpress.content.read import Node, at, nothing, read
from briefpress.content.schema import FactsFile, SectionEntry, SeriesFile, WordsFile
from briefpress.content.scope import Scope
from briefpress.content.shape import S, fit, fit_as_far_as_possible
from briefpress.content.use import check_use, check_wordings
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import SECTION_LEVELS
from briefpress.tree import source_digest

SERIES = "series.yaml"
FACTS = "facts.yaml"


_FIRST_YEAR_OF_ISSUE = 1900


def read_series(content: Path, name: str) -> SeriesFile:
    """Read `series.yaml`, or what holds where there is none. Raises `ContentError`."""
    path = content / SERIES
    return fit(read(path, name, within=content), SeriesFile) if is_named(path) else SeriesFile()


def check(  # noqa: PLR0913 - what a briefing is made from
    *,
    folder: Path,
    language: str,
    series: SeriesFile,
    labels: Labels,
    coverage: Container[int],
    shown_as: str,
) -> model.Briefing:
    """Read a briefing in one language.

    `folder` holds `facts.yaml` and `<language>.yaml`, and lies in the folder of the content, out of
    which nothing is read; `shown_as` is its name in diagnostics. `coverage` is every code point
    that the fonts can show. Raises `ContentError` with all faults that can be told apart.
    """
    words_name = f"{shown_as}/{language}.yaml"
    faults: list[Diagnostic] = []
    words_node, words = _load(folder / f"{language}.yaml", words_name, WordsFile, faults)
    facts_node, facts = _load(folder / FACTS, f"{shown_as}/{FACTS}", FactsFile, faults)
    if words is None or facts is None:
        raise ContentError(faults)
    scope = Scope(
        language=language,
        labels=labels,
        facts=facts,
        words=words,
        coverage=coverage,
        section_ids=frozenset(s.id for s in _entries(words.sections)),
        literal=tuple(words.literal),
    )
    context = Context(scope, words_node, facts_node, folder)
    try:
        briefing = _briefing(context, series, Span(words_name))
        if not faults:
            check_use(briefing, context)
    except ContentError as error:  # there are too many to go on
        raise ContentError([*faults, *error.diagnostics]) from None
    if found := [*faults, *_elsewhere(faults, scope.faults)]:
        raise ContentError(found)
    return briefing


def _elsewhere(faults: list[Diagnostic], others: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Those of the others that aren't where there is a fault already."""
    places = {fault.span for fault in faults}
    return (fault for fault in others if fault.span not in places)


def _load(path: Path, name: str, shape: type[S], faults: list[Diagnostic]) -> tuple[Node, S | None]:
    """Read and fit one file. The facts may be absent; the words may not."""
    node = nothing(name)
    if shape is WordsFile or is_named(path):
        try:
            node = read(path, name, within=path.parent.parent)
        except ContentError as error:
            faults.extend(error.diagnostics)
            return node, None
    fitted, found = fit_as_far_as_possible(node, shape)
    faults.extend(found)
    return node, fitted


def _briefing(context: Context, series: SeriesFile, span: Span) -> model.Briefing:
    """Build the model; whatever is wrong is kept in the scope."""
    scope, words = context.scope, context.words
    check_ids(context)
    _date_events(context)
    locate_places(context)
    title = context.title(words, "title")
    subtitle = context.title(words, "subtitle")
    summary_text = scalar_at(words, "summary")
    summary = prose(summary_text, scope) if summary_text else ()
    numbers = dict(_numbered(scope.words.sections))
    sections = with_chronologies(
        tuple(
            _section(entry, at(words, ["sections", index]), context, numbers)
            for index, entry in enumerate(scope.words.sections)
        )
    )
    files = tuple(_inputs(context, sections))
    briefing = model.Briefing(
        id=context.folder.name,
        language=scope.language,
        locale=scope.labels.locale,
        series=_series(series),
        title=title,
        subtitle=subtitle,
        number=context.plain(context.facts, "number") or None,
        replaces=context.plain(context.facts, "replaces") or None,
        author=context.plain(words, "author") or None,
        handling=context.plain(words, "handling") or None,
        issued=_issued(context),
        as_of=_mention(context, "as-of"),
        summary=summary,
        sections=sections,
        sources=all_sources(context),
        files=files,
        digest=source_digest((name, (context.folder / name).read_bytes()) for name in files),
        span=span,
    )
    check_wordings(context)
    return with_index(briefing, scope)


def _issued(context: Context) -> model.DateMention | None:
    """The day of the edition, which files of all formats can state."""
    mention = _mention(context, "issued")
    if mention and mention.date.points[0].year < _FIRST_YEAR_OF_ISSUE:
        message = f"an edition isn't issued before {_FIRST_YEAR_OF_ISSUE}"
        hint = "write the day on which this edition comes out"
        context.scope.fault(Code.BAD_DATE, mention.span, message, hint)
    return mention


def _mention(context: Context, key: str) -> model.DateMention | None:
    scalar = scalar_at(context.facts, key)
    date = date_at(scalar, context.scope) if scalar else None
    return model.DateMention(date=date, span=scalar.span) if scalar and date else None


def identifier_of(series: SeriesFile) -> str:
    """The identifier of a series: that which it has, or one made of its title."""
    return series.identifier or uuid.uuid5(uuid.NAMESPACE_URL, series.title).urn


def _series(series: SeriesFile) -> model.Series:
    return model.Series(
        title=series.title, publisher=series.publisher, identifier=identifier_of(series)
    )


def _inputs(context: Context, sections: tuple[model.Section, ...]) -> Iterator[str]:
    """The files of the folder that the edition is made from, in a fixed order."""
    if (context.folder / FACTS).is_file():
        yield FACTS
    yield f"{context.scope.language}.yaml"
    shown = (n for n in model.walk(sections) if isinstance(n, model.Figure | model.Chart))
    yield from dict.fromkeys(node.file for node in shown if node.file)


# Sections


def _entries(entries: Iterable[SectionEntry]) -> Iterator[SectionEntry]:
    for entry in entries:
        yield entry
        yield from _entries(entry.sections)


def _numbered(
    entries: list[SectionEntry], prefix: str = "", annex: bool = False
) -> Iterator[tuple[str, str]]:
    """Ids with their printed numbers: 1, 1.1 …; A, A.1 … for annexes and what is in them."""
    count, letters = 0, iter(ascii_uppercase)
    for entry in entries:
        if not entry.numbered:
            continue
        if entry.annex and not prefix and not annex:
            number = next(letters, "?")
        else:
            count += 1
            number = f"{prefix}{count}"
        yield entry.id, number
        yield from _numbered(entry.sections, f"{number}.", entry.annex)


def _section(
    entry: SectionEntry, node: Node, context: Context, numbers: dict[str, str], level: int = 1
) -> model.Section:
    scope = context.scope
    if level > SECTION_LEVELS.most:
        message = f"sections are nested more than {SECTION_LEVELS.most} deep"
        scope.fault(Code.TOO_LARGE, at(node, ["id"]).span, message, "bring it up a level")
    outer = scope.literal
    scope.literal = (*outer, *entry.literal)
    section = model.Section(
        id=entry.id,
        number=numbers.get(entry.id),
        annex=entry.annex,
        title=context.title(node, "title"),
        blocks=tuple(
            block
            for index, each in enumerate(entry.blocks)
            for block in _blocks(each, at(node, ["blocks", index]), context)
        ),
        sections=tuple(
            _section(each, at(node, ["sections", index]), context, numbers, level + 1)
            for index, each in enumerate(entry.sections)
        ),
        span=at(node, ["title"]).span,
    )
    scope.literal = outer
    return section


def _blocks(entry: BlockEntry, node: Node, context: Context) -> Iterator[model.Block]:
    """The blocks of an entry, each with its place: its own, or that of the entry."""
    for block in blocks_of(entry, node, context):
        yield block if block.span else block.model_copy(update={"span": node.span})


# Dates


def _date_events(context: Context) -> None:
    """Parse each event's date, and hold what it names against what there is."""
    scope = context.scope
    for id_, event in scope.facts.events.items():
        node = at(context.facts, ["events", id_])
        scalar = scalar_at(node, "date")
        if scalar and (date := date_at(scalar, scope)):
            scope.dates[id_] = date
        for index, person in enumerate(event.people):
            scope.person(person, at(node, ["people", index]).span)
        if event.source:
            scope.source(event.source, at(node, ["source"]).span)
        if event.after:
            scope.event(event.after, at(node, ["after"]).span)
    for id_ in in_a_ring(scope):
        scope.fault(
            Code.WRONG_VALUE,
            at(context.facts, ["events", id_, "after"]).span,
            f"{id_!r} is after an event that is after itself in the end",
            "give one of them a date, or another `after`",
        )
