"""The preview as people see it, in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Look, Scheme, Screen
from tests.serving import Served, serving
from tests.source import ROOT

pytestmark = pytest.mark.slow

NAME = "japan-kazakhstan"
BROKEN = "{recogniton}"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "content", tmp_path / "content")


@pytest.fixture
def preview(content: Path) -> Iterator[Served]:
    with serving("--content", content) as served:
        yield served


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview whose content nobody changes."""
    folder = shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("still") / "content")
    with serving("--content", folder) as served:
        yield served


def opened(look: Look, preview: Served, view: str, **how: int | Scheme) -> Screen:
    """An edition on a screen, once it is proved and shown."""
    screen = look(f"{preview.url}view/{NAME}/en/{view}", **how)  # type: ignore[arg-type]
    expect(screen.page.get_by_role("status")).to_have_text("proved", timeout=30_000)
    expect(screen.page.locator("iframe")).to_have_count(1)
    expect(screen.page.locator("iframe.coming")).to_have_count(0)
    return screen


def framed(page: Page) -> FrameLocator:
    return page.frame_locator("iframe:not(.coming)")


def top_of(page: Page, selector: str) -> float:
    """How far below the upper edge of the frame something is."""
    top: float = framed(page).locator(selector).evaluate("e => e.getBoundingClientRect().top")
    return top


def test_a_change_is_shown_at_the_same_place(look: Look, preview: Served, content: Path) -> None:
    screen = opened(look, preview, "page")
    framed(screen.page).locator("#chronology").evaluate("e => e.scrollIntoView()")
    framed(screen.page).locator("html").evaluate("() => scrollBy(0, 57)")
    before = top_of(screen.page, "#chronology")
    words = content / NAME / "en.yaml"
    text = words.read_text()
    longer = text.replace("title: Overview", "title: A much longer overview", 1).replace(
        "summary: |", "summary: |\n  It has one more paragraph now.\n", 1
    )
    assert longer.count("\n") > text.count("\n")
    words.write_text(longer)
    expect(framed(screen.page).locator("#overview h2")).to_contain_text("A much longer overview")
    expect(screen.page.get_by_role("status")).to_have_text("proved", timeout=30_000)
    expect(screen.page.locator("iframe")).to_have_count(1)
    assert top_of(screen.page, "#chronology") == pytest.approx(before, abs=2)
    assert before < 0
    assert screen.complaints == []


def test_a_mistake_is_shown_until_it_is_mended(look: Look, preview: Served, content: Path) -> None:
    screen = opened(look, preview, "page")
    page, overlay = screen.page, screen.page.get_by_role("dialog")
    words = content / NAME / "en.yaml"
    good = words.read_text()
    words.write_text(good.replace("{recognition}", BROKEN, 1))
    expect(overlay).to_be_visible()
    line = words.read_text().split(BROKEN)[0].count("\n") + 1
    expect(overlay.get_by_role("heading")).to_have_text("1 fault")
    expect(overlay.get_by_role("heading")).to_be_focused()
    expect(overlay).to_contain_text(f"{words}:{line}:")
    expect(overlay.locator("mark")).to_have_text(BROKEN)
    expect(overlay).to_contain_text("did you mean 'recognition'?")
    expect(overlay.get_by_role("link", name="unknown-event")).to_be_visible()
    assert screen.axe() == []
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    expect(framed(page).locator("h1")).to_be_visible()
    page.get_by_role("button", name="Show 1 fault").click()
    expect(overlay).to_be_visible()
    words.write_text(good)
    expect(overlay).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("proved", timeout=30_000)
    assert screen.complaints == []


def test_two_tabs_show_the_same_change(look: Look, preview: Served, content: Path) -> None:
    first, second = opened(look, preview, "page"), opened(look, preview, "book")
    words = content / NAME / "en.yaml"
    words.write_text(words.read_text().replace("title: Japan–", "title: Nippon–", 1))
    for screen in (first, second):
        expect(framed(screen.page).locator("h1")).to_contain_text("Nippon–", timeout=30_000)
        expect(screen.page.get_by_role("heading", level=1)).to_contain_text("Nippon–")


def test_content_that_is_broken_from_the_start_is_told(
    look: Look, content: Path, tmp_path: Path
) -> None:
    series = content / "series.yaml"
    good = series.read_text()
    series.write_text("colour: red\n")
    with serving("--content", content) as preview:
        screen = look(preview.url)
        overlay = screen.page.get_by_role("dialog")
        expect(overlay).to_contain_text("series.yaml:1:1")
        series.write_text(good)
        expect(overlay).to_be_hidden()
        expect(screen.page.locator(f"[data-edition='{NAME}.en']")).to_be_visible()
    assert tmp_path.is_dir()


