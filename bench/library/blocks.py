"""Each kind of block that a section of the library can have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bench.library import prose
from bench.library.facts import FORMS, Entry, form
from bench.library.writer import Writer

PICTURES = ["trade.svg", "curve.svg", "square.png"]
_BULLET = "\n- "


def _prose(writer: Writer, text: Callable[[Writer], str]) -> Entry:
    return {"prose": text(writer)}


def _key_points(writer: Writer) -> Entry:
    return {"key-points": [writer.noted("points") for _ in range(writer.chance.randint(1, 5))]}


def _quote(writer: Writer) -> Entry:
    text = writer.noted("quotes")
    if writer.chance.random() < 0.3:
        text += f"\n\n{writer.sentence()}"
    if writer.chance.random() < 0.2:
        text += f"\n{_BULLET}{writer.any('items')}{_BULLET}{writer.any('items')}"
    quote = {"text": text}
    if writer.chance.random() < 0.6:
        quote["by"] = writer.noted("by", 0.1)
    return {"quote": quote}


def _figure(writer: Writer) -> Entry:
    figure = {
        "file": writer.chance.choice(PICTURES),
        "alt": writer.chance.choice(writer.words.lists["alts"]),
        "caption": writer.noted("figures", 0.25),
    }
    if writer.chance.random() < 0.5:
        figure["credit"] = writer.noted("credits", 0.1)
    return {"figure": figure}


def _box(writer: Writer) -> Entry:
    chance = writer.chance
    kinds = [prose.plain, prose.lists, prose.one_line, prose.quotation, prose.inner_table]
    text = chance.choice(kinds)(writer)
    return {"box": {"title": writer.noted("boxes", 0.05), "text": text}}


def _margin_facts(writer: Writer) -> Entry:
    facts = [
        {"label": writer.noted("labels", 0.03), "value": writer.noted("values", 0.08)}
        for _ in range(writer.chance.randint(1, 5))
    ]
    return {"margin-facts": {"title": writer.any("margins"), "facts": facts}}


# Tables


def _table(writer: Writer, columns: tuple[int, int], rows: tuple[int, int]) -> Entry:
    chance = writer.chance
    width, height = chance.randint(*columns), chance.randint(*rows)
    head = chance.sample(writer.words.lists["columns"], width)
    table: Entry = {"caption": writer.noted("captions", 0.15), "head": head}
    named = chance.random() < 0.5
    if named:
        table["row-headers"] = True
    numeric = [name for name in head[1:] if chance.random() < 0.3]
    if numeric:
        table["numeric"] = numeric
    short = width > 5
    table["rows"] = [
        [_cell(writer, column, named, head[column] in numeric, short) for column in range(width)]
        for _ in range(height)
    ]
    if chance.random() < 0.4:
        table["note"] = writer.noted("table-notes", 0.2)
    return {"table": table}


def _cell(writer: Writer, column: int, named: bool, numeric: bool, short: bool) -> str:
    if column == 0 and named:
        return writer.any("row-names")
    if writer.chance.random() < 0.12:
        return ""
    if numeric or short:
        return writer.fill(writer.chance.choice(["<n>", "<big>", "<n>", "–", "½", "0"]))
    return writer.noted("cells", writer.notes / 3)


# What is made of facts


def _chronology(writer: Writer) -> Entry:
    if not writer.facts.ids("events"):
        return _prose(writer, prose.one_line)
    kinds = _kinds(writer)
    return {"chronology": {"kind": kinds} if kinds and writer.chance.random() < 0.3 else {}}


def _visits(writer: Writer) -> Entry:
    kinds = _kinds(writer)
    if "visit" not in kinds:
        return _prose(writer, prose.one_line)
    visits: Entry = {"caption": writer.noted("captions", 0.1)}
    if writer.chance.random() < 0.4:
        visits["kind"] = kinds
    return {"visits": visits}


def _kinds(writer: Writer) -> list[str]:
    """One or two of the kinds of events that there are, visits first."""
    events: Entry = writer.facts.entries["events"]
    kinds = sorted({event["kind"] for event in events.values() if "kind" in event}, reverse=True)
    return kinds[: writer.chance.randint(1, 2)]


def _people(writer: Writer) -> Entry:
    people = writer.facts.ids("people")
    if writer.chance.random() < 0.3:
        return {"people": {"only": writer.chance.sample(people, (len(people) + 1) // 2)}}
    return {"people": {}}


def _documents(writer: Writer) -> Entry:
    return {"documents": [_document(writer) for _ in range(writer.chance.randint(1, 5))]}


def _document(writer: Writer) -> Entry:
    chance = writer.chance
    document: Entry = {"title": writer.any("documents"), "says": writer.noted("says")}
    events = writer.facts.ids("events")
    if events and chance.random() < 0.4:
        document["event"] = chance.choice(events)
    elif chance.random() < 0.5:
        document["date"] = FORMS[form(chance)](chance)
    if chance.random() < 0.5:
        document["url"] = f"https://example.org/documents/{chance.randint(1, 99)}?a=1&b=2"
    return document


def _bare(name: str) -> Callable[[Writer], Entry]:
    return lambda _: {name: {}}


_KINDS: dict[str, Callable[[Writer], Entry]] = {
    "one-line": partial(_prose, text=prose.one_line),
    "filling": partial(_prose, text=prose.filling),
    "lists": partial(_prose, text=prose.lists),
    "quotation": partial(_prose, text=prose.quotation),
    "code": partial(_prose, text=prose.code),
    "inner-table": partial(_prose, text=prose.inner_table),
    "rule": partial(_prose, text=prose.rule),
    "key-points": _key_points,
    "quote": _quote,
    "figure": _figure,
    "box": _box,
    "margin-facts": _margin_facts,
    "table": partial(_table, columns=(2, 5), rows=(1, 9)),
    "narrow-table": partial(_table, columns=(1, 1), rows=(1, 6)),
    "wide-table": partial(_table, columns=(8, 12), rows=(2, 25)),
    "long-table": partial(_table, columns=(4, 6), rows=(200, 200)),
    "chronology": _chronology,
    "visits": _visits,
    "people": _people,
    "documents": _documents,
    "sources": _bare("sources"),
    "index": _bare("index"),
}


def block(kind: str, writer: Writer, sentences: tuple[int, int]) -> Entry:
    """A block of a kind. `sentences` is how long paragraphs are."""
    if kind == "prose":
        return {"prose": prose.plain(writer, *sentences)}
    return _KINDS[kind](writer)
