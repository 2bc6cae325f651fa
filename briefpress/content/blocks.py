"""Each kind of block, from its entry in the YAML to the model.

A block's class in the model, its shape in `schema.py`, its function here and its template
`blocks/<type>.html.j2` belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from briefpress import model
from briefpress.content.pictures import measure
from briefpress.content.prose import EDTF_HINT, check_href, line, missing_glyph, prose
from briefpress.content.read import Items, Mapping, Node, Scalar, at
from briefpress.content.schema import BlockEntry
from briefpress.content.scope import Scope, name_of
from briefpress.dates import Date, DateError, parse
from briefpress.diagnostics import Code


def blocks_of(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    """The blocks that one entry of `blocks:` stands for. `node` is the entry's mapping."""
    key = next(iter(entry.model_fields_set)).replace("_", "-")
    value = at(node, [key])
    return _BUILDERS[key](entry, value, context)


class Context:
    """What the builders share: the scope, and the nodes of the two files."""

    def __init__(self, scope: Scope, words: Node, facts: Node, folder: Path) -> None:
        self.scope = scope
        self.words = words
        self.facts = facts
        self.folder = folder
        self._anchored: set[str] = set()

    def anchor(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of some events that no chronology has shown yet; dates will link to them here."""
        new = frozenset(ids) - self._anchored
        self._anchored |= new
        return new

    def line(self, node: Node, *path: str | int) -> model.Inlines:
        """The text at a path below a node, as a line; nothing where there is none."""
        scalar = scalar_at(node, *path)
        return line(scalar, self.scope) if scalar else ()

    def plain(self, node: Node, *path: str | int) -> str:
        """The text at a path, taken literally; its characters are held against the fonts."""
        scalar = scalar_at(node, *path)
        if scalar is None:
            return ""
        for char in sorted({c for c in scalar.text if ord(c) not in self.scope.coverage}):
            if not char.isspace():
                missing_glyph(char, scalar.find(char), self.scope)
        return scalar.text

    def date(self, node: Node, *path: str | int) -> model.Inlines:
        """The date at a path, as a mention."""
        scalar = scalar_at(node, *path)
        if scalar is None or (date := date_at(scalar, self.scope)) is None:
            return ()
        return (model.DateMention(date=date, span=scalar.span),)

    def worded(self, ids: Iterable[str], node: Node) -> Iterator[tuple[str, Node]]:
        """The events that this language has words for, with those; the others are faults."""
        for id_ in ids:
            if id_ in self.scope.words.events:
                yield id_, at(self.words, ["events", id_])
                continue
            self.scope.fault(
                Code.MISSING_KEY,
                node.span,
                f"the event {id_!r} is shown here, and has no wording in this language",
                f"add a line '{id_}: …' under `events:`",
            )

    def when(self, id_: str) -> model.Inlines:
        """The date of an event, if it has one."""
        date = self.scope.dates.get(id_)
        if date is None:
            return ()
        span = at(self.facts, ["events", id_, "date"]).span
        return (model.DateMention(date=date, event=id_, span=span),)

    def people(self, ids: Iterable[str]) -> model.Inlines:
        """Names, with commas between them."""
        found: list[model.Inline] = []
        for id_ in ids:
            if person := self.scope.facts.people.get(id_):
                name = model.Words(text=name_of(person, self.scope.language))
                if found:
                    found.append(model.Words(text=", "))
                found.append(model.PersonMention(person=id_, inlines=(name,)))
        return tuple(found)

    def sources_of(self, ids: Iterable[str]) -> tuple[model.SourceLink, ...]:
        """The sources of events, each once."""
        events = self.scope.facts.events
        names = dict.fromkeys(events[id_].source for id_ in ids)
        return tuple(
            model.SourceLink(source=name, title=self.line(self.facts, "sources", name, "title"))
            for name in names
            if name in self.scope.facts.sources
        )

    def country(self, id_: str) -> model.Inlines:
        """The place that an event's visitors went to, if the facts have it."""
        to = self.scope.facts.events[id_].to
        name = self.scope.place(to, at(self.facts, ["events", id_, "to"]).span) if to else None
        return (model.PlaceMention(place=to, inlines=name),) if to and name else ()


def scalar_at(node: Node, *path: str | int) -> Scalar | None:
    """The scalar at a path below a node, or None if the path leads nowhere."""
    for step in path:
        if isinstance(node, Mapping) and step in node.values:
            node = node.values[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node if isinstance(node, Scalar) and node.text else None


def date_at(scalar: Scalar, scope: Scope) -> Date | None:
    """The date that a scalar holds; anything else is a fault."""
    try:
        return parse(scalar.text)
    except DateError as error:
        scope.fault(Code.BAD_DATE, scalar.span, f"{scalar.text!r}: {error}", EDTF_HINT)
        return None


def in_order(scope: Scope, kinds: list[str] | None) -> list[str]:
    """The ids of the events of some kinds, by date; an undated one follows the one it is after."""
    events = scope.facts.events
    chosen = [id_ for id_, e in events.items() if kinds is None or e.kind in kinds]
    dated = sorted((i for i in chosen if i in scope.dates), key=lambda i: scope.dates[i].sort_key())
    undated = [id_ for id_ in chosen if id_ not in scope.dates]
    for id_ in undated:
        dated.insert(_place_after(id_, dated, scope), id_)
    return dated


def _place_after(id_: str, ordered: list[str], scope: Scope) -> int:
    """Where to put an undated event: behind what it is after and behind others after the same."""
    after = scope.facts.events[id_].after
    behind = [
        index
        for index, other in enumerate(ordered)
        if other == after or (after and scope.facts.events[other].after == after)
    ]
    if not behind and after in scope.dates:
        key = scope.dates[after].sort_key()
        behind = [
            index
            for index, other in enumerate(ordered)
            if other in scope.dates and scope.dates[other].sort_key() <= key
        ]
    return behind[-1] + 1 if behind else len(ordered)


def _prose(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    return prose(node, context.scope) if isinstance(node, Scalar) else ()


def _key_points(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    points = tuple(context.line(item) for item in node.children())
    return (model.KeyPoints(points=points),)


def _chronology(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    ids = in_order(context.scope, entry.chronology.kind if entry.chronology else None)
    occurrences = tuple(
        model.Occurrence(
            event=id_,
            when=context.when(id_),
            says=context.line(words, "says") or context.line(words),
        )
        for id_, words in context.worded(ids, node)
    )
    return (
        model.Chronology(
            occurrences=occurrences,
            anchored=context.anchor(ids),
            sources=context.sources_of(ids),
        ),
    )


def _visits(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    ids = in_order(context.scope, entry.visits.kind if entry.visits else None)
    visits = tuple(
        model.Visit(
            event=id_,
            when=context.when(id_),
            visitors=context.people(context.scope.facts.events[id_].people),
            office=context.line(words, "office"),
            to=context.country(id_),
            outcome=context.line(words, "outcome"),
        )
        for id_, words in context.worded(ids, node)
    )
    caption = context.line(node, "caption")
    return (model.Visits(caption=caption, visits=visits, sources=context.sources_of(ids)),)


def _table(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    table = entry.table
    assert table is not None
    width = len(table.head)
    rows = []
    for index, row in enumerate(table.rows):
        if len(row) != width:
            context.scope.fault(
                Code.WRONG_VALUE,
                at(node, ["rows", index]).span,
                f"the row has {len(row)} cells, the head has {width}",
                "give each row as many cells as the head; write '' for an empty one",
            )
        cells = tuple(context.line(node, "rows", index, column) for column in range(len(row)))
        header = cells[0] if table.row_headers and cells else None
        rows.append(model.Row(header=header, cells=cells[1:] if header is not None else cells))
    return (
        model.Table(
            caption=context.line(node, "caption"),
            head=tuple(context.line(node, "head", column) for column in range(width)),
            numeric=tuple(name in table.numeric for name in table.head),
            rows=tuple(rows),
            notes=context.line(node, "note"),
        ),
    )


def _people(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    scope = context.scope
    chosen = entry.people.only if entry.people and entry.people.only else list(scope.facts.people)
    people = []
    for index, id_ in enumerate(chosen):
        name = scope.person(id_, at(node, ["only", index]).span)
        if name is None:
            continue
        others = tuple(
            model.Foreign(language=language, inlines=(model.Words(text=text),))
            for language, text in scope.facts.people[id_].names.items()
            if language != scope.language
        )
        role = context.line(context.words, "people", id_)
        people.append(model.Person(id=id_, name=name, other_names=others, role=role))
    return (model.People(people=tuple(people)),)


def _quote(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    text = scalar_at(node, "text")
    blocks = prose(text, context.scope) if text else ()
    return (model.Quote(blocks=blocks, by=context.line(node, "by")),)


def _figure(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    assert entry.figure is not None
    picture = measure(context.folder / entry.figure.file, context.folder)
    if isinstance(picture, str):
        context.scope.fault(
            Code.BAD_PICTURE,
            at(node, ["file"]).span,
            f"{entry.figure.file!r}: {picture}",
            "put a PNG, JPEG or SVG file into the briefing's folder and name it here",
        )
        return ()
    return (
        model.Figure(
            file=entry.figure.file,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            alt=context.plain(node, "alt"),
            caption=context.line(node, "caption"),
            credit=context.line(node, "credit"),
        ),
    )


def _documents(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    documents = []
    for index, document in enumerate(entry.documents or []):
        item = at(node, [index])
        when = context.date(item, "date")
        if document.event:
            span = at(item, ["event"]).span
            when = context.when(document.event) if context.scope.event(document.event, span) else ()
        if document.url:
            url = at(item, ["url"])
            check_href(document.url, partial(lambda node: node.span, url), context.scope)
        documents.append(
            model.Document(
                title=context.line(item, "title"),
                when=when,
                says=context.line(item, "says"),
                href=document.url,
            )
        )
    return (model.Documents(documents=tuple(documents)),)


def _box(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    text = scalar_at(node, "text")
    title = context.line(node, "title")
    return (model.Box(title=title, blocks=prose(text, context.scope) if text else ()),)


def _margin_facts(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    facts = tuple(
        model.Fact(label=context.line(item, "label"), value=context.line(item, "value"))
        for item in at(node, ["facts"]).children()
    )
    return (model.MarginFacts(title=context.line(node, "title"), facts=facts),)


def _sources(_: BlockEntry, node: Node, context: Context) -> model.Blocks:  # noqa: ARG001
    return (model.Sources(sources=tuple(all_sources(context).values())),)


def all_sources(context: Context) -> dict[str, model.Source]:
    """Every source of facts.yaml, with what this language says of it."""
    found = {}
    for id_, facts in context.scope.facts.sources.items():
        node = at(context.facts, ["sources", id_])
        if facts.url:
            url = at(node, ["url"])
            check_href(facts.url, partial(lambda node: node.span, url), context.scope)
        found[id_] = model.Source(
            id=id_,
            title=context.line(node, "title"),
            author=context.line(node, "author"),
            publisher=context.line(node, "publisher"),
            published=context.date(node, "date"),
            accessed=context.date(node, "accessed"),
            note=context.line(context.words, "sources", id_),
            href=facts.url,
        )
    return found


def _index(_: BlockEntry, node: Node, context: Context) -> model.Blocks:  # noqa: ARG001
    """An empty index; `check.py` fills it when all sections are read."""
    return (model.Index(people=(), places=()),)


_Builder = Callable[[BlockEntry, Node, Context], model.Blocks]

_BUILDERS: dict[str, _Builder] = {
    "prose": _prose,
    "key-points": _key_points,
    "chronology": _chronology,
    "visits": _visits,
    "table": _table,
    "people": _people,
    "quote": _quote,
    "figure": _figure,
    "documents": _documents,
    "box": _box,
    "margin-facts": _margin_facts,
    "sources": _sources,
    "index": _index,
}
