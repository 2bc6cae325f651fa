"""Mutants of a finished PDF: of its structure tree, and of the content that it points to."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import TypeAlias

import pikepdf

from tests.mutation.editions import Publication
from tests.mutation.glyphs import Glyph, PageWords
from tests.mutation.mutant import Made, Mutant
from tests.mutation.structure import Node, Path, Tree, has_words, kids, put_kids

Do: TypeAlias = Callable[[Tree, Node, Random], str | None]
"""Does something to a node, and says what; None where it can't be done or changes nothing."""

_OTHER_TYPES = {
    **{f"H{n}": ("P", f"H{n + 1}") for n in range(1, 6)},
    "TD": ("TH", "P"),
    "TH": ("TD",),
    "TR": ("P",),
    "Table": ("Sect",),
    **dict.fromkeys(("Note", "FENote"), ("P",)),
    "Reference": ("Span",),
    "Link": ("Span",),
    "L": ("Sect",),
    "Caption": ("P",),
    "BlockQuote": ("Sect",),
    "Figure": ("Sect",),
    "P": ("H2", "BlockQuote"),
}


def save(pdf: pikepdf.Pdf) -> bytes:
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def in_objects(publication: Publication) -> Iterator[Mutant]:
    """Everything that can be done to the elements and the content of the PDF."""
    data = publication.files["pdf"]
    tree = Tree(pikepdf.open(io.BytesIO(data)))
    dated = publication.expected.date_pattern
    for node in tree.nodes:
        kind = node.kind
        if node.mcid >= 0 and dated.search(tree.text(node)) and kind != "contents entry":
            kind = "date"
        if node.mcid != -2:
            for operation, do in (ELEMENT if node.is_element else CONTENT).items():
                yield Mutant(kind, operation, str(node), partial(_make, data, node.path, do))


def _make(data: bytes, path: Path, do: Do, chance: Random) -> Made | None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = Tree(pdf)
        node = next(each for each in tree.nodes if each.path == path)
        what = do(tree, node, chance)
        return (what, save(pdf)) if what is not None else None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


# Elements


def _taken_out(tree: Tree, node: Node, _: Random) -> str | None:
    """Its content becomes an orphan. An element without words matters to nobody."""
    text = tree.text(node)
    if not has_words(text) and node.types[-1] != "Figure":
        return None
    parent = tree.at(node.path[:-1])
    put_kids(parent, [kid for n, kid in enumerate(kids(parent)) if n != node.path[-1]])
    return _shown(text)


def _doubled(tree: Tree, node: Node, _: Random) -> str | None:
    text = tree.text(node)
    if not has_words(text):
        return None
    parent = tree.at(node.path[:-1])
    all_ = kids(parent)
    put_kids(parent, [*all_[: node.path[-1] + 1], *all_[node.path[-1] :]])
    return _shown(text)


def _exchanged(tree: Tree, node: Node, _: Random) -> str | None:
    """With the next kid of the same parent that says something else."""
    parent, index = node.path[:-1], node.path[-1]
    later = (n for n in tree.nodes if n.path[:-1] == parent and n.path[-1] > index and n.mcid > -2)
    own = tree.outline(node)
    other = next((n for n in later if tree.outline(n) != own and has_words(tree.text(n))), None)
    if other is None or not has_words(tree.text(node)):
        return None
    all_ = kids(tree.at(parent))
    all_[index], all_[other.path[-1]] = all_[other.path[-1]], all_[index]
    put_kids(tree.at(parent), all_)
    return f"{_shown(tree.text(node))} with {_shown(tree.text(other))}"


def _moved(tree: Tree, node: Node, _: Random) -> str | None:
    """To the end of the next element of the type of its parent."""
    if not has_words(tree.text(node)) or len(node.path) < 2:
        return None
    around = node.types[-2] if node.is_element else node.types[-1]
    later = (
        n
        for n in tree.nodes
        if n.is_element and n.types[-1] == around and n.path > node.path and _apart(n, node)
    )
    other = next(later, None)
    if other is None:
        return None
    parent = tree.at(node.path[:-1])
    moved = kids(parent)[node.path[-1]]
    if not isinstance(moved, pikepdf.Dictionary):
        page = tree.pdf.pages[node.page].obj
        moved = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page, MCID=node.mcid)
    what = f"{_shown(tree.text(node))} behind {_shown(tree.text(other))}"
    target = tree.at(other.path)
    put_kids(target, [*kids(target), moved])
    put_kids(parent, [kid for n, kid in enumerate(kids(parent)) if n != node.path[-1]])
    if node.is_element:
        moved.P = target
    return what


