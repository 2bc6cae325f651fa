"""Every input that fuzzing kept, among them what it found, is given to its target again."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.targets import NAMES, target_of
from tests.source import ROOT

CORPUS = ROOT / "fuzz" / "corpus"
INPUTS = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_a_target_has_a_corpus(name: str) -> None:
    assert any(path.parent.name == name for path in INPUTS)


def test_a_corpus_has_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(NAMES)


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in INPUTS) < 1_000_000


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_found(path: Path) -> None:
    target_of(path.parent.name)(path.read_bytes())
