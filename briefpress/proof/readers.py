"""Readers of PDF, EPUB and HTML that share no code with what made them.

A PDF is read with PDFium as assistive technology reads it: along the tags of its structure tree
(ISO 32000-1, 14.7), from the marked content that they point to. An EPUB is read as a container
(package document, spine), each file with lxml; HTML likewise.
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree, html

from briefpress.proof.active import active_in
from briefpress.proof.epub_reader import read_epub
from briefpress.proof.markup_reader import KINDS, MarkupReader
from briefpress.proof.pdf_reader import read_pdf
from briefpress.proof.reading import (
    Place,
    Reading,
    Recorder,
    UnreadableError,
    resolve,
)

__all__ = ["UnreadableError", "read_epub", "read_html", "read_pdf"]


def read_html(data: bytes) -> Reading:
    """Read a web page. Raises `UnreadableError`."""
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as error:
        raise UnreadableError(str(error)) from None
    reading = Reading(KINDS, spaced=True, metadata=_metadata(root), is_among_others=True)
    reader = MarkupReader(Recorder(reading, Place(None, "")), root.get("lang", ""))
    reader.read(root)
    resolve(reading, reader.lands)
    reading.active = list(active_in(root, lambda _: False))
    return reading


def _metadata(root: etree._Element) -> dict[str, str]:
    """What a web page says of itself, to people and in JSON-LD (schema.org's Report)."""
    data = _linked_data(root)
    named = {meta.get("name"): meta.get("content", "") for meta in root.iter("meta")}
    return {
        "language": root.get("lang", ""),
        "title": root.findtext("head/title", ""),
        "author": named.get("author", ""),
        "description": named.get("description", ""),
        "title in JSON-LD": _text(data, "name"),
        "subtitle in JSON-LD": _text(data, "alternativeHeadline"),
        "description in JSON-LD": _text(data, "abstract"),
        "series in JSON-LD": _text(data, "isPartOf", "name"),
        "handling in JSON-LD": _text(data, "conditionsOfAccess"),
        "language in JSON-LD": _text(data, "inLanguage"),
        "author in JSON-LD": _text(data, "author", "name"),
        "publisher in JSON-LD": _text(data, "publisher", "name"),
        "identifier in JSON-LD": _text(data, "identifier"),
        "issued in JSON-LD": _text(data, "datePublished"),
        "number in JSON-LD": _text(data, "reportNumber"),
    }


def _linked_data(root: etree._Element) -> Any:  # whatever the page holds
    scripts = (s for s in root.iter("script") if s.get("type") == "application/ld+json")
    try:
        return json.loads(next((script.text or "" for script in scripts), "null"))
    except ValueError:
        return None


def _text(data: Any, *path: str) -> str:  # whatever the page holds
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""
