"""What there is to build, and what is made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefpress import press, tasks
from briefpress.atomic import put_in_place
from briefpress.diagnostics import Code, ContentError
from briefpress.look import Templates
from briefpress.tasks import find_tasks
from tests.conftest import FORMATS
from tests.source import ROOT


def bytes_of(output: Path) -> dict[str, bytes]:
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def test_nothing_is_put_in_place_before_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        put_in_place({tmp_path / "first": b"new", tmp_path / "file" / "second": b"new"})
    assert bytes_of(tmp_path) == {"first": b"old", "file": b""}


# Templates that lose something


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates, which the build takes instead."""
    copied = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", copied)
    monkeypatch.setattr(tasks, "find_templates", lambda _: Templates((copied,)))
    return copied


def lose_the_second_section(templates: Path) -> None:
    template = templates / "section.html.j2"
    text = template.read_text("utf-8")
    template.write_text(f'{{% if section.id != "second" %}}{text}{{% endif %}}', "utf-8")


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_template_that_drops_a_section_leaves_nothing_to_publish(
    content: Path, templates: Path, format_name: str
) -> None:
    lose_the_second_section(templates)
    for task in find_tasks(content, content.parent / "out", formats=[format_name]):
        outcome = press.build_one(task)
        assert (outcome.entry, outcome.proved) == (None, ())
        found = {fault.code for fault in outcome.faults}
        assert found & {Code.PROOF_SECTION, Code.LAYOUT}


def test_a_build_of_one_edition_writes_nothing(content: Path) -> None:
    task, _ = find_tasks(content, content.parent / "out")
    outcome = press.build_one(task)
    assert [each.path for each in outcome.proved] == [task.target(name) for name in FORMATS]
    assert not task.output.exists()


# What there is to build


def names(content: Path, *wanted: str, languages: list[str] | None = None) -> list[str]:
    tasks = find_tasks(content, Path("out"), wanted, languages or ())
    return [task.name for task in tasks]


def test_all_briefings_are_built_in_the_order_of_their_names(content: Path) -> None:
    assert names(content) == ["alpha.en", "beta.en"]


def test_a_briefing_is_built_in_the_languages_of_the_series_that_it_has(content: Path) -> None:
    (content / "series.yaml").write_text("languages: [ja, en]\n")
    shutil.copy(content / "beta" / "en.yaml", content / "beta" / "ja.yaml")
    assert names(content) == ["alpha.en", "beta.ja", "beta.en"]
    assert names(content, languages=["ja"]) == ["beta.ja"]


def test_folders_without_briefings_are_passed_over(content: Path) -> None:
    (content / "pictures").mkdir()
    (content / "notes.txt").write_text("")
    assert names(content) == ["alpha.en", "beta.en"]


def test_every_briefing_that_is_not_there_is_named(content: Path) -> None:
    with pytest.raises(ContentError) as raised:
        names(content, "alpha", "gamma", "delta")
    assert [str(d.span.file).rpartition("/")[2] for d in raised.value.diagnostics] == [
        "delta",
        "gamma",
    ]
