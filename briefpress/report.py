"""What was proved: every fact of each edition, and where it stands in each of its files.

As a page for people, as JSON for programs, as JUnit's XML, which every CI shows, and in short as
Markdown, for the summary of a run.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lxml import etree
from lxml.builder import E

from briefpress.atomic import put_in_place
from briefpress.diagnostics import Diagnostic, as_data
from briefpress.downloads import Download
from briefpress.formats import FORMATS
from briefpress.formats.web import characters_in, styled
from briefpress.look import BUILT_IN, Templates, find_templates
from briefpress.proof.facts import Fact, Proved, facts_of
from briefpress.sandbox import render

_TEMPLATE = "catalogue/proof.html.j2"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An edition, its facts, and the files that were held against them."""

    name: str
    title: str
    language: str
    facts: Sequence[Fact]
    files: Sequence[Proved]

    @property
    def faults(self) -> list[Diagnostic]:
        """What is wrong with its files."""
        return [fault for file in self.files for fault in file.faults]

    @property
    def totals(self) -> dict[str, int]:
        """How many facts of each kind there are."""
        return dict(Counter(fact.kind for fact in self.facts))


def sheets_of(downloads: Iterable[Download]) -> list[Sheet]:
    """A sheet for each edition, with all files that were held against the same source."""
    editions: dict[int, list[Download]] = {}
    for each in downloads:
        editions.setdefault(id(each.source), []).append(each)
    return [_sheet(files) for files in editions.values()]


def _sheet(files: Sequence[Download]) -> Sheet:
    source = files[0].source
    facts = list(facts_of(source.expected))
    order = {each.suffix: place for place, each in enumerate(FORMATS.values())}
    proved = sorted((f.proved for f in files), key=lambda f: order.get(suffix_of(f), len(order)))
    return Sheet(source.edition, source.title, source.language, facts, proved)


def write(
    sheets: Sequence[Sheet],
    *,
    page: Path | None,
    data: Path | None,
    junit: Path | None,
    summary: Path | None,
) -> None:
    """Write a report to those files that are named."""
    files: dict[Path, bytes] = {}
    if page:
        files[page] = as_page(sheets, page.parent, find_templates(BUILT_IN)).encode()
    if data:
        files[data] = as_json(sheets).encode()
    if junit:
        files[junit] = as_junit(sheets)
    if summary:
        files[summary] = as_markdown(sheets).encode()
    put_in_place(files)


def as_page(sheets: Iterable[Sheet], folder: Path, templates: Templates) -> str:
    """The report as a page that is to lie in a folder, from which its links to the files lead."""
    shown = {"sheets": [_shown(sheet, folder) for sheet in sheets]}
    html = render(templates, _TEMPLATE, shown)
    return styled(html, templates, characters_in(html), "tokens", "dark", "text", "web", "proof")


def _shown(sheet: Sheet, folder: Path) -> dict[str, object]:
    """A sheet as its template gets it."""
    return {
        "name": sheet.name,
        "title": sheet.title,
        "language": sheet.language,
        "totals": sheet.totals,
        "files": [suffix_of(file) for file in sheet.files],
        "faults": [as_data(fault) for fault in sheet.faults],
        "facts": [
            {
                "kind": fact.kind,
                "words": fact.words,
                "span": str(fact.span),
                "source": f"{Path(fact.span.file).name}:{fact.span.line}",
                "places": [_place(fact, file, folder) for file in sheet.files],
            }
            for fact in sheet.facts
        ],
    }


def suffix_of(file: Proved) -> str:
    """What the name of a file ends in, behind the briefing and the language."""
    return Path(file.name).name.split(".", 2)[-1]


def _place(fact: Fact, file: Proved, folder: Path) -> tuple[str, str]:
    """What to call the place where a file has a fact, and its URL; empty where it hasn't."""
    place = file.places.get(fact.thing)
    if place is None:
        return "", ""
    path = quote(Path(os.path.relpath(file.name, folder)).as_posix())
    if place.page is not None:
        return f"page {place.page}", f"{path}{place.fragment}"
    chapter, _, anchor = place.fragment.partition("#")
    # No browser opens a chapter inside an EPUB.
    return (place.fragment, path) if chapter else (f"#{anchor}", f"{path}#{anchor}")


def as_json(sheets: Iterable[Sheet]) -> str:
    """The report as a JSON array of editions, each with its facts and its faults."""
    return json.dumps([_data(sheet) for sheet in sheets], ensure_ascii=False, indent=2) + "\n"


def _data(sheet: Sheet) -> dict[str, object]:
    return {
        "edition": sheet.name,
        "files": [file.name for file in sheet.files],
        "facts": [
            {
                "kind": fact.kind,
                "words": fact.words,
                "section": fact.section,
                "source": str(fact.span),
                "found": {
                    file.name: {"page": place.page, "fragment": place.fragment}
                    for file in sheet.files
                    if (place := file.places.get(fact.thing))
                },
            }
            for fact in sheet.facts
        ],
        "faults": list(map(as_data, sheet.faults)),
    }


def as_markdown(sheets: Iterable[Sheet]) -> str:
    """What was proved of each file, as a table in Markdown (GitHub's and GitLab's)."""
    rows = [_row(sheet, file) for sheet in sheets for file in sheet.files]
    head = "| file | size | pages | facts found | faults |\n| --- | ---: | ---: | ---: | ---: |\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(sheet: Sheet, file: Proved) -> list[str]:
    path = Path(file.name)
    found = sum(fact.thing in file.places for fact in sheet.facts)
    pages = max((place.page or 0 for place in file.places.values()), default=0)
    return [
        # What would mean something in Markdown isn't in the names of what is published.
        f"`{re.sub(r'[^a-zA-Z0-9.-]', '_', path.name)}`",
        f"{path.stat().st_size / 1000:,.0f} kB",
        str(pages or "–"),
        f"{found:,} of {len(sheet.facts):,}",
        str(len(file.faults)),
    ]


def as_junit(sheets: Iterable[Sheet]) -> bytes:
    """The report as JUnit's XML: a suite a file, a test a fact that was found, or a fault."""
    suites = [_suite(sheet, file) for sheet in sheets for file in sheet.files]
    return etree.tostring(
        E.testsuites(*suites, name="briefpress proof"),
        xml_declaration=True,
        encoding="UTF-8",
        pretty_print=True,
    )


def _suite(sheet: Sheet, file: Proved) -> etree._Element:
    tests = [*_passed(sheet, file), *map(_failed, file.faults)]
    counts = {"tests": str(len(tests)), "failures": str(len(file.faults)), "errors": "0"}
    return E.testsuite(*tests, name=file.name, **counts)


def _passed(sheet: Sheet, file: Proved) -> Iterator[etree._Element]:
    for fact in sheet.facts:
        if fact.thing in file.places:
            name = f"{fact.kind}: {_plain(fact.words)}"
            yield E.testcase(name=name, classname=fact.section, file=str(fact.span), time="0")


def _failed(fault: Diagnostic) -> etree._Element:
    failure = E.failure(_plain(fault.hint), message=_plain(fault.message), type=str(fault.code))
    where = str(fault.span)
    return E.testcase(failure, name=where, classname=str(fault.code), file=where, time="0")


def _plain(text: str) -> str:
    """A text as XML can hold it."""
    return "".join(c if c.isprintable() else " " for c in text)
