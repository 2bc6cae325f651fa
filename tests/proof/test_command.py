"""`briefpress proof`, on files from wherever."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefpress.cli import main
from tests import source
from tests.conftest import FORMATS, Build
from tests.proof.alterations import Trees, dates_of, remove, section_of, spoil, write
from tests.source import CONTENT

Download = Callable[[str], Path]


@pytest.fixture
def download(built: Build, tmp_path: Path) -> Download:
    """Copies a published file to where no other lies."""

    def copy(format_name: str) -> Path:
        return Path(shutil.copy(built.file(format_name), tmp_path))

    return copy


def proof(*arguments: str | Path) -> Result:
    command = ["proof", "--content", str(CONTENT), *map(str, arguments)]
    return CliRunner().invoke(main, command)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_good_file_is_proved(download: Download, format_name: str) -> None:
    file = download(format_name)
    said = proof(file)
    assert said.exit_code == 0
    assert said.output == f"{file}: proved\n"


def test_all_that_lies_in_the_output_folder_is_proved(built: Build) -> None:
    said = proof("--output", built.output)
    assert said.exit_code == 0
    assert said.output.count(": proved\n") == len(FORMATS)


@pytest.mark.parametrize("format_name", ["epub", "html"])
def test_an_altered_file_ends_with_1_and_the_line_of_the_yaml(
    download: Download, format_name: str
) -> None:
    def round_off(trees: Trees) -> None:
        write(dates_of(trees, "overview")[0], "1991")

    file = download(format_name)
    file.write_bytes(spoil(format_name, file.read_bytes(), round_off))
    said = proof(file)
    assert said.exit_code == 1
    assert said.stdout == ""
    assert f"error[proof-date]: {file}: the date '16 December 1991' is missing" in said.stderr
    mention = next(s for s in source.sections() if s.id == "overview").mentions[0]
    assert f"{CONTENT}/{source.BRIEFING}/{mention.file}:{mention.line}:" in said.stderr
    assert f"\n {mention.line} | " in said.stderr


def test_the_faults_of_several_files_are_shown_at_once(download: Download) -> None:
    files = [download("epub"), download("html")]
    for file in files:
        name = file.suffix.removeprefix(".")
        data = spoil(name, file.read_bytes(), lambda trees: remove(section_of(trees, "people")))
        file.write_bytes(data)
    faults = json.loads(proof(*files, download("pdf"), "--format-errors", "json").stdout)
    sections = [fault for fault in faults if fault["code"] == "proof-section"]
    line = next(section.line for section in source.sections() if section.id == "people")
    assert {fault["line"] for fault in sections} == {line}
    assert [fault["message"].partition(": ")[0] for fault in sections] == list(map(str, files))


def test_an_altered_file_can_be_annotated(download: Download) -> None:
    file = download("html")
    file.write_bytes(file.read_bytes().replace(b"28 December 1991<", b"28 December 1992<"))
    said = proof(file, "--format-errors", "github")
    assert said.exit_code == 1
    assert all(line.startswith("::error file=") for line in said.stdout.splitlines())
    assert "title=proof-date" in said.stdout


def test_a_good_file_has_no_faults_for_programs_either(download: Download) -> None:
    said = proof(download("html"), "--format-errors", "json")
    assert said.exit_code == 0
    assert json.loads(said.stdout) == []


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("part", [0, 0.5, 0.99])
def test_a_download_that_broke_off_ends_with_1(
    download: Download, format_name: str, part: float
) -> None:
    file = download(format_name)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * part)])
    said = proof(file)
    assert said.exit_code == 1
    assert str(file) in said.stderr


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("briefing.epub", "the name doesn't say what the file is"),
        ("notes.txt", "the name doesn't say what the file is"),
        ("japan-kazakhstan.en.docx", "the name doesn't say what the file is"),
        ("japan-kazakhstan.en.pdf.bak", "the name doesn't say what the file is"),
        ("japan-kasachstan.en.epub", "did you mean 'japan-kazakhstan'?"),
        ("japan-kazakhstan.fr.epub", "no briefing has a file fr.yaml"),
        ("..en.epub", "the name doesn't say what the file is"),
        (".en.epub", "there is no briefing ''"),
        ("japan-kazakhstan.en (1).epub", "no briefing has a file en (1).yaml"),
        ("facts.facts.epub", "there is no briefing 'facts'"),
        ("japan-kazakhstan.facts.epub", "labels for the language 'facts'"),
        ("..%2f.epub", "the name doesn't say what the file is"),
    ],
)
def test_a_file_with_an_odd_name_ends_with_1(
    built: Build, tmp_path: Path, name: str, says: str
) -> None:
    file = Path(shutil.copy(built.file("epub"), tmp_path / name))
    said = proof(file)
    assert said.exit_code == 1
    assert says in said.stderr


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "japan-kazakhstan.en.pdf"
    folder.mkdir()
    assert proof(folder).exit_code == 2


def test_content_with_faults_proves_nothing(built: Build, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    words = content / "japan-kazakhstan" / "en.yaml"
    words.write_text(words.read_text("utf-8").replace("{recognition}", "{recognitoin}"), "utf-8")
    command = ["proof", "--content", str(content), str(built.file("html"))]
    said = CliRunner().invoke(main, command)
    assert said.exit_code == 1
    assert "error[unknown-event]" in said.stderr


def test_content_that_moved_on_is_noticed(built: Build, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    facts = content / "japan-kazakhstan" / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("1992-05,", "1992-06,"), "utf-8")
    for name in FORMATS:
        command = ["proof", "--content", str(content), str(built.file(name))]
        said = CliRunner().invoke(main, command)
        assert said.exit_code == 1
        assert "the date 'June 1992' is missing" in said.stderr
