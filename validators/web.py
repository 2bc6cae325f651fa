"""Web pages in Chromium: axe-core, and what a page does without network and without script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from validators.programs import Json, ask_browser, version_of
from validators.verdict import Finding, Validator, Verdict, has_suffix


def ask_axe(pages: Sequence[Path]) -> Verdict:
    """axe-core: WCAG 2.0, 2.1 and 2.2 at A and AA, and its best practices.

    Each page is looked at in light and dark, as wide as a phone and as a desk's screen.
    """
    return Verdict(version_of("axe-core"), by_page(pages, "axe.mjs"))


def ask_alone(pages: Sequence[Path]) -> Verdict:
    """Chromium with a page from disk, with and without script: what it asks for, what it shows."""
    return Verdict(version_of("playwright-core"), by_page(pages, "alone.mjs"))


def by_page(pages: Sequence[Path], script: str) -> dict[Path, Finding]:
    """What a script saw in each page."""
    looks = ask_browser(script, *map(str, pages))["looks"]
    return {page: gather([look for look in looks if look["page"] == str(page)]) for page in pages}


def gather(looks: Sequence[Json]) -> Finding:
    """A page was looked at in several ways: each fault once, with the ways that showed it."""
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for look in looks:
        for fault in look["faults"]:
            ways[" ".join(fault.split())].append(look["way"])
    messages = [
        fault if len(shown) == len(looks) else f"{fault} ({'; '.join(shown)})"
        for fault, shown in ways.items()
    ]
    return Finding(sum(look["passed"] for look in looks), messages)


VALIDATORS = [
    Validator("axe-core", "WCAG 2.2 AA", "checks", has_suffix(".html"), ask_axe),
    Validator(
        "Playwright", "from disk, without script", "elements", has_suffix(".html"), ask_alone
    ),
]