def _apart(node: Node, other: Node) -> bool:
    return node.path[: len(other.path)] != other.path and node.path != other.path[:-1]


def _other_type(index: int) -> Do:
    def run(tree: Tree, node: Node, _: Random) -> str | None:
        types = _OTHER_TYPES.get(node.types[-1], ())
        if index >= len(types) or not has_words(tree.text(node)):
            return None
        tree.at(node.path).S = pikepdf.Name(f"/{types[index]}")
        return f"{node.types[-1]} made {types[index]}: {_shown(tree.text(node))}"

    return run


def _with(key: str, value: str, *, only: str = "") -> Do:
    """Another value of a key, or one where there is none."""

    def run(tree: Tree, node: Node, _: Random) -> str | None:
        element = tree.at(node.path)
        if (only and node.types[-1] != only) or not (only or has_words(tree.text(node))):
            return None
        was = element.get(key)
        element[key] = pikepdf.String(value)
        return f"{key} {was} made {value!r}: {_shown(tree.text(node))}"

    return run


def _changed(key: str, value: str | None) -> Do:
    def run(tree: Tree, node: Node, _: Random) -> str | None:
        element = tree.at(node.path)
        if key not in element:
            return None
        was = str(element[key])
        if value is None:
            del element[key]
        else:
            element[key] = pikepdf.String(value)
        return f"{key} {was!r} made {value!r}"

    return run


ELEMENT: dict[str, Do] = {
    "taken out": _taken_out,
    "doubled": _doubled,
    "exchanged": _exchanged,
    "moved": _moved,
    "given another type": _other_type(0),
    "given a third type": _other_type(1),
    "given other words to say": _with("/ActualText", "never"),
    "given an alternative": _with("/Alt", "never"),
    "expanded": _with("/E", "never"),
    "alternative taken away": _changed("/Alt", None),
    "given another language": _changed("/Lang", "de"),
    "language taken away": _changed("/Lang", None),
}


# Content


def _emptied(tree: Tree, node: Node, _: Random) -> str | None:
    words = tree.words(node.page)
    text = words.text(node.mcid)
    if not has_words(text):
        return None
    words.clear(node.mcid)
    words.write(tree.pdf)
    return _shown(text)


def _some_glyph(words: PageWords, node: Node, chance: Random) -> Glyph | None:
    """A letter or digit of what the node shows, if it has one."""
    own = [glyph for glyph in words.glyphs(node.mcid) if glyph.text.isalnum()]
    return chance.choice(own) if own else None


def _glyph_changed(tree: Tree, node: Node, chance: Random) -> str | None:
    words = tree.words(node.page)
    glyph = _some_glyph(words, node, chance)
    if glyph is None:
        return None
    of_font = {
        other.code: other.text
        for mcid in words.sequences
        for other in words.glyphs(mcid)
        if other.font == glyph.font and other.text.isalnum() and other.text != glyph.text
    }
    if not of_font:
        return None
    code = chance.choice(sorted(of_font))
    words.put(glyph, code)
    words.write(tree.pdf)
    return f"{glyph.text!r} made {of_font[code]!r} in {_shown(words.text(node.mcid))}"


def _glyph_taken_out(tree: Tree, node: Node, chance: Random) -> str | None:
    words = tree.words(node.page)
    glyph = _some_glyph(words, node, chance)
    if glyph is None:
        return None
    words.put(glyph, b"")
    words.write(tree.pdf)
    return f"{glyph.text!r} out of {_shown(words.text(node.mcid))}"


def _text_exchanged(tree: Tree, node: Node, _: Random) -> str | None:
    """With the next that is on the page in the same font."""
    words = tree.words(node.page)
    own = words.sequences.get(node.mcid, [])
    text = words.text(node.mcid)
    if len(own) != 1 or not has_words(text):
        return None
    for mcid, others in sorted(words.sequences.items()):
        same = len(others) == 1 and words.font_of(others[0]) == words.font_of(own[0])
        if mcid > node.mcid and same and has_words(words.text(mcid)):
            other = words.text(mcid)
            if other.strip() != text.strip():
                words.exchange(own[0], others[0])
                words.write(tree.pdf)
                return f"{_shown(text)} with {_shown(other)}"
    return None


CONTENT: dict[str, Do] = {
    "its text removed": _emptied,
    "a glyph changed": _glyph_changed,
    "a glyph taken out": _glyph_taken_out,
    "its text exchanged": _text_exchanged,
    "taken out": _taken_out,
    "moved": _moved,
}
