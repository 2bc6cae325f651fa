"""Chromium, as the tests drive it, sees what is wrong with a page."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Look

pytestmark = pytest.mark.slow

_PAGE = (
    "data:text/html,<html lang=en><title>A page</title><main><h1>A page</h1>"
    "<p style='width:2000px;color:%23bbb'>wide and pale</p></main><script>x.y</script>"
)


def test_a_page_that_is_broken_is_seen_to_be(look: Look) -> None:
    screen = look(_PAGE, width=390)
    assert screen.is_wider_than_it_is()
    assert screen.complaints == ["x is not defined"]
    assert screen.asked == []
    assert [found.partition(":")[0] for found in screen.axe()] == ["color-contrast"]
