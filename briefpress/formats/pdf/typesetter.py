"""WeasyPrint, kept to the templates and the briefing's folder.

The fonts of the machine are shut out, and so is the network. Whatever WeasyPrint warns of is a
fault.
"""

from __future__ import annotations

import logging
import mimetypes
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefpress import model
from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.fonts import faces, needed
from briefpress.formats import Edition
from briefpress.formats.pdf.parsing import parsed
from briefpress.limits import PICTURE_BYTES, PICTURE_PIXELS
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
    used = characters(edition.briefing, edition.labels) | _characters_drawn(edition.briefing)
    with _warnings_collected(span) as faults, _pixels_limited(), _fonts() as fonts:
        css = list(_stylesheets(edition, sheets, used, fonts, fetcher))
        source = parsed(markup, edition.templates, fetcher)
        document = source.render(stylesheets=css, font_config=fonts, pdf_variant=variant)
        faults.extend(_attachment_faults(document, span))
        yield Typeset(document, source.etree_element)
        faults.extend(_font_faults(document, span, edition.templates))
    if faults:
        raise ContentError(faults)


@contextmanager
def _pixels_limited() -> Iterator[None]:
    """Hold pictures of the templates to the limit that those of the content were held to.

    Pillow refuses what has more than twice its own limit, and warns of what has more than that.
    """
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = PICTURE_PIXELS.most // 2
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


@contextmanager
def _fonts() -> Iterator[FontConfiguration]:
    """WeasyPrint's fonts, whose copies in a temporary folder go when they are no longer needed."""
    fonts = FontConfiguration()
    try:
        yield fonts
    finally:
        fonts.__del__()


def _characters_drawn(briefing: model.Briefing) -> frozenset[str]:
    """What the letters in pictures need fonts for as well."""
    nodes = model.walk(briefing.sections)
    return frozenset().union(*(node.says for node in nodes if isinstance(node, model.Figure)))


def _stylesheets(
    edition: Edition,
    sheets: Iterable[str],
    used: frozenset[str],
    fonts: FontConfiguration,
    fetcher: URLFetcher,
) -> Iterator[weasyprint.CSS]:
    """The faces that the document needs, and its stylesheets."""
    templates = edition.templates
    rules = "\n".join(
        face.rule.replace(face.url, face.file.as_uri()) for face, _ in needed(templates, used)
    )
    parts = [(rules, templates.file("css/fonts.css"))]
    files = stylesheets(templates, "tokens", edition.paper, "text", *sheets)
    parts += [(templates.read(file), file) for file in files]
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
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._pictures = edition.folder.resolve()
        self._drawings = edition.drawings
        self._templates = edition.templates

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Fetch a URL, if it may be fetched.

        The file that is looked at is the file that is opened. Python's handler of `file:` would
        read the URL in its own way, and ask the network for the host in it.
        """
        parts = urlsplit(url)
        if parts.scheme == "data":
            return _checked(super().fetch(url, headers))
        if parts.scheme == _BRIEFING and (drawn := self._drawings.get(unquote(parts.path))):
            return URLFetcherResponse(url, drawn, {"Content-Type": "image/svg+xml"})
        folder = self._pictures if parts.scheme == _BRIEFING else Path("/")
        path = (folder / unquote(parts.path)).resolve()
        known = parts.scheme in {_BRIEFING, "file"} and not parts.netloc
        if not known or not (path.is_relative_to(self._pictures) or self._templates.contains(path)):
            raise FatalURLFetchingError(url)
        if path.stat().st_size > PICTURE_BYTES.most:
            raise FatalURLFetchingError(f"{url}, which has more than {PICTURE_BYTES}")
        media_type, _ = mimetypes.guess_type(path.name)
        return _checked(URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type}))


def _checked(response: URLFetcherResponse) -> URLFetcherResponse:
    """What was fetched, if it is of a kind that briefings are made of.

    Pillow is given whatever is no SVG. It goes by how that begins, and for PostScript it starts
    Ghostscript.
    """
    data = response.read()
    is_text = not data.startswith(b"%!") and _is_utf_8(data)
    if not (is_text or data.startswith(_BEGINNINGS)):
        raise FatalURLFetchingError(f"{response.url[:80]}, which is no PNG, JPEG, SVG, CSS or font")
    return URLFetcherResponse(response.url, data, response.headers)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# PNG, JPEG, TrueType, OpenType, WOFF and WOFF2.
_BEGINNINGS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"\0\1\0\0", b"OTTO", b"wOFF", b"wOF2")


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
    except Exception:
        if faults:  # what was warned of says more than what came of it
            raise ContentError(faults) from None
        raise
    finally:
        logger.handlers[:] = before


def _attachment_faults(document: Any, span: Span) -> Iterator[Diagnostic]:  # untyped
    """Files that the markup asks to be put into the PDF, which carries its source and no more."""
    links = (link for page in document.pages for link in page.links)
    if document.metadata.attachments or any(kind == "attachment" for kind, *_ in links):
        yield _layout_fault("a link with rel=attachment would put a file into the PDF", span)


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
