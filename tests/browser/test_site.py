"""The documentation's site in Chromium, opened from disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Look, Scheme
from tests.docs.site import make_site

pytestmark = pytest.mark.slow

# Furo's two columns beside the text have no names of their own. WCAG doesn't ask for any.
OF_THE_THEME = "landmark-unique: <aside"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("page", ["index", "content"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_page_can_be_read_by_everybody(
    site: Path, look: Look, page: str, width: int, scheme: Scheme
) -> None:
    screen = look((site / "docs" / f"{page}.html").as_uri(), width, scheme)
    assert screen.complaints == []
    assert [url for url in screen.asked if not url.startswith(site.as_uri())] == []
    assert not screen.is_wider_than_it_is()
    assert [found for found in screen.axe() if not found.startswith(OF_THE_THEME)] == []


def test_the_search_works_from_disk(site: Path, look: Look) -> None:
    screen = look(f"{(site / 'search.html').as_uri()}?q=chronology")
    found = screen.page.locator("#search-results li a[href*='content.html']")
    found.first.wait_for()
    assert [url for url in screen.asked if not url.startswith(site.as_uri())] == []


def test_the_first_address_leads_to_the_first_page(site: Path, look: Look) -> None:
    screen = look((site / "index.html").as_uri())
    screen.page.wait_for_url("**/docs/index.html")
