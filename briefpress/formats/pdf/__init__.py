"""The PDF, by WeasyPrint. Nothing else imports it.

What is printed comes from the templates, the briefing's folder and nowhere else: the fonts of the
machine are shut out, and so is the network. Whatever WeasyPrint warns of is a fault.
"""

from __future__ import annotations

import ctypes.util
import datetime
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pydyf

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.fonts import faces, needed
from briefpress.formats import Artefact, Edition
from briefpress.look import Templates
from briefpress.pages import Pages, Target, characters, stylesheets

# Fontconfig reads this when WeasyPrint is imported and again for each document.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))


@contextmanager
def _without_a_search_for_libraries() -> Iterator[None]:
    """Let WeasyPrint load the libraries by their names alone.

    It tries the names that they have on each platform. Where one fails, cffi would start a compiler
    and a linker to look further, at 16 ms each; one of the next names is right.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search


with _without_a_search_for_libraries(), warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from briefpress.formats.pdf.attachments import attach, source_of
    from briefpress.formats.pdf.boxes import (
        POINTS,
        Marks,
        Piece,
        anchors_of,
        keep_one_link_a_line,
        pieces_of,
        tagged_by,
    )
    from briefpress.formats.pdf.destinations import lead_to_elements
    from briefpress.formats.pdf.metadata import STANDARDS, Standards, write_metadata
    from briefpress.formats.pdf.paging import page_starts
    from briefpress.formats.pdf.structure import Tag, tree_of
    from briefpress.formats.pdf.tagging import StructureTree


def publish(edition: Edition) -> Artefact:
    """Make the PDF. Raises `ContentError` for whatever WeasyPrint warns of."""
    briefing = edition.briefing
    target = Target(
        folder="print",
        anchor=lambda id_: f"#{id_}",
        picture=lambda file: (edition.folder / file).resolve().as_uri(),
    )
    html = Pages(edition.templates, briefing, edition.labels, target).render(
        "print/document.html.j2",
        issued=_day(edition).strftime("%Y-%m-%dT%H:%M:%SZ"),
        running_head=" · ".join(filter(None, (briefing.series.title, briefing.number))),
    )
    fetcher = _Fetcher(*edition.templates.folders, edition.folder)
    used = characters(briefing, edition.labels)
    standards = STANDARDS["ua-1"]
    with _warnings_collected(briefing.span) as faults, _fonts() as fonts:
        css = list(_stylesheets(edition, used, fonts, fetcher))
        source = weasyprint.HTML(string=html, url_fetcher=fetcher)
        document = source.render(stylesheets=css, font_config=fonts, pdf_variant=standards.variant)
        pieces = pieces_of(document)
        starts = page_starts(source.etree_element, pieces, len(document.pages))
        data = _written(document, source.etree_element, pieces, standards, edition)
        faults.extend(_font_faults(document, briefing.span, edition.templates))
    if faults:
        raise ContentError(faults)
    return Artefact("pdf", data, starts)


def _written(
    document: Any, html: Element, pieces: list[Piece], standards: Standards, edition: Edition
) -> bytes:
    """The document as a tagged, archival PDF."""
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
        anchors = tree.write(tree_of(html, pieces, marks))
        if standards.is_pdf_2:
            lead_to_elements(pdf, anchors)

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        attach(pdf, source_of(edition), _day(edition).strftime("D:%Y%m%d%H%M%SZ"))
        write_metadata(document, pdf, standards)

    keep_one_link_a_line(document)
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


def _day(edition: Edition) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(edition.epoch, datetime.UTC)


@contextmanager
def _fonts() -> Iterator[FontConfiguration]:
    """WeasyPrint's fonts, whose copies in a temporary folder go when they are no longer needed."""
    fonts = FontConfiguration()
    try:
        yield fonts
    finally:
        fonts.__del__()


def _stylesheets(
    edition: Edition, used: frozenset[str], fonts: FontConfiguration, fetcher: URLFetcher
) -> Iterator[weasyprint.CSS]:
    """The faces that the document needs, and the stylesheets for print."""
    templates = edition.templates
    rules = "\n".join(face.rule for face, _ in needed(templates, used))
    parts = [(rules, templates.file("css/fonts.css"))]
    files = stylesheets(templates, "tokens", edition.paper, "text", "print")
    parts += [(file.read_text("utf-8"), file) for file in files]
    for css, file in parts:
        yield weasyprint.CSS(
            string=css, base_url=file.as_uri(), font_config=fonts, url_fetcher=fetcher
        )


class _Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches what lies in some folders, and data URLs. Anything else ends the rendering."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self._folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Fetch a URL, if it may be fetched."""
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
