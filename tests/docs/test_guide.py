"""The guide, which Briefpress makes of its own documentation."""

from __future__ import annotations

import runpy
from pathlib import Path

from lxml import html

from tests.source import ROOT


def test_the_guide_is_published_with_its_chapters(tmp_path: Path) -> None:
    guide = runpy.run_path(str(ROOT / "docs" / "guide.py"))
    guide["make"](tmp_path / "guide")
    published = tmp_path / "guide" / "output" / "guide"
    endings = {path.name.removeprefix("guide.en") for path in published.glob("guide.en.*")}
    assert endings >= {".pdf", ".epub", ".html"}
    titles = html.parse(published / "guide.en.html").xpath("//main//h2//text()")
    for page in guide["PAGES"]:
        heading = (ROOT / "docs" / f"{page}.md").read_text("utf-8").partition("\n")[0]
        assert heading.removeprefix("# ") in "".join(titles)
