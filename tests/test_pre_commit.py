"""The check before each commit, by pre-commit itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from briefpress.commands.check import check
from briefpress.projects import begin_project
from tests.source import ROOT

HOOKS = ROOT / ".pre-commit-hooks.yaml"
PROGRAMS = Path(sys.executable).parent


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A new project under git, with the hook installed and all files staged."""
    begin_project(tmp_path / "notes")
    git(tmp_path / "notes", "init", "--quiet")
    pre_commit(tmp_path / "notes", "install")
    git(tmp_path / "notes", "add", "--all")
    return tmp_path / "notes"


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, PROGRAMS / "pre-commit", *arguments)


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "git", *arguments)


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of the user's settings, nor of this repository."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    settings = {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder.parent),
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_NAME": "Somebody" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    return subprocess.run(
        command, cwd=folder, env={**own, **settings}, capture_output=True, text=True, check=False
    )


def test_a_commit_with_faults_is_refused_and_says_where_they_are(repository: Path) -> None:
    words = repository / "content" / "metre-convention" / "en.yaml"
    whole = words.read_text("utf-8")
    words.write_text(whole.replace("on {signing}", "on {singing}"), "utf-8")
    git(repository, "add", "--all")
    refused = git(repository, "commit", "--quiet", "--message", "With a slip")
    assert refused.returncode == 1
    assert "content/metre-convention/en.yaml:9:" in refused.stderr
    words.write_text(whole, "utf-8")
    git(repository, "add", "--all")
    taken = git(repository, "commit", "--message", "Without")
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert "Check the briefings" in taken.stderr
    assert "Passed" in taken.stderr


def test_a_commit_of_other_files_checks_nothing(repository: Path) -> None:
    git(repository, "commit", "--quiet", "--message", "All")
    (repository / "README.md").write_text("Ours\n")
    git(repository, "add", "--all")
    said = git(repository, "commit", "--message", "Words about them")
    assert said.returncode == 0
    assert "Skipped" in said.stderr


def test_the_hooks_for_other_repositories_are_well_formed(tmp_path: Path) -> None:
    said = pre_commit(tmp_path, "validate-manifest", str(HOOKS))
    assert said.returncode == 0, said.stdout
    (hook,) = yaml.safe_load(HOOKS.read_text())
    config = ROOT / "briefpress/starter/project/.pre-commit-config.yaml"
    (own,) = yaml.safe_load(config.read_text())["repos"][0]["hooks"]
    shared = {"id", "name", "entry", "files", "pass_filenames"}
    assert {key: own[key] for key in shared} == {key: hook[key] for key in shared}
    assert hook["entry"] == f"briefpress {check.name}"
