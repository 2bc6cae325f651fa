"""Small contents, what is published of them, and what must be true of every output folder."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from briefpress.cli import main

LISTS = {"index.html", "feed.xml", "opds.json", "opds.xml"}
CATALOGUE = {*LISTS, "manifest.json", "SHA256SUMS"}

WORDS = """\
title: {title}
summary: A summary.
sections:
  - {{id: only, title: The only one, blocks: [prose: It is short.]}}
"""


def write_content(folder: Path, titles: Mapping[str, str], series: str = "") -> Path:
    """A content folder with a briefing for each id and title; an id may have a language: `a.ja`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, title in titles.items():
        id_, _, language = name.partition(".")
        (folder / id_).mkdir(exist_ok=True)
        words = folder / id_ / f"{language or 'en'}.yaml"
        words.write_text(WORDS.format(title=title), "utf-8")
    if series:
        (folder / "series.yaml").write_text(series, "utf-8")
    return folder


def arguments(content: Path, output: Path, *more: str) -> list[str]:
    return ["build", *more, "--content", str(content), "--output", str(output)]


def build(content: Path, output: Path, *more: str) -> Result:
    """Run the command; by default it makes web pages alone, in one process, which is quickest."""
    formats = () if "--format" in more else ("--format", "html")
    jobs = () if "--jobs" in more else ("--jobs", "1")
    return CliRunner().invoke(main, arguments(content, output, *more, *formats, *jobs))


def bytes_of(output: Path) -> dict[str, bytes]:
    """Every file in a folder, by its path."""
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def without_parts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.endswith(".part")}


def manifest_of(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((output / "manifest.json").read_bytes())["briefings"]
    return found


def listed_in(output: Path) -> dict[str, str]:
    """The files that the manifest lists, with their digests."""
    files = (file for entry in manifest_of(output) for file in entry["files"].values())
    return {file["path"]: file["sha256"] for file in files}


def formats_in(output: Path) -> set[str]:
    """The files that the manifest lists for readers to choose from, which the cover isn't."""
    return {path for path in listed_in(output) if not path.endswith(".cover.png")}


def assert_lists_are_true(output: Path) -> None:
    """What manifest and sums list is there, with its digest."""
    for path, digest in listed_in(output).items():
        assert hashlib.sha256((output / path).read_bytes()).hexdigest() == digest, path
    if (output / "SHA256SUMS").read_bytes():
        assert_sums_are_true(output)


def assert_sums_are_true(output: Path) -> None:
    """The sums are those of the files, by the tool that readers have."""
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=output,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, "")


def assert_all_agrees(output: Path) -> None:
    """All that is published is listed everywhere, nothing else is, and no parts are left."""
    assert_lists_are_true(output)
    there = bytes_of(output).keys() - CATALOGUE
    data = json.loads((output / "manifest.json").read_bytes())
    index = (output / "index.html").read_text("utf-8")
    sums = (output / "SHA256SUMS").read_text("utf-8")
    assert listed_in(output).keys() == there
    assert {each["path"] for each in data["lists"]} == LISTS
    assert set(re.findall(r"(?m)^[0-9a-f]{64}  (.*)$", sums)) == there | LISTS
    linked = set(re.findall(r"<a [^>]*?href=\"([^\"#]+)\"", index)) - LISTS
    assert linked == formats_in(output)
    assert linked | set(re.findall(r"<img [^>]*?src=\"([^\"]*)\"", index)) == there
    assert "unfinished" not in data
