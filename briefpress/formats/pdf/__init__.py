"""The PDF, by WeasyPrint. Nothing outside this folder imports it.

WeasyPrint is imported (`start_up`). Markup is laid out (`typesetter`), its boxes are gathered piece
by piece (`boxes`), the places where pages begin are found (`paging`), and the PDF is written
(`writing`) with a structure tree of our own (`structure`, `tagging`), metadata and attachments.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import replace
from pathlib import Path

from briefpress.drawing import drawings_of
from briefpress.formats import Artefact, Edition
from briefpress.formats.pdf.start_up import import_weasyprint
from briefpress.pages import Pages, Target

# Fontconfig reads this when WeasyPrint is imported and again for each document.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))


with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    import_weasyprint()
    from briefpress.formats.pdf.boxes import pieces_of
    from briefpress.formats.pdf.footnotes import keep_footnotes
    from briefpress.formats.pdf.lengths import find_lengths_once
    from briefpress.formats.pdf.lines import measure_lines_once
    from briefpress.formats.pdf.metadata import STANDARDS
    from briefpress.formats.pdf.paging import page_starts
    from briefpress.formats.pdf.styles import find_values_quickly
    from briefpress.formats.pdf.typesetter import picture_url, typeset
    from briefpress.formats.pdf.writing import write

keep_footnotes()
find_values_quickly()
find_lengths_once()
measure_lines_once()


def publish(edition: Edition) -> Artefact:
    """Make the PDF. Raises `ContentError` for whatever WeasyPrint warns of."""
    return _publish("pdf", edition, "print")


def publish_large_print(edition: Edition) -> Artefact:
    """Make the PDF in large print, with pages of its own. Raises `ContentError` likewise."""
    drawings = drawings_of(edition.briefing, edition.templates, edition.labels, **_LARGE)
    edition = replace(edition, drawings=drawings)
    return _publish("large-print", edition, "print", "large-print")


# The measures of large-print.css, in CSS pixels: 164 mm, and 16pt.
_LARGE = {"width": 620.0, "size": 21.34}


def _publish(name: str, edition: Edition, *sheets: str) -> Artefact:
    """Make the PDF of a format, with its stylesheets."""
    standards = STANDARDS[edition.standards]
    with typeset(markup(edition), edition, standards.variant, sheets) as laid_out:
        pieces = pieces_of(laid_out.document)
        starts = page_starts(laid_out.html, pieces, len(laid_out.document.pages))
        data = write(edition, laid_out, pieces, standards)
    return Artefact(name, data, starts)


def markup(edition: Edition) -> str:
    """The HTML that the pages are set from."""
    briefing = edition.briefing
    target = Target(
        folder="print",
        anchor=lambda id_: f"#{id_}",
        picture=picture_url,
    )
    return Pages(edition.templates, briefing, edition.labels, target).render(
        "print/document.html.j2",
        issued=edition.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        running_head=" · ".join(filter(None, (briefing.series.title, briefing.number))),
    )
