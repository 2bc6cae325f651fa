"""A document as a draft: the files of a briefing's folder, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefpress.content.characters import bad_characters
from briefpress.content.labels import Labels
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.drafts.blocks import entries
from briefpress.drafts.drafting import Drafting, Element, Remark
from briefpress.drafts.inlines import line, text_of
from briefpress.drafts.markup import Prose
from briefpress.drafts.pandoc import syntax_tree
from briefpress.drafts.pictures import Pictures
from briefpress.drafts.sections import Part, is_prose, parts_of, sections
from briefpress.drafts.writing import Value, yaml_of
from briefpress.typed_dates import Finder

FACTS = "facts.yaml"
# Ends of lines or paragraphs that stand between words.
_LINE_ENDS = "\u0085\u2028\u2029"
_SPACED = frozenset({"summary", "literal", "sections", "sources"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document to make a draft of, and who reads it. `folder` is where its pictures may lie."""

    data: bytes
    name: str
    folder: Path
    pandoc: str


@dataclass(frozen=True, slots=True)
class Order:
    """A draft that is wanted: of which document, in which language, with its labels.

    Without a `language`, it is the document's own if there are labels for it, or else `otherwise`.
    """

    document: Document
    language: str | None
    otherwise: str
    labels: dict[str, Labels]


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of a briefing's folder by their names, and what a person should look at."""

    language: str
    files: dict[str, bytes]
    remarks: tuple[Remark, ...]


def draft(order: Order) -> Draft:
    """Make a draft. Raises `UnreadableError` where Pandoc can't read the document, and
    `RecursionError` where it is nested too deeply.
    """
    document = order.document
    path = Path(document.name)
    tree = syntax_tree(document.pandoc, document.data, path.suffix.lower())
    language = order.language or _language_of(tree["meta"], order)
    labels = order.labels[language]
    finder = Finder(labels.locale, labels.date_words())
    drafting = Drafting(language, finder, Pictures(document.data, document.folder))
    tree = _without_bad_characters(tree, drafting)
    words, facts = _words(tree, drafting, path.stem, labels.words["summary"])
    if drafting.years:
        years = ", ".join(dict.fromkeys(drafting.years))
        drafting.section = None
        drafting.remark("", f"taken for years, and not for numbers: {years}")
    files = {f"{language}.yaml": yaml_of(words, _SPACED).encode()}
    if facts:
        files[FACTS] = yaml_of(facts, _SPACED).encode()
    return Draft(language, files | drafting.pictures.files, tuple(drafting.remarks))


def _language_of(meta: Element, order: Order) -> str:
    """The document's language, if it says one that there are labels for."""
    said = _text(meta.get("lang"))
    for tag in (said, said.partition("-")[0]):
        if LANGUAGE_TAG.fullmatch(tag) and tag in order.labels:
            return tag
    return order.otherwise


def _without_bad_characters(tree: Element, drafting: Drafting) -> Element:
    """The tree without characters that can't be published; each kind of them is one remark."""
    # By what it is: how many there are, and the text that has the first.
    found: dict[str, tuple[int, str]] = {}

    def clean(node: object) -> object:
        if isinstance(node, str):
            return _clean(node, found)
        if isinstance(node, list):
            return [clean(each) for each in node]
        if isinstance(node, dict):
            return {key: clean(each) for key, each in node.items()}
        return node

    cleaned: Element = clean(tree)  # type: ignore[assignment]  # as it was, but for its texts
    for what, (number, words) in found.items():
        drafting.remark(words, what if number == 1 else f"{what} ({number:,} of them)")
    return cleaned


def _clean(text: str, found: dict[str, tuple[int, str]]) -> str:
    parts, here, numbers = [], 0, Counter[str]()
    for start, end, what in bad_characters(text):
        is_gap = text[start] in _LINE_ENDS
        parts += [text[here:start], " " if is_gap else ""]
        here = end
        numbers[f"{what}, and is {'a space now' if is_gap else 'left out'}"] += end - start
    cleaned = "".join([*parts, text[here:]])
    for what, number in numbers.items():
        before, words = found.get(what, (0, cleaned))
        found[what] = before + number, words
    return cleaned


