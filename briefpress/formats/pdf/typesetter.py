"""WeasyPrint, kept to the templates and the briefing's folder.

The fonts of the machine are shut out, and so is the network. Whatever WeasyPrint warns of is a
fault.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.fonts import faces, needed
from briefpress.formats import Edition
from briefpress.look import Templates
from briefpress.pages import characters, stylesheets


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as WeasyPrint laid it out, and the root of its HTML."""

    document: Any  # WeasyPrint has no types
    html: Element


@contextmanager
def typeset(
    markup: str, edition: Edition, variant: str, sheets: Iterable[str]
) -> Iterator[Typeset]:
    """Lay out markup. The fonts are there as long as the context is.

    `variant` is WeasyPrint's name of a standard; `sheets` are the format's stylesheets. Raises
    `ContentError` on leaving for all that was warned of meanwhile.
    """
    span = edition.briefing.span
    fetcher = _Fetcher(edition)
    used = characters(edition.briefing, edition.labels)
    with _warnings_collected(span) as faults, _fonts() as fonts:
        css = list(_stylesheets(edition, sheets, used, fonts, fetcher))
        source = weasyprint.HTML(string=markup, url_fetcher=fetcher)
        document = source.render(stylesheets=css, font_config=fonts, pdf_variant=variant)
        yield Typeset(document, source.etree_element)
        faults.extend(_font_faults(document, span, edition.templates))
    if faults:
        raise ContentError(faults)


@contextmanager
def _fonts() -> Iterator[FontConfiguration]:
    """WeasyPrint's fonts, whose copies in a temporary folder go when they are no longer needed."""
    fonts = FontConfiguration()
    try:
        yield fonts
    finally:
        fonts.__del__()


def _stylesheets(
    edition: Edition,
    sheets: Iterable[str],
    used: frozenset[str],
    fonts: FontConfiguration,
    fetcher: URLFetcher,
) -> Iterator[weasyprint.CSS]:
    """The faces that the document needs, and its stylesheets."""
    templates = edition.templates
    rules = "\n".join(face.rule for face, _ in needed(templates, used))
    parts = [(rules, templates.file("css/fonts.css"))]
    files = stylesheets(templates, "tokens", edition.paper, "text", *sheets)
    parts += [(file.read_text("utf-8"), file) for file in files]
    for css, file in parts:
        yield weasyprint.CSS(
            string=css, base_url=file.as_uri(), font_config=fonts, url_fetcher=fetcher
        )


def picture_url(file: str) -> str:
    """The URL of a picture by its file in the briefing's folder.

    It doesn't say where that folder is: WeasyPrint names pictures in the PDF after their URLs.
    """
    return f"{_BRIEFING}:{quote(file)}"


_BRIEFING = "briefing"


class _Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches pictures, files of the templates, and data URLs. Anything else ends the rendering."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self._pictures = edition.folder.resolve()
        self._folders = [
            self._pictures,
            *(folder.resolve() for folder in edition.templates.folders),
        ]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Fetch a URL, if it may be fetched."""
        parts = urlsplit(url)
        if parts.scheme == _BRIEFING:
            url = (self._pictures / unquote(parts.path)).resolve().as_uri()
            parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        inside = any(path.is_relative_to(folder) for folder in self._folders)
        if parts.scheme == "data" or (parts.scheme == "file" and inside):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(url)


@contextmanager
def _warnings_collected(span: Span) -> Iterator[list[Diagnostic]]:
    """Collect what WeasyPrint logs at level warning or above, as faults."""
    faults: list[Diagnostic] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            faults.append(_layout_fault(record.getMessage(), span))

    logger, handler = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    before = logger.handlers[:]
    logger.handlers[:] = [handler]
    try:
        yield faults
    except FatalURLFetchingError as error:
        raise ContentError([*faults, _layout_fault(f"may not load {error}", span)]) from None
    finally:
        logger.handlers[:] = before


def _font_faults(
    document: Any, span: Span, templates: Templates
) -> Iterator[Diagnostic]:  # untyped
    """Fonts that aren't ours, and characters that were set without a glyph."""
    ours = {face.family for face in faces(templates)}
    for font in document.fonts.values():
        family = font.family.decode() if isinstance(font.family, bytes) else str(font.family)
        if family not in ours:
            yield _layout_fault(f"the font {family!r} isn't one of the templates", span)
        for code_point in sorted(font.missing):
            yield _layout_fault(f"no glyph for U+{code_point:04X} in {family!r}", span)


def _layout_fault(message: str, span: Span) -> Diagnostic:
    hint = "mend the template or stylesheet that this comes from"
    return Diagnostic(Code.LAYOUT, span, message, hint)
