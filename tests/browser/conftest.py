"""What the tests in Chromium share: one browser, and pages in it that are watched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.source import ROOT
from validators.programs import with_fonts

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AXE = ROOT / "validators/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once a file.

    While it runs, so does Playwright's event loop, in which what signs couldn't start one of its
    own; so it doesn't stay for tests of other files.
    """
    program = shutil.which("chromium")
    assert program is not None, "make validate installs Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=_ARGUMENTS, env={**with_fonts()}
        )
        yield browser
        browser.close()


@dataclass
class Screen:
    """A page in a profile of its own. `complaints` are errors on its console and of its scripts;
    `asked` are the URLs that it and its frames have asked for.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def is_wider_than_it_is(self) -> bool:
        """Whether the page would have to be moved sideways (WCAG 1.4.10)."""
        wide: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide

    def axe(self) -> list[str]:
        """What axe-core finds in the page, its frames left out, by WCAG 2.2 AA and good practice.

        It is run past the policy of the page, which forbids scripts that aren't its own.
        """
        self.page.evaluate(_AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {iframes: false})")
        return [
            f"{each['id']}: {node['html']} {node['failureSummary']}"
            for each in found["violations"]
            for node in each["nodes"]
        ]


Scheme = Literal["light", "dark"]


class Look(Protocol):
    """Opens a URL on a screen of some width, light or dark."""

    def __call__(self, url: str, width: int = 1280, scheme: Scheme = "light") -> Screen: ...


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Opens pages, and closes them after the test."""
    contexts: list[BrowserContext] = []

    def look_at(url: str, width: int = 1280, scheme: Scheme = "light") -> Screen:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        screen = Screen(context.new_page())
        screen.page.goto(url)
        return screen

    yield look_at
    for context in contexts:
        context.close()
