"""What the content doesn't have any more is taken out, and nothing else ever is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.publishing.outputs import (
    CATALOGUE,
    assert_all_agrees,
    assert_lists_are_true,
    build,
    bytes_of,
    formats_in,
    write_content,
)

ENGLISH_AND_JAPANESE = "languages: [en, ja]\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"alpha": "Alpha", "beta": "Beta"})


@pytest.fixture
def output(content: Path) -> Path:
    """What was published of alpha and beta."""
    folder = content.parent / "out"
    assert build(content, folder).exit_code == 0
    return folder


def published(output: Path) -> set[str]:
    """What is there but the lists, and the covers, which come and go with the rest."""
    there = bytes_of(output).keys() - CATALOGUE
    return {name for name in there if not name.endswith(".cover.png")}


def test_a_briefing_that_was_removed_is_taken_out(content: Path, output: Path) -> None:
    shutil.rmtree(content / "beta")
    said = build(content, output)
    assert said.exit_code == 0
    assert f"{output}/beta/beta.en.html  removed\n" in said.stdout
    assert not (output / "beta").exists()
    assert_all_agrees(output)
    assert published(output) == {"alpha/alpha.en.html"}


def test_a_briefing_that_was_renamed_is_taken_out_under_its_old_name(
    content: Path, output: Path
) -> None:
    (content / "beta").rename(content / "gamma")
    assert build(content, output).exit_code == 0
    assert_all_agrees(output)
    assert published(output) == {"alpha/alpha.en.html", "gamma/gamma.en.html"}


@pytest.mark.parametrize("gone", ["from the folder", "from the series"])
def test_a_language_that_is_gone_is_taken_out(content: Path, gone: str) -> None:
    titles = {"alpha": "Alpha", "alpha.ja": "アルファ"}
    write_content(content, titles, ENGLISH_AND_JAPANESE)
    output = content.parent / "out"
    assert build(content, output).exit_code == 0
    assert "alpha/alpha.ja.html" in published(output)
    if gone == "from the folder":
        (content / "alpha" / "ja.yaml").unlink()
    else:
        (content / "series.yaml").write_text("languages: [en]\n")
    assert build(content, output).exit_code == 0
    assert_all_agrees(output)
    assert published(output) == {"alpha/alpha.en.html", "beta/beta.en.html"}


def test_a_build_of_some_takes_nothing_out(content: Path, output: Path) -> None:
    shutil.rmtree(content / "beta")
    assert build(content, output, "alpha").exit_code == 0
    assert build(content, output, "--language", "en").exit_code == 0
    assert_all_agrees(output)
    assert "beta/beta.en.html" in published(output)


def test_a_briefing_with_faults_is_not_taken_out(content: Path, output: Path) -> None:
    before = bytes_of(output)
    words = content / "beta" / "en.yaml"
    words.write_text(words.read_text().replace("It is short", "It is {unknown}"))
    assert build(content, output).exit_code == 1
    assert bytes_of(output) == before


def test_faults_elsewhere_do_not_keep_what_is_gone(content: Path, output: Path) -> None:
    (content / "alpha" / "en.yaml").write_text("title: No sections\n")
    shutil.rmtree(content / "beta")
    assert build(content, output).exit_code == 1
    assert_all_agrees(output)
    assert published(output) == {"alpha/alpha.en.html"}


def test_a_run_that_a_failure_ends_takes_nothing_out(content: Path, output: Path) -> None:
    (content / "alpha" / "en.yaml").write_text("title: No sections\n")
    shutil.rmtree(content / "beta")
    assert build(content, output, "--fail-fast").exit_code == 1
    assert "beta/beta.en.html" in published(output)


def test_briefings_of_another_series_stay(content: Path, output: Path) -> None:
    other = write_content(content.parent / "other", {"gamma": "Gamma"}, "title: Others\n")
    assert build(other, output).exit_code == 0
    assert_all_agrees(output)
    assert published(output) == {f"{n}/{n}.en.html" for n in ("alpha", "beta", "gamma")}


def test_a_file_of_an_earlier_text_is_taken_out(content: Path, output: Path) -> None:
    """It would say something else than what is listed beside it."""
    assert build(content, output, "beta", "--format", "epub").exit_code == 0
    write_content(content, {"beta": "Another"})
    said = build(content, output, "--format", "epub")
    assert said.exit_code == 0
    assert f"{output}/beta/beta.en.html  removed\n" in said.stdout
    assert_all_agrees(output)
    alphas = {"alpha/alpha.en.html", "alpha/alpha.en.epub"}
    assert published(output) == {*alphas, "beta/beta.en.epub"}


# Only what the press made, as it made it


def test_a_file_that_somebody_changed_is_left(content: Path, output: Path) -> None:
    changed = output / "beta" / "beta.en.html"
    changed.write_text("mine")
    shutil.rmtree(content / "beta")
    said = build(content, output)
    assert said.exit_code == 0
    assert said.stderr.startswith(f"{changed} ")
    assert said.stderr.count("\n") == 1
    assert changed.read_text() == "mine"
    assert_lists_are_true(output)
    assert formats_in(output) == {"alpha/alpha.en.html"}
    assert build(content, output).stderr == ""


@pytest.mark.parametrize("how", ["text", "link"])
def test_a_file_that_somebody_changed_is_not_listed_any_more(
    content: Path, output: Path, how: str
) -> None:
    """Until it is built again."""
    before, changed = bytes_of(output), output / "beta" / "beta.en.html"
    if how == "link":
        changed.rename(content.parent / "elsewhere")
        changed.symlink_to(content.parent / "elsewhere")
    else:
        changed.write_text("mine")
    said = build(content, output, "alpha")
    assert said.exit_code == 0
    assert said.stderr.startswith(f"{changed} ")
    assert formats_in(output) == {"alpha/alpha.en.html"}
    assert_lists_are_true(output)
    assert build(content, output).stderr == ""
    assert bytes_of(output) == before
    assert not changed.is_symlink()


def test_what_others_put_there_is_left(content: Path, output: Path) -> None:
    (output / "notes.txt").write_text("mine")
    (output / ".notes.part").write_text("mine")
    (output / "beta" / "figures" / "deep").mkdir(parents=True)
    (output / "beta" / ".beta.en.html.part.mine").write_text("mine")
    (output / "beta" / ".alpha.en.html.part").write_text("mine")
    (output / "beta" / "beta.ru.html").write_text("mine")
    (output / "Other" / "x").mkdir(parents=True)
    (output / "Other" / ".Other.en.html.part").write_text("mine")
    (output / "empty").mkdir()
    ours = {str(output / "beta" / f"beta.en.{end}") for end in ("html", "cover.png")}
    theirs = {str(path) for path in output.rglob("*")} - ours
    shutil.rmtree(content / "beta")
    assert build(content, output).exit_code == 0
    assert {str(path) for path in output.rglob("*")} == theirs
    assert not (output / "beta" / "beta.en.html").exists()


@pytest.mark.parametrize("linked", ["beta", "beta/beta.en.html"])
def test_what_a_link_leads_to_is_left(content: Path, output: Path, linked: str) -> None:
    """Even if it is byte for byte what was published."""
    elsewhere = content.parent / "elsewhere"
    (output / linked).rename(elsewhere)
    (output / linked).symlink_to(elsewhere)
    before = bytes_of(content.parent)
    shutil.rmtree(content / "beta")
    said = build(content, output)
    assert said.exit_code == 0
    assert "beta.en.html" in said.stderr
    after = bytes_of(content.parent)
    gone = {name for name in before if name not in after and not name.endswith(".cover.png")}
    assert gone == {"content/beta/en.yaml"}
    assert formats_in(output) == {"alpha/alpha.en.html"}


@pytest.mark.parametrize("path", ["../precious.html", "{absolute}", "beta/../../precious.html"])
def test_a_manifest_cannot_lead_out_of_the_folder(content: Path, output: Path, path: str) -> None:
    precious = content.parent / "precious.html"
    shutil.copy(output / "beta" / "beta.en.html", precious)
    lists = output / "manifest.json"
    path = path.format(absolute=precious)
    lists.write_text(lists.read_text().replace("beta/beta.en.html", path))
    shutil.rmtree(content / "beta")
    assert build(content, output).exit_code == 0
    assert precious.exists()


def test_parts_that_a_build_left_are_removed(content: Path, output: Path) -> None:
    """Also those of briefings that aren't built any more."""
    (output / "beta" / ".beta.en.large-print.pdf.part").write_text("half")
    (output / ".manifest.json.part").write_text("half")
    (output / ".SHA256SUMS.last.part").write_text("half")
    before = {name for name in bytes_of(output) if not name.endswith(".part")}
    assert build(content, output, "alpha").exit_code == 0
    assert bytes_of(output).keys() == before


def test_a_build_of_the_same_content_touches_nothing(content: Path, output: Path) -> None:
    before = {path: path.stat().st_ino for path in output.rglob("*")}
    assert build(content, output).exit_code == 0
    assert {path: path.stat().st_ino for path in output.rglob("*")} == before
