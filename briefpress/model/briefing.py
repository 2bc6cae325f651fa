"""A briefing and its sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from briefpress.diagnostics import Span
from briefpress.model.blocks import Blocks, Drawn, Figure, Source
from briefpress.model.inlines import DateMention, Inlines
from briefpress.model.node import Built, Node, walk


class Section(Node):
    """A section. `number` is what is printed before its title ("3.1", "A"), if it has one."""

    id: str
    number: str | None
    annex: bool
    title: Inlines
    blocks: Blocks
    sections: tuple[Section, ...]
    span: Annotated[Span, Built(Span)]

    def with_descendants(self, level: int = 1) -> Iterator[tuple[int, Section]]:
        """The section and all below it, each with its level, in reading order."""
        yield level, self
        for section in self.sections:
            yield from section.with_descendants(level + 1)


class Series(Node):
    """The series that a briefing belongs to."""

    title: str
    publisher: str | None
    identifier: str


class Briefing(Node):
    """One briefing in one language.

    `digest` is the SHA-256 of all that it was made from, as `files` lists it. `locale` is the
    BCP 47 tag by which dates are written and text is hyphenated. `replaces` is the number of an
    earlier edition.
    """

    id: str
    language: str
    locale: str
    series: Series
    title: Inlines
    subtitle: Inlines
    number: str | None
    replaces: str | None
    author: str | None
    handling: str | None
    issued: DateMention | None
    as_of: DateMention | None
    summary: Blocks
    sections: tuple[Section, ...]
    sources: dict[str, Source]
    files: tuple[str, ...]
    digest: str
    span: Annotated[Span, Built(Span)]

    def all_sections(self) -> Iterator[tuple[int, Section]]:
        """Every section with its level, in reading order."""
        for section in self.sections:
            yield from section.with_descendants()

    def figures(self) -> Iterator[Figure]:
        """Every picture, in reading order; one that is shown twice comes twice."""
        return (node for node in walk(self.sections) if isinstance(node, Figure))

    def drawn(self) -> Iterator[Drawn]:
        """Every picture that the press draws itself, in reading order."""
        return (node for node in walk(self.sections) if isinstance(node, Drawn))
