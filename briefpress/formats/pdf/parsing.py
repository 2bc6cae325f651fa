"""Markup as the tree that WeasyPrint lays out."""

from __future__ import annotations

from contextlib import suppress
from xml.etree import ElementTree as ET

import weasyprint
from weasyprint.urls import URLFetcher

from briefpress.look import Templates


def parsed(markup: str, templates: Templates, fetcher: URLFetcher) -> weasyprint.HTML:
    """What WeasyPrint makes of a document that templates made.

    Our own templates make markup that is HTML and XML alike, and of which both parsers make the
    same tree (`tests/formats/test_parsing.py`). Expat does so in a twentieth of the time. What a
    project's templates make may be any HTML, and so may what ours do while somebody writes them.
    """
    if templates.project is None:
        with suppress(ET.ParseError):
            return _WellFormed(markup, fetcher)
    return weasyprint.HTML(string=markup, url_fetcher=fetcher)


class _WellFormed(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document that was read as XML, with what WeasyPrint sets on one that was read as HTML."""

    def __init__(self, markup: str, fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.etree_element = ET.fromstring(markup)
        selectable = weasyprint.cssselect2.ElementWrapper
        self.wrapper_element = selectable.from_html_root(self.etree_element)
