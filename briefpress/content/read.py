"""YAML files as nodes that know their place.

In: a file. Out: a tree of `Node`. Text is taken as it is written: nothing becomes a date, a number
or a boolean here, so `1992-05`, `no` and `012` stay what the writer typed. The tree is built from
PyYAML's event stream, so depth and number are limited while it is built; anchors, aliases and tags
are refused, so every value stands in one place.

Errors: `ContentError`, with every fault that one reading can tell apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NoReturn, TypeAlias

import yaml

from briefpress.content.characters import BAD_CHARACTER_HINT, bad_characters
from briefpress.content.files import read_file
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import (
    FAULTS_FOUND,
    KEY_CHARACTERS,
    TEXT_CHARACTERS,
    YAML_BYTES,
    YAML_DEPTH,
    YAML_VALUES,
    Limit,
)

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file's text, and the name that diagnostics call it by."""

    name: str
    text: str
    line_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        object.__setattr__(self, "line_starts", starts)

    def span(self, start: int, end: int | None = None) -> Span:
        """The place of the characters from `start` to `end`, cut at the end of the first line."""
        start = min(start, len(self.text))
        line = bisect_right(self.line_starts, start)
        column = start - self.line_starts[line - 1] + 1
        line_end = self.text.find("\n", start)
        stop = min(end or start + 1, line_end if line_end >= 0 else len(self.text))
        return Span(self.name, line, column, max(stop - start, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value of a file: the characters from `start` to `end` of its source."""

    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self.source.span(self.start, self.end)

    def children(self) -> Iterator[Node]:
        """The values inside it."""
        return iter(())


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Node):
    """A text. `quoted` tells `""` from a value left out."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Mapping(Node):
    """Keys and values, in the order of the file."""

    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    def children(self) -> Iterator[Node]:
        """Keys and values."""
        yield from self.keys.values()
        yield from self.values.values()


@dataclass(frozen=True, slots=True, eq=False)
class Items(Node):
    """A list."""

    items: list[Node] = field(default_factory=list)

    def children(self) -> Iterator[Node]:
        """The items."""
        return iter(self.items)


def read_source(path: Path, name: str, most: Limit, within: Path | None) -> Source:
    """Read one text file, in UTF-8, with line feeds at the ends of its lines.

    `name` is what diagnostics call the file; `within` is the folder that no link may lead out of.
    Raises `ContentError`.
    """
    source = Source(name, _decode(read_file(path, name, most, within), name))
    if faults := list(islice(_bad_characters(source), FAULTS_FOUND.most)):
        raise ContentError(faults)
    return source


def read(path: Path, name: str, *, within: Path | None = None) -> Node:
    """Read one YAML file into nodes. Arguments and errors are those of `read_source`."""
    source = read_source(path, name, YAML_BYTES, within)
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            builder.feed(event)
    except yaml.MarkedYAMLError as error:
        builder.faults.append(_syntax(error, source))
    root = builder.root
    if not builder.faults and root is not None:
        builder.faults.extend(_bad_escapes(root))
    if builder.faults:
        raise ContentError(builder.faults)
    return root or Mapping(source, 0, 0)


def nothing(name: str) -> Node:
    """What a file that isn't there holds."""
    return Mapping(Source(name, ""), 0, 0)


def plain(node: Node) -> Plain:
    """The node's value as plain data: texts, lists, dictionaries, and None for an empty value."""
    if isinstance(node, Scalar):
        return None if not node.quoted and node.text in _NULLS else node.text
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    return [plain(item) for item in node.children()]


def at(node: Node, path: Sequence[str | int]) -> Node:
    """The node that a path of keys and indexes leads to, or the last one on the way that exists."""
    for step in path:
        if isinstance(node, Mapping) and step in node.values:
            node = node.values[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        raise _fault(
            Code.BAD_ENCODING,
            Span(name, before.count("\n") + 1, len(before) - before.rfind("\n")),
            f"byte 0x{data[error.start]:02X} isn't UTF-8",
            "save the file as UTF-8",
        ) from None


def _fault(code: Code, span: Span, message: str, hint: str) -> ContentError:
    return ContentError([Diagnostic(code, span, message, hint)])


def _bad_characters(source: Source) -> Iterator[Diagnostic]:
    for start, end, message in bad_characters(source.text):
        yield Diagnostic(Code.BAD_CHARACTER, source.span(start, end), message, BAD_CHARACTER_HINT)


def _bad_escapes(node: Node) -> Iterator[Diagnostic]:
    """Characters that a double-quoted text writes as an escape."""
    if isinstance(node, Scalar) and node.quoted:
        for message in sorted({message for _, _, message in bad_characters(node.text)}):
            yield Diagnostic(Code.BAD_CHARACTER, node.span, message, BAD_CHARACTER_HINT)
    for child in node.children():
        yield from _bad_escapes(child)


_QUOTE = "put a text that begins with a brace, bracket or quote in quotes, and close them"
# What libyaml says, and the way out. The first that is in its words counts.
_MENDS = (
    ("mapping values are not allowed", "put the text in quotes: it holds a colon and a space"),
    ("could not find expected ':'", "put a colon and a space after the key"),
    ("cannot start any token", "put the text in quotes: it begins with a sign that YAML keeps"),
    ("expected alphabetic or numeric", "put the text in quotes: it begins with * or &"),
    ("did not find expected key", f"line up the keys of one mapping; {_QUOTE}"),
    ("did not find expected '-' indicator", f"line up the dashes of one list; {_QUOTE}"),
    ("found unexpected end of stream", "close the quotation mark or bracket"),
    (
        "did not find expected ',' or",
        "close the bracket; quote a text that holds a brace or bracket",
    ),
    ("found unknown escape character", "use single quotes, in which backslashes are plain"),
    ("block sequence entries are not allowed", "begin the list on a line of its own"),
    ("expected comment or line break", "begin the text on the next line, indented"),
    ("directive", "delete the line that begins with %"),
    ("incompatible YAML document", "delete the line that begins with %"),
    ("invalid Unicode character escape", "write the character itself"),
)


def _syntax(error: yaml.MarkedYAMLError, source: Source) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error)
    mend = next((m for words, m in _MENDS if words in problem), "compare it with a line that works")
    if mark and source.text[mark.index : mark.index + 1] == "\t":
        mend = "indent by spaces in place of tabs"
    begun = error.context_mark.line if error.context_mark else None
    since = "" if mark is None or begun in {None, mark.line} else f", begun on line {begun + 1}"
    context = f" ({error.context}{since})" if error.context else ""
    span = source.span(mark.index) if mark else Span(source.name)
    return Diagnostic(Code.YAML_SYNTAX, span, f"{problem}{context}", mend)


class _Builder:
    """Builds nodes from the events of PyYAML's parser, without recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.faults: list[Diagnostic] = []
        self._open: list[Mapping | Items] = []
        self._keys: list[Scalar | None] = []
        self._documents = 0
        self._values = 0

    def feed(self, event: yaml.Event) -> None:
        """Take the next event."""
        assert event.start_mark
        assert event.end_mark
        start, end = event.start_mark.index, event.end_mark.index
        self._values += isinstance(event, yaml.NodeEvent)
        if self._values > YAML_VALUES.most:
            hint = "divide the file into several briefings"
            self._too_large(start, f"the file has more than {YAML_VALUES}", hint)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._unsupported(start, end, "a second document", "keep one document in a file")
            if event.tags:
                self._unsupported(start, end, "a directive", "delete the line that begins with %")
        elif isinstance(event, yaml.AliasEvent):
            self._unsupported(start, end, "an alias", "write the value out again")
            self._add(Scalar(self.source, start, end, "", False))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(start)
        elif isinstance(event, yaml.NodeEvent):
            self._value(event, start, end)

    def _value(self, event: yaml.NodeEvent, start: int, end: int) -> None:
        if event.anchor is not None:
            self._unsupported(start, end, "an anchor", "delete the word that begins with &")
        if getattr(event, "tag", None) not in {None, "!"}:
            self._unsupported(start, end, "a tag", "delete the word that begins with !")
        if isinstance(event, yaml.ScalarEvent):
            self._add(Scalar(self.source, start, end, event.value, event.style in {"'", '"'}))
            self._check_length(event.value, start, TEXT_CHARACTERS, "divide it into several texts")
            return
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Items
        node = kind(self.source, start, end)
        self._add(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > YAML_DEPTH.most:
            hint = "nest less; check for brackets typed by mistake"
            self._too_large(start, f"values are nested more than {YAML_DEPTH.most} deep", hint)

    def _check_length(self, text: str, start: int, limit: Limit, hint: str) -> None:
        if len(text) > limit.most:
            message = f"{limit.of} can't have {len(text):,} characters; the limit is {limit.most:,}"
            self._too_large(start, message, hint)

    def _too_large(self, start: int, message: str, hint: str) -> NoReturn:
        raise ContentError([Diagnostic(Code.TOO_LARGE, self.source.span(start), message, hint)])

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = self.root or node
            return
        parent = self._open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif self._keys[-1] is None:
            self._key(node)
        else:
            key, self._keys[-1] = self._keys[-1], None
            if ":" not in self.source.text[key.end : max(node.start, key.end)]:
                self._unquoted(key)
            if key.text not in parent.values:
                parent.keys[key.text] = key
                parent.values[key.text] = node

    def _key(self, node: Node) -> None:
        parent = self._open[-1]
        if not isinstance(node, Scalar):
            self._unsupported(node.start, node.end, "a key that isn't a text", "use a word")
            node = Scalar(self.source, node.start, node.end, f"\0{node.start}", True)
        self._check_length(node.text, node.start, KEY_CHARACTERS, "give it a shorter name")
        if isinstance(parent, Mapping) and node.text in parent.keys:
            first = parent.keys[node.text].span
            self.faults.append(
                Diagnostic(
                    Code.DUPLICATE_KEY,
                    node.span,
                    f"{node.text!r} stands here again; it is first on line {first.line}",
                    "delete one of the two, or give this one another name",
                )
            )
        self._keys[-1] = node

    def _unquoted(self, key: Scalar) -> None:
        """A reference that begins a text without quotes is a mapping to YAML."""
        message = f"{key.text!r} stands alone, where YAML wants a key and a value"
        hint = f"put the text in quotes, if {{{key.text}}} is a reference"
        self.faults.append(Diagnostic(Code.YAML_SYNTAX, key.span, message, hint))

    def _close(self, end: int) -> None:
        node = self._open.pop()
        self._keys.pop()
        object.__setattr__(node, "end", max(end, node.start + 1))

    def _unsupported(self, start: int, end: int, what: str, hint: str) -> None:
        span = self.source.span(start, end)
        self.faults.append(
            Diagnostic(Code.YAML_FEATURE, span, f"{what} isn't used in briefings", hint)
        )
