"""The documentation as a site: built without a warning, and complete in itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from tests.docs.site import make_site
from tests.source import ROOT

# Attributes whose addresses a browser asks for by itself, without a click.
ASKED_FOR = "//@src | //@srcset | //@poster | //object/@data | //link[not(@rel='canonical')]/@href"
FROM_ELSEWHERE = re.compile(r"(?:[a-z][a-z+.-]*:)?//", re.IGNORECASE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("site"))


def test_every_page_is_in_it(site: Path) -> None:
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / "docs" / page.name).with_suffix(".html").is_file()


def test_pages_ask_no_other_host_for_anything(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert pages
    for page in pages:
        asked_for = html.parse(page).xpath(ASKED_FOR)
        assert [address for address in asked_for if FROM_ELSEWHERE.match(address)] == []


def test_stylesheets_ask_no_other_host_for_anything(site: Path) -> None:
    sheets = sorted(site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        asked_for = re.findall(r"(?:url\(\s*|@import\s+)[\"']?([^\"')\s]+)", text)
        assert [address for address in asked_for if FROM_ELSEWHERE.match(address)] == []


def test_nothing_of_the_machine_is_in_it(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert str(ROOT) not in page.read_text("utf-8")
