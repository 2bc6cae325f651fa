"""The EPUB, by ebooklib. Nothing else imports it.

EPUB 3.3, with an NCX for older readers: one file a section, contents and landmarks of our own,
footnotes that pop up. The markup is the templates', byte for byte, and the container comes out the
same on every machine.
"""

from __future__ import annotations

import datetime
import io
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ebooklib import epub

from briefpress import model
from briefpress.fonts import Face, embedded
from briefpress.formats import Artefact, Edition
from briefpress.pages import Pages, Target, anchors_in, characters, number_of, stylesheet, writer

# ZIP has no earlier date (APPNOTE 4.4.6), and no time zone.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKAGE = b'<package xmlns="http://www.idpf.org/2007/opf"'


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the spine."""

    file: str
    title: str
    markup: str


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
    pages = Pages(
        edition.templates,
        edition.briefing,
        edition.labels,
        Target(
            folder="epub",
            anchor=lambda id_: f"{files[id_]}#{id_}",
            picture=_images(edition.briefing).__getitem__,
            xml=True,
        ),
    )
    chapters = list(_chapters(edition, pages))
    book = _book(edition)
    documents = [_Document(chapter) for chapter in chapters]
    for document in documents:
        book.add_item(document)
    for item in _resources(edition):
        book.add_item(item)
    book.add_item(epub.EpubNcx())
    book.spine = list(documents)
    book.toc = list(_contents(edition, files))
    return Artefact("epub", _container(book, edition))


def _files(briefing: model.Briefing) -> dict[str, str]:
    """The file that each anchor is in."""
    files = dict.fromkeys(anchors_in(briefing.summary), "summary.xhtml")
    for index, section in enumerate(briefing.sections, start=1):
        file = f"{index:02}-{section.id}.xhtml"
        files |= dict.fromkeys(anchors_in(section), file)
    return files


def _chapters(edition: Edition, pages: Pages) -> Iterator[Chapter]:
    briefing, words = edition.briefing, edition.labels.words
    written = writer(edition.labels)
    title = model.text_of(briefing.title, written)
    for file, name in (("cover", title), ("summary", words["summary"]), ("nav", words["contents"])):
        yield Chapter(f"{file}.xhtml", name, pages.render(f"epub/{file}.xhtml.j2", title=name))
    for index, section in enumerate(briefing.sections, start=1):
        name = _heading(section, edition)
        markup = pages.render("epub/chapter.xhtml.j2", title=name, section=section)
        yield Chapter(f"{index:02}-{section.id}.xhtml", name, markup)
    name = words["about-this"]
    yield Chapter("colophon.xhtml", name, pages.render("epub/colophon.xhtml.j2", title=name))


def _heading(section: model.Section, edition: Edition) -> str:
    title = model.text_of(section.title, writer(edition.labels))
    number = number_of(section, edition.labels)
    return f"{number} {title}" if number else title


def _contents(edition: Edition, files: dict[str, str]) -> Iterator[object]:
    """The tree that the NCX is made from; each link needs a uid of its own."""
    words = edition.labels.words
    yield epub.Link("summary.xhtml", words["summary"], "toc-summary")
    for section in edition.briefing.sections:
        yield _contents_of(section, edition, files)
    yield epub.Link("colophon.xhtml", words["about-this"], "toc-colophon")


def _contents_of(section: model.Section, edition: Edition, files: dict[str, str]) -> object:
    href, title = f"{files[section.id]}#{section.id}", _heading(section, edition)
    if not section.sections:
        return epub.Link(href, title, f"toc-{section.id}")
    return (
        epub.Section(title, href),
        [_contents_of(inner, edition, files) for inner in section.sections],
    )


def _book(edition: Edition) -> epub.EpubBook:
    briefing = edition.briefing
    book = epub.EpubBook()
    series = uuid.uuid5(uuid.NAMESPACE_URL, briefing.series.identifier)
    book.set_identifier(uuid.uuid5(series, f"{briefing.id}/{briefing.language}").urn)
    book.set_title(model.text_of(briefing.title, writer(edition.labels)))
    book.set_language(briefing.locale)
    book.set_direction(edition.labels.direction)
    if briefing.author:
        book.add_author(briefing.author, uid="author")
    if briefing.series.publisher:
        book.add_metadata("DC", "publisher", briefing.series.publisher)
    if briefing.issued and briefing.issued.date.html:
        book.add_metadata("DC", "date", briefing.issued.date.html)
    for name, value in _accessibility(briefing):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    return book


def _accessibility(briefing: model.Briefing) -> Iterator[tuple[str, str]]:
    """What is known of the accessibility by construction (EPUB Accessibility 1.1, section 2)."""
    pictures = any(briefing.figures())
    yield "accessMode", "textual"
    if pictures:
        yield "accessMode", "visual"
        yield "accessibilityFeature", "alternativeText"
    yield "accessModeSufficient", "textual"
    for feature in (
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
    ):
        yield "accessibilityFeature", feature
    yield "accessibilityHazard", "none"


def _resources(edition: Edition) -> Iterator[epub.EpubItem]:
    """The stylesheet, the parts of the fonts that are needed, and the pictures."""
    fonts: list[epub.EpubItem] = []

    def place(face: Face, data: bytes) -> str:
        name = f"fonts/{face.file.name}"
        fonts.append(epub.EpubItem(face.file.stem, name, "font/ttf", data))
        return name

    css = stylesheet(edition.templates, "tokens", "text", "narrow", "epub")
    used = characters(edition.briefing, edition.labels)
    rules = embedded(edition.templates, used, place)
    yield epub.EpubItem("style", "style.css", "text/css", f"{rules}\n{css}".encode())
    yield from fonts
    types = {f.file: f.media_type for f in edition.briefing.figures()}
    for index, (file, name) in enumerate(_images(edition.briefing).items()):
        data = (edition.folder / file).read_bytes()
        yield epub.EpubItem(f"image-{index}", name, types[file], data)


def _images(briefing: model.Briefing) -> dict[str, str]:
    """What the pictures are called in the container; a writer's file may have any name."""
    files = dict.fromkeys(figure.file for figure in briefing.figures())
    return {
        file: f"images/{index}{PurePosixPath(file).suffix.lower()}"
        for index, file in enumerate(files, start=1)
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
