"""The report on a proof: every fact, where each file has it, and where one hasn't."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from junitparser import Failure, JUnitXml
from lxml import html

from briefpress.cli import main
from tests import source
from tests.conftest import FORMATS, Build
from tests.proof.alterations import dates_of, spoil, write
from tests.readers import poppler
from tests.source import BRIEFING, CONTENT


def proof(*arguments: str | Path) -> Result:
    command = ["proof", "--content", str(CONTENT), *map(str, arguments)]
    return CliRunner().invoke(main, command)


def facts_of(file: Path) -> list[dict[str, Any]]:
    (edition,) = json.loads(file.read_text("utf-8"))
    facts: list[dict[str, Any]] = edition["facts"]
    return facts


@pytest.fixture
def spoilt(built: Build, tmp_path: Path) -> Path:
    """The web page with another date in its overview."""
    data = spoil("html", built.file("html").read_bytes(), lambda t: write(at(t), "1991"))
    file = tmp_path / built.file("html").name
    file.write_bytes(data)
    return file


def at(trees: Any) -> Any:  # as the alterations have them
    return dates_of(trees, "overview")[0]


def test_every_section_and_date_is_reported_with_its_page(built: Build, tmp_path: Path) -> None:
    report = tmp_path / "proof.json"
    assert proof("--output", built.output, "--json", report).exit_code == 0
    facts = facts_of(report)
    for fact in facts:
        assert sorted(Path(name).suffix[1:] for name in fact["found"]) == sorted(FORMATS)
        assert isinstance(fact["found"][str(built.file("pdf"))]["page"], int)
    headings = [fact["words"] for fact in facts if fact["kind"] == "section"]
    assert [s.title for s in source.sections()] == [
        title for s in source.sections() for title in [s.title] if any(title in h for h in headings)
    ]
    dates = [f["words"] for f in facts if f["kind"] == "date"]
    for section in source.sections():
        for mention in section.mentions:
            assert f"{mention.words} ({mention.edtf})" in dates


def test_a_page_number_is_that_of_the_page(built: Build, tmp_path: Path) -> None:
    report = tmp_path / "proof.json"
    assert proof("--output", built.output, "--json", report).exit_code == 0
    for fact in facts_of(report):
        if fact["kind"] == "section" and fact["section"] != "In this briefing":
            page = str(fact["found"][str(built.file("pdf"))]["page"])
            text = poppler("pdftotext", "-f", page, "-l", page, built.file("pdf"), "-")
            title = re.sub(r"^(Annex [A-Z]|[\d.]+) ", "", fact["words"])
            assert "".join(title.split()) in "".join(text.split())


def test_what_is_not_there_is_reported_as_not_found(spoilt: Path, tmp_path: Path) -> None:
    report = tmp_path / "proof.json"
    assert proof(spoilt, "--json", report).exit_code == 1
    lost = [fact for fact in facts_of(report) if not fact["found"]]
    mention = next(s for s in source.sections() if s.id == "overview").mentions[0]
    line = f"{mention.file}:{mention.line}"
    assert any(f["kind"] == "date" and f"{line}:" in f["source"] for f in lost)
    (edition,) = json.loads(report.read_text("utf-8"))
    assert "proof-date" in {fault["code"] for fault in edition["faults"]}


def test_each_place_on_the_page_leads_to_the_file(built: Build) -> None:
    page = built.output / "proof.html"
    assert proof("--output", built.output, "--html", page).exit_code == 0
    root = html.document_fromstring(page.read_text("utf-8"))
    page.unlink()
    hrefs = [str(a.get("href")) for a in root.iter("a") if not str(a.get("href")).startswith("#")]
    assert len(hrefs) > 500
    anchors = set(re.findall(rb' id="([^"]*)"', built.file("html").read_bytes()))
    for href in hrefs:
        file, _, fragment = href.partition("#")
        assert (built.output / file).is_file()
        if file.endswith(".pdf"):
            assert re.fullmatch(r"page=\d+", fragment)
        elif file.endswith(".html"):
            assert fragment.encode() in anchors
    assert not root.xpath("//td[@class='lost']")


def test_the_page_shows_faults_and_what_is_lost(spoilt: Path, tmp_path: Path) -> None:
    page = tmp_path / "proof.html"
    assert proof(spoilt, "--html", page).exit_code == 1
    root = html.document_fromstring(page.read_text("utf-8"))
    assert root.xpath("//td[@class='lost']")
    assert "proof-date" in str(root.xpath("string(//ul[@class='faults'])"))


def test_junit_has_a_suite_for_each_file(built: Build, tmp_path: Path) -> None:
    report = tmp_path / "proof.xml"
    assert proof("--output", built.output, "--junit", report).exit_code == 0
    suites = list(JUnitXml.fromfile(str(report)))
    assert [Path(suite.name).suffix[1:] for suite in suites] == list(FORMATS)
    for suite in suites:
        assert BRIEFING in suite.name
        assert suite.failures == 0
        assert suite.tests == len(list(suite)) > 200


def test_the_summary_has_a_row_for_each_file(built: Build, spoilt: Path, tmp_path: Path) -> None:
    report = tmp_path / "proof.md"
    assert proof("--output", built.output, "--markdown", report).exit_code == 0
    head, rule, *rows = report.read_text("utf-8").splitlines()
    assert head.count("|") == rule.count("|")
    files = [built.file(name) for name in FORMATS]
    assert [row.split(" | ")[0] for row in rows] == [f"| `{file.name}`" for file in files]
    assert [row.endswith(" | 0 |") for row in rows] == [True] * len(files)

    assert proof(spoilt, "--markdown", report).exit_code == 1
    (row,) = report.read_text("utf-8").splitlines()[2:]
    found, faults = re.findall(r"([\d,]+) of [\d,]+ \| (\d+) \|$", row)[0]
    assert (found, faults) != ("0", "0")
    assert faults != "0"


def test_junit_has_a_failure_for_each_fault(spoilt: Path, tmp_path: Path) -> None:
    report = tmp_path / "proof.xml"
    assert proof(spoilt, "--junit", report).exit_code == 1
    (suite,) = JUnitXml.fromfile(str(report))
    failed = [case for case in suite if any(isinstance(r, Failure) for r in case.result)]
    assert suite.failures == len(failed) > 0
    assert "proof-date" in {result.type for case in failed for result in case.result}


def test_a_file_that_is_no_briefing_is_in_the_report(tmp_path: Path) -> None:
    file = tmp_path / f"{BRIEFING}.en.epub"
    file.write_bytes(b"")
    report = tmp_path / "proof.xml"
    assert proof(file, "--junit", report, "--json", tmp_path / "proof.json").exit_code == 1
    (suite,) = JUnitXml.fromfile(str(report))
    assert (suite.tests, suite.failures) == (1, 1)
    assert all(not fact["found"] for fact in facts_of(tmp_path / "proof.json"))
