"""Pandoc's blocks as those of a section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from briefpress.drafts.drafting import Drafting, Element, Entry
from briefpress.drafts.inlines import figure, line, markup, text_of
from briefpress.drafts.markup import Chunk, Prose
from briefpress.drafts.tables import table

_ATTRIBUTES = ("—", "–", "―")  # before the name of who is quoted
_NAME_MOST = 100


def entries(blocks: Iterable[Element], drafting: Drafting) -> Iterator[Entry]:
    """The blocks of a section: paragraphs, lists and code as prose, the others each its own."""
    prose: list[Chunk] = []
    for block in blocks:
        own = list(_own(block, drafting))
        if not own:
            prose += _chunks(block, drafting)
        waiting = [each for each in drafting.waiting if each]
        drafting.waiting.clear()
        if prose and (own or waiting):
            yield {"prose": Prose(tuple(prose))}
            prose = []
        yield from own
        yield from waiting
    if prose:
        yield {"prose": Prose(tuple(prose))}


def _own(block: Element, drafting: Drafting) -> Iterator[Entry]:
    """The entry of a block that isn't prose."""
    match block["t"]:
        case "Table":
            yield table(block, drafting)
        case "BlockQuote" if block["c"]:
            quote = _quote(block["c"], drafting)
            yield from [quote] if quote["quote"]["text"].chunks else []
        case "Figure":
            yield from _figure(block, drafting)


def _quote(blocks: list[Element], drafting: Drafting) -> Entry:
    """A quotation. Its last line says who said it, if it begins with a dash and is short."""
    *before, last = blocks
    by = text_of(last["c"]) if last["t"] in {"Para", "Plain"} else ""
    has_name = bool(before) and by.startswith(_ATTRIBUTES) and len(by) <= _NAME_MOST
    text = Prose(tuple(_all(before if has_name else blocks, drafting)))
    if not has_name:
        return {"quote": {"text": text}}
    return {"quote": {"text": text, "by": line(last["c"], drafting).lstrip("—–― ")}}


def _figure(block: Element, drafting: Drafting) -> Iterator[Entry]:
    """A figure: its picture with its caption; what else it holds stays as prose."""
    _, (_, caption), inner = block["c"]
    pictures = [i for each in inner if each["t"] in {"Para", "Plain"} for i in each["c"]]
    images = [each for each in pictures if each["t"] == "Image"]
    captions = [i for each in caption if each["t"] in {"Para", "Plain"} for i in each["c"]]
    if len(images) == 1 and len(pictures) == 1:
        yield from filter(None, [figure(images[0], captions, drafting)])
        return
    drafting.remark(text_of(captions), "a figure of several parts is set as its parts are")
    yield from entries([*inner, *caption], drafting)


def _all(blocks: Iterable[Element], drafting: Drafting) -> Iterator[Chunk]:
    for block in blocks:
        yield from _chunks(block, drafting)


def _chunks(block: Element, drafting: Drafting) -> Iterator[Chunk]:
    """A block as prose. What can't be prose waits until it is over."""
    kind, contents = block["t"], block.get("c", "")
    if kind == "Table":
        drafting.waiting.append(table(block, drafting))
    elif kind == "Figure":
        drafting.waiting += _figure(block, drafting)
    elif kind == "RawBlock":
        drafting.remark("", f"{contents[1].strip()[:60]!r} isn't text, and is left out")
    elif kind in _PROSE:
        yield from _PROSE[kind](contents, drafting)
    else:
        drafting.remark("", f"{kind} isn't known, and is left out")


def _heading(contents: Any, drafting: Drafting) -> Iterator[Chunk]:
    drafting.remark(text_of(contents[2]), "a heading that can't be a section is bold now")
    yield from _paragraph(f"**{line(contents[2], drafting)}**")


def _within_quote(contents: Any, drafting: Drafting) -> Iterator[Chunk]:
    yield from (_within(chunk, "> ", "> ") for chunk in _all(contents, drafting))


def _lines(contents: Any, drafting: Drafting) -> Iterator[Chunk]:
    yield from _paragraph("\\\n".join(markup(each, drafting) for each in contents))


def _paragraph(text: str) -> Iterator[Chunk]:
    text = "\n".join(part.strip() for part in text.removesuffix("\\\n").split("\n"))
    if text.strip("\\\n "):
        yield Chunk(text)


def _code(text: str, drafting: Drafting) -> Iterator[Chunk]:
    found = drafting.finder.find(text)
    drafting.literal += [text[each.start : each.end] for each in found]
    fence = "```"
    while fence in text:
        fence += "`"
    yield Chunk("\n".join([fence, *text.strip("\n").split("\n"), fence]), verbatim=True)


def _bullets(items: Any, drafting: Drafting) -> Iterator[Chunk]:
    yield from _list([("- ", item) for item in items], drafting)


def _numbered(contents: Any, drafting: Drafting) -> Iterator[Chunk]:
    (start, _, _), items = contents
    yield from _list([(f"{n}. ", item) for n, item in enumerate(items, start)], drafting)


def _definitions(terms: Any, drafting: Drafting) -> Iterator[Chunk]:
    drafting.remark(text_of(terms[0][0]), "a list of definitions is a plain list now")
    yield from _list([("- ", _definition(term, said)) for term, said in terms], drafting)


def _list(marked: list[tuple[str, list[Element]]], drafting: Drafting) -> Iterator[Chunk]:
    is_tight = all(b["t"] in {"Plain", *_LISTS} for _, item in marked for b in item)
    for number, (marker, item) in enumerate(marked):
        indent = " " * len(marker)
        inner = list(_all(item, drafting)) or [Chunk("", verbatim=True)]
        for place, chunk in enumerate(inner):
            tight = (is_tight and (number > 0 or place > 0)) or (place > 0 and chunk.tight)
            yield _within(chunk, marker if place == 0 else indent, indent, tight=tight)


def _definition(term: list[Element], said: list[list[Element]]) -> list[Element]:
    """A term in bold, and what is said of it behind a colon."""
    bold = {"t": "Strong", "c": term}
    first, *others = [block for each in said for block in each] or [{"t": "Plain", "c": []}]
    if first["t"] not in {"Para", "Plain"}:
        return [{"t": "Plain", "c": [bold]}, first, *others]
    joined = [bold, {"t": "Str", "c": ":"}, {"t": "Space"}, *first["c"]]
    return [{"t": "Plain", "c": joined}, *others]


def _within(chunk: Chunk, first: str, rest: str, *, tight: bool | None = None) -> Chunk:
    """A chunk inside of something that puts its own before each line."""
    return Chunk(
        chunk.text,
        first + chunk.first,
        rest + chunk.rest,
        chunk.verbatim,
        chunk.tight if tight is None else tight,
    )


_LISTS = {"BulletList", "OrderedList", "DefinitionList"}
_PROSE: dict[str, Callable[[Any, Drafting], Iterator[Chunk]]] = {
    "BlockQuote": _within_quote,
    "BulletList": _bullets,
    "CodeBlock": lambda contents, drafting: _code(contents[1], drafting),
    "DefinitionList": _definitions,
    "Div": lambda contents, drafting: _all(contents[1], drafting),
    "Header": _heading,
    "HorizontalRule": lambda _, __: iter([Chunk("---", verbatim=True)]),
    "LineBlock": _lines,
    "Null": lambda _, __: iter(()),
    "OrderedList": _numbered,
    "Para": lambda contents, drafting: _paragraph(markup(contents, drafting)),
    "Plain": lambda contents, drafting: _paragraph(markup(contents, drafting)),
}
