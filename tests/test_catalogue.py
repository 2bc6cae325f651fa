"""The catalogue: what it lists is there, and what is there it lists."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefpress import __version__
from briefpress.cli import main
from tests.conftest import FORMATS, Build
from tests.publishing.outputs import CATALOGUE, assert_all_agrees, bytes_of, formats_in, manifest_of


def build(content: Path, *arguments: str) -> Path:
    """Build with the command, and give the output folder."""
    output = content.parent / "out"
    command = ["build", *arguments, "--content", str(content), "--output", str(output)]
    said = CliRunner().invoke(main, command)
    assert said.exit_code == 0, said.output
    return output


def test_the_catalogue_of_the_briefing_lists_what_is_there(built: Build) -> None:
    assert_all_agrees(built.output)


def test_the_manifest_says_what_each_file_is(built: Build) -> None:
    (entry,) = manifest_of(built.output)
    assert (entry["id"], entry["language"]) == ("japan-kazakhstan", "en")
    assert (entry["issued"], entry["title"]) == ("2026-11-23", "Japan–Kazakhstan relations")
    assert list(entry["files"]) == [*FORMATS, "cover"]
    for name, file in entry["files"].items():
        data = (built.output / file["path"]).read_bytes()
        assert file["bytes"] == len(data)
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert (file["pages"] is not None) is (name == "pdf")
    digest = {file["source"] for file in entry["files"].values()}
    assert len(digest) == 1
    assert digest.pop() in built.file("html").read_text("utf-8"), "the colophon has it too"


def test_the_manifest_says_once_what_files_were_made_with(built: Build) -> None:
    lists = json.loads((built.output / "manifest.json").read_bytes())
    ((digest, made_with),) = lists["made_with"].items()
    (entry,) = lists["briefings"]
    assert {file["made_with"] for file in entry["files"].values()} == {digest}
    assert digest == hashlib.sha256(json.dumps(made_with, sort_keys=True).encode()).hexdigest()
    assert made_with["briefpress"] == __version__
    assert made_with["python"].startswith(f"{sys.implementation.name} {sys.version.split()[0]}")
    assert made_with["libraries"]["weasyprint"] == version("weasyprint")
    assert any(name.startswith("libpango-1.0.so.") for name in made_with["system"])


def test_a_manifest_that_does_not_say_it_is_read(content: Path) -> None:
    """As one of an earlier version; what it lists is left if its key holds."""
    output = build(content, "--format", "html")
    now = (output / "manifest.json").read_bytes()
    lists = json.loads(now)
    del lists["made_with"]
    for entry in lists["briefings"]:
        for file in entry["files"].values():
            del file["made_with"]
    (output / "manifest.json").write_text(json.dumps(lists))
    build(content, "alpha", "--format", "html")
    assert [e["files"]["html"]["made_with"] for e in manifest_of(output)] == [None, None]
    build(content, "--format", "html", "--force")
    assert (output / "manifest.json").read_bytes() == now


def test_the_index_says_sizes_and_pages(built: Build) -> None:
    index = (built.output / "index.html").read_text("utf-8")
    (entry,) = manifest_of(built.output)
    assert entry["title"] in index
    assert entry["number"] in index
    for name in FORMATS:
        file = entry["files"][name]
        link = re.search(rf"<a href=\"{file['path']}\" type=.*?</a>", index, re.DOTALL)
        assert link is not None
        assert f"{round(file['bytes'] / 1000)} kB" in link[0]
        assert file["pages"] is None or re.search(rf"\b{file['pages']}\b", link[0])


def test_the_index_needs_no_other_file_to_be_shown(built: Build) -> None:
    index = (built.output / "index.html").read_text("utf-8")
    urls = re.findall(r"url\([\"']?([^\"')]*)|src=\"([^\"]*)|rel=\"stylesheet\"", index)
    loaded = [url for found in urls for url in found if url]
    others = [url for url in loaded if not url.startswith("data:")]
    assert len(loaded) > len(others)
    assert others == ["japan-kazakhstan/japan-kazakhstan.en.cover.png"], "the page can do without"


def test_the_index_says_what_is_in_which_language(tmp_path: Path) -> None:
    """The titles and dates are their editions', the rest is the page's."""
    specimens = Path(__file__).parent / "formats" / "content"
    output = tmp_path / "out"
    command = ["build", "--content", str(specimens), "--output", str(output), "--format", "html"]
    assert CliRunner().invoke(main, command).exit_code == 0
    index = (output / "index.html").read_text("utf-8")
    assert re.findall(r"<html[^>]*>", index) == ['<html lang="en-GB" dir="ltr">']
    marked = re.findall(r"<(\w+)[^>]* lang=\"(\w\w)\">(?:<(?:time|a) [^>]*>)?([^<]*)<", index)
    assert [each for each in marked if each[0] in {"h2", "span"}] == [
        *(("span", "en", "English"), ("span", "ja", "日本語")),  # to filter by
        *(("span", "en", "3 February 2001"), ("span", "en", "English")),
        ("h2", "en", "A specimen of every block &amp; more"),
        *(("span", "ja", "2001年2月3日"), ("span", "ja", "日本語")),
        ("h2", "ja", "すべてのブロックの見本"),
    ]
    assert index.count('<time datetime="2001-02-03">') == 2
    described = dict(re.findall(r"<a href=\"([^\"]*)\"[^>]* aria-describedby=\"([^\"]*)\"", index))
    assert described == {f"specimen/specimen.{x}.html": f"specimen-{x}" for x in ("en", "ja")}
    assert all(f'<h2 id="{id_}"' in index for id_ in described.values())


def test_a_build_of_one_briefing_leaves_the_others_listed(content: Path) -> None:
    build(content, "--format", "html", "--format", "epub")
    output = build(content, "beta", "--format", "html")
    assert_all_agrees(output)
    assert [entry["id"] for entry in manifest_of(output)] == ["alpha", "beta"]
    assert [list(entry["files"]) for entry in manifest_of(output)] == [
        ["epub", "html", "cover"]
    ] * 2


def test_a_format_that_is_built_later_is_listed_with_the_earlier(content: Path) -> None:
    build(content, "alpha", "--format", "html")
    output = build(content, "alpha", "--format", "epub")
    assert_all_agrees(output)
    assert formats_in(output) == {"alpha/alpha.en.html", "alpha/alpha.en.epub"}


def test_what_somebody_took_away_is_not_listed(content: Path) -> None:
    output = build(content, "--format", "html", "--format", "epub")
    (output / "alpha" / "alpha.en.html").unlink()
    (output / "beta" / "beta.en.html").unlink()
    (output / "beta" / "beta.en.epub").unlink()
    build(content, "alpha", "--format", "epub")
    assert_all_agrees(output)
    assert [entry["id"] for entry in manifest_of(output)] == ["alpha"]


@pytest.mark.parametrize("broken", ["", "{", "[]", "null", '{"briefings": [1]}'])
def test_a_manifest_that_is_none_is_told_and_left(content: Path, broken: str) -> None:
    """What it listed would be lost."""
    output = build(content, "alpha", "--format", "html")
    (output / "manifest.json").write_text(broken)
    before = bytes_of(output)
    command = ["build", "beta", "--content", str(content), "--output", str(output)]
    said = CliRunner().invoke(main, command)
    assert said.exit_code == 1
    assert said.stderr == (
        f"Error: {output}/manifest.json: it isn't a manifest; "
        "mend or delete it, or build into an empty folder\n"
    )
    assert bytes_of(output) == before
    (output / "manifest.json").unlink()
    build(content, "--format", "html")
    assert_all_agrees(output)


def test_a_manifest_that_cannot_be_read_is_told(content: Path) -> None:
    output = content.parent / "out"
    (output / "manifest.json").mkdir(parents=True)
    command = ["build", "--content", str(content), "--output", str(output), "--format", "html"]
    said = CliRunner().invoke(main, command)
    assert said.exit_code == 1
    assert said.stderr == f"Error: {output}/manifest.json: {os.strerror(errno.EISDIR)}\n"
    assert bytes_of(output) == {}


@pytest.mark.parametrize("broken", ['{"briefings": {}}', '{"briefings": [{}]}'])
def test_entries_that_this_version_does_not_know_are_left_out(content: Path, broken: str) -> None:
    output = build(content, "alpha", "--format", "html")
    (output / "manifest.json").write_text(broken)
    build(content, "alpha", "--format", "html")
    assert_all_agrees(output)


def test_a_format_that_this_version_does_not_know_is_left_out(content: Path) -> None:
    output = build(content, "--format", "html")
    lists = json.loads((output / "manifest.json").read_bytes())
    lists["briefings"][0]["files"]["docx"] = {}
    (output / "manifest.json").write_text(json.dumps(lists))
    build(content, "beta", "--format", "html")
    assert_all_agrees(output)
    assert [entry["id"] for entry in manifest_of(output)] == ["alpha", "beta"]


def test_the_order_is_the_same_whatever_was_built_first(content: Path) -> None:
    build(content, "beta", "--format", "html")
    output = build(content, "alpha", "--format", "html")
    one = {name: (output / name).read_bytes() for name in CATALOGUE}
    build(content, "--format", "html")
    assert {name: (output / name).read_bytes() for name in CATALOGUE} == one
