"""YAML files as nodes that know their place.

In: a file. Out: a tree of `Node`. Text is taken as it is written: nothing becomes a date, a number
or a boolean here, so `1992-05`, `no` and `012` stay what the writer typed. The tree is built from
PyYAML's event stream, so depth and size are limited before anything is built; anchors, aliases and
tags are refused, so every value stands in one place.

Errors: `ContentError`, with every fault that one reading can tell apart.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import YAML_BYTES, YAML_DEPTH

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Embeddings and overrides (Unicode Standard Annex 9, 2.1 and 2.2) can show a date backwards.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e")
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


def read(path: Path, name: str) -> Node:
    """Read one YAML file into nodes.

    `name` is what diagnostics call the file. Raises `ContentError`.
    """
    source = Source(name, _decode(path, name))
    if faults := list(_bad_characters(source)):
        raise ContentError(faults)
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


def _decode(path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _fault(
            Code.MISSING_FILE,
            Span(name),
            f"the file can't be read: {error.strerror}",
            "check its name and its permissions",
        ) from None
    if len(data) > YAML_BYTES.most:
        raise _fault(
            Code.TOO_LARGE,
            Span(name),
            f"the file has {len(data):,} bytes; the limit is {YAML_BYTES.most:,}",
            "divide it into several briefings",
        )
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


def _is_bad(char: str) -> bool:
    if char in "\n\t":
        return False
    category = unicodedata.category(char)
    return category in {"Cc", "Cs", "Zl", "Zp"} or char in _BIDI or char in "\ufffe\uffff"


def _bad_character(char: str, span: Span) -> Diagnostic:
    label = unicodedata.name(char, "control character")
    return Diagnostic(
        Code.BAD_CHARACTER,
        span,
        f"U+{ord(char):04X} ({label.lower()}) can't be published",
        "delete it; it may be invisible in your editor",
    )


def _bad_characters(source: Source) -> Iterator[Diagnostic]:
    if source.text.isascii() and source.text.isprintable():
        return
    for position, char in enumerate(source.text):
        if not char.isprintable() and _is_bad(char):
            yield _bad_character(char, source.span(position))


def _bad_escapes(node: Node) -> Iterator[Diagnostic]:
    """Characters that a double-quoted text writes as an escape."""
    if isinstance(node, Scalar) and node.quoted and not node.text.isprintable():
        for char in sorted(filter(_is_bad, set(node.text))):
            yield _bad_character(char, node.span)
    for child in node.children():
        yield from _bad_escapes(child)


_QUOTE = "put a text that begins with a brace, bracket or quote in quotes, and close them"
# What libyaml says, and the way out. The first that is in its words counts.
_MENDS = (
    ("mapping values are not allowed", "put the text in quotes: it holds a colon and a space"),
    ("could not find expected ':'", "put a colon and a space after the key"),
    ("cannot start any token", "put the text in quotes, or indent by spaces in place of tabs"),
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
)


def _syntax(error: yaml.MarkedYAMLError, source: Source) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error)
    mend = next((m for words, m in _MENDS if words in problem), "compare it with a line that works")
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

    def feed(self, event: yaml.Event) -> None:
        """Take the next event."""
        assert event.start_mark
        assert event.end_mark
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._unsupported(start, end, "a second document", "keep one document in a file")
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
            return
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Items
        node = kind(self.source, start, end)
        self._add(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > YAML_DEPTH.most:
            raise _fault(
                Code.TOO_LARGE,
                self.source.span(start),
                f"values are nested more than {YAML_DEPTH.most} deep",
                "nest less; check for brackets typed by mistake",
            )

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
