"""The structure tree of a PDF, with pikepdf: its elements by their places, and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pikepdf

from tests.mutation.glyphs import PageWords

Path: TypeAlias = tuple[int, ...]

# What content is of, by the innermost of these elements around it.
_KINDS = {
    **dict.fromkeys(("Note", "FENote"), "note"),
    **dict.fromkeys(("TD", "TH"), "cell"),
    "TR": "row",
    **dict.fromkeys(("Table", "THead", "TBody"), "table"),
    "Link": "link",
    "Reference": "note",
    **dict.fromkeys(("TOCI", "TOC"), "contents entry"),
    **dict.fromkeys(("H1", "H2", "H3", "H4", "H5", "H6", "Sect"), "section"),
    "Caption": "caption",
    "BlockQuote": "quotation",
    "Figure": "picture",
    "Code": "code",
    **dict.fromkeys(("L", "LI", "Lbl", "LBody"), "list item"),
    "P": "paragraph",
}


_NOTES = {"Note", "FENote"}


@dataclass(frozen=True, slots=True)
class Node:
    """A kid of the structure tree: an element, or marked content on a page.

    `types` are those of the elements around it, from the root, its own last. `mcid` is -1 for
    elements, and -2 for the annotation that an element is about.
    """

    path: Path
    types: tuple[str, ...]
    kid: pikepdf.Object
    page: int
    mcid: int

    @property
    def is_element(self) -> bool:
        return self.mcid == -1

    @property
    def kind(self) -> str:
        """What it is of."""
        if self.is_element and self.types[-1] == "Span" and "/Lang" in self.kid:
            return "language"
        if "TOCI" in self.types:
            return "contents entry"
        for type_ in reversed(self.types):
            if type_ == "Lbl" and _NOTES & set(self.types):
                continue
            if type_ in _KINDS:
                return _KINDS[type_]
        return "paragraph"

    def __str__(self) -> str:
        return f"{'/'.join(self.types)} {'.'.join(map(str, self.path))}"


class Tree:
    """The tree of an open PDF, and the words on its pages."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._words: dict[int, PageWords] = {}
        self.nodes = list(self._walk(pdf.Root.StructTreeRoot, (), (), 0))

    def words(self, page: int) -> PageWords:
        """The words on a page."""
        if page not in self._words:
            self._words[page] = PageWords(self.pdf.pages[page])
        return self._words[page]

    def text(self, node: Node) -> str:
        """What a node says."""
        return "".join(
            self.words(each.page).text(each.mcid)
            for each in self.nodes
            if each.mcid >= 0 and each.path[: len(node.path)] == node.path
        )

    def outline(self, node: Node) -> list[tuple[tuple[str, ...], str]]:
        """What a node says, and as what: two that have the same outline read the same."""
        return [
            (each.types[len(node.types) - 1 :], self.words(each.page).text(each.mcid))
            for each in self.nodes
            if each.mcid >= 0 and each.path[: len(node.path)] == node.path
        ]

    def at(self, path: Path) -> pikepdf.Object:
        """The element at a path."""
        element = self.pdf.Root.StructTreeRoot
        for index in path:
            element = kids(element)[index]
        return element

    def _walk(
        self, element: pikepdf.Object, path: Path, types: tuple[str, ...], page: int
    ) -> Iterator[Node]:
        page = self._pages[element.Pg.objgen] if "/Pg" in element else page
        for index, kid in enumerate(kids(element)):
            here = (*path, index)
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                inner = (*types, str(kid.S)[1:])
                yield Node(here, inner, kid, page, -1)
                yield from self._walk(kid, here, inner, page)
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                own = self._pages[kid.Pg.objgen] if "/Pg" in kid else page
                yield Node(here, types, kid, own, int(kid.MCID))
            elif isinstance(kid, pikepdf.Dictionary):
                yield Node(here, types, kid, page, -2)
            else:
                yield Node(here, types, kid, page, int(kid))


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The kids of an element (ISO 32000-1, 14.7.2, K)."""
    value = element.get("/K")
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def put_kids(element: pikepdf.Object, value: list[pikepdf.Object]) -> None:
    element.K = pikepdf.Array(value)


def has_words(text: str) -> bool:
    """Whether a text has any letter or digit, without which nothing is said."""
    return re.search(r"[^\W_]", text) is not None
