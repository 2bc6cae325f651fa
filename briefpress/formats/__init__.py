"""Formats: each takes a finished briefing and gives back the bytes of one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefpress.content.labels import Labels
from briefpress.model import Briefing


@dataclass(frozen=True, slots=True)
class Edition:
    """What a format is given: the briefing, its labels, its folder, and the templates.

    `epoch` is the time that stands in what is published, in seconds since 1970 (UTC).
    """

    briefing: Briefing
    labels: Labels
    folder: Path
    templates: Path
    epoch: int


@dataclass(frozen=True, slots=True)
class Artefact:
    """A finished file. `pages` is the number of pages where the format has pages."""

    format: str
    data: bytes
    pages: int | None = None
