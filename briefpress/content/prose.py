"""Texts as inlines and blocks of the model.

In: a scalar and a `Scope`. Out: inlines or blocks. Every reference is resolved; dates typed bare,
words in another script that aren't marked, characters that no font has, unsafe links and markup
that has another way in a briefing become faults of the scope, each at its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from markdown_it.tree import SyntaxTreeNode

from briefpress import model
from briefpress.content.markup import parse_blocks, parse_line
from briefpress.content.read import Scalar
from briefpress.content.scope import Scope, letters_of
from briefpress.dates import DateError, bare_date_pattern, parse
from briefpress.diagnostics import Code, Span

# RFC 3986 schemes that lead a reader somewhere and can't run anything.
SAFE_SCHEMES = ("https:", "http:", "mailto:")
_DATE_LIKE = re.compile(r"[\d./~?%Y-]*\d[\d./~?%X-]*")
_WIDE_BREAK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])")
_WORD = re.compile(r"[^\W\d_]{2,}")


def prose(scalar: Scalar, scope: Scope) -> model.Blocks:
    """Read prose: paragraphs, lists, quotations, tables."""
    reader = _Reader(scalar, scope)
    return tuple(reader.blocks(parse_blocks(scalar.text, scope.labels.quotes).children))


def line(scalar: Scalar, scope: Scope) -> model.Inlines:
    """Read a text that is one line: a title, a cell, a caption."""
    reader = _Reader(scalar, scope)
    root = parse_line(scalar.text, scope.labels.quotes)
    return tuple(chain.from_iterable(reader.inlines_of(child) for child in root.children))


class _Reader:
    """Turns the syntax tree of one scalar into the model."""

    def __init__(self, scalar: Scalar, scope: Scope) -> None:
        self.scalar = scalar
        self.scope = scope
        self.seen: Counter[str] = Counter()

    def place(self, snippet: str) -> Span:
        """Where the next occurrence of a snippet stands."""
        self.seen[snippet] += 1
        return self.scalar.find(snippet, self.seen[snippet] - 1)

    # Blocks

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[model.Block]:
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield model.Paragraph(inlines=self.inlines_of(node.children[0]))
                case "bullet_list":
                    yield model.BulletList(items=self._items(node))
                case "ordered_list":
                    start = int(node.attrs.get("start", 1))
                    yield model.NumberedList(start=start, items=self._items(node))
                case "blockquote":
                    yield model.Quote(blocks=tuple(self.blocks(node.children)))
                case "code_block" | "fence":
                    self._check_glyphs(node.content)
                    yield model.CodeBlock(text=node.content)
                case "hr":
                    yield model.Rule()
                case "table":
                    yield self._table(node)
                case "heading":
                    self._unsupported(node, "a heading", "begin a section under `sections:`")
                case _:
                    self._unsupported(node, f"{node.type!r}", "write it in another way")

    def _items(self, node: SyntaxTreeNode) -> tuple[model.Item, ...]:
        return tuple(model.Item(blocks=tuple(self.blocks(i.children))) for i in node.children)

    def _table(self, node: SyntaxTreeNode) -> model.Table:
        head, *bodies = node.children
        cells = head.children[0].children
        rows = [row for body in bodies for row in body.children]
        return model.Table(
            head=tuple(self._cell(cell) for cell in cells),
            numeric=tuple("right" in str(cell.attrs.get("style", "")) for cell in cells),
            rows=tuple(model.Row(cells=tuple(map(self._cell, row.children))) for row in rows),
        )

    def _cell(self, node: SyntaxTreeNode) -> model.Inlines:
        return self.inlines_of(node.children[0]) if node.children else ()

    def _unsupported(self, node: SyntaxTreeNode, what: str, hint: str) -> None:
        first = self.scalar.text.splitlines()[node.map[0]] if node.map else ""
        span = self.place(first) if first.strip() else self.scalar.span
        self.scope.fault(Code.UNSUPPORTED_MARKUP, span, f"{what} can't stand in prose", hint)

    # Inlines

    def inlines_of(self, node: SyntaxTreeNode) -> model.Inlines:
        """The inlines of an `inline` node, checked as one text."""
        inlines = self._inlines(node.children)
        self._check_dates(inlines)
        self._check_letters(inlines, self.scope.language)
        return inlines

    def _inlines(self, nodes: Sequence[SyntaxTreeNode]) -> model.Inlines:
        found = chain.from_iterable(self._inline(node) for node in nodes)
        return tuple(_joined(found))

    def _inline(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        match node.type:
            case "text":
                yield from self._words(node.content)
            case "softbreak":
                yield model.Words(text="\n")
            case "hardbreak":
                yield model.Break()
            case "code_inline":
                self._check_glyphs(node.content)
                yield model.Code(text=node.content)
            case "em" | "strong" | "span":
                yield self._span(node)
            case "link":
                yield from self._link(node)
            case "note":
                yield from self._note(node)
            case "reference":
                yield from self._reference(node)
            case _:
                hint = "put pictures into a `figure` block"
                self.scope.fault(
                    Code.UNSUPPORTED_MARKUP,
                    self.scalar.span,
                    f"{node.type!r} can't stand in text",
                    hint,
                )

    def _span(self, node: SyntaxTreeNode) -> model.Inline:
        inlines = self._inlines(node.children)
        if node.type == "em":
            return model.Emphasis(inlines=inlines)
        if node.type == "strong":
            return model.Strong(inlines=inlines)
        language = str(node.attrs.get("lang", self.scope.language))
        return model.Foreign(language=language, inlines=inlines)

    def _words(self, text: str) -> Iterator[model.Inline]:
        if "{" in text:
            self.scope.fault(
                Code.BAD_REFERENCE,
                self.place("{"),
                "a brace opens here, and no reference follows",
                r"write {id}, or \{ for the brace itself",
            )
        self._check_glyphs(text)
        yield model.Words(text=text)

    def _link(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        href = str(node.attrs["href"])
        inlines = self._inlines(node.children)
        if href.startswith("#"):
            if href[1:] not in self.scope.section_ids:
                known = ", ".join(sorted(self.scope.section_ids))
                self.scope.fault(
                    Code.UNKNOWN_SECTION,
                    self.place(href),
                    f"there is no section {href[1:]!r}",
                    f"the sections are: {known}",
                )
        else:
            check_href(href, partial(self.place, href), self.scope)
        yield model.Link(href=href, inlines=inlines)

    def _note(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        span = self.place(node.content)
        id_ = node.meta["id"].strip()
        where = self._inlines(node.children)
        if self.scope.source(id_, span):
            yield self.scope.note(id_, where, span)

    def _reference(self, node: SyntaxTreeNode) -> Iterator[model.Inline]:
        span = self.place(node.content)
        id_ = node.meta["id"].strip()
        words = self._inlines(node.children)
        if node.meta["words"] is not None and not words:
            self.scope.fault(
                Code.BAD_REFERENCE, span, "no words follow the bar", f"write {{{id_}}}"
            )
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

    def _check_dates(self, inlines: model.Inlines) -> None:
        text = "".join(_visible(inlines))
        for literal in self.scope.literal:
            text = text.replace(literal, "\ufffc" * len(literal))
        for match in bare_date_pattern(self.scope.labels.locale).finditer(text):
            self.scope.fault(
                Code.BARE_DATE,
                self.place(match[0]),
                f"{match[0]!r} is typed in the text, where it can't be proved",
                "refer to an event as {id}, write the date as {1991-12-28}, {1992-05} or {1999}, "
                "or list the words under `literal:`",
            )

    def _check_letters(self, inlines: model.Inlines, language: str) -> None:
        """Find words in a script that the language doesn't use (WCAG 2.2, 3.1.2)."""
        own = letters_of(language)
        for inline in inlines:
            match inline:
                case model.Words(text=text):
                    for word in _WORD.findall(text):
                        if all(_script(c) not in own for c in word):
                            self._unmarked(word)
                case model.Foreign(language=inner, inlines=words):
                    self._check_letters(words, inner)
                case model.Code() | model.Break():
                    pass
                case model.Note(where=words):
                    self._check_letters(words, language)
                case _:
                    self._check_letters(inline.inlines, language)

    def _unmarked(self, word: str) -> None:
        self.scope.fault(
            Code.UNMARKED_LANGUAGE,
            self.place(word),
            f"{word!r} isn't in the script of the text, and no language is given for it",
            f"write [{word}]{{lang=…}}, with the language's tag, such as ja or kk",
        )

    def _check_glyphs(self, text: str) -> None:
        for char in sorted(set(text)):
            if ord(char) not in self.scope.coverage and not char.isspace():
                missing_glyph(char, self.place(char), self.scope)


