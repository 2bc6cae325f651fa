"""A briefing as Markdown, for presses that know nothing of YAML: the same words in their order.

It is what Pandoc reads, with tables, footnotes and pictures, so that what other presses are given
has as much in it as what Briefpress sets. What Briefpress adds (numbers, an index with pages, links
from dates to a chronology) is left out: no press that is measured would do it from Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from briefpress import model
from briefpress.dates import Date
from briefpress.formats import Edition
from briefpress.pages import writer


def markdown(edition: Edition) -> str:
    """The whole briefing: metadata, summary, sections, sources as footnotes."""
    return "\n\n".join(filter(None, _Document(edition).parts())) + "\n"


class _Document:
    def __init__(self, edition: Edition) -> None:
        self._briefing = edition.briefing
        self._text = _Text(writer(edition.labels))

    def parts(self) -> Iterator[str]:
        """Everything, a block at a time."""
        briefing, plain = self._briefing, self._text.plain
        yield f"---\ntitle: {json.dumps(plain(briefing.title))}\nlang: {briefing.locale}\n---"
        yield from self._blocks(briefing.summary)
        for level, section in briefing.all_sections():
            yield f"{'#' * level} {self._text.of(section.title)} {{#{section.id}}}"
            yield from self._blocks(section.blocks)
        for node in model.walk((briefing.summary, briefing.sections)):
            if isinstance(node, model.Note):
                yield f"[^{node.number}]: {self._source(briefing.sources[node.source])}"

    def _source(self, source: model.Source) -> str:
        parts = (source.author, source.title, source.publisher, source.published)
        return ", ".join(self._text.of(part) for part in parts if part)

    def _blocks(self, blocks: model.Blocks) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: model.Block) -> Iterator[str]:
        text = self._text.of
        match block:
            case model.Paragraph():
                yield text(block.inlines)
            case model.BulletList():
                yield from (self._item("- ", item.blocks) for item in block.items)
            case model.NumberedList():
                numbered = enumerate(block.items, block.start)
                yield from (self._item(f"{n}. ", item.blocks) for n, item in numbered)
            case model.Quote():
                yield _behind("> ", [*self._blocks(block.blocks), text(block.by)])
            case model.CodeBlock():
                yield f"```\n{block.text.rstrip()}\n```"
            case model.Rule():
                yield "* * *"
            case model.Figure():
                yield f"![{text(block.caption)}]({block.file})"
            case model.Box():
                title = f"**{text(block.title)}**"
                yield _behind("> ", [title, *self._blocks(block.blocks)])
            case _:
                yield from self._listing(block)

    def _item(self, mark: str, blocks: model.Blocks) -> str:
        inside = "\n\n".join(self._blocks(blocks))
        return mark + inside.replace("\n", f"\n{' ' * len(mark)}")

    def _listing(self, block: model.Block) -> Iterator[str]:
        """What is set as a list or a table."""
        text = self._text.of
        match block:
            case model.KeyPoints():
                yield _list(text(point) for point in block.points)
            case model.MarginFacts():
                yield f"**{text(block.title)}**"
                yield _list(f"{text(fact.label)}: {text(fact.value)}" for fact in block.facts)
            case model.People():
                yield _list(f"{text(p.name)}, {text(p.role)}" for p in block.people)
            case model.Documents():
                documents = block.documents
                yield _list(f"{text(d.title)}, {text(d.when)}. {text(d.says)}" for d in documents)
            case model.Sources():
                yield _list(map(self._source, block.sources))
            case model.Index():
                entries = (*block.people, *block.places)
                yield _list(f"{text(e.name)}: {', '.join(e.sections)}" for e in entries)
            case _:
                yield from self._table(block)

    def _table(self, block: model.Block) -> Iterator[str]:
        text = self._text.of
        match block:
            case model.Table():
                rows = [[r.header or (), *r.cells][-len(block.head) :] for r in block.rows]
                yield _table([text(h) for h in block.head], [[*map(text, row)] for row in rows])
                yield f"Table: {text(block.caption)}" if block.caption else ""
                yield text(block.notes)
            case model.Chronology():
                rows = [[o.when, o.says] for o in block.occurrences]
                yield _table(["", ""], [[*map(text, row)] for row in rows])
            case model.Visits():
                head = ["When", "Who", "Office", "To", "Outcome"]
                visits = [[v.when, v.visitors, v.office, v.to, v.outcome] for v in block.visits]
                yield _table(head, [[*map(text, row)] for row in visits])
            case _:
                raise TypeError(f"{type(block).__name__} has no form in Markdown")


class _Text:
    """Inlines as Markdown."""

    def __init__(self, written: Callable[[Date], str]) -> None:
        self._written = written

    def plain(self, inlines: model.Inlines) -> str:
        return model.text_of(inlines, self._written)

    def of(self, inlines: model.Inlines) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: model.Inline) -> str:
        match inline:
            case model.Words():
                said = _escaped(inline.text)
            case model.DateMention():
                said = _escaped(model.words_of(inline, self._written))
            case model.Note():
                said = f"[^{inline.number}]"
            case model.Code():
                said = f"`{inline.text}`"
            case model.Break():
                said = "\\\n"
            case _:
                said = self._around(inline, self.of(inline.inlines))
        return said

    def _around(self, inline: model.Inline, inside: str) -> str:
        """What is in an inline, with the marks for what it is."""
        match inline:
            case model.Emphasis():
                return f"*{inside}*"
            case model.Strong():
                return f"**{inside}**"
            case model.Link():
                return f"[{inside}]({inline.href})"
        return inside


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@])")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _behind(mark: str, parts: Iterable[str]) -> str:
    lines = "\n\n".join(filter(None, parts)).splitlines()
    return "\n".join(f"{mark}{line}".rstrip() for line in lines)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: list[str], rows: list[list[str]]) -> str:
    """A pipe table. Columns as wide as their longest cell would be cut at the page's edge."""
    lines = [head, ["-" * 12 for _ in head], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
