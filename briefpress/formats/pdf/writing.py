"""A laid out document as a tagged, archival PDF that carries its source."""

from __future__ import annotations

import warnings
from typing import Any
from urllib.parse import urlsplit

import pydyf

from briefpress.formats import Edition, identifier_of
from briefpress.formats.pdf.attachments import attach, source_of
from briefpress.formats.pdf.boxes import (
    POINTS,
    Marks,
    Piece,
    anchors_of,
    keep_one_link_a_line,
    tagged_by,
)
from briefpress.formats.pdf.bytes_once import make_bytes_once, put_together_when_painted
from briefpress.formats.pdf.destinations import lead_to_elements
from briefpress.formats.pdf.metadata import Standards, write_metadata
from briefpress.formats.pdf.structure import Tag, tree_of
from briefpress.formats.pdf.tagging import StructureTree
from briefpress.formats.pdf.tiles import have_small_units
from briefpress.formats.pdf.typesetter import Typeset


def write(edition: Edition, laid_out: Typeset, pieces: list[Piece], standards: Standards) -> bytes:
    """The bytes of a laid out document, whose pieces are given, as a PDF by some standards."""
    document = laid_out.document
    first_pages = anchors_of(document)

    def describe(tag: Tag, annotation: pydyf.Dictionary) -> str:
        """What a link says: its words, and where it leads (ISO 14289-1, 7.18.5)."""
        words = " ".join("".join(tag.element.itertext()).split())
        if "Dest" in annotation:
            page = first_pages[annotation["Dest"].string]
            return f"{words} ({edition.labels.words['page']} {page})"
        host = urlsplit(annotation["A"]["URI"].string).hostname
        return words if host is None or host in words else f"{words} ({host})"

    def add_tags(pdf: pydyf.PDF, pieces: list[Piece], marks: Marks) -> None:
        heights = [page.height * POINTS for page in document.pages]
        tree = StructureTree(pdf, heights, describe, standards.is_pdf_2)
        anchors = tree.write(tree_of(laid_out.html, pieces, marks))
        if standards.is_pdf_2:
            lead_to_elements(pdf, anchors)

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        attach(pdf, source_of(edition), edition.time.strftime("D:%Y%m%d%H%M%SZ"))
        write_metadata(document, pdf, standards, identifier_of(edition.briefing, "pdf"))
        have_small_units(pdf)
        make_bytes_once(pdf)

    keep_one_link_a_line(document, pieces)
    for page in document.pages:
        put_together_when_painted(page)
    with tagged_by(add_tags, pieces), warnings.catch_warnings():
        # WeasyPrint doesn't close the file of its colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        written: bytes = document.write_pdf(
            pdf_variant=standards.variant,
            pdf_tags=True,
            pdf_identifier=edition.briefing.digest.encode(),
            finisher=finish,
        )
    return written
