"""What a PDF says of itself: in its catalogue, its information dictionary, and in XMP."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from lxml import etree

from briefpress.proof.pdf_text import wide_text

# Archival PDFs keep their metadata as they are, unpacked (ISO 19005-3, 6.6.2.1).
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def metadata_of(document: pdfium.PdfDocument, data: bytes) -> dict[str, str]:
    """Read what a document says of itself.

    PDF 2.0 keeps titles and authors in XMP alone (ISO 32000-2, 14.3.3).
    """
    xmp = _xmp(data)
    said = {
        "language": wide_text(pdfium_c.FPDFCatalog_GetLanguage, document),
        "title in XMP": _said(xmp, "title"),
        "author in XMP": _said(xmp, "creator"),
        "description in XMP": _said(xmp, "description"),
        "language in XMP": _said(xmp, "language"),
    }
    if document.get_version() < 20:
        said["title"] = document.get_metadata_value("Title")
        said["description"] = document.get_metadata_value("Subject")
        said["author"] = document.get_metadata_value("Author")
    return said


def _xmp(data: bytes) -> etree._Element | None:
    found = _XMP.search(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(found[0], parser) if found else None
    except etree.XMLSyntaxError:
        return None


def _said(xmp: etree._Element | None, name: str) -> str:
    return xmp.findtext(f".//{_DC}{name}//{_RDF}li", "") if xmp is not None else ""
