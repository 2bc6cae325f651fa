"""The list of contents: each heading, and its page where pages are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefpress.diagnostics import Span
from briefpress.proof.expected import Expected, ExpectedPassage
from briefpress.proof.reading import Passage, Reading
from briefpress.proof.said import shown
from briefpress.proof.words import Furniture, align


def contents_faults(
    expected: Expected, found: Reading, have: Passage, pages: Mapping[ExpectedPassage, int | None]
) -> Iterator[tuple[Span | None, str]]:
    """Say in what a list of contents differs, and for which section, if for any.

    `pages` are those on which sections begin. Some formats list the cover and what stands before
    and behind the sections as well.
    """
    (listing,) = (passage for passage in expected.passages if passage.listing)
    others = [p.heading for p in expected.passages if p.span == listing.span]
    sections = [p for p in expected.passages if p.span != listing.span]
    furniture = Furniture((*expected.furniture, *others), found.normal, spaced=found.spaced)
    pieces = [found.normal(_entry(section, pages.get(section))) for section in sections]
    aligned = align(pieces, found.normal(have.text), furniture)
    for section, piece, start in zip(sections, pieces, aligned.starts, strict=True):
        if start is None:
            yield section.span, f"the contents don't say {shown(piece)}"
    for stray in aligned.strays.values():
        yield None, f"{shown(stray)} stands in the contents, and not in the source"


def _entry(section: ExpectedPassage, page: int | None) -> str:
    return section.heading if page is None else f"{section.heading} {page}"