def test_pages_of_the_pdf_are_drawn_as_they_come_into_sight(look: Look, still: Served) -> None:
    screen = opened(look, still, "pages")
    pictures = framed(screen.page).get_by_role("img")
    assert pictures.count() > 8
    expect(framed(screen.page).get_by_alt_text("Page 1 as it is printed")).to_be_visible()
    drawn = {url for url in screen.asked if ".png" in url}
    assert 0 < len(drawn) < pictures.count()
    pictures.last.scroll_into_view_if_needed()
    framed(screen.page).locator("img >> nth=-1").evaluate("e => e.decode()")
    width = framed(screen.page).locator("img >> nth=-1").evaluate("e => e.naturalWidth")
    assert width >= 2 * framed(screen.page).locator("img >> nth=-1").evaluate("e => e.width")


def test_chapters_are_turned_by_the_contents(look: Look, still: Served) -> None:
    screen = opened(look, still, "book")
    page = screen.page
    page.get_by_role("navigation", name="Chapters").get_by_role("link", name="4 Chronology").click()
    expect(framed(page).get_by_role("heading", name="Chronology")).to_be_visible()
    expect(page.locator("#contents [aria-current]")).to_have_text("4 Chronology")
    page.get_by_role("button", name="Next").click()
    expect(framed(page).get_by_role("heading", name="People")).to_be_visible()
    expect(page.locator("#contents [aria-current]")).to_have_text("5 People")
    page.get_by_role("button", name="Previous").click()
    expect(framed(page).get_by_role("heading", name="Chronology")).to_be_visible()
    assert screen.complaints == []


def test_the_report_leads_to_the_files(look: Look, still: Served) -> None:
    screen = opened(look, still, "proof")
    expect(framed(screen.page).get_by_role("heading", level=1)).to_have_text("What was proved")
    framed(screen.page).get_by_role("link", name="page 3").first.click()
    screen.page.wait_for_url("**/pages#page=3")
    expect(screen.page.locator("iframe.coming")).to_have_count(0)
    expect(framed(screen.page).get_by_alt_text("Page 3 as it is printed")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_screen_fits_and_is_accessible(
    look: Look, still: Served, width: int, scheme: Scheme
) -> None:
    screens = [look(still.url, width, scheme), look(f"{still.url}codes", width, scheme)]
    views = ("page", "pages", "book", "proof")
    screens += [opened(look, still, view, width=width, scheme=scheme) for view in views]
    for screen in screens:
        assert screen.axe() == [], screen.page.url
        assert not screen.is_wider_than_it_is(), screen.page.url
        for frame in screen.page.frames:
            assert frame.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert screen.complaints == []
        assert [url for url in screen.asked if not url.startswith((still.url, "data:"))] == []


@pytest.mark.parametrize("width", [700, 1100])
def test_the_proof_has_room_for_its_columns(look: Look, still: Served, width: int) -> None:
    table = framed(opened(look, still, "proof", width=width).page).locator(".table").first
    assert table.evaluate("box => box.scrollWidth - box.clientWidth") <= 0


@pytest.mark.parametrize(("width", "shown"), [(390, "none"), (1280, "inline")])
def test_a_key_is_named_where_there_are_keys(
    look: Look, still: Served, width: int, shown: str
) -> None:
    key = opened(look, still, "page", width=width).page.locator(".overlay .key")
    assert key.evaluate("each => getComputedStyle(each).display") == shown


def test_a_keyboard_is_enough(look: Look, still: Served) -> None:
    page = look(still.url).page
    press = page.keyboard.press
    press("Tab")
    press("Enter")
    page.wait_for_url("**/page")
    expect(page.locator("iframe")).to_have_count(1)
    press("Tab")
    expect(page.get_by_role("link", name="To the Web page")).to_be_focused()
    for _ in range(4):
        press("Tab")
    expect(page.get_by_role("link", name="EPUB", exact=True)).to_be_focused()
    press("Enter")
    page.wait_for_url("**/book")
    expect(framed(page).locator("h1")).to_be_visible()
    page.get_by_role("button", name="Next").focus()
    press("Space")
    expect(framed(page).get_by_role("heading", name="Summary")).to_be_visible()
    page.locator("iframe").focus()
    press("PageDown")
