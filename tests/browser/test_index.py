"""The index of a series in Chromium, opened from disk: found, chosen, and read without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Look, Scheme, Screen
from tests.catalogue.conftest import write_lakes
from tests.publishing.outputs import build

ALL = ["Lake Balkhash & more", "バルハシ湖", "Lake Aral & more"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("index")
    content = write_lakes(folder / "content")
    words = content / "aral" / "en.yaml"
    words.write_text(words.read_text().replace("The only one", "Salt and fish"))
    assert build(content, folder / "out").exit_code == 0
    return (folder / "out" / "index.html").as_uri()


def shown(page: Page) -> list[str]:
    """The titles that can be seen."""
    titles = page.locator(".editions h2").all()
    return [title.inner_text() for title in titles if title.is_visible()]


@pytest.fixture
def screen(look: Look, index: str) -> Iterator[Screen]:
    screen = look(index)
    yield screen
    assert screen.complaints == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("balkhash", ALL[:1]),
        ("PARAGRAPH first", [ALL[0], ALL[2]]),
        ("salt fish", [ALL[2]]),  # of the title of a section, which isn't shown
        ("kazakhstan", [ALL[0], ALL[2]]),  # a place that the text mentions
        ("カザフスタン", [ALL[1]]),
        ("バルハシ", [ALL[1]]),
        ("ハ\u3099ルハシ", [ALL[1]]),  # composed otherwise
        ("麻生", ALL),  # a name as another language writes it
        ("\uff2c \uff11", [ALL[2]]),  # full width, as a Japanese keyboard types
        ("subtitle", [ALL[0], ALL[2]]),
        ("nowhere", []),
        (" ", ALL),
    ],
)
def test_what_is_typed_is_found(screen: Screen, typed: str, found: list[str]) -> None:
    screen.page.get_by_role("searchbox").fill(typed)
    assert shown(screen.page) == found
    says = screen.page.get_by_role("status").inner_text()
    assert says == (f"{len(found)} of 3" if typed.strip() else "")


def test_a_language_is_chosen_with_the_keyboard(screen: Screen) -> None:
    page = screen.page
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="English").is_checked()
    assert shown(page) == [ALL[0], ALL[2]]
    page.keyboard.press("ArrowRight")
    assert shown(page) == [ALL[1]]
    page.get_by_role("searchbox").fill("aral")
    assert shown(page) == []
    assert page.get_by_role("status").inner_text() == "0 of 3"


def test_a_link_to_an_edition_that_is_not_shown_shows_it(screen: Screen) -> None:
    page = screen.page
    page.get_by_role("searchbox").fill("aral")
    page.get_by_role("link", name="Replaced by L 2").click()
    assert shown(page) == ALL
    assert page.get_by_role("heading", name="Lake Balkhash & more").is_visible()


def test_who_comes_back_finds_what_was_found(screen: Screen) -> None:
    page = screen.page
    page.get_by_role("searchbox").fill("aral")
    page.get_by_role("link", name="Web page").locator("visible=true").click()
    page.wait_for_url("**/aral.en.html")
    page.go_back()
    page.wait_for_url("**/index.html")
    assert page.get_by_role("searchbox").input_value() == "aral"
    assert shown(page) == [ALL[2]]


def test_without_script_all_is_listed_and_nothing_is_offered_that_does_not_work(
    chromium: Browser, index: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index)
    assert shown(page) == ALL
    assert not page.get_by_role("searchbox").is_visible()
    page.get_by_role("link", name="Lake Aral & more").click()
    assert page.url.endswith("/aral/aral.en.html")
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_screen_and_axe_finds_nothing(
    look: Look, index: str, width: int, scheme: Scheme
) -> None:
    screen = look(index, width, scheme)
    assert not screen.is_wider_than_it_is()
    assert screen.axe() == []


def test_covers_are_shown_and_move_nothing(look: Look, index: str) -> None:
    """Each takes its room before it is there, and comes from the folder beside the page."""
    screen = look(index, 390)
    page = screen.page
    pictures = page.locator("img")
    assert pictures.count() == 3
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalHeight === 480)")
    # Words may move by a hair when their face is decoded; what is around covers may not.
    moved = page.evaluate(
        """() => new Promise((done) => {
            setTimeout(() => done([]), 200);
            new PerformanceObserver((list) => done(
                list.getEntries().flatMap((each) => each.sources)
                    .filter((source) => source.node?.matches?.("li, img, .named, .more"))
                    .map((source) => source.node.outerHTML)
            )).observe({type: "layout-shift", buffered: true});
        })"""
    )
    assert moved == []
    asked = {url.rpartition("/")[2] for url in screen.asked if url.startswith("file:")}
    covers = {f"{name}.cover.png" for name in ("aral.en", "balkhash.en", "balkhash.ja")}
    assert asked == {"index.html", *covers}
