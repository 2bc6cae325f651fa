"""The briefings that are measured with are what they say they are."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from bench.corpus import SIZES, write, write_many
from bench.edition import read
from bench.edits import Writer
from briefpress import model, press
from briefpress.tasks import find_tasks, read_edition


@pytest.mark.parametrize("size", SIZES)
def test_it_has_no_faults_and_every_kind_of_block(tmp_path: Path, size: str) -> None:
    briefing = read(write(size, tmp_path)).briefing
    kinds = {type(node) for node in model.walk(briefing)}
    blocks = set(get_args(get_args(model.Block)[0]))
    assert {each for each in blocks if not issubclass(each, model.Drawn)} <= kinds
    tables = [node for node in model.walk(briefing) if isinstance(node, model.Table)]
    assert max(len(table.rows) for table in tables) == SIZES[size].rows


def test_it_has_the_same_words_each_time(tmp_path: Path) -> None:
    one, two = (read(write("M", tmp_path / name)).briefing for name in ("one", "two"))
    assert one.digest == two.digest


# Many small ones


def contents_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_small_ones_have_the_same_bytes_each_time_and_fewer_are_the_first(tmp_path: Path) -> None:
    few, more = (contents_of(write_many(n, tmp_path / f"{n}")) for n in (3, 5))
    assert few.items() < more.items()
    assert few == contents_of(write_many(3, tmp_path / "again"))


def test_small_ones_differ_and_have_no_faults(tmp_path: Path) -> None:
    tasks = find_tasks(write_many(200, tmp_path), tmp_path / "output")
    briefings = [read_edition(task)[0] for task in tasks]
    assert len({briefing.digest for briefing in briefings}) == 200
    assert len({briefing.title for briefing in briefings}) > 50


def test_a_small_one_is_as_large_as_s(tmp_path: Path) -> None:
    small = read(write("S", tmp_path)).briefing
    tasks = find_tasks(write_many(20, tmp_path / "many"), tmp_path / "output")
    for task in tasks:
        briefing = read_edition(task)[0]
        assert [s.id for _, s in briefing.all_sections()] == [s.id for _, s in small.all_sections()]
        assert kinds_of(briefing) == kinds_of(small)


def kinds_of(briefing: model.Briefing) -> set[type[model.Node]]:
    return {type(node) for node in model.walk(briefing)}


def test_a_small_one_builds(tmp_path: Path) -> None:
    (task,) = find_tasks(write_many(1, tmp_path), tmp_path / "output")
    outcome = press.build_one(task)
    assert (outcome.faults, outcome.error) == ((), None)
    assert outcome.proved[0].artefact.pages == 3


# Edits


def test_every_edit_makes_another_briefing_without_faults(tmp_path: Path) -> None:
    content = write_many(1, tmp_path)
    writer = Writer(content / "small-001" / "en.yaml")
    digests = {read(content).briefing.digest}
    for _ in range(40):
        writer.edit()
        digests.add(read(content).briefing.digest)
    assert len(digests) == 41
