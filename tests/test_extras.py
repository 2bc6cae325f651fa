"""How an extra is installed, by where pip notes that Briefpress itself came from (PEP 610)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from briefpress import __version__, extras
from tests.source import ROOT


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The metadata of an installed Briefpress, found before those of this one."""
    metadata = tmp_path / f"briefpress-{__version__}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: briefpress\nVersion: {__version__}\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return metadata


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, f"pip install 'briefpress[sign]=={__version__}'"),
        (
            {"url": "file:///wheels/briefpress.whl", "archive_info": {}},
            "pip install 'briefpress[sign] @ file:///wheels/briefpress.whl'",
        ),
        (
            {
                "url": "https://example.org/briefpress",
                "vcs_info": {"vcs": "git", "requested_revision": "v1", "commit_id": "1a2b"},
            },
            "pip install 'briefpress[sign] @ git+https://example.org/briefpress@1a2b'",
        ),
        (
            {
                "url": "https://example.org/presses",
                "vcs_info": {"vcs": "git", "commit_id": "1a2b"},
                "subdirectory": "briefpress",
            },
            "pip install 'briefpress[sign] @ "
            "git+https://example.org/presses@1a2b#subdirectory=briefpress'",
        ),
        ({"url": ROOT.as_uri(), "dir_info": {"editable": True}}, f"make -C {ROOT} extras"),
        (
            {"url": ROOT.as_uri(), "dir_info": {}},
            f"pip install 'briefpress[sign] @ {ROOT.as_uri()}'",
        ),
    ],
    ids=["index", "wheel", "commit", "part of a repository", "checkout", "folder"],
)
def test_an_extra_comes_from_where_briefpress_came_from(
    installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    origin: dict[str, Any] | None,
    command: str,
) -> None:
    if origin is not None:
        (installed / "direct_url.json").write_text(json.dumps(origin))
    monkeypatch.chdir(tmp_path)
    assert extras.how_to_install("sign") == command


def test_in_the_checkout_make_does_it(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (installed / "direct_url.json").write_text(
        json.dumps({"url": ROOT.as_uri(), "dir_info": {"editable": True}})
    )
    monkeypatch.chdir(ROOT)
    assert extras.how_to_install("sign") == "make extras"
