"""What changes while a run is under way costs one edition, or another build, and no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefpress import press_run, stamp, tasks
from briefpress.executors import scratch
from briefpress.ledger import Ledger
from briefpress.look import Templates
from briefpress.press import Outcome, build_one
from briefpress.press_run import Happening, Left, Order, Plan, run
from briefpress.survey import Survey
from briefpress.tasks import find_tasks
from tests.publishing.outputs import bytes_of, manifest_of
from tests.source import ROOT


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built-in templates, which is built with instead."""
    copied = shutil.copytree(ROOT / "templates", tmp_path / "built-in" / "templates")
    monkeypatch.setattr(tasks, "find_templates", lambda _: Templates((copied,)))
    return copied


def running(content: Path, output: Path) -> Iterator[Happening]:
    return run(find_tasks(content, output, formats=["html"]), Order(jobs=1))


def plan_of(happened: list[Happening]) -> Plan:
    (plan,) = (each for each in happened if isinstance(each, Plan))
    return plan


def test_what_is_built_while_a_template_changes_is_built_again(
    content: Path, templates: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    stylesheet = templates / "css" / "web.css"
    before = stylesheet.read_text()
    happening = running(content, output)
    assert isinstance(next(happening), Plan)
    stylesheet.write_text(f"{before}h2 {{ color: red }}\n")
    assert [left.statuses for left in happening if isinstance(left, Left)] == [None]
    stylesheet.write_text(before)
    assert plan_of(list(running(content, output))).stale == 2
    list(running(content, tmp_path / "clean"))
    assert bytes_of(output) == bytes_of(tmp_path / "clean")


def test_content_that_goes_bad_after_it_was_looked_at_holds_nobody_back(
    content: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    shutil.copytree(content / "beta", content / "gamma")
    happening = running(content, output)
    assert isinstance(next(happening), Plan)
    figures = content / "beta" / "figures"
    figures.mkdir()
    for number in range(2_001):
        (figures / f"{number}").touch()
    outcomes = {each.task.name: each for each in happening if isinstance(each, Outcome)}
    assert {name: len(each.faults) for name, each in outcomes.items()} == {
        "alpha.en": 0,
        "beta.en": 1,
        "gamma.en": 0,
    }
    assert [entry["id"] for entry in manifest_of(output)] == ["alpha", "gamma"]


def test_what_hinders_one_edition_hides_no_fault_of_another(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    alpha, beta = find_tasks(content, output, formats=["html"])
    words = content / "alpha" / "en.yaml"
    words.write_text(words.read_text().replace("It went on", "It went {nowhere}"))
    with scratch():
        outcomes = [build_one(alpha), build_one(beta)]
    (output / "beta" / "beta.en.html").mkdir(parents=True)
    survey = Survey([beta], anew=False)
    faulty, hindered = press_run._put_in_place(outcomes, survey)
    assert isinstance(faulty, Outcome)
    assert isinstance(hindered, Outcome)
    assert (len(faulty.faults), faulty.error) == (1, None)
    assert isinstance(hindered.error, IsADirectoryError)
    assert hindered == replace(outcomes[1], entry=None, proved=(), error=hindered.error)


# Caches that are nowhere, or no caches


def test_without_a_home_there_is_no_cache(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as where nobody knows it
    monkeypatch.chdir(tmp_path)
    assert stamp.cache_folder() is None
    list(running(content, tmp_path / "out"))
    stamp.write(["build"], "all well", {})
    assert stamp.holds(["build"]) is None
    assert {path.name for path in tmp_path.iterdir()} == {"content", "out"}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"inputs": {"alpha.en": []}}', '{"published": {"x": 1}, "groups": []}']
)
def test_a_ledger_that_is_none_is_passed_over(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    output = tmp_path / "out"
    list(running(content, output))
    ledgers = list((tmp_path / "caches" / "briefpress").glob("*.json"))
    assert len(ledgers) == 2
    for ledger in ledgers:
        ledger.write_text(text)
    assert plan_of(list(running(content, output))).stale == 0
    assert Ledger(output).inputs("alpha.en") is not None


@pytest.mark.parametrize("standard_output", ["closed", "full"])
def test_a_line_that_cannot_be_printed_ends_as_any_build_would(
    content: Path, tmp_path: Path, standard_output: str
) -> None:
    command = f"{sys.executable} {ROOT}/build.py --content {content} --output out --format html"
    once = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True)
    assert b"proved" in once.stdout
    redirect = {"closed": ">&-", "full": "> /dev/full"}[standard_output]
    again, forced = (
        subprocess.run(f"{command} {more} {redirect}", shell=True, cwd=tmp_path, check=False)
        for more in ("", "--force")
    )
    assert again.returncode == forced.returncode
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["briefings"]
