"""The EPUB, by ebooklib. Nothing else imports it.

EPUB 3.3, with an NCX for older readers: one file a section, contents, landmarks and pages of our
own, footnotes that pop up. The markup is the templates', byte for byte, and the container comes out
the same on every machine.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from ebooklib import epub

from briefpress import model
from briefpress.fonts import Face, embedded
from briefpress.formats import Artefact, Edition, identifier_of
from briefpress.formats.accessibility import accessibility
from briefpress.formats.cover import cover_image
from briefpress.formats.page_starts import mark_pages
from briefpress.pages import Pages, Target, anchors_in, characters, number_of, stylesheet, writer

# ZIP has no earlier date (APPNOTE 4.4.6), and no time zone.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_COVER = "cover-image"
_PACKAGE = b'<package xmlns="http://www.idpf.org/2007/opf"'


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the spine. `pages` are those of the PDF that begin in it."""

    file: str
    title: str
    markup: str
    pages: tuple[int, ...]


class Page(NamedTuple):
    """A page of the PDF, and where it begins in the book."""

    number: int
    href: str


class _Document(epub.EpubHtml):  # type: ignore[misc]  # ebooklib has no types
    """A content document whose bytes are written as they are.

    ebooklib would parse and serialise them anew, which loses the head, `lang`, `dir` and the
    attributes of the body, lower-cases SVG's viewBox and adds white space between inlines.
    """

    def __init__(self, chapter: Chapter) -> None:
        super().__init__(
            uid=f"text-{chapter.file.removesuffix('.xhtml')}",
            file_name=chapter.file,
            title=chapter.title,
            media_type="application/xhtml+xml",
        )
        self._bytes = chapter.markup.encode()
        if chapter.file == "nav.xhtml":
            self.properties = ["nav"]

    def get_content(self, default: object = None) -> bytes:  # noqa: ARG002 - ebooklib's signature
        """The document's bytes."""
        return self._bytes


def publish(edition: Edition) -> Artefact:
    """Make the EPUB."""
    files = _files(edition.briefing)
    templates = Pages(
        edition.templates,
        edition.briefing,
        edition.labels,
        Target(
            folder="epub",
            anchor=lambda id_: f"{files[id_]}#{id_}",
            picture=_images(edition).__getitem__,
            xml=True,
        ),
    )
    chapters = _with_nav(list(_chapters(edition, templates)), edition, templates)
    pages = _pages(chapters)
    book = _book(edition, pages)
    documents = [_Document(chapter) for chapter in chapters]
    for document in documents:
        book.add_item(document)
    for item in _resources(edition):
        book.add_item(item)
    book.add_item(_ncx(edition, templates, pages))
    book.spine = list(documents)
    return Artefact("epub", _container(book, edition))


def _files(briefing: model.Briefing) -> dict[str, str]:
    """The file that each anchor is in."""
    files = dict.fromkeys(anchors_in(briefing.summary), "summary.xhtml")
    for index, section in enumerate(briefing.sections, start=1):
        file = f"{index:02}-{section.id}.xhtml"
        files |= dict.fromkeys(anchors_in(section), file)
    return files


def _chapters(edition: Edition, templates: Pages) -> Iterator[Chapter]:
    """The files of the spine in their order, all but the contents."""
    briefing, words = edition.briefing, edition.labels.words
    title = model.text_of(briefing.title, writer(edition.labels))
    yield _chapter("cover", title, edition, templates, "cover")
    yield _chapter("summary", words["summary"], edition, templates, "summary")
    for index, section in enumerate(briefing.sections, start=1):
        name = f"{index:02}-{section.id}"
        heading = _heading(section, edition)
        yield _chapter(name, heading, edition, templates, "chapter", section=section)
    yield _chapter("colophon", words["about-this"], edition, templates, "colophon")


def _chapter(
    name: str, title: str, edition: Edition, templates: Pages, template: str, **more: object
) -> Chapter:
    markup = templates.render(f"epub/{template}.xhtml.j2", title=title, **more)
    starts = edition.pdf.page_starts if edition.pdf else ()
    marked, pages = mark_pages(
        markup,
        # The contents differ from those in the PDF: a page that begins in them begins with them.
        [replace(start, offset=0) if start.part == "contents" else start for start in starts],
        lambda page: templates.render("epub/page-break.html.j2", page=page),
    )
    return Chapter(f"{name}.xhtml", title, marked, tuple(pages))


def _with_nav(chapters: list[Chapter], edition: Edition, templates: Pages) -> list[Chapter]:
    """The chapters with the contents among them, which list the pages of all."""
    title = edition.labels.words["contents"]
    own = _chapter("nav", title, edition, templates, "nav", pages=())
    cover, summary, *others = chapters
    pages = _pages([cover, summary, own, *others])
    nav = _chapter("nav", title, edition, templates, "nav", pages=pages)
    return [cover, summary, nav, *others]


