"""The scripts that CI runs, run as it runs them; only what can't be had offline is played."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from junitparser import JUnitXml

from tests.conftest import Build
from tests.source import BRIEFING, CONTENT, ROOT

SCRIPTS = ROOT / ".ci"
PROGRAM = str(Path(sys.executable).with_name("briefpress"))

# What plays a program: it notes down what it was asked, and answers as `$ANSWERS` says.
NOTED = """#!/bin/sh
printf '%s\\n' "${0##*/} $*" >>"$NOTES"
case " $* " in *" $REFUSED "*) exit 1;; esac
"""


def run(script: str, cwd: Path, **env: str | Path) -> subprocess.CompletedProcess[str]:
    known = {"PROGRAM": PROGRAM, "BRIEFPRESS_PROGRAM": PROGRAM, "PYTHONPATH": str(ROOT)}
    given = {name: str(value) for name, value in env.items()}
    return subprocess.run(
        [SCRIPTS / script],
        cwd=cwd,
        env={**os.environ, **known, **given},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the content, and nothing built of it."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path


def spoil(project: Path) -> int:
    """Make a slip of the pen, and return the line that it is in."""
    words = project / "content" / BRIEFING / "en.yaml"
    before, _, after = words.read_text("utf-8").partition("          {recognition}, before")
    words.write_text(f"{before}          {{x}}, before{after}", "utf-8")
    return before.count("\n") + 1


def played(project: Path, name: str) -> Path:
    """A folder for the PATH, with a program in it that notes down what it is asked."""
    folder = project / "played"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(NOTED)
    (folder / name).chmod(0o755)
    return folder


def test_what_is_built_is_proved_and_summed_up(project: Path) -> None:
    env = {"CONTENT": "content", "OUTPUT": "out"}
    said = run("build.sh", project, **env, BRIEFINGS=BRIEFING, LARGE_PRINT="true")
    assert said.returncode == 0, said.stdout + said.stderr
    built = sorted(path.name for path in (project / "out" / BRIEFING).iterdir())
    assert [name.partition(".en.")[2] for name in built] == [
        "cover.png",
        "epub",
        "html",
        "large-print.pdf",
        "pdf",
    ]

    (project / "summary").write_text("what another step said\n")
    said = run("prove.sh", project, **env, REPORT="proof", GITHUB_STEP_SUMMARY="summary")

    assert said.returncode == 0, said.stdout + said.stderr
    summary = (project / "summary").read_text()
    assert summary.startswith("what another step said\n### Briefings\n")
    rows = [line.strip("| ").split(" | ") for line in summary.splitlines() if BRIEFING in line]
    assert sorted(row[0].strip("`") for row in rows) == built[1:]
    for _, size, _, found, faults in rows:
        one, _, of_all = found.partition(" of ")
        assert size.endswith(" kB")
        assert one == of_all
        assert faults == "0"
    assert [row[2] for row in rows if row[0].endswith(".en.pdf`")] == ["9"]
    suites = JUnitXml.fromfile(str(project / "proof" / "proof.xml"))
    assert (suites.tests > 1000, suites.failures) == (True, 0)
    assert (project / "proof" / "proof.html").is_file()


def test_a_fault_is_an_annotation_at_its_line(project: Path) -> None:
    line = spoil(project)
    said = run("build.sh", project, CONTENT="content", OUTPUT="out")
    assert said.returncode == 1
    place = f"file=content/{BRIEFING}/en.yaml,line={line},col=11"
    assert f"::error {place},title=unknown-event::" in said.stdout


def test_names_of_briefings_are_no_options(project: Path) -> None:
    said = run("build.sh", project, CONTENT="content", OUTPUT="out", BRIEFINGS="--help $(id)\n;")
    assert said.returncode == 1
    assert "Usage:" not in said.stdout
    assert "there is no briefing '--help'" in said.stdout
    assert "there is no briefing '$(id)'" in said.stdout
    assert "there is no briefing ';'" in said.stdout, "which stands in a line of its own"


def test_a_file_that_was_altered_fails_and_is_in_the_summary(project: Path, built: Build) -> None:
    shutil.copytree(built.output, project / "out")
    page = project / "out" / BRIEFING / f"{BRIEFING}.en.html"
    page.write_text(
        page.read_text("utf-8").replace("28 December 1991", "27 December 1991"), "utf-8"
    )
    env = {"CONTENT": "content", "OUTPUT": "out", "REPORT": "proof"}
    said = run("prove.sh", project, **env, GITHUB_STEP_SUMMARY="summary")
    assert said.returncode == 1
    assert "title=proof-date::" in said.stdout
    (row,) = [r for r in (project / "summary").read_text().splitlines() if ".en.html" in r]
    assert not row.endswith("| 0 |")


@pytest.mark.parametrize("there_is_a_release", [True, False])
def test_what_was_published_is_attached_to_the_release(
    project: Path, built: Build, there_is_a_release: bool
) -> None:
    folder = played(project, "gh")
    said = run(
        "release.sh",
        project,
        OUTPUT=built.output,
        GITHUB_REF_NAME="v1",
        PATH=f"{folder}:{os.environ['PATH']}",
        NOTES=project / "notes",
        REFUSED="none" if there_is_a_release else "view",
    )
    assert said.returncode == 0, said.stderr
    *before, upload = (project / "notes").read_text().splitlines()
    created = "gh release create v1 --verify-tag --title v1 --generate-notes"
    assert before == ["gh release view v1", *([] if there_is_a_release else [created])]
    files = [f"{built.output}/SHA256SUMS"] + [
        f"{built.output}/{BRIEFING}/{BRIEFING}.en.{ending}" for ending in ("epub", "html", "pdf")
    ]
    assert upload == f"gh release upload v1 --clobber -- {' '.join(files)}"


@pytest.mark.parametrize("is_spoilt", [False, True])
def test_gitlab_gets_its_reports(project: Path, is_spoilt: bool) -> None:
    line = spoil(project) if is_spoilt else 0
    said = run("gitlab.sh", project, BRIEFPRESS_CONTENT="content", BRIEFPRESS_OUTPUT="out")
    assert said.returncode == int(is_spoilt)
    issues = json.loads((project / "briefpress-faults.json").read_text("utf-8"))
    assert [issue["location"] for issue in issues] == (
        [{"path": f"content/{BRIEFING}/en.yaml", "lines": {"begin": line}}] if is_spoilt else []
    )
    assert (f"en.yaml:{line}:11: error[unknown-event]" in said.stderr) is is_spoilt
    assert (project / "briefpress-proof" / "proof.xml").is_file() is not is_spoilt


@pytest.mark.parametrize("output", ["output", "public", "./public/"])
def test_gitlab_s_pages_are_the_output(tmp_path: Path, output: str) -> None:
    (tmp_path / output).mkdir()
    (tmp_path / output / "index.html").touch()
    (line,) = yaml.safe_load((SCRIPTS / "briefpress.gitlab-ci.yml").read_text())["pages"]["script"]
    env = {**os.environ, "BRIEFPRESS_OUTPUT": output}
    subprocess.run(["/bin/sh", "-e", "-c", line], cwd=tmp_path, env=env, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["public"]
    assert [path.name for path in (tmp_path / "public").iterdir()] == ["index.html"]


@pytest.mark.parametrize(("extras", "lock"), [("false", "runtime"), ("true", "extras")])
def test_briefpress_is_set_up_from_its_locked_requirements(
    project: Path, extras: str, lock: str
) -> None:
    folder = played(project, "python3")
    env = project / "env" / "bin"
    env.mkdir(parents=True)
    shutil.copy(folder / "python3", env / "python")
    said = subprocess.run(
        [SCRIPTS / "setup.sh", project / "env"],
        cwd=project,
        env={
            "PATH": f"{folder}:/usr/sbin:/usr/bin:/sbin:/bin",
            "EXTRAS": extras,
            "GITHUB_OUTPUT": str(project / "outputs"),
            "NOTES": str(project / "notes"),
            "REFUSED": "none",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    venv, locked, own = (project / "notes").read_text().splitlines()[-3:]
    assert venv == f"python3 -m venv {project / 'env'}"
    assert locked.endswith(f"install --require-hashes --requirement {ROOT}/requirements/{lock}.txt")
    assert own.endswith(f"install --no-build-isolation --no-deps {ROOT}")
    assert (project / "outputs").read_text() == f"program={env}/briefpress\n"
