"""The editions that mutants are made of, each with its files as they are published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from briefpress.diagnostics import Diagnostic
from briefpress.drawing import drawings_of
from briefpress.formats import Edition
from briefpress.proof.examine import prove
from briefpress.proof.expect import expect
from briefpress.proof.expected import Expected
from briefpress.tasks import find_tasks, read_edition
from tests.proof.alterations import PUBLISHERS
from tests.source import CONTENT, ROOT

_SPECIMENS = ROOT / "tests" / "formats"


@dataclass(frozen=True, slots=True)
class Source:
    """A briefing in one language, by its folder."""

    content: Path
    briefing: str
    language: str

    def __str__(self) -> str:
        return f"{self.briefing}.{self.language}"


REAL = Source(CONTENT, "japan-kazakhstan", "en")
SOURCES = (
    REAL,
    Source(_SPECIMENS / "content", "specimen", "en"),
    Source(_SPECIMENS / "content", "specimen", "ja"),
    Source(_SPECIMENS / "cyrillic", "cyrillic", "ru"),
    Source(_SPECIMENS / "cyrillic", "cyrillic", "kk"),
)


@dataclass(frozen=True)
class Publication:
    """An edition, what it must say, and its files by format."""

    edition: Edition
    expected: Expected
    files: dict[str, bytes]

    def faults(self, format_name: str, data: bytes) -> list[Diagnostic]:
        """What the proof has to say of a file."""
        return prove(data, self.expected, f"briefing.{format_name}")


@cache
def published(source: Source) -> Publication:
    """Publish an edition, once a process."""
    (task,) = find_tasks(source.content, Path(), [source.briefing], [source.language])
    briefing, labels = read_edition(task)
    folder = (source.content / source.briefing).resolve()
    drawings = drawings_of(briefing, task.templates, labels)
    edition = Edition(
        briefing, labels, folder, task.templates, 0, task.look.paper, drawings=drawings
    )
    pdf = PUBLISHERS["pdf"](edition)
    edition = replace(edition, pdf=pdf)
    files = {name: PUBLISHERS[name](edition).data for name in PUBLISHERS if name != "pdf"}
    return Publication(edition, expect(briefing, labels), {"pdf": pdf.data, **files})


def faults_of_the_unmutated(source: Source) -> Iterator[Diagnostic]:
    """What the proof has to say of an edition that nobody touched."""
    publication = published(source)
    for name, data in publication.files.items():
        yield from publication.faults(name, data)