def _words(
    tree: Element, drafting: Drafting, stem: str, summary: str
) -> tuple[dict[str, Value], dict[str, Value]]:
    """What the two files hold. `summary` is what a section is called that is the summary."""
    meta = tree["meta"]
    lead, parts = parts_of(tree["blocks"], drafting)
    title = _line(meta.get("title"), drafting)
    if not title:
        title, lead, parts = _title_of(lead, parts, drafting, stem)
    subtitle, author = _line(meta.get("subtitle"), drafting), _authors(meta.get("author"))
    cover = {"title": title, "subtitle": subtitle, "author": author}
    words: dict[str, Value] = {key: value for key, value in cover.items() if value}
    facts = _facts(meta, drafting)
    if not lead and parts and text_of(parts[0].heading).lower() == summary.lower():
        lead, parts = parts[0].blocks, parts[1:]
    text, lead = _summary(meta, lead, drafting)
    words["summary"] = text or ""
    if drafting.literal:
        words["literal"] = list(dict.fromkeys(drafting.literal))
    if lead:
        parts = [Part(1, [{"t": "Str", "c": stem}], "introduction", lead), *parts]
    words["sections"] = list(sections(parts, drafting))
    if not parts:
        drafting.remark("", "the document has no headings; a person has to make its sections")
    if drafting.sources:
        facts["sources"] = {id_: dict(each) for id_, each in drafting.sources.items()}
    return words, facts


def _title_of(
    lead: list[Element], parts: list[Part], drafting: Drafting, stem: str
) -> tuple[str, list[Element], list[Part]]:
    """A title where the document states none: its first heading, if it is above all others."""
    first = parts[0] if len(parts) > 1 and not lead else None
    if first and all(part.level > first.level for part in parts[1:]):
        title = line(first.heading, drafting, notes=False)
        drafting.anchors = {a: i for a, i in drafting.anchors.items() if i != first.id_}
        return title, first.blocks, parts[1:]
    drafting.remark(stem, "the document states no title; the name of its file stands for it")
    return stem, lead, parts


def _summary(
    meta: Element, lead: list[Element], drafting: Drafting
) -> tuple[Prose | None, list[Element]]:
    """The abstract, or else the paragraphs before the first heading; and what is left of those."""
    abstract = meta.get("abstract") or meta.get("description")
    if abstract:
        return is_prose(list(entries(_blocks(abstract), drafting))), lead
    text = is_prose(list(entries(lead, drafting))) if lead else None
    if text is None:
        drafting.remark("summary:", "a person has to write the summary")
        return None, lead
    return text, []


def _facts(meta: Element, drafting: Drafting) -> dict[str, Value]:
    """The date of the document, as the day of issue."""
    typed = _text(meta.get("date"))
    if not typed:
        return {}
    if edtf := drafting.finder.only(typed):
        return {"issued": edtf}
    drafting.remark("", f"the document's date isn't read, and is left out: {typed!r}")
    return {}


# Metadata: texts, inlines, blocks or lists of them


def _blocks(value: Element | None) -> list[Element]:
    match value:
        case {"t": "MetaBlocks", "c": blocks}:
            return list(blocks)
        case {"t": "MetaInlines", "c": inlines}:
            return [{"t": "Para", "c": inlines}]
        case {"t": "MetaString", "c": text}:
            return [{"t": "Para", "c": [{"t": "Str", "c": text}]}]
        case {"t": "MetaList", "c": each}:
            return [block for one in each for block in _blocks(one)]
    return []


def _inlines(value: Element | None) -> list[Element]:
    paragraphs = [b["c"] for b in _blocks(value) if b["t"] in {"Para", "Plain"}]
    return [inline for each in paragraphs for inline in [*each, {"t": "Space"}]]


def _text(value: Element | None) -> str:
    return text_of(_inlines(value))


def _line(value: Element | None, drafting: Drafting) -> str:
    return line(_inlines(value), drafting, notes=False)


def _authors(value: Element | None) -> str:
    each: Iterable[Element] = value["c"] if value and value["t"] == "MetaList" else [value or {}]
    return ", ".join(filter(None, map(_text, each)))
