"""The key is over all that a job reads, and whatever changes one of it changes the key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefpress import keys
from briefpress.keys import Surroundings, key_of, sha256_of
from briefpress.look import Look
from briefpress.press import job_of, project_of
from briefpress.tasks import Task, find_tasks
from briefpress.tree import Tree
from tests.formats.conftest import SPECIMEN
from tests.source import ROOT

# Does a job, and prints the files that were opened meanwhile.
SPY = """
import json, os, sys
from pathlib import Path
from briefpress.keys import Surroundings, sha256_of
from briefpress.press import job_of, perform, project_of
from briefpress.tasks import find_tasks

content, project = Path(sys.argv[1]), Path(sys.argv[2])
task = find_tasks(content, Path("out"), languages=["ja"], project=project)[0]
tree = project_of(task)
job = job_of(task, tree, Surroundings(sha256_of, tree))
opened = []
sys.addaudithook(lambda event, given: opened.append(given) if event == "open" else None)
outcome = perform(job)
assert not outcome.faults, outcome.faults
print(json.dumps([os.fsdecode(path) for path, mode, flags in opened
                  if isinstance(path, (str, bytes)) and not flags & (os.O_WRONLY | os.O_RDWR)]))
"""


def test_a_job_reads_nothing_that_its_key_is_not_over(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "css").mkdir(parents=True)
    (project / "css" / "theme.css").write_text("h2 { margin-top: 1em }\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SPY, str(SPECIMEN), str(project)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    opened = {path for name in json.loads(done.stdout) if (path := Path(name).resolve()).is_file()}
    known = [scratch.resolve(), ROOT / "templates", ROOT / "briefpress"]
    known += [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib")]
    assert [path for path in opened if not any(path.is_relative_to(each) for each in known)] == []
    ours = {
        path.relative_to(ROOT).as_posix() for path in opened if ROOT / "templates" in path.parents
    }
    assert ours <= templates_in_the_key("ja")
    assert {"templates/print/document.html.j2", "templates/labels/ja.yaml"} <= ours


def templates_in_the_key(language: str) -> set[str]:
    task = find_tasks(SPECIMEN, Path("out"), languages=[language])[0]
    surroundings = Surroundings(sha256_of, None)
    job = job_of(task, None, surroundings)
    return {*surroundings.inputs(job.source, task.theme, language, {})["templates"].values}


# What changes the key


@pytest.fixture
def task(content: Path) -> Task:
    (content / "series.yaml").write_text("languages: [en, ja]\n")
    (content / "alpha" / "lake.svg").write_text("<svg/>")
    project = content.parent / "project"
    (project / "labels").mkdir(parents=True)
    (project / "cover.html.j2").write_text("A cover")
    (project / "labels" / "ja.yaml").write_text("locale: ja-JP\n")
    return find_tasks(content, content.parent / "out", ["alpha"], ["en"], project=project)[0]


def key(task: Task) -> str:
    tree = project_of(task)
    return job_of(task, tree, Surroundings(sha256_of, tree)).key


def append(name: str) -> Callable[[Task], None]:
    """An edit that adds a character to a file, by its path beside the content."""

    def edit(task: Task) -> None:
        path = task.content.parent / name
        path.write_text(f"{path.read_text()}\n" if path.exists() else "\n")

    return edit


CHANGING = [
    "content/series.yaml",
    "content/alpha/facts.yaml",
    "content/alpha/en.yaml",
    "content/alpha/lake.svg",
    "content/alpha/figures.png",
    "project/cover.html.j2",
    "project/css/theme.css",
    "project/labels/en.yaml",
]
KEEPING = [
    "content/alpha/ja.yaml",
    "content/alpha/notes.txt",
    "content/beta/en.yaml",
    "project/labels/ja.yaml",
]


@pytest.mark.parametrize("name", CHANGING)
def test_a_file_that_it_is_made_from_changes_the_key(task: Task, name: str) -> None:
    before = key(task)
    (task.content.parent / name).parent.mkdir(exist_ok=True)
    append(name)(task)
    assert key(task) != before


@pytest.mark.parametrize("name", KEEPING)
def test_a_file_that_it_is_not_made_from_keeps_the_key(task: Task, name: str) -> None:
    before = key(task)
    append(name)(task)
    assert key(task) == before


@pytest.mark.parametrize(
    "other",
    [
        lambda task: replace(task, look=Look("plain")),
        lambda task: replace(task, look=Look(paper="letter")),
        lambda task: replace(task, standards="ua-2"),
        lambda task: replace(task, project=None),
        lambda task: replace(task, language="ja"),
        lambda task: replace(task, briefing="beta"),
    ],
    ids=["theme", "paper", "standards", "project", "language", "briefing"],
)
def test_an_option_changes_the_key(task: Task, other: Callable[[Task], Task]) -> None:
    append("content/alpha/ja.yaml")(task)
    append("content/beta/en.yaml")(task)
    assert key(other(task)) != key(task)


def test_the_time_that_is_given_changes_the_key(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(task)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert key(task) != before


def test_the_formats_and_where_files_are_put_keep_the_key(task: Task) -> None:
    assert key(replace(task, formats=("pdf",), output=Path("elsewhere"))) == key(task)


@pytest.mark.parametrize("name", ["pages.py", "formats/pdf/fonts.conf", "model/new.py"])
def test_the_program_changes_the_key(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    package = tmp_path / "copy" / "briefpress"
    for path in (ROOT / "briefpress").rglob("*.*"):
        if path.suffix in {".py", ".conf"}:
            copy = package / path.relative_to(ROOT / "briefpress")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    before = key(task)
    monkeypatch.setattr(keys, "PACKAGE", package)
    assert key(task) == before  # it doesn't say where the program is
    with (package / name).open("a") as file:
        file.write("\n")
    assert key(task) != before


def test_a_library_in_another_version_changes_the_key(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(task)
    for distribution in ("weasyprint-70.0.1", "pytest-99.0"):
        (tmp_path / "site" / f"{distribution}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site")])
    assert key(task) == before  # the first on the path is the one that is imported
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    assert key(task) != before


def test_libraries_that_only_developers_have_are_not_in_the_key() -> None:
    libraries = (
        Surroundings(sha256_of, None)
        .inputs(job_source(), find_tasks(SPECIMEN, Path("out"))[0].theme, "en", {})["libraries"]
        .values
    )
    assert {"weasyprint", "ebooklib", "markupsafe", "cssselect2"} <= libraries.keys()
    assert not {"pytest", "ruff", "distributed", "uv"} & libraries.keys()


@pytest.mark.parametrize(("extra", "has_a_part"), [("charts", True), ("serve", False)])
def test_an_extra_is_in_the_key_if_it_has_a_part_in_the_bytes(
    task: Task,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    extra: str,
    has_a_part: bool,
) -> None:
    """So that installing what only serves or signs has nothing built anew."""
    own = tmp_path / "site" / "briefpress-0.1.0.dist-info"
    own.mkdir(parents=True)
    (own / "METADATA").write_text(f"Requires-Dist: some-thing>=1; extra == '{extra}'\n\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    before = key(task)
    (tmp_path / "site" / "some_thing-1.9.dist-info").mkdir()
    assert (key(task) != before) is has_a_part


def job_source() -> Tree:
    task = find_tasks(SPECIMEN, Path("out"))[0]
    return job_of(task, None, Surroundings(sha256_of, None)).source


def test_the_libraries_of_the_system_are_in_the_key() -> None:
    """Those that lay out text, by names with versions in them."""
    names = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import briefpress.formats.pdf, briefpress.keys as keys\n"
            "print(*(path.name for path in keys.system_libraries()))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    found = {name.partition(".so.")[0] for name in names}
    assert {"libpango-1.0", "libharfbuzz", "libfontconfig"} <= found
    assert all(name.partition(".so.")[2].count(".") >= 1 for name in names)


def test_the_order_of_inputs_does_not_matter() -> None:
    one = {"b": keys.Group({"y": "2", "x": "1"}), "a": keys.Group({})}
    other = {"a": keys.Group({}), "b": keys.Group({"x": "1", "y": "2"})}
    assert key_of(one) == key_of(other)
