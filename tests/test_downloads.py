"""A PDF alone is enough: its source can be taken out, built again, and it can be proved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from briefpress.cli import main
from tests.conftest import Briefpress, Build
from tests.formats.conftest import SPECIMEN
from tests.source import BRIEFING, CONTENT


@pytest.fixture
def download(built: Build, tmp_path: Path) -> Path:
    """The real briefing's PDF under another name, where there is no content."""
    return Path(shutil.copy(built.file("pdf"), tmp_path / "download (1).pdf"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_what_is_extracted_builds_the_same_pdf(
    briefpress: Briefpress, built: Build, download: Path, tmp_path: Path
) -> None:
    said = run("extract", download, "--to", tmp_path / "content")
    assert said.exit_code == 0, said.output
    assert (tmp_path / "content" / BRIEFING / "en.yaml").read_bytes() == (
        CONTENT / BRIEFING / "en.yaml"
    ).read_bytes()
    again = briefpress("build", "--content", "content", "--output", "out", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    file = tmp_path / "out" / BRIEFING / f"{BRIEFING}.en.pdf"
    assert file.read_bytes() == built.file("pdf").read_bytes()


def test_pictures_are_extracted_as_well(tmp_path: Path) -> None:
    output = tmp_path / "output"
    said = run("build", "--content", SPECIMEN, "--output", output, "--language", "en")
    assert said.exit_code == 0, said.output
    said = run("extract", output / "specimen" / "specimen.en.pdf", "--to", tmp_path / "content")
    for name in ("chart.svg", "map.png"):
        found = (tmp_path / "content" / "specimen" / name).read_bytes()
        assert found == (SPECIMEN / "specimen" / name).read_bytes()


def test_nothing_is_written_over(download: Path, tmp_path: Path) -> None:
    said = run("extract", download, "--to", tmp_path)
    assert said.exit_code == 2
    assert "isn't empty" in said.output


def test_a_pdf_is_proved_with_nothing_but_itself(
    briefpress: Briefpress, download: Path, tmp_path: Path
) -> None:
    said = briefpress("proof", download.name, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert said.stdout == f"{download.name}: proved against the source that it carries\n"


def replace_source(file: Path, old: bytes, new: bytes) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        name = f"{BRIEFING}/en.yaml"
        data = pdf.attachments[name].get_file().read_bytes()
        assert old in data
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data.replace(old, new))
        pdf.save(file)


def test_a_pdf_that_says_something_else_than_its_source_is_not_proved(download: Path) -> None:
    replace_source(download, b"title: Overview", b"title: Survey")
    said = run("proof", "--alone", download)
    assert said.exit_code == 1
    assert f"{download}/{BRIEFING}/en.yaml:" in said.stderr
    assert "error[proof-section]" in said.stderr
    assert "Survey" in said.stderr


def test_faults_in_the_source_it_carries_are_shown(download: Path) -> None:
    replace_source(download, b"title: Overview", b"titel: Overview")
    said = run("proof", "--alone", download)
    assert said.exit_code == 1
    assert f"{download}/{BRIEFING}/en.yaml:" in said.stderr
    assert "error[unknown-key]" in said.stderr


@pytest.mark.parametrize("name", ["../out.yaml", "/etc/out.yaml", "a/../../b", "C:\\x", ".hidden"])
def test_a_pdf_cant_write_where_it_likes(download: Path, tmp_path: Path, name: str) -> None:
    with pikepdf.open(download, allow_overwriting_input=True) as pdf:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"x", filename=name)
        pdf.save(download)
    said = run("extract", download, "--to", tmp_path / "content")
    assert said.exit_code == 1
    assert "error[not-a-briefing]" in said.stderr
    assert not (tmp_path / "content").exists()


def test_a_pdf_of_another_kind_carries_no_source(tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    for command in (("extract", "--to", tmp_path / "content"), ("proof", "--alone")):
        said = run(command[0], file, *command[1:])
        assert said.exit_code == 1
        assert "it doesn't carry the source of one briefing" in said.stderr
