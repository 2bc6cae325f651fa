"""PDF/UA and PDF/A: veraPDF, and the independent validator page-validation.

Each PDF has to declare what it conforms to in its metadata: PDF/UA-1 with PDF/A-3a, or PDF/UA-2
with PDF/A-4f. It is then checked against both. page-validation knows the first pair only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

import page
import pikepdf

from validators.programs import HERE, Json, ask_java, require
from validators.verdict import CannotRunError, Finding, Validator, Verdict

VERAPDF = HERE / ".verapdf"

# By veraPDF's names for the profiles.
TITLES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a", "ua2": "PDF/UA-2", "4f": "PDF/A-4f"}
PAIRS = ({"ua1", "3a"}, {"ua2", "4f"})


def claims_of(pdf: Path) -> set[str]:
    """The profiles that the XMP metadata declares (ISO 14289-1, 5; ISO 19005-3, 6.6.4)."""
    with pikepdf.open(pdf) as opened, opened.open_metadata() as metadata:
        accessible = metadata.get("pdfuaid:part")
        part, conformance = metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance", "")
    archival = f"{part}{str(conformance).lower()}" if part else None
    return {claim for claim in (accessible and f"ua{accessible}", archival) if claim}


def is_for(profile: str, artefact: Path) -> bool:
    return artefact.suffix == ".pdf" and profile in profiles_of(artefact)


def profiles_of(pdf: Path) -> set[str]:
    """What a PDF is checked against: the pair that has its part of PDF/UA, or else the first."""
    try:
        claims = claims_of(pdf)
    except pikepdf.PdfError:  # the validators will say what is wrong with it
        return PAIRS[0]
    return PAIRS[1] if "ua2" in claims else PAIRS[0]


def claim_messages(pdf: Path, profile: str) -> list[str]:
    claims = claims_of(pdf)
    if profile in claims:
        return []
    declared = " and ".join(sorted(TITLES.get(claim, claim) for claim in claims)) or "nothing"
    return [f"its metadata declares {declared}, not {TITLES[profile]}"]


# veraPDF


def ask_verapdf(profile: str, pdfs: Sequence[Path]) -> Verdict:
    """veraPDF, with one profile."""
    jars = str(require(VERAPDF) / "*")
    options = ["--flavour", profile, "--format", "json"]
    report = ask_java(
        "-cp", jars, "org.verapdf.apps.GreenfieldCliWrapper", *options, *map(str, pdfs)
    )["report"]
    jobs = {Path(job["itemDetails"]["name"]): job for job in report["jobs"]}
    if jobs.keys() != set(pdfs):
        raise CannotRunError(f"veraPDF read {len(jobs)} of {len(pdfs)} files")
    release = report["buildInformation"]["releaseDetails"][0]["version"]
    return Verdict(release, {pdf: verapdf_finding(pdf, profile, job) for pdf, job in jobs.items()})


def verapdf_finding(pdf: Path, profile: str, job: Json) -> Finding:
    results = job.get("validationResult")
    if not results:
        failure = job.get("taskException", {}).get("exceptionMessage", "it gives no reason")
        return Finding(0, [f"could not be read: {failure}"])
    messages = [message for result in results for message in verapdf_failures(result)]
    passed = sum(result["details"]["passedChecks"] for result in results)
    return Finding(passed, claim_messages(pdf, profile) + messages)


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


# page-validation


def ask_page_validation(profile: str, pdfs: Sequence[Path]) -> Verdict:
    """page-validation, with one profile. It counts rules, not checks."""
    release = version("page-validation")
    return Verdict(release, {pdf: page_validation_finding(profile, pdf) for pdf in pdfs})


def page_validation_finding(profile: str, pdf: Path) -> Finding:
    try:
        report = page.validate_pdf(pdf, profile=page.ValidationProfile(profile))
    except page.PageError as error:
        return Finding(0, [f"could not be read: {error}"])
    failures = [failure for failure in report.failures if not is_misread(pdf, failure)]
    messages = [
        f"{failure.rule_id}: {failure.message}"
        + (f" (object {failure.object_id.object_number})" if failure.object_id else "")
        for failure in failures
    ]
    set_aside = {failure.rule_id for failure in report.failures} - {f.rule_id for f in failures}
    return Finding(report.rules.passed + len(set_aside), messages)


def is_misread(pdf: Path, failure: page.ValidationFailure) -> bool:
    """Whether all lengths of streams are right, though page-validation says that one isn't.

    Where the data of a stream ends in 0x0D, page-validation takes that byte for a part of the end
    of line before `endstream`, and finds the length one too high. It is set aside only where a
    stream does end so, and each stands in the file, byte for byte as qpdf reads it by its length,
    between `stream` and `endstream` (ISO 32000-1, 7.3.8.1).
    """
    if not failure.rule_id.endswith("-STREAM-LENGTH-001"):
        return False
    data = pdf.read_bytes()
    with pikepdf.open(pdf) as opened:
        streams = [item for item in opened.objects if isinstance(item, pikepdf.Stream)]
        raw = [stream.read_raw_bytes() for stream in streams]
    stand = all(
        b"stream\n%s\nendstream" % item in data or b"stream\r\n%s\r\nendstream" % item in data
        for item in raw
    )
    return stand and any(item.endswith(b"\r") for item in raw)


VALIDATORS = [
    Validator(
        name,
        TITLES[profile],
        unit,
        partial(is_for, profile),
        partial(ask, profile),
        required=profile in PAIRS[0],
    )
    for name, unit, ask, profiles in (
        ("veraPDF", "checks", ask_verapdf, ("ua1", "3a", "ua2", "4f")),
        ("page-validation", "rules", ask_page_validation, ("ua1", "3a")),
    )
    for profile in profiles
]
