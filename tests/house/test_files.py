"""What must not be in the repository."""

from __future__ import annotations

import re

from tests.house.project import files, name_of
from tests.source import ROOT

# Put together here, so that this file doesn't hold what it looks for.
REGISTRIES = [
    f"{name}.{end}"
    for name, end in [
        ("pypi", "org"),
        ("files.pythonhosted", "org"),
        ("registry.npmjs", "org"),
        ("registry.yarnpkg", "com"),
        ("repo.maven.apache", "org"),
        ("repo1.maven", "org"),
    ]
]
_HOME = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+/")


def found_in_texts(what: re.Pattern[str]) -> dict[str, list[str]]:
    """What is found in the project's text files, by file."""
    texts = {path: path.read_bytes() for path in files()}
    found = {
        name_of(path): what.findall(data.decode("utf-8", "replace"))
        for path, data in texts.items()
        if b"\0" not in data[:4096]
    }
    return {name: matches for name, matches in found.items() if matches}


def test_no_file_names_a_registry() -> None:
    assert found_in_texts(re.compile("|".join(map(re.escape, REGISTRIES)))) == {}


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert found_in_texts(_HOME) == {}


def test_the_root_can_be_taken_in_at_a_glance() -> None:
    entries = {path.relative_to(ROOT).parts[0] for path in files()}
    assert len(entries) <= 25
