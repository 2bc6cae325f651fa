"""The briefings that are measured with are what they say they are."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from bench.edition import read
from bench.corpus import SIZES, write
from briefpress import model


@pytest.mark.parametrize("size", SIZES)
def test_it_has_no_faults_and_every_kind_of_block(tmp_path: Path, size: str) -> None:
    briefing = read(write(size, tmp_path)).briefing
    kinds = {type(node) for node in model.walk(briefing)}
    assert set(get_args(get_args(model.Block)[0])) <= kinds
    tables = [node for node in model.walk(briefing) if isinstance(node, model.Table)]
    assert max(len(table.rows) for table in tables) == SIZES[size].rows


def test_it_has_the_same_words_each_time(tmp_path: Path) -> None:
    one, two = (read(write("M", tmp_path / name)).briefing for name in ("one", "two"))
    assert one.digest == two.digest
