"""Whatever is edited, a run over what was published leaves the same as one into an empty folder."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publishing.outputs import assert_all_agrees, bytes_of
from tests.source import ROOT

EDITS = 24

WORDS = """\
title: {title}
summary: Words of {{start}}.
events:
  start: The start
sections:
  - id: only
    title: The only one
    blocks:
      - prose: It began in {{start}}.
      - figure: {{file: lake.svg, alt: A lake, caption: The lake}}
"""
FACTS = "issued: 2001-02-03\nevents:\n  start: {date: 1992-05}\n"
# Files of a series are taken out by its identifier, which would else be made of its title.
SERIES = "title: Lakes\nidentifier: urn:uuid:6b1f8f0e-6f3c-5d6b-9a57-2f1d5c1f7b10\n"
LAKE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>\n'


class Project:
    """Briefings in two languages, with templates of their own, that somebody edits by chance."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.options: dict[str, str] = {}
        self.environment: dict[str, str] = {}
        self._put("content/series.yaml", f"{SERIES}languages: [en, ja]\n")
        for name in ("alpha", "beta"):
            self._add(name)

    def _put(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def _add(self, name: str) -> None:
        self._put(f"content/{name}/facts.yaml", FACTS)
        self._put(f"content/{name}/lake.svg", LAKE)
        self._put(f"content/{name}/en.yaml", WORDS.format(title=name.title()))
        self._put(f"content/{name}/ja.yaml", WORDS.format(title=name.title()))

    def _any(self, pattern: str) -> Path:
        return self.chance.choice(sorted(self.folder.glob(pattern)))

    def _number(self) -> int:
        return self.chance.randint(1000, 9999)

    def words(self) -> None:
        path = self._any("content/*/??.yaml")
        path.write_text(path.read_text().replace("It ", f"It, {self._number()} strong, ", 1))

    def facts(self) -> None:
        path = self._any("content/*/facts.yaml")
        path.write_text(path.read_text().replace("1992", f"19{self.chance.randint(10, 99)}"))

    def picture(self) -> None:
        self._any("content/*/lake.svg").write_text(LAKE.replace("9 9", f"9 {self._number()}"))

    def series(self) -> None:
        publisher = f"publisher: {self._number()}\n"
        self._put("content/series.yaml", f"{SERIES}languages: [en, ja]\n{publisher}")

    def languages(self) -> None:
        languages = self.chance.choice(["[en]", "[ja]", "[ja, en]", "[en, ja]"])
        self._put("content/series.yaml", f"{SERIES}languages: {languages}\n")

    def added(self) -> None:
        self._add(f"briefing-{self._number()}")

    def gone(self) -> None:
        if len(list(self.folder.glob("content/*/"))) > 1:
            shutil.rmtree(self._any("content/*/"))

    def template(self) -> None:
        text = (ROOT / "templates" / "blocks" / "figure.html.j2").read_text("utf-8")
        self._put("templates/blocks/figure.html.j2", f"{text}<!-- {self._number()} -->\n")

    def stylesheet(self) -> None:
        self._put(
            "templates/css/theme.css", f"h2 {{ margin-left: {self.chance.random():.3f}em }}\n"
        )

    def label(self) -> None:
        text = (ROOT / "templates" / "labels" / "ja.yaml").read_text("utf-8")
        self._put("templates/labels/ja.yaml", f"{text}# {self._number()}\n")

    def without_templates(self) -> None:
        shutil.rmtree(self.folder / "templates", ignore_errors=True)

    def look(self) -> None:
        self.options["--theme"] = self.chance.choice(["default", "plain"])
        self.options["--paper"] = self.chance.choice(["a4", "letter"])

    def time(self) -> None:
        self.environment["SOURCE_DATE_EPOCH"] = str(self._number() * 100_000)

    def nothing(self) -> None:
        for path in self.folder.glob("content/**/*.yaml"):
            path.touch()

    def swapped(self) -> None:
        """Two files change places, so that no file is new."""
        one, other = (self.folder / f"content/{n}/lake.svg" for n in ("alpha", "beta"))
        if one.exists() and other.exists():
            one.rename(self.folder / "kept")
            other.rename(one)
            (self.folder / "kept").rename(other)

    def edit(self) -> str:
        """Edit something; return what it was."""
        edits: list[Callable[[], None]] = [
            *(self.words, self.facts, self.picture, self.series, self.languages, self.added),
            *(self.gone, self.template, self.stylesheet, self.label, self.without_templates),
            *(self.look, self.time, self.nothing, self.swapped),
        ]
        edit = self.chance.choice(edits)
        edit()
        return edit.__name__

    def build(self, output: str, jobs: str = "1") -> str:
        options = [word for option in self.options.items() for word in option]
        command = [sys.executable, str(ROOT / "build.py"), "--output", output, *options]
        command += ["--format", "html", "--format", "epub", "--jobs", jobs, "--explain"]
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.mark.parametrize("seed", range(3))
def test_an_incremental_build_leaves_what_a_clean_one_does(tmp_path: Path, seed: int) -> None:
    project = Project(tmp_path, seed)
    project.build("out")
    built: list[int] = []
    for number in range(EDITS // 3):
        edits = [project.edit() for _ in range(project.chance.choice([1, 1, 2]))]
        said = project.build("out")
        clean = f"clean-{number}"
        everything = project.build(clean).count("proved")
        assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / clean), (edits, said)
        assert_all_agrees(tmp_path / "out")
        built.append(everything - said.count("proved"))
    assert any(saved > 0 for saved in built)  # it isn't that all is built each time


# What is built, and why


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was built once."""
    project = Project(tmp_path, seed=1)
    project.build("out")
    return project


def built(said: str) -> set[str]:
    """The editions of which files were made."""
    lines = (line for line in said.splitlines() if line.endswith("proved"))
    return {Path(line.split()[0]).name.rpartition(".")[0] for line in lines}


def because(said: str) -> dict[str, str]:
    """The reasons that are given, by edition."""
    lines = (line for line in said.splitlines() if not line.endswith("proved"))
    return {name: reason for name, _, reason in (line.partition(": ") for line in lines) if reason}


ALL = {"alpha.en", "alpha.ja", "beta.en", "beta.ja"}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_words_of_one_language_make_that_edition(project: Project) -> None:
    replace(project.folder / "content" / "alpha" / "ja.yaml", "It began", "It all began")
    said = project.build("out")
    assert built(said) == {"alpha.ja"}
    assert because(said)["alpha.ja"] == "content/alpha/ja.yaml changed"
    assert because(said)["alpha.en"] == "up to date"


def test_facts_make_all_languages_of_the_briefing(project: Project) -> None:
    replace(project.folder / "content" / "alpha" / "facts.yaml", "1992", "1993")
    said = project.build("out")
    assert built(said) == {"alpha.en", "alpha.ja"}
    assert because(said)["alpha.en"] == "content/alpha/facts.yaml changed"


def test_labels_of_one_language_make_all_of_that_language(project: Project) -> None:
    project.label()
    said = project.build("out")
    assert built(said) == {"alpha.ja", "beta.ja"}
    assert because(said)["beta.ja"] == "the project's labels/ja.yaml is new"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Project.series, "content/series.yaml changed"),
        (Project.template, "the project's blocks/figure.html.j2 is new"),
        (Project.stylesheet, "the project's css/theme.css is new"),
    ],
)
def test_what_all_share_makes_all(
    project: Project, edit: Callable[[Project], None], reason: str
) -> None:
    edit(project)
    said = project.build("out")
    assert built(said) == ALL
    assert set(because(said).values()) == {reason}


def test_options_and_circumstances_make_all(project: Project) -> None:
    project.options["--paper"] = "letter"
    said = project.build("out")
    assert built(said) == ALL
    assert set(because(said).values()) == {"paper is letter, and was a4"}
    project.environment["SOURCE_DATE_EPOCH"] = "1000000000"
    said = project.build("out")
    assert built(said) == ALL
    reason = "SOURCE_DATE_EPOCH is 1000000000, and was not given"
    assert set(because(said).values()) == {reason}


def test_what_nobody_reads_makes_nothing(project: Project) -> None:
    (project.folder / "content" / "alpha" / "notes.txt").write_text("To be read again.\n")
    (project.folder / "content" / "alpha" / "ru.yaml").write_text("title: Not of the series\n")
    assert built(project.build("out")) == set()


def test_only_the_format_that_is_missing_is_made(project: Project) -> None:
    (project.folder / "out" / "alpha" / "alpha.en.epub").unlink()
    said = project.build("out")
    assert [line.split()[0] for line in said.splitlines() if line.endswith("proved")] == [
        "out/alpha/alpha.en.epub"
    ]
    assert because(said)["alpha.en"] == "out/alpha/alpha.en.epub was deleted"
