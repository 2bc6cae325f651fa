"""A stamp is left only of what is as the run was to leave it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefpress import statuses
from briefpress.keys import sha256_of
from briefpress.press import Outcome
from briefpress.press_run import Left, Order, run
from briefpress.tasks import find_tasks


@pytest.fixture
def output(content: Path, tmp_path: Path) -> Path:
    """What a run has left, which is as it should be."""
    output = tmp_path / "out"
    happened = list(run(find_tasks(content, output, formats=["html"]), Order(jobs=1)))
    assert [each.faults for each in happened if isinstance(each, Outcome)] == [(), ()]
    (left,) = (each for each in happened if isinstance(each, Left))
    watched = left.statuses or {}
    assert {Path(path).name for path in watched} >= {
        *("alpha.en.html", "beta.en.html", "index.html", "manifest.json", "SHA256SUMS")
    }
    assert all(watched.values())
    return output


def keys_in(output: Path) -> dict[str, str]:
    entries = json.loads((output / "manifest.json").read_bytes())["briefings"]
    return {f["path"]: f["key"] for entry in entries for f in entry["files"].values()}


def test_what_is_not_listed_under_its_key_is_not_as_it_should_be(output: Path) -> None:
    keys = keys_in(output)
    assert statuses.outputs(output, keys, sha256_of)
    another = keys | {"alpha/alpha.en.html": "0" * 64}
    assert statuses.outputs(output, another, sha256_of) is None
    more = keys | {"alpha/alpha.en.pdf": "0" * 64}
    assert statuses.outputs(output, more, sha256_of) is None


def test_what_was_damaged_meanwhile_is_not_as_it_should_be(output: Path) -> None:
    file = output / "beta" / "beta.en.html"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert statuses.outputs(output, keys_in(output), sha256_of) is None


def test_all_of_the_content_and_of_the_templates_is_looked_at(content: Path) -> None:
    (content / "alpha" / "figures").mkdir()
    (content / "alpha" / "figures" / "lake.svg").write_text("<svg/>")
    (content / "alpha" / "linked").symlink_to("figures")
    project = content.parent / "project"
    (project / "css").mkdir(parents=True)
    found = statuses.inputs(content, project)
    below = {str(path) for path in (content, *content.rglob("*"), project, project / "css")}
    assert below <= found.keys()
    assert all(found[path] for path in below)
    assert any(path.endswith("themes/plain/css/tokens.css") for path in found)


def test_a_folder_of_templates_that_a_link_leads_to_is_looked_at_by_the_link(
    content: Path,
) -> None:
    for name in ("one", "two"):
        (content.parent / name / "css").mkdir(parents=True)
    link = content.parent / "current"
    link.symlink_to("one")
    before = statuses.inputs(content, link / "css")
    link.unlink()
    link.symlink_to("two")
    assert statuses.inputs(content, link / "css") != before
