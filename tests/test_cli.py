"""The command line: what it says, where it says it, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.corpus import write_many
from briefpress import __version__
from briefpress.cli import main
from briefpress.diagnostics import Code
from tests.command_line import COMMANDS
from tests.conftest import FORMATS, Briefpress, Build
from tests.publishing.outputs import arguments, write_content
from tests.source import CONTENT, ROOT

CLOSING_LINE = re.compile(
    r"(?P<path>\S+\.(?P<format>pdf|epub|html))  "
    r"[\d,]+ kB, (?:(?P<pages>\d+) pages?, )?\d+\.\d\d s, proved"
)
GITHUB = re.compile(r"::error file=[^,:]+,line=\d+,col=\d+,title=[a-z-]+::[^\n]+")


def run(*arguments: str | Path) -> Result:
    """Run a command in this process, which is quicker."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def spoilt(content: Path) -> Path:
    """Two briefings, the first of which has two faults."""
    words = content / "alpha" / "en.yaml"
    text = words.read_text().replace("in {start}", "in {strat}").replace("id: second", "id: Second")
    words.write_text(text)
    return content


# What the program says of itself


def test_it_says_its_version() -> None:
    assert run("--version").output == f"briefpress, version {__version__}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_its_help_names_every_command_and_shows_how_to_begin(option: str) -> None:
    said = run(option)
    assert said.exit_code == 0
    assert all(f"\n  {command} " in said.output for command in COMMANDS)
    assert "\n      briefpress new my-briefings\n" in said.output


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_a_command_says_what_each_option_is_for(command: str) -> None:
    said = run(command, "--help")
    assert said.exit_code == 0
    for parameter in COMMANDS[command].params:
        if text := getattr(parameter, "help", None):
            assert " ".join(text.split()[:3]) in " ".join(said.output.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_completes_in_the_shell(briefpress: Briefpress, shell: str) -> None:
    script = briefpress(env={"_BRIEFPRESS_COMPLETE": f"{shell}_source"})
    assert script.returncode == 0
    assert "_BRIEFPRESS_COMPLETE" in script.stdout


def test_completion_knows_the_commands(briefpress: Briefpress) -> None:
    asked = {
        "_BRIEFPRESS_COMPLETE": "bash_complete",
        "COMP_WORDS": "briefpress bu",
        "COMP_CWORD": "1",
    }
    assert briefpress(env=asked).stdout == "plain,build\n"


def test_explain_says_what_a_code_means() -> None:
    said = run("explain", "bare-date")
    assert said.exit_code == 0
    assert Code.BARE_DATE.description in said.output
    assert "error[bare-date]" in said.output


def test_codes_are_completed_in_the_shell(briefpress: Briefpress) -> None:
    asked = {"_BRIEFPRESS_COMPLETE": "bash_complete", "COMP_WORDS": "briefpress explain emp"}
    assert briefpress(env={**asked, "COMP_CWORD": "2"}).stdout == "plain,empty-section\n"


def test_explain_says_what_may_be_meant() -> None:
    said = run("explain", "emptysection")
    assert said.exit_code == 2
    assert "did you mean 'empty-section'?" in said.output


def test_explain_lists_every_code() -> None:
    listed = [line.split()[0] for line in run("explain").output.splitlines()]
    assert listed == list(Code)


def test_list_names_each_briefing_with_number_date_and_title(content: Path) -> None:
    said = run("list", "--content", content)
    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "alpha.en\tS 1\t2001-02-03\tAlpha",
        "beta.en\tS 1\t2001-02-03\tBeta",
    ]


# Used in a wrong way