def _pages(chapters: list[Chapter]) -> list[Page]:
    return [Page(page, f"{each.file}#page-{page}") for each in chapters for page in each.pages]


def _heading(section: model.Section, edition: Edition) -> str:
    title = model.text_of(section.title, writer(edition.labels))
    number = number_of(section, edition.labels)
    return f"{number} {title}" if number else title


def _ncx(edition: Edition, templates: Pages, pages: list[Page]) -> epub.EpubItem:
    """The contents for readers of EPUB 2 (OPF 2.0.1, 2.4.1). ebooklib's own has no depth."""
    depth = max(level for level, _ in edition.briefing.all_sections())
    markup = templates.render(
        "epub/toc.ncx.j2", identifier=identifier_of(edition.briefing), depth=depth, pages=pages
    )
    return epub.EpubItem("ncx", "toc.ncx", "application/x-dtbncx+xml", markup.encode())


def _book(edition: Edition, pages: list[Page]) -> epub.EpubBook:
    briefing = edition.briefing
    book = epub.EpubBook()
    book.set_identifier(identifier_of(briefing))
    book.set_title(model.text_of(briefing.title, writer(edition.labels)))
    book.set_language(briefing.locale)
    book.set_direction(edition.labels.direction)
    if briefing.author:
        book.add_author(briefing.author, uid="author")
    if briefing.series.publisher:
        book.add_metadata("DC", "publisher", briefing.series.publisher)
    if briefing.issued and briefing.issued.date.html:
        book.add_metadata("DC", "date", briefing.issued.date.html)
    for name, value in _accessibility(edition, has_pages=bool(pages)):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    if edition.pdf:
        # How readers of EPUB 2 find it.
        book.add_metadata(None, "meta", "", {"name": "cover", "content": _COVER})
    if pages:
        # EPUB Accessibility 1.1, "Page source".
        source = identifier_of(briefing, "pdf")
        book.add_metadata(None, "meta", source, {"property": "pageBreakSource"})
    return book


def _accessibility(edition: Edition, *, has_pages: bool) -> Iterator[tuple[str, str]]:
    known = accessibility(edition.briefing, edition.labels, breaks=has_pages, page_list=has_pages)
    yield from (("accessMode", mode) for mode in known.modes)
    yield from (("accessModeSufficient", ",".join(modes)) for modes in known.sufficient)
    yield from (("accessibilityFeature", feature) for feature in known.features)
    yield from (("accessibilityHazard", hazard) for hazard in known.hazards)
    yield "accessibilitySummary", known.summary


def _resources(edition: Edition) -> Iterator[epub.EpubItem]:
    """The stylesheet, the parts of the fonts that are needed, the pictures and the cover."""
    fonts: list[epub.EpubItem] = []

    def place(face: Face, data: bytes) -> str:
        name = f"fonts/{face.file.name}"
        fonts.append(epub.EpubItem(face.file.stem, name, "font/ttf", data))
        return name

    css = stylesheet(edition.templates, "tokens", "text", "narrow", "epub")
    # Where pages are set as columns, the screen is as wide as all of them; the boxes aren't.
    css = css.replace("@media (max-width", "@container (max-width")
    used = characters(edition.briefing, edition.labels)
    rules = embedded(edition.templates, used, place)
    yield epub.EpubItem("style", "style.css", "text/css", f"{rules}\n{css}".encode())
    yield from fonts
    types = edition.pictures()
    for index, (file, name) in enumerate(_images(edition).items()):
        yield epub.EpubItem(f"image-{index}", name, types[file], edition.picture(file))
    if edition.pdf:
        cover = epub.EpubCover(_COVER, "images/cover.png")
        cover.set_content(cover_image(edition.pdf.data))
        yield cover


def _images(edition: Edition) -> dict[str, str]:
    """What the pictures are called in the container; a writer's file may have any name."""
    return {
        file: f"images/{index}{PurePosixPath(file).suffix.lower() or '.svg'}"
        for index, file in enumerate(edition.pictures(), start=1)
    }


def _container(book: epub.EpubBook, edition: Edition) -> bytes:
    """Write the book, then pack it anew in a fixed order with fixed times (OCF 3.3, 4.2)."""
    written = io.BytesIO()
    time = datetime.datetime.fromtimestamp(edition.epoch, datetime.UTC)
    options = {
        "epub3_pages": False,
        "raise_exceptions": True,
        "mtime": time,
        "compresslevel": 0,  # compressed when it is packed anew
    }
    epub.write_epub(written, book, options)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            data = source.read(name)
            if name.endswith("content.opf"):
                data = _with_language(data, edition.briefing.locale)
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.external_attr = 0o644 << 16
            stored = name == "mimetype"
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(info, data, method, 9)
    return packed.getvalue()


def _with_language(package: bytes, language: str) -> bytes:
    """Set what ebooklib can't: the language of the package document (EPUB 3.3, 5.3.3)."""
    return package.replace(_PACKAGE, _PACKAGE + f' xml:lang="{language}"'.encode(), 1)
