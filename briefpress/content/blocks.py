"""Each kind of block, from its entry in the YAML to the model.

A block's class in the model, its shape in `schema.py`, its function here and its template
`blocks/<type>.html.j2` belong together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath

from briefpress import model
from briefpress.content.block_shapes import BlockEntry
from briefpress.content.charts import chart
from briefpress.content.context import Context, all_sources, scalar_at
from briefpress.content.drawn import timeline
from briefpress.content.maps import map_of
from briefpress.content.order import check_kinds, in_order
from briefpress.content.prose import prose
from briefpress.content.read import Node, Scalar, at
from briefpress.content.text_checks import check_href, check_letters
from briefpress.diagnostics import Code, listed


def blocks_of(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    """The blocks that one entry of `blocks:` stands for. `node` is the entry's mapping."""
    key = next(iter(entry.model_fields_set)).replace("_", "-")
    value = at(node, [key])
    return _BUILDERS[key](entry, value, context)


def _prose(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    return prose(node, context.scope) if isinstance(node, Scalar) else ()


def _key_points(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    points = tuple(context.line(item) for item in node.children())
    return (model.KeyPoints(points=points),)


def _chronology(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    kinds = entry.chronology.kind if entry.chronology else None
    check_kinds(kinds or [], node, context.scope)
    ids = in_order(context.scope, kinds)
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
    kinds = entry.visits.kind if entry.visits else []
    check_kinds(kinds, node, context.scope)
    ids = in_order(context.scope, kinds)
    caption = context.line(node, "caption")
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
    return (model.Visits(caption=caption, visits=visits, sources=context.sources_of(ids)),)


def _table(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    table = entry.table
    assert table is not None
    width = len(table.head)
    # Texts are read in the order in which they are shown, so that footnotes are numbered in it.
    caption = context.line(node, "caption")
    head = tuple(context.line(node, "head", column) for column in range(width))
    for index, name in enumerate(table.numeric):
        if name not in table.head:
            context.scope.fault(
                Code.WRONG_VALUE,
                at(node, ["numeric", index]).span,
                f"no column is headed {name!r}",
                f"the columns are: {listed(table.head)}",
            )
    rows = []
    for index, row in enumerate(table.rows):
        if len(row) != width:
            context.scope.fault(
                Code.WRONG_VALUE,
                at(node, ["rows", index]).span,
                f"the row has too {'few' if len(row) < width else 'many'} cells: {len(row)}, "
                f"where the head has {width}",
                "give each row as many cells as the head; write '' for an empty one",
            )
        cells = tuple(context.line(node, "rows", index, column) for column in range(len(row)))
        header = cells[0] if table.row_headers and cells else None
        own = cells[1:] if header is not None else cells
        rows.append(model.Row(span=at(node, ["rows", index]).span, header=header, cells=own))
    return (
        model.Table(
            caption=caption,
            head=head,
            numeric=tuple(name in table.numeric for name in table.head),
            rows=tuple(rows),
            notes=context.line(node, "note"),
        ),
    )


def _chart(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    return chart(entry.chart, node, context) if entry.chart else ()


def _people(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    scope = context.scope
    chosen = entry.people.only if entry.people and entry.people.only else list(scope.facts.people)
    people = []
    for index, id_ in enumerate(chosen):
        name = scope.person(id_, at(node, ["only", index]).span)
        if name is None:
            continue
        context.list_again(at(context.facts, ["people", id_]), node)
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
    file = entry.figure.file
    picture = context.album.show(file)
    if isinstance(picture, str):
        context.scope.fault(
            Code.BAD_PICTURE,
            at(node, ["file"]).span,
            f"{file!r}: {picture}",
            "name a PNG, JPEG or plain SVG in the briefing's folder; picture editors save one anew",
        )
        return ()
    check_letters(file, picture.says, at(node, ["file"]).span, context.scope)
    return (
        model.Figure(
            file=PurePosixPath(file).as_posix(),
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            says=picture.says,
            alt=context.plain(node, "alt"),
            caption=context.line(node, "caption"),
            credit=context.line(node, "credit"),
        ),
    )


def _timeline(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    return timeline(entry.timeline, node, context) if entry.timeline else ()


def _map(entry: BlockEntry, node: Node, context: Context) -> model.Blocks:
    return map_of(entry.map, node, context) if entry.map else ()


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
                title=context.title(item, "title"),
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
    title = context.line(node, "title")
    facts = tuple(
        model.Fact(label=context.line(item, "label"), value=context.line(item, "value"))
        for item in at(node, ["facts"]).children()
    )
    return (model.MarginFacts(title=title, facts=facts),)


def _sources(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    return (model.Sources(sources=tuple(all_sources(context, node).values())),)


def _index(_: BlockEntry, node: Node, context: Context) -> model.Blocks:
    """An empty index; `check.py` fills it when all sections are read."""
    context.count_index(node)
    return (model.Index(people=(), places=()),)


_Builder = Callable[[BlockEntry, Node, Context], model.Blocks]

_BUILDERS: dict[str, _Builder] = {
    "prose": _prose,
    "key-points": _key_points,
    "chronology": _chronology,
    "visits": _visits,
    "table": _table,
    "chart": _chart,
    "people": _people,
    "quote": _quote,
    "figure": _figure,
    "timeline": _timeline,
    "map": _map,
    "documents": _documents,
    "box": _box,
    "margin-facts": _margin_facts,
    "sources": _sources,
    "index": _index,
}
