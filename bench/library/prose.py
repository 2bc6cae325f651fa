"""Kinds of prose: paragraphs, lists, quotations, code, tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import indent

from bench.library.writer import Writer


def plain(writer: Writer, least: int = 1, most: int = 5) -> str:
    """One to three paragraphs."""
    chance = writer.chance
    count = chance.choice([1, 1, 1, 2, 3])
    return "\n\n".join(_paragraph(writer, chance.randint(least, most)) for _ in range(count))


def one_line(writer: Writer) -> str:
    """A sentence."""
    return writer.sentence()


def filling(writer: Writer) -> str:
    """A paragraph that fills a page and more, between short ones."""
    long = _paragraph(writer, writer.chance.randint(25, 50))
    parts = [writer.sentence(), long, writer.sentence(), _paragraph(writer, 12)]
    writer.chance.shuffle(parts)
    return "\n\n".join(parts)


def _paragraph(writer: Writer, sentences: int) -> str:
    """A paragraph, on one line or wrapped, perhaps with a break in it."""
    chance = writer.chance
    text = writer.paragraph(sentences)
    if chance.random() < 0.5:
        text = _wrapped(text, chance.randint(40, 100), wide=writer.words.wide)
    if chance.random() < 0.08:
        text += f"\\\n{writer.sentence()}"
    return text


def _wrapped(text: str, width: int, *, wide: bool) -> str:
    """The text in lines; no line begins with what Markdown would take for a list or a quotation."""
    if wide:
        return re.sub(rf"(.{{{width // 3}}}[、。])(?=[\w{{])", r"\1\n", text)
    lines, line = [], ""
    for word in text.split(" "):
        whole = all(line.count(a) == line.count(b) for a, b in ("{}", "[]", "()"))
        if len(line) + len(word) > width and whole and "`" not in line and word[:1].isalpha():
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


# Lists


def lists(writer: Writer) -> str:
    """A list of some depth between paragraphs, now and then at the very beginning or end."""
    chance = writer.chance
    parts = [_list(writer, chance.randint(1, 4))]
    if chance.random() < 0.7:
        parts.insert(0, writer.sentence())
    if chance.random() < 0.5:
        parts.append(_paragraph(writer, 2))
    return "\n\n".join(parts)


def _list(writer: Writer, depth: int) -> str:
    """A list, loose or tight, with or without numbers, and what is nested in it."""
    chance = writer.chance
    start = chance.choice([None, None, 1, 1, 3, 12, 99])
    loose = "\n\n" if chance.random() < 0.4 else "\n"
    items = []
    for number in range(chance.randint(1, 5)):
        marker = "-" if start is None else f"{start + number}."
        body = "\n\n".join(_item(writer, depth))
        items.append(f"{marker} {indent(body, ' ' * (len(marker) + 1)).lstrip()}")
    return loose.join(items)


def _item(writer: Writer, depth: int) -> Iterator[str]:
    """What an item holds: a few words or a sentence, and perhaps more below."""
    chance = writer.chance
    yield writer.noted("items") if chance.random() < 0.6 else writer.sentence()
    if depth > 1 and chance.random() < 0.5:
        yield _list(writer, depth - 1)
    if chance.random() < 0.12:
        yield _paragraph(writer, 2)
    if chance.random() < 0.08:
        yield _quoted(writer.any("quotes"))
    if chance.random() < 0.06:
        yield _fence(writer)


# Quotations, code, rules, tables


def quotation(writer: Writer) -> str:
    """A quotation in prose, perhaps with a list or another quotation in it."""
    chance = writer.chance
    inner = [writer.any("quotes") + writer.note(writer.notes)]
    if chance.random() < 0.4:
        inner.append(_list(writer, 2))
    if chance.random() < 0.3:
        inner.append(_quoted(writer.sentence()))
    quoted = _quoted("\n\n".join(inner))
    return f"{writer.sentence()}\n\n{quoted}\n\n{writer.sentence()}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def code(writer: Writer) -> str:
    """Code with odd spacing, in a fence or indented."""
    if writer.chance.random() < 0.5:
        return f"{writer.sentence()}\n\n{_fence(writer)}"
    return f"{writer.sentence()}\n\n{indent(_code(writer), '    ')}\n\n{writer.sentence()}"


def _fence(writer: Writer) -> str:
    return f"```\n{_code(writer)}\n```"


def _code(writer: Writer) -> str:
    lines = writer.words.lists["code-lines"]
    count = writer.chance.choice([1, 2, 4, 7])
    chosen = [writer.chance.choice(lines) for _ in range(count)]
    return "\n".join(line.replace("<own>", "Velm") for line in chosen).strip("\n") or "x"


def rule(writer: Writer) -> str:
    """A rule between two paragraphs."""
    return f"{plain(writer, 1, 2)}\n\n***\n\n{writer.sentence()}"


def inner_table(writer: Writer) -> str:
    """A table in Markdown, with columns to the left, the middle and the right."""
    chance = writer.chance
    width = chance.randint(1, 4)
    lines = [
        [writer.words.lists["columns"][chance.randrange(8)] for _ in range(width)],
        [chance.choice(["---", ":--", ":-:", "--:"]) for _ in range(width)],
        *([_cell(writer) for _ in range(width)] for _ in range(chance.randint(1, 6))),
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{writer.sentence()}\n\n{table}\n\n{writer.sentence()}"


def _cell(writer: Writer) -> str:
    if writer.chance.random() < 0.15:
        return ""
    text = writer.noted("cells")
    # A bar ends a cell, in a reference as well.
    return re.sub(r"(?<!\\)\|", r"\\|", text)