@pytest.mark.parametrize(
    "arguments",
    [
        ["publish"],
        ["build", "--fast"],
        ["build", "--format", "docx"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--content", "pyproject.toml"],
        ["build", "--output", "pyproject.toml"],
        ["check", "--format-errors", "xml"],
        ["explain", "nonsense"],
        ["proof", "no-such-file.en.pdf"],
        ["proof", "--output", "tests"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.exit_code == 2
    assert said.stdout == ""
    assert "Error: " in said.stderr


# Faults


def test_faults_are_shown_for_people_on_stderr(spoilt: Path) -> None:
    said = run("check", "--content", spoilt)
    assert said.exit_code == 1
    assert said.stdout == ""
    words = f"{spoilt}/alpha/en.yaml"
    assert f"{words}:9:28: error[unknown-event]: there is no event 'strat'" in said.stderr
    assert "did you mean 'start'?" in said.stderr
    assert f"{words}:10:9: error[ill-formed-id]" in said.stderr
    assert said.stderr.endswith("2 faults\n")


def test_faults_are_shown_for_programs(spoilt: Path) -> None:
    said = run("check", "--content", spoilt, "--format-errors", "json")
    assert said.exit_code == 1
    assert said.stderr == ""
    faults = json.loads(said.stdout)
    assert [fault["code"] for fault in faults] == ["unknown-event", "ill-formed-id"]
    assert faults[0].keys() == {"code", "file", "line", "column", "length", "message", "hint"}
    assert (faults[0]["line"], faults[0]["column"]) == (9, 28)


def test_faults_are_shown_as_annotations(spoilt: Path) -> None:
    said = run("check", "--content", spoilt, "--format-errors", "github")
    assert said.exit_code == 1
    lines = said.stdout.splitlines()
    assert len(lines) == 2
    assert all(GITHUB.fullmatch(line) for line in lines)


def test_faults_are_shown_as_a_report_of_gitlab_s(spoilt: Path) -> None:
    said = run("check", "--content", spoilt, "--format-errors", "gitlab")
    assert said.exit_code == 1
    issues = json.loads(said.stdout)
    faults = json.loads(run("check", "--content", spoilt, "--format-errors", "json").stdout)
    assert [issue["check_name"] for issue in issues] == [fault["code"] for fault in faults]
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [f["line"] for f in faults]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert {issue["severity"] for issue in issues} <= {
        "info",
        "minor",
        "major",
        "critical",
        "blocker",
    }


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_good_content_ends_with_0(content: Path, form: str) -> None:
    assert run("check", "--content", content, "--format-errors", form).exit_code == 0


def test_json_of_a_good_build_is_still_json(content: Path, tmp_path: Path) -> None:
    said = run(
        *("build", "--content", content, "--output", tmp_path / "out"),
        *("--format", "html", "--format-errors", "json"),
    )
    assert said.exit_code == 0
    assert json.loads(said.stdout) == []
    assert "proved" in said.stderr


def test_json_of_a_build_with_faults_is_still_json(spoilt: Path, tmp_path: Path) -> None:
    said = run(
        *("build", "--content", spoilt, "--output", tmp_path / "out"),
        *("--format", "html", "--format-errors", "json"),
    )
    assert said.exit_code == 1
    assert len(json.loads(said.stdout)) == 2


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_briefing_that_is_not_there_is_a_fault_with_a_near_one(
    content: Path, tmp_path: Path, command: str
) -> None:
    output = ["--output", str(tmp_path / "out")] if command == "build" else []
    said = run(command, "alfa", "--content", content, *output)
    assert said.exit_code == 1
    assert "there is no briefing 'alfa'" in said.stderr
    assert "did you mean 'alpha'?" in said.stderr


@pytest.mark.parametrize("command", ["build", "check", "list"])
def test_no_content_is_a_fault(tmp_path: Path, command: str) -> None:
    said = run(command, "--content", tmp_path / "nowhere")
    assert said.exit_code == 1
    assert "error[missing-file]" in said.stderr


def test_a_language_that_no_briefing_has_is_a_fault(content: Path) -> None:
    said = run("check", "--content", content, "--language", "ja")
    assert said.exit_code == 1
    assert "no briefing has a file ja.yaml" in said.stderr


def test_an_output_folder_that_cannot_be_made_is_no_traceback(
    briefpress: Briefpress, content: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    said = briefpress(
        "build", "--content", content, "--output", tmp_path / "file" / "out", "--format", "html"
    )
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert str(tmp_path / "file") in said.stderr


# Building


def test_a_build_says_one_line_for_each_file(built: Build) -> None:
    lines = [CLOSING_LINE.fullmatch(line) for line in built.said.stdout.splitlines()]
    assert all(lines)
    found = {match["format"]: match for match in lines if match}
    assert found.keys() == set(FORMATS)
    assert all(Path(match["path"]) == built.file(name) for name, match in found.items())
    pages = {name: match["pages"] is not None for name, match in found.items()}
    assert pages == {"pdf": True, "epub": False, "html": False}


def test_a_build_is_quiet_where_there_is_no_terminal(built: Build) -> None:
    assert built.said.stderr == ""
    assert "\x1b" not in built.said.stdout


def test_a_build_shows_its_progress_on_a_terminal(content: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    program = Path(sys.executable).with_name("briefpress")
    folders = ["--content", str(content), "--output", str(tmp_path / "out")]
    subprocess.run(
        [str(program), "build", *folders, "--format", "html"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        check=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(theirs)
    assert b"Building" in os.read(ours, 10_000)
    os.close(ours)


def test_a_terminal_has_its_cursor_again_after_ctrl_c(tmp_path: Path) -> None:
    content = write_many(30, tmp_path / "content")
    ours, theirs = pty.openpty()
    program = Path(sys.executable).with_name("briefpress")
    command = [str(program), "build", "--content", str(content), "--output", str(tmp_path / "out")]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    ) as build:
        os.close(theirs)
        shown = b""
        while not re.search(rb"[1-9]\d*/30", shown):
            shown += os.read(ours, 10_000)
        build.send_signal(signal.SIGINT)
        with suppress(OSError):  # it is closed
            while more := os.read(ours, 10_000):
                shown += more
    os.close(ours)
    assert build.returncode == 130
    assert shown.count(b"\x1b[?25l") == shown.count(b"\x1b[?25h") == 1
    assert b"/s" in shown  # the rate


def test_chosen_briefings_languages_and_formats_are_built_and_no_others(tmp_path: Path) -> None:
    said = run(
        *("build", "specimen", "--content", ROOT / "tests/formats/content"),
        *("--output", tmp_path, "--language", "ja", "--format", "html", "--format", "epub"),
    )
    assert said.exit_code == 0
    made = {path.name for path in (tmp_path / "specimen").iterdir()}
    assert made == {f"specimen.ja.{end}" for end in ("html", "epub", "cover.png")}


def test_a_briefing_with_faults_does_not_hold_back_another(spoilt: Path, tmp_path: Path) -> None:
    said = run("build", "--content", spoilt, "--output", tmp_path / "out", "--format", "html")
    assert said.exit_code == 1
    assert (tmp_path / "out/beta/beta.en.html").is_file()
    assert not (tmp_path / "out/alpha").exists()
    index = (tmp_path / "out/index.html").read_text()
    assert "beta/beta.en.html" in index
    assert "alpha" not in index


def test_a_briefing_with_faults_leaves_what_was_published_before(
    spoilt: Path, tmp_path: Path
) -> None:
    before = tmp_path / "out" / "alpha" / "alpha.en.html"
    before.parent.mkdir(parents=True)
    before.write_text("as it was")
    run("build", "--content", spoilt, "--output", tmp_path / "out", "--format", "html")
    assert before.read_text() == "as it was"


def test_build_py_is_the_build_command(built: Build, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--output", str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [line.split("  ")[0] for line in said.stdout.splitlines()]
    assert [Path(path).relative_to(tmp_path) for path in paths] == [
        built.file(name).relative_to(built.output) for name in FORMATS
    ]
    for name in FORMATS:
        file = built.file(name)
        assert (tmp_path / file.relative_to(built.output)).read_bytes() == file.read_bytes()


def test_check_makes_nothing(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content.parent)
    before = sorted(content.parent.rglob("*"))
    assert run("check").output == "2 editions checked, no faults\n"
    assert sorted(content.parent.rglob("*")) == before


def test_the_folders_have_their_usual_names(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content.parent)
    assert run("build", "alpha", "--format", "html").exit_code == 0
    assert (content.parent / "output" / "alpha" / "alpha.en.html").is_file()


def test_the_content_may_lie_anywhere(tmp_path: Path) -> None:
    moved = tmp_path / "a folder, with: odd' name"
    shutil.copytree(CONTENT, moved)
    said = run("check", "--content", moved)
    assert said.exit_code == 0, said.output


@pytest.mark.parametrize("command", ["list", "explain", "--help", "--version"])
def test_words_that_cannot_be_written_are_told_of(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [Path(sys.executable).with_name("briefpress"), command],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    told = "Error: standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, told)


@pytest.mark.parametrize(
    ("redirect", "why"),
    [
        ("> /dev/full", "Error: standard output: No space left on device\n"),
        (">&-", "Error: standard output: Bad file descriptor\n"),
        ("1< /dev/null", "Error: standard output: Bad file descriptor\n"),
        ("| true", ""),
        (">&- 2>&-", ""),
    ],
    ids=["full", "closed", "not for writing", "nobody reads", "both closed"],
)
def test_a_build_that_cannot_say_what_it_did_is_told_of_alone(
    tmp_path: Path, redirect: str, why: str
) -> None:
    """Not that it has no faults as well, which looks as if all were well."""
    content = write_content(tmp_path / "content", {"alpha": "The first"})
    build = [Path(sys.executable).with_name("briefpress"), *arguments(content, tmp_path / "out")]
    command = f"set -o pipefail; {shlex.join(map(str, build))} --format html {redirect}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, why)
