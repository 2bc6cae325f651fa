"""`briefpress new`: projects that build at once, and briefings added to one."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from briefpress import projects
from briefpress.cli import main
from briefpress.extras import requirement
from briefpress.keys import PACKAGE, program_files
from tests.conftest import Briefpress
from tests.source import ROOT
from tests.test_schemas import faults_of

STARTER = PACKAGE / "starter"


def new(*arguments: str) -> tuple[int, str]:
    """Run `briefpress new` in the working folder, in this process; what it says, in one line."""
    said = CliRunner().invoke(main, ["new", *arguments])
    return said.exit_code, " ".join(said.output.split())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    assert new("notes")[0] == 0
    monkeypatch.chdir(tmp_path / "notes")
    return tmp_path / "notes"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# A project


def test_a_new_project_builds_at_once(briefpress: Briefpress, tmp_path: Path) -> None:
    said = briefpress("new", "our notes", cwd=tmp_path)
    assert said.returncode == 0
    assert said.stdout.endswith("    cd 'our notes'\n    briefpress build\n")
    built = briefpress("build", cwd=tmp_path / "our notes")
    assert built.returncode == 0, built.stderr
    assert built.stdout.count("proved") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["our notes"]


def test_it_has_the_starters_files_and_the_schemas(project: Path) -> None:
    made, starter = files_in(project), files_in(STARTER / "project")
    schemas = files_in(ROOT / "docs" / "schemas")
    assert made.keys() == starter.keys() | {f"schemas/{name}" for name in schemas}
    assert {name for name in starter if made[name] != starter[name]} == {
        "content/series.yaml",
        "requirements.txt",
    }
    assert all(made[f"schemas/{name}"] == text for name, text in schemas.items())
    umask = os.umask(0o022)
    os.umask(umask)
    assert project.stat().st_mode & 0o777 == 0o777 & ~umask


def test_each_series_has_an_identifier_of_its_own(project: Path) -> None:
    assert new("another")[0] == 0
    found = [
        yaml.safe_load((folder / "content/series.yaml").read_text())["identifier"]
        for folder in (project, project / "another")
    ]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in found)
    assert len({*found, projects.NO_IDENTIFIER}) == 3


def test_nothing_is_overwritten(project: Path) -> None:
    before = files_in(project)
    code, said = new(str(project))
    assert (code, "isn't empty; name another folder" in said) == (2, True)
    assert files_in(project) == before


def test_an_empty_folder_is_taken_but_not_the_one_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path / "notes")
    assert new(".")[0] == 2
    monkeypatch.chdir(tmp_path)
    assert new("notes")[0] == 0


def test_it_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rename, renamed = Path.replace, []

    def full(path: Path, target: Path) -> Path:
        renamed.append(path)
        if len(renamed) == 9:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", full)
    code, said = new("notes")
    assert (code, said) == (1, "Error: notes: No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["notes", "--briefing", "first"], ["pyproject.toml"]])
def test_wrong_use_ends_with_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text("")
    assert new(*arguments)[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


# A briefing


def test_a_new_briefing_has_no_faults(project: Path) -> None:
    series = project / "content/series.yaml"
    languages = sorted(p.stem for p in (ROOT / "templates/labels").iterdir())
    series.write_text(series.read_text().replace("[en]", f"[{', '.join(languages)}]"))
    code, said = new("--briefing", "first")
    assert code == 0
    assert said.endswith("Next: briefpress check first")
    made = {path.name for path in (project / "content/first").iterdir()}
    assert made == {"facts.yaml", *(f"{language}.yaml" for language in languages)}
    checked = CliRunner().invoke(main, ["check"])
    assert checked.output == f"{len(languages) + 1} editions checked, no faults\n"


def test_a_language_that_the_series_lacks_is_named(project: Path) -> None:
    _, said = new("--briefing", "first", "--language", "en", "--language", "kk")
    assert "Add to `languages` in content/series.yaml: kk" in said
    assert files_in(project / "content/first").keys() == {"en.yaml", "facts.yaml", "kk.yaml"}


@pytest.mark.usefixtures("project")
def test_the_schemas_are_found_from_wherever_the_content_is() -> None:
    Path("docs/ours").mkdir(parents=True)
    _, said = new("--briefing", "first", "--content", "docs/ours")
    assert said.endswith("briefpress check first --content docs/ours")
    for path in Path("docs/ours/first").iterdir():
        way = path.read_text("utf-8").partition("$schema=")[2].partition("\n")[0]
        assert (path.parent / way).is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--briefing", "Metre"], "can't be the name of a briefing; use lower-case letters"),
        (["--briefing", "../metre"], "can't be the name of a briefing"),
        (["--briefing", "metre-convention"], "is a content/metre-convention already; choose"),
        (["--briefing", "first", "--content", "nowhere"], "begin a project with `briefpress new"),
        (["--briefing", "first", "--language", "../en"], "'../en' isn't a language's tag"),
    ],
)
def test_what_cant_be_added_is_said_with_the_way_out(
    arguments: list[str], words: str, project: Path
) -> None:
    before = files_in(project)
    code, said = new(*arguments)
    assert code == 2
    assert words in said
    assert files_in(project) == before


# The starter


@pytest.mark.parametrize("path", sorted(STARTER.rglob("content/**/*.yaml")), ids=lambda p: p.name)
def test_its_content_is_as_the_schemas_have_it(path: Path) -> None:
    assert faults_of(path) == []


def test_its_editors_settings_find_each_schema(project: Path) -> None:
    settings = json.loads((project / ".vscode/settings.json").read_text())
    assert {Path(name) for name in settings["yaml.schemas"]} == {
        path.relative_to(project) for path in (project / "schemas").iterdir()
    }
    for path in (project / "content").rglob("*.yaml"):
        way = path.read_text("utf-8").partition("$schema=")[2].partition("\n")[0]
        assert (path.parent / way).is_file()


def test_it_installs_this_briefpress(project: Path) -> None:
    assert (project / "requirements.txt").read_text().endswith(f"\n{requirement()}\n")


def test_its_workflow_installs_the_libraries_that_make_setup_does() -> None:
    named = (ROOT / "requirements/libraries").read_text()
    libraries = set(re.findall(r"lib:\S+=(\S+)", named)) - {
        "libfontconfig1"
    }  # Pango needs it itself
    workflow = (STARTER / "project/.github/workflows/briefings.yml").read_text()
    assert libraries
    assert {name for name in libraries if name not in workflow} == set()


def test_its_workflow_takes_the_actions_that_ours_takes() -> None:
    uses = re.compile(r"uses: (.*)")
    ours = (ROOT / ".github/workflows/briefings.yml").read_text()
    theirs = (STARTER / "project/.github/workflows/briefings.yml").read_text()
    assert set(uses.findall(theirs)) <= set(uses.findall(ours))


def test_it_is_no_part_of_what_editions_are_made_from() -> None:
    assert [path for path in program_files() if path.is_relative_to(STARTER)] == []
