"""The index is made within limits, and nobody waits for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefpress.console import TERMINATED
from tests.publishing.outputs import (
    arguments,
    assert_all_agrees,
    assert_lists_are_true,
    build,
    formats_in,
    write_content,
)

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
PROGRAM = str(Path(sys.executable).with_name("briefpress"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"alpha": "Alpha", "beta": "Beta"})


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


def templates_with_index(folder: Path, text: str) -> tuple[str, str]:
    """The option for templates of a project that has an index of its own."""
    index = folder / "templates" / "catalogue" / "index.html.j2"
    index.parent.mkdir(parents=True)
    index.write_text(text, "utf-8")
    return "--templates", str(folder / "templates")


def test_an_index_that_takes_for_ever_is_told(content: Path, output: Path) -> None:
    project = templates_with_index(content.parent, ENDLESS)
    said = build(content, output, "alpha", *project, "--time-limit", "8")
    assert said.exit_code == 1
    assert said.stderr.startswith(
        f"{output}/index.html:1:1: error[job-limit]: the index took more than 8 s\n"
    )
    assert_lists_are_true(output)
    assert formats_in(output) == {"alpha/alpha.en.html"}
    assert build(content, output, "--no-project-templates").exit_code == 0
    assert_all_agrees(output)


def test_an_index_with_a_fault_is_told_where_it_stands(content: Path, output: Path) -> None:
    said = build(content, output, *templates_with_index(content.parent, "\n{{ entries.0.no.no }}"))
    assert said.exit_code == 1
    assert "templates/catalogue/index.html.j2:2:1: error[template]" in said.stderr
    assert formats_in(output) == {"alpha/alpha.en.html", "beta/beta.en.html"}


def test_an_index_that_takes_for_ever_holds_up_no_other_build(content: Path, output: Path) -> None:
    """And is none of what both have published."""
    project = templates_with_index(content.parent, ENDLESS)
    command = [PROGRAM, *arguments(content, output, "alpha", "--format", "html", *project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as endless:
        assert endless.stdout is not None
        assert b"alpha.en.html" in endless.stdout.readline()
        said = build(content, output, "beta", "--no-project-templates")
        assert endless.poll() is None
        endless.terminate()
        assert endless.wait() == TERMINATED
    assert said.exit_code == 0
    assert_all_agrees(output)
