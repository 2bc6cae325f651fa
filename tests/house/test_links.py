"""Links between the Markdown files lead somewhere; those that leave the project are well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.house.project import files, name_of

PAGES = [path for path in files() if path.suffix == ".md"]


class Link(NamedTuple):
    line: int
    address: str


@cache
def tokens_of(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))


def links_in(page: Path) -> Iterator[Link]:
    """What a page links to, and the pictures that it shows."""
    for token in tokens_of(page):
        for child in token.children or ():
            address = child.attrGet("href") or child.attrGet("src")
            if address is not None:
                yield Link((token.map or [0])[0] + 1, str(address))


@cache
def anchors_of(page: Path) -> frozenset[str]:
    """The names that headings can be linked by, as GitHub and MyST make them."""
    titles = [
        "".join(child.content for child in token.children or ())
        for before, token in zip(tokens_of(page), tokens_of(page)[1:], strict=False)
        if before.type == "heading_open"
    ]
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


def fault_of(page: Path, address: str) -> str | None:
    """What is wrong with an address, if anything is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        named = parts.scheme == "https" and re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.netloc)
        return None if named and not re.search(r"\s", address) else "isn't an address of the Web"
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target not in files() and not (target.is_dir() and address.endswith("/")):
        return "no such file is in the repository"
    if parts.fragment and parts.fragment not in anchors_of(target):
        return "there is no such heading"
    return None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_linked_is_there(page: Path) -> None:
    faults = [
        f"{name_of(page)}:{line}: {address}: {fault}"
        for line, address in links_in(page)
        if (fault := fault_of(page, address))
    ]
    assert faults == []


@pytest.mark.parametrize(
    "address", ["nowhere.md", "content.md#nowhere", "../../etc/passwd", "http://x", "https://a b"]
)
def test_what_isnt_there_is_noticed(address: str) -> None:
    page = next(page for page in PAGES if name_of(page) == "docs/limits.md")
    assert fault_of(page, address) is not None
