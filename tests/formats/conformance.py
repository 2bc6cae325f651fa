"""What page-validation has against a PDF; `make validate` asks veraPDF and others as well."""

from __future__ import annotations

from pathlib import Path

import page


def faults_of(file: Path) -> list[str]:
    """What keeps a file from being PDF/UA-1 and PDF/A-3a."""
    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
    reports = [page.validate_pdf(file, profile=profile) for profile in profiles]
    return [f"{each.rule_id}: {each.message}" for report in reports for each in report.failures]
