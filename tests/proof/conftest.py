"""The real briefing, published once a worker, for the tests of the proof to spoil."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from briefpress.diagnostics import Code, Diagnostic
from briefpress.drawing import drawings_of
from briefpress.formats import Edition
from briefpress.proof import examine
from briefpress.proof.expect import expect
from briefpress.proof.expected import Expected
from briefpress.tasks import find_tasks, read_edition
from tests.proof.alterations import PUBLISHERS, Alteration, publish, spoil
from tests.source import BRIEFING, CONTENT

Place = tuple[Code, str, int]
"""Of a diagnostic: its code, the name of the YAML file, the line."""

Prove = Callable[[str, Alteration], set[Place]]
"""Proves the briefing in a format, altered."""


def places(faults: list[Diagnostic]) -> set[Place]:
    return {(fault.code, Path(fault.span.file).name, fault.span.line) for fault in faults}


@pytest.fixture(scope="session")
def edition() -> Edition:
    (task,) = find_tasks(CONTENT, Path("output"), [BRIEFING], ["en"])
    briefing, labels = read_edition(task)
    drawings = drawings_of(briefing, task.templates, labels)
    folder = CONTENT / BRIEFING
    return Edition(briefing, labels, folder, task.templates, epoch=0, drawings=drawings)


@pytest.fixture(scope="session")
def expected(edition: Edition) -> Expected:
    return expect(edition.briefing, edition.labels)


@pytest.fixture(scope="session")
def prove(edition: Edition, expected: Expected) -> Prove:
    @cache
    def as_published(format_name: str) -> bytes:
        return PUBLISHERS[format_name](edition).data

    def run(format_name: str, alteration: Alteration) -> set[Place]:
        if format_name == "pdf":
            data = publish(format_name, edition, alteration)
        else:
            data = spoil(format_name, as_published(format_name), alteration)
        return places(examine.prove(data, expected, f"briefing.{format_name}"))

    return run