EDTF_HINT = "write 1991-12-28, 1992-05, 1999, 1997-07/1997-08, 1999-09~ or 1999? (EDTF)"


def check_href(href: str, place: partial[Span], scope: Scope) -> None:
    """Keep a fault where a link's scheme isn't one of `SAFE_SCHEMES`."""
    if not href.lower().startswith(SAFE_SCHEMES):
        scope.fault(
            Code.BAD_LINK,
            place(),
            f"a link can't lead to {href!r}",
            f"begin it with {', '.join(SAFE_SCHEMES)} or # and a section's id",
        )


def missing_glyph(char: str, span: Span, scope: Scope) -> None:
    """Keep a fault for a character that no font has."""
    name = unicodedata.name(char, "no name").lower()
    scope.fault(
        Code.MISSING_GLYPH,
        span,
        f"no font has {char!r} (U+{ord(char):04X}, {name})",
        "use another character, or add a font to the templates",
    )


def _script(char: str) -> str:
    return unicodedata.name(char, "LATIN").split()[0]


def _joined(inlines: Iterator[model.Inline]) -> Iterator[model.Inline]:
    """Join neighbouring words; a line's end is a space, but nothing between wide characters."""
    words = ""
    for inline in inlines:
        if isinstance(inline, model.Words):
            words += inline.text
            continue
        if words:
            yield model.Words(text=_unfolded(words))
        words = ""
        yield inline
    if words:
        yield model.Words(text=_unfolded(words))


def _unfolded(words: str) -> str:
    return _WIDE_BREAK.sub("", words).replace("\n", " ")


def _visible(inlines: model.Inlines) -> Iterator[str]:
    """The text that the writer typed; what the program writes is a placeholder."""
    for inline in inlines:
        match inline:
            case model.Words(text=text) | model.Code(text=text):
                yield text
            case model.Break():
                yield "\n"
            case model.Note(where=words):
                yield "\ufffc"
                yield from _visible(words)
            case model.DateMention(inlines=()):
                yield "\ufffc"
            case model.PersonMention() | model.PlaceMention():
                yield "\ufffc"
            case _:
                yield from _visible(inline.inlines)
