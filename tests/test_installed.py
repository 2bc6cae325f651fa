"""Briefpress as a wheel, installed where there is no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.house.project import PACKAGE, TEMPLATES, files
from tests.source import ROOT


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a command says that ends well. No checkout is on Python's path."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    said = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def test_the_wheel_has_all_of_the_package_and_the_templates(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    own = {path.relative_to(PACKAGE.parent) for path in files() if path.is_relative_to(PACKAGE)}
    looks = {path.relative_to(TEMPLATES.parent) for path in files() if TEMPLATES in path.parents}
    laid_in = {"briefpress" / path for path in looks} | {Path("briefpress") / "diagnostics.md"}
    assert packed == {path.as_posix() for path in own | laid_in}


def test_faults_are_explained_with_examples(environment: Path, tmp_path: Path) -> None:
    said = run(environment / "bin" / "briefpress", "explain", "bare-date", cwd=tmp_path)
    assert "error[bare-date]" in said


def test_a_new_project_asks_for_the_briefpress_that_made_it(
    environment: Path, wheel: Path, tmp_path: Path
) -> None:
    run(environment / "bin" / "briefpress", "new", "notes", cwd=tmp_path)
    file = tmp_path / "notes" / "requirements.txt"
    report = tmp_path / "report.json"
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    run(*pip, "--dry-run", "--no-deps", "--no-index", "--ignore-installed",
        "--report", report, "--requirement", file)  # fmt: skip
    (asked,) = json.loads(report.read_text("utf-8"))["install"]
    assert asked["download_info"]["url"] == wheel.as_uri()
    assert "No other machine has this one" in file.read_text("utf-8")


def test_a_project_is_begun_and_built_with_templates_of_its_own(
    environment: Path, tmp_path: Path
) -> None:
    program = environment / "bin" / "briefpress"
    where = "import briefpress; print(briefpress.__file__)"
    assert str(environment) in run(environment / "bin" / "python", "-c", where, cwd=tmp_path)
    run(program, "new", "notes", cwd=tmp_path)
    notes = tmp_path / "notes"
    page = notes / "output" / "metre-convention" / "metre-convention.en.html"
    assert run(program, "build", cwd=notes).count("proved") == 3
    assert ">In this briefing<" in page.read_text("utf-8")
    labels = notes / "templates" / "labels" / "en.yaml"
    labels.parent.mkdir(parents=True)
    own = (TEMPLATES / "labels" / "en.yaml").read_text("utf-8")
    labels.write_text(own.replace("contents: In this briefing", "contents: What is in it"), "utf-8")
    assert run(program, "build", "--explain", cwd=notes).count("proved") == 3
    assert ">What is in it<" in page.read_text("utf-8")
