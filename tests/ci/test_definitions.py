"""The action, GitLab's template, the image and the examples of docs/ci.md: sound and documented."""

from __future__ import annotations

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from tests.house.project import files, name_of
from tests.source import ROOT

ACTION = ROOT / "action.yml"
PAGE = ROOT / "docs" / "ci.md"
BIN = Path(sys.executable).parent
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
WORKFLOWS = [text for text in EXAMPLES if "\njobs:" in text]
PIPELINES = [text for text in EXAMPLES if "include:" in text]
_PINNED = re.compile(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    return read


def check(schema: str, file: Path, *more: str) -> None:
    command = [
        str(BIN / "check-jsonschema"),
        "--builtin-schema",
        f"vendor.{schema}",
        *more,
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_one() -> None:
    check("github-actions", ACTION)


def test_the_template_is_one() -> None:
    template = ROOT / ".ci" / "briefpress.gitlab-ci.yml"
    check("gitlab-ci", template, "--data-transform", "gitlab-ci")
    variables = yaml.safe_load(template.read_text("utf-8"))["variables"]
    assert re.search(r":v\d+\.\d+\.\d+$", variables["BRIEFPRESS_RELEASE_IMAGE"]), "it floats"


@pytest.mark.parametrize("text", WORKFLOWS)
def test_an_example_is_a_workflow_that_gives_nothing_away(text: str, tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "example.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    check("github-workflows", file)
    command = [str(BIN / "zizmor"), "--offline", "--no-progress", "--quiet", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_examples_and_they_use_the_action() -> None:
    assert len(WORKFLOWS) >= 2
    given = {
        key
        for text in WORKFLOWS
        for job in yaml.safe_load(text)["jobs"].values()
        for step in job["steps"]
        if "/briefpress@" in step.get("uses", "")
        for key in step.get("with", {})
    }
    assert given
    assert given <= action()["inputs"].keys()


@pytest.mark.parametrize("text", PIPELINES)
def test_an_example_is_a_pipeline(text: str, tmp_path: Path) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(text, "utf-8")
    check("gitlab-ci", file, "--data-transform", "gitlab-ci")
    template = yaml.safe_load((ROOT / ".ci" / "briefpress.gitlab-ci.yml").read_text("utf-8"))
    assert yaml.safe_load(text)["variables"].keys() <= template["variables"].keys()


@pytest.mark.parametrize("name", action()["inputs"])
def test_the_input_is_documented_and_used(name: str) -> None:
    assert f"`{name}`" in PAGE.read_text("utf-8")
    steps = ACTION.read_text("utf-8").partition("\nruns:")[2]
    assert f"inputs.{name}" in steps


@pytest.mark.parametrize(
    "variable",
    re.findall(
        r"^  (BRIEFPRESS_\w+):",
        (ROOT / ".ci" / "briefpress.gitlab-ci.yml").read_text("utf-8"),
        re.MULTILINE,
    ),
)
def test_the_variable_is_documented(variable: str) -> None:
    assert f"`{variable}`" in PAGE.read_text("utf-8")


def test_no_step_puts_an_expression_into_a_script() -> None:
    scripts = [step["run"] for step in action()["runs"]["steps"] if "run" in step]
    assert len(scripts) == 4
    for script in scripts:
        assert "${{" not in script
        (path,) = re.findall(r"\$GITHUB_ACTION_PATH/(\S+\.sh)", script)
        assert (ROOT / path).stat().st_mode & 0o111


def test_every_action_of_others_is_pinned() -> None:
    texts = [path.read_text("utf-8") for path in [ACTION, *ROOT.glob(".github/workflows/*.yml")]]
    uses = re.findall(r"uses: (?!\./)(.*)", "\n".join([*texts, *WORKFLOWS]))
    others = [each for each in uses if "/briefpress@" not in each]
    assert [each for each in others if not _PINNED.fullmatch(each)] == []
    versions: dict[str, set[str]] = {}
    for each in others:
        versions.setdefault(each.partition("@")[0], set()).add(each)
    assert [each for each in versions.values() if len(each) > 1] == []


# The image


@pytest.fixture(scope="module")
def image() -> DockerfileParser:
    return DockerfileParser(str(ROOT / ".ci" / "Dockerfile"))


def test_the_image_is_pinned_and_runs_as_nobody_s_root(image: DockerfileParser) -> None:
    steps = [(each["instruction"], each["value"]) for each in image.structure]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm(@sha256:[0-9a-f]{64})?", image.baseimage)
    assert ("USER", "briefpress") in steps
    assert ("ENTRYPOINT", '["briefpress"]') in steps
    assert [value for name, value in steps if name == "ADD"] == []


def test_the_image_gets_all_that_it_is_made_of_and_nothing_else(image: DockerfileParser) -> None:
    """What .dockerignore lets through holds the script that is run, and all that it reads."""
    ignore = (ROOT / ".ci" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    kept = [line[1:] for line in ignore if line.startswith("!")]
    assert all(list(ROOT.glob(each)) for each in kept)
    copied = {
        name_of(path)
        for path in files()
        if any(
            fnmatch(name_of(path), each) or name_of(path).startswith(f"{each}/") for each in kept
        )
    }
    (script,) = re.findall(r"/opt/briefpress/source/(\S+\.sh)", image.content)
    read = re.findall(r"\$here/([\w./-]+)", (ROOT / script).read_text("utf-8"))
    package = [
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "briefpress/cli.py",
        "templates/labels/en.yaml",
    ]
    locks = ["requirements/runtime.txt", "requirements/extras.txt"]
    needed = [each for each in read if not each.endswith("/")]
    assert {script, *needed, *package, *locks} <= copied
    assert not [name for name in copied if name.startswith(("content/", "tests/", ".github/"))]
