"""Texts as inlines and blocks of the model.

In: a scalar and a `Scope`. Out: inlines or blocks. Every reference is resolved; dates typed bare,
words in another script that aren't marked, characters that no font has, unsafe links and markup
that has another way in a briefing become faults of the scope, each at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from markdown_it.tree import SyntaxTreeNode

from briefpress import model
from briefpress.content import text_checks
from briefpress.content.cursor import Cursor
from briefpress.content.markup import TOO_LARGE, cells_of, is_plain, parse_blocks, parse_line
from briefpress.content.read import Scalar
from briefpress.content.running_text import joined, visible_text, with_single_stops
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.content.scope import Scope
from briefpress.content.text_checks import WORD, says_its_date
from briefpress.dates import DateError, bare_date_pattern, parse
from briefpress.diagnostics import Code, Span
from briefpress.limits import LIST_LEVELS, TABLE_COLUMNS, TABLE_ROWS

# What is meant as a date: with a digit, and with something in it or before it that no id has.
_DATE_LIKE = re.compile(r"(?=.*\d)(?:[^a-z]|.*\s).*", re.DOTALL | re.IGNORECASE)
_BEGINNING = 40  # characters that tell a paragraph or a row from others
_FOOTNOTE_TEXT = re.compile(r"^ {0,3}\[\^[^\]\n]*\]:", re.MULTILINE)
_WORD_OR_BRACE = re.compile(rf"{WORD.pattern}|\{{")


def prose(scalar: Scalar, scope: Scope) -> model.Blocks:
    """Read prose: paragraphs, lists, quotations, tables."""
    reader = _Reader(scalar, scope)
    for text in _FOOTNOTE_TEXT.findall(scalar.text):
        hint = "say under `sources:` what a source is; cite a place in it as [^id|page 2]"
        reader.unsupported(text, "the text of a footnote can't stand in prose", hint)
    return tuple(reader.blocks(parse_blocks(scalar.text, scope.labels.quotes).children))


def line(scalar: Scalar, scope: Scope) -> model.Inlines:
    """Read a text that is one line: a title, a cell, a caption."""
    reader = _Reader(scalar, scope)
    if is_plain(scalar.text):
        return reader.words_of(scalar.text)
    root = parse_line(scalar.text, scope.labels.quotes)
    return tuple(chain.from_iterable(reader.inlines_of(child) for child in root.children))


class _Reader:
    """Turns the syntax tree of one scalar into the model."""

    def __init__(self, scalar: Scalar, scope: Scope) -> None:
        self.scalar = scalar
        self.scope = scope
        self.language = scope.language
        self.cursor = Cursor(scalar)
        self.lines = scalar.text.splitlines()

    def unsupported(self, snippet: str, message: str, hint: str) -> None:
        span = self.cursor.find(snippet) if snippet.strip() else self.scalar.span
        self.scope.fault(Code.UNSUPPORTED_MARKUP, span, message, hint)

    def _begin_of(self, node: SyntaxTreeNode) -> Span:
        """Where a block of the text begins."""
        first = self.lines[node.map[0]].strip() if node.map and self.lines else ""
        return self.cursor.find(first[:_BEGINNING]) if first else self.scalar.span

    def _refuse(self, node: SyntaxTreeNode) -> None:
        match node.type:
            case "heading":
                first = self.lines[node.map[0]] if node.map else ""
                hint = "begin a section under `sections:`"
                self.unsupported(first, "a heading can't stand in prose", hint)
            case "image":
                hint = "put it into a `figure` block"
                self.unsupported("![", "a picture can't stand in text", hint)
            case _:
                message = f"{node.type!r} can't stand in prose"
                self.unsupported("", message, "write it in another way")

    # Blocks

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[model.Block]:
        for node in nodes:
            match node.type:
                # A list takes two levels, for itself and its items.
                case _ if node.level > LIST_LEVELS.most * 2:
                    most = LIST_LEVELS.most
                    message = f"lists and quotations are nested more than {most} deep"
                    self.scope.fault(Code.TOO_LARGE, self.scalar.span, message, "nest less")
                case "paragraph":
                    first = next(iter(node.children[0].content.split()), "")
                    span = self.cursor.find(first)
                    inlines = self.inlines_of(node.children[0])
                    yield model.Paragraph(span=span, inlines=inlines)
                case "bullet_list":
                    yield model.BulletList(items=self._items(node))
                case "ordered_list":
                    start = int(node.attrs.get("start", 1))
                    yield model.NumberedList(start=start, items=self._items(node))
                case "blockquote":
                    yield model.Quote(blocks=tuple(self.blocks(node.children)))
                case "code_block" | "fence":
                    text_checks.check_glyphs(node.content, self.cursor.find, self.scope)
                    self.cursor.past(node.content)
                    yield model.CodeBlock(text=node.content)
                case "hr":
                    yield model.Rule()
                case "table":
                    yield from self._table(node)
                case _:
                    self._refuse(node)

    def _items(self, node: SyntaxTreeNode) -> tuple[model.Item, ...]:
        return tuple(model.Item(blocks=tuple(self.blocks(i.children))) for i in node.children)

    def _table(self, node: SyntaxTreeNode) -> Iterator[model.Table]:
        head, *bodies = node.children
        cells = head.children[0].children
        rows = [row for body in bodies for row in body.children]
        for found, limit in ((len(cells), TABLE_COLUMNS), (len(rows), TABLE_ROWS)):
            if found > limit.most:
                message = f"a table has {found:,} {limit.unit}; the limit is {limit.most:,}"
                hint = "divide it into several tables"
                self.scope.fault(Code.TOO_LARGE, self._begin_of(node), message, hint)
                return
        for row in rows:
            self._check_width(row, len(cells))
        yield model.Table(
            head=tuple(self._cell(cell) for cell in cells),
            numeric=tuple("right" in str(cell.attrs.get("style", "")) for cell in cells),
            rows=tuple(model.Row(cells=tuple(map(self._cell, row.children))) for row in rows),
        )

    def _check_width(self, row: SyntaxTreeNode, width: int) -> None:
        """What a row has beyond the head's cells would be dropped without a word."""
        line = self.lines[row.map[0]] if row.map else ""
        found = cells_of(line)
        if len(found) > width:
            self.scope.fault(
                Code.WRONG_VALUE,
                self._begin_of(row),
                f"the row has too many cells: {len(found)}, where the head has {width}",
                r"give each row as many cells as the head; write \| for a bar in one of them",
            )

    def _cell(self, node: SyntaxTreeNode) -> model.Inlines:
        return self.inlines_of(node.children[0]) if node.children else ()

    # Inlines

    def inlines_of(self, node: SyntaxTreeNode) -> model.Inlines:
        """The inlines of an `inline` node, checked as one text."""
        start = self.cursor.here
        self.scope.count_part(lambda: self.scalar.span)
        if reason := node.meta.get(TOO_LARGE):
            hint = "divide it, or write \\[ for brackets that mean nothing"
            self.scope.fault(Code.TOO_LARGE, self._begin_of(node), reason, hint)
        inlines = self._inlines(node.children)
        self._check_seen(inlines, start)
        return inlines

    def words_of(self, text: str) -> model.Inlines:
        """The inlines of a line that is words and nothing else."""
        start = self.cursor.here
        for _ in ("the line", "its words"):
            self.scope.count_part(lambda: self.scalar.span)
        inlines = tuple(joined(self._words(text)))
        self._check_seen(inlines, start)
        return inlines

    def _inlines(self, nodes: Sequence[SyntaxTreeNode]) -> model.Inlines:
        found = chain.from_iterable(self._inline(node) for node in nodes)
        return tuple(with_single_stops(joined(found), self.scope.written))

    def _words_only(self, node: SyntaxTreeNode) -> model.Inlines:
        with self.scope.without_notes():
            return self._inlines(node.children)

    def _inline(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        self.scope.count_part(lambda: self.scalar.span)
        match node.type:
            case "text":
                yield from self._words(node.content)
            case "softbreak":
                yield model.Words(text="\n")
            case "hardbreak":
                yield model.Break()
            case "code_inline":
                text_checks.check_glyphs(node.content, self.cursor.find, self.scope)
                self.cursor.past(node.content)
                yield model.Code(text=node.content)
            case "em" | "strong" | "span":
                yield self._span(node)
            case "link":
                yield from self._link(node)
            case "note":
                yield from self._note(node)
            case "reference":
                yield from self._reference(node)
            case "brace":
                self._brace()
            case _:
                self._refuse(node)

    def _span(self, node: SyntaxTreeNode) -> model.Inline:
        if node.type == "em":
            return model.Emphasis(inlines=self._inlines(node.children))
        if node.type == "strong":
            return model.Strong(inlines=self._inlines(node.children))
        outer, self.language = self.language, str(node.attrs.get("lang", ""))
        inlines = self._inlines(node.children)
        if node.meta.get("insecure_attrs") or not LANGUAGE_TAG.fullmatch(self.language):
            self.scope.fault(
                Code.BAD_REFERENCE,
                self.cursor.find("]{"),
                "only a language can follow words in brackets",
                r"write [words]{lang=ja}, with a tag of BCP 47, or \[words\] for the brackets",
            )
        language, self.language = self.language, outer
        self.cursor.past("]{")
        self.cursor.past("}")
        return model.Foreign(language=language, inlines=inlines)

    def _words(self, text: str) -> Iterator[model.Inline]:
        text_checks.check_glyphs(text, self.cursor.find, self.scope)
        for word in _WORD_OR_BRACE.findall(text):
            if word != "{":
                place = partial(self.cursor.find, word)
                text_checks.check_script(word, self.language, place, self.scope)
            self.cursor.past(word)
        yield model.Words(text=text)

    def _brace(self) -> None:
        self.scope.fault(
            Code.BAD_REFERENCE,
            self.cursor.find("{"),
            "a brace opens here, and no reference follows",
            r"write {id}, or \{ for the brace itself",
        )
        self.cursor.past("{")

    def _link(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        href = str(node.attrs["href"])
        inlines = self._words_only(node)
        if href.startswith("#"):
            self.scope.section(href[1:], self.cursor.find(href))
        else:
            text_checks.check_href(href, partial(self.cursor.find, href), self.scope)
        self.cursor.past(href)
        yield model.Link(href=href, inlines=inlines)

    def _note(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        id_ = node.meta["id"].strip()
        with self.cursor.inside(node.content) as span:
            where = self._words_only(node)
        if not self.scope.notes_allowed:
            hint = "cite the source in the text of a section"
            self.scope.fault(Code.UNSUPPORTED_MARKUP, span, "a footnote can't stand here", hint)
        elif self.scope.source(id_, span):
            yield self.scope.note(id_, where, span)

    def _reference(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        id_ = node.meta["id"].strip()
        with self.cursor.inside(node.content) as span:
            words = self._words_only(node)
        if not id_:
            hint = r"write {id}, {@id} or {#id}, or \{ for the brace itself"
            self.scope.fault(Code.BAD_REFERENCE, span, "the braces name nothing", hint)
        elif node.meta["words"] is not None and not node.meta["words"].strip():
            hint = f"write {{{node.meta['sigil']}{id_}}}"
            self.scope.fault(Code.BAD_REFERENCE, span, "no words follow the bar", hint)
        elif node.meta["sigil"] == "@":
            yield from self._person(id_, words, span)
        elif node.meta["sigil"] == "#":
            if name := self.scope.place(id_, span):
                yield model.PlaceMention(place=id_, inlines=words or name)
        elif _DATE_LIKE.fullmatch(id_):
            yield from self._date(id_, words, span)
        else:
            yield from self._event(id_, words, span)

    def _person(self, id_: str, words: model.Inlines, span: Span) -> Iterator[model.Inline]:
        id_, _, language = id_.partition(".")
        scope = self.scope
        name = scope.person_in(id_, language, span) if language else scope.person(id_, span)
        if name:
            self._check_name(name, span)
            yield model.PersonMention(person=id_, inlines=words or name)

    def _date(self, text: str, words: model.Inlines, span: Span) -> Iterator[model.Inline]:
        try:
            yield model.DateMention(date=parse(text), inlines=words, span=span)
        except DateError as error:
            self.scope.fault(Code.BAD_DATE, span, f"{text!r}: {error}", EDTF_HINT)

    def _event(self, id_: str, words: model.Inlines, span: Span) -> Iterator[model.Inline]:
        event = self.scope.event(id_, span)
        if event is None:
            return
        if date := self.scope.dates.get(id_):
            yield model.DateMention(date=date, event=id_, inlines=words, span=span)
        elif words:
            yield model.EventMention(event=id_, inlines=words)
        elif event.date is None:
            self.scope.fault(
                Code.UNDATED_EVENT,
                span,
                f"the event {id_!r} has no date",
                f"say it in words, {{{id_}|…}}, or give it a date in facts.yaml",
            )

    # Checks on what was read

    def _check_seen(self, inlines: model.Inlines, start: int) -> None:
        text = "".join(visible_text(inlines, partial(says_its_date, scope=self.scope)))
        read = tuple(inline for inline in inlines if not isinstance(inline, model.Code))
        seen = "".join(visible_text(read))
        text_checks.check_emphasis(seen, self.scalar.text, self.cursor.find, self.scope)
        for literal in self.scope.literal:
            text = text.replace(literal, "\ufffc" * len(literal))
        pattern = bare_date_pattern(self.scope.labels.locale)
        found = [match[0] for match in pattern.finditer(text)]
        if not found:
            return
        spans = self.cursor.find_seen(found, pattern, since=start, but=self.scope.literal)
        for typed, span in zip(found, spans, strict=True):
            self.scope.fault(
                Code.BARE_DATE,
                span,
                f"{typed!r} is typed in the text, where it can't be proved",
                "refer to an event as {id}, write the date as {1991-12-28}, {1992-05}, {1999} or "
                "{199X}, or list the words under `literal:`",
            )

    def _check_name(self, name: model.Inlines, span: Span) -> None:
        for inline in name:
            if isinstance(inline, model.Words):
                for word in WORD.findall(inline.text):
                    text_checks.check_script(word, self.language, lambda: span, self.scope)


EDTF_HINT = "write 1991-12-28, 1992-05, 1999, 199X, 1997-07/1997-08, 1991/.., 1999~ or 1999? (EDTF)"
