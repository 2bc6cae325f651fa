"""What the builders of blocks share: the two files of a briefing, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from briefpress import model
from briefpress.content.cursor import Cursor
from briefpress.content.pictures import Album
from briefpress.content.prose import EDTF_HINT, line
from briefpress.content.read import Items, Mapping, Node, Scalar, at
from briefpress.content.scope import Scope, name_of
from briefpress.content.text_checks import check_glyphs, check_href
from briefpress.dates import Date, DateError, parse
from briefpress.diagnostics import Code
from briefpress.limits import CHARTS, INDEXES, LISTED

# What an entry of a list takes beside its text, in characters.
_ENTRY = 50


class Context:
    """What the builders share: the scope, and the nodes of the two files."""

    def __init__(self, scope: Scope, words: Node, facts: Node, folder: Path) -> None:
        self.scope = scope
        self.words = words
        self.facts = facts
        self.folder = folder
        self.album = Album(folder)
        self._anchored: set[str] = set()
        self._listed = 0
        self._indexes = 0
        self._drawings = 0
        self._charts = 0

    def anchor(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of some events that no chronology has shown yet; dates will link to them here."""
        new = frozenset(ids) - self._anchored
        self._anchored |= new
        return new

    def list_again(self, entry: Node, block: Node) -> None:
        """Count an entry of the files that a block lists, for many blocks could list all of them.

        Raises `ContentError` when there are too many to go on.
        """
        self._listed += _ENTRY + entry.end - entry.start
        if self._listed > LISTED.most:
            message = f"{LISTED.of} has more than {LISTED} together"
            hint = "list less, or in fewer places"
            self.scope.stop(Code.TOO_LARGE, block.span, message, hint)

    def name_drawing(self, kind: str) -> str:
        """What a picture of a kind is called that the press draws; no file is called so."""
        self._drawings += 1
        return f"{kind}:{self._drawings}"

    def count_chart(self, block: Node) -> None:
        """One chart more. Raises `ContentError` when there are too many to go on."""
        self._charts += 1
        if self._charts > CHARTS.most:
            message = f"there are more than {CHARTS}"
            self.scope.stop(Code.TOO_LARGE, block.span, message, "divide it into several briefings")

    def count_index(self, block: Node) -> None:
        """One index more; too many are a fault."""
        self._indexes += 1
        if self._indexes == INDEXES.most + 1:
            message = f"there are more than {INDEXES}"
            self.scope.fault(Code.TOO_LARGE, block.span, message, "delete some of them")

    def line(self, node: Node, *path: str | int) -> model.Inlines:
        """The text at a path below a node, as a line; nothing where there is none."""
        scalar = scalar_at(node, *path)
        return line(scalar, self.scope) if scalar else ()

    def title(self, node: Node, *path: str | int) -> model.Inlines:
        """The text at a path below a node, as a line in which no footnote can stand."""
        with self.scope.without_notes():
            return self.line(node, *path)

    def plain(self, node: Node, *path: str | int) -> str:
        """The text at a path as one line, taken literally; the fonts have its characters."""
        scalar = scalar_at(node, *path)
        if scalar is None:
            return ""
        check_glyphs(scalar.text, Cursor(scalar).find, self.scope)
        return re.sub(r"[ \t]*[\n\t]\s*", " ", scalar.text)

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
                words = at(self.words, ["events", id_])
                self.list_again(words, node)
                yield id_, words
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
            model.SourceLink(source=name, title=self.title(self.facts, "sources", name, "title"))
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


def all_sources(context: Context, block: Node | None = None) -> dict[str, model.Source]:
    """Every source of facts.yaml, with what this language says of it; for a block, or for notes."""
    found = {}
    for id_, facts in context.scope.facts.sources.items():
        node = at(context.facts, ["sources", id_])
        if block:
            context.list_again(node, block)
        if facts.url:
            url = at(node, ["url"])
            check_href(facts.url, partial(lambda node: node.span, url), context.scope)
        found[id_] = model.Source(
            id=id_,
            title=context.title(node, "title"),
            author=context.title(node, "author"),
            publisher=context.title(node, "publisher"),
            published=context.date(node, "date"),
            accessed=context.date(node, "accessed"),
            note=context.title(context.words, "sources", id_),
            href=facts.url,
        )
    return found
