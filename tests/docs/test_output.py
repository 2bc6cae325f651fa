"""What a build leaves is documented: each file, and each key of the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Briefpress, Build
from tests.source import BRIEFING, ROOT

PAGE = (ROOT / "docs" / "output.md").read_text("utf-8")
# Names, and not keys: of formats, lists, libraries, and digests.
BY_NAME = {"files", "lists", "libraries", "made_with"}


def keys_in(value: Any, *, are_names: bool = False) -> Iterator[str]:
    """Every key in a part of the manifest."""
    if isinstance(value, list):
        for each in value:
            yield from keys_in(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not are_names:
                yield key
            yield from keys_in(inner, are_names=not are_names and key in BY_NAME)


@pytest.fixture(scope="module")
def published(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Build:
    output = tmp_path_factory.mktemp("published")
    said = briefpress("build", "--output", output, "--language", "en", "--large-print")
    assert said.returncode == 0, said.stderr
    return Build(output, said)


def test_each_file_is_documented(published: Build) -> None:
    files = [path.relative_to(published.output) for path in published.output.rglob("*")]
    names = {str(path).replace(BRIEFING, "lake") for path in files if path.suffix or path.stem}
    visible = {name for name in names if not name.startswith(".") and name != "lake"}
    assert {name for name in visible if f"`{name}`" not in PAGE} == set()


def test_each_key_of_the_manifest_is_documented(published: Build) -> None:
    manifest = json.loads((published.output / "manifest.json").read_text("utf-8"))
    keys = set(keys_in(manifest))
    assert {"briefings", "sha256"} <= keys
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
