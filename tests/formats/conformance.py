"""What page-validation has against a PDF; `make validate` asks veraPDF and others as well."""

from __future__ import annotations

from pathlib import Path

from validators.pdf import page_validation_finding


def faults_of(file: Path) -> list[str]:
    """What keeps a file from being PDF/UA-1 and PDF/A-3a."""
    findings = (page_validation_finding(profile, file) for profile in ("ua1", "3a"))
    return [message for finding in findings for message in finding.messages]
