"""Page 4 is page 4: EPUB and web page have the PDF's pages, at the words they begin with."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.formats.conftest import EDITIONS, Published
from tests.readers import poppler, spine

_X = "{http://www.w3.org/1999/xhtml}"
_N = "{http://www.daisy.org/z3986/2005/ncx/}"
_TYPE = "{http://www.idpf.org/2007/ops}type"

# What stands in each format elsewhere, or not at all.
_ELSEWHERE = re.compile(
    r"<(a)\b[^>]*doc-noteref.*?</\1>|<(section)\b[^>]*doc-endnotes.*?</\2>|<[^>]*>", re.DOTALL
)
_UNPRINTED = re.compile(r"[\s\u00ad\u2010-]+")

# How many letters tell a page's beginning; more would run on in a table or from a heading into the
# margin, whose words Poppler reads in another order.
_BEGINNING = 8

each_edition = pytest.mark.parametrize("edition", EDITIONS)


def pages_of(pdf: Path) -> int:
    found = re.search(r"^Pages: +(\d+)$", poppler("pdfinfo", pdf), re.MULTILINE)
    assert found is not None
    return int(found[1])


def printed(pdf: Path, page: int) -> str:
    """What is between the running head and foot of a page, in points of A4."""
    body = ("-x", "0", "-y", "76", "-W", "596", "-H", "690") if page > 1 else ()
    number = ("-f", str(page), "-l", str(page))
    text = poppler("pdftotext", "-r", "72", *number, *body, "-enc", "UTF-8", pdf, "-")
    return _UNPRINTED.sub("", text)


def after(markup: str, id_: str) -> str:
    """The words of a page, but for the first, of which the page before may have a part."""
    _, marker, rest = markup.partition(f'id="{id_}"')
    assert marker, f"no {id_}"
    page = rest.partition(">")[2].partition('<span id="page-')[0]
    words = unescape(_ELSEWHERE.sub(" ", page)).split(maxsplit=1)
    return _UNPRINTED.sub("", words[-1])


def listed(epub: Path) -> list[tuple[str, str]]:
    """The page list: each page's number, and where it leads."""
    with zipfile.ZipFile(epub) as container:
        nav = ET.fromstring(container.read("EPUB/nav.xhtml"))
    (pages,) = [e for e in nav.iter(f"{_X}nav") if e.get(_TYPE) == "page-list"]
    assert pages.get("role") == "doc-pagelist"
    return [("".join(a.itertext()), a.get("href", "")) for a in pages.iter(f"{_X}a")]


@each_edition
def test_the_page_list_has_every_page_of_the_pdf(published: Published, edition: str) -> None:
    epub = published(edition, "epub")
    numbers = [str(page + 1) for page in range(pages_of(published(edition, "pdf")))]
    assert [number for number, _ in listed(epub)] == numbers
    with zipfile.ZipFile(epub) as container:
        ncx = ET.fromstring(container.read("EPUB/toc.ncx"))
    targets = [
        (target.get("value"), content.get("src"))
        for target in ncx.iter(f"{_N}pageTarget")
        for content in target.iter(f"{_N}content")
    ]
    assert targets == listed(epub)


@each_edition
def test_the_page_list_leads_to_markers_in_the_order_of_reading(
    published: Published, edition: str
) -> None:
    epub = published(edition, "epub")
    with zipfile.ZipFile(epub) as container:
        names = list(spine(container))
        documents = [ET.fromstring(container.read(name)) for name in names]
    markers = [
        (str(e.get("aria-label")), f"{name.removeprefix('EPUB/')}#{e.get('id')}")
        for name, document in zip(names, documents, strict=True)
        for e in document.iter()
        if e.get(_TYPE) == "pagebreak"
    ]
    assert markers == listed(epub)


@each_edition
def test_a_page_of_the_book_begins_as_in_the_pdf(published: Published, edition: str) -> None:
    with zipfile.ZipFile(published(edition, "epub")) as container:
        for number, href in listed(published(edition, "epub")):
            file, _, id_ = href.partition("#")
            words = after(container.read(f"EPUB/{file}").decode(), id_)[:_BEGINNING]
            assert words in printed(published(edition, "pdf"), int(number)), f"page {number}"


@each_edition
def test_a_page_of_the_web_page_begins_as_in_the_pdf(published: Published, edition: str) -> None:
    pdf, markup = published(edition, "pdf"), published(edition, "html").read_text("utf-8")
    markers = re.findall(r'<span id="page-(\d+)" class="page-break"', markup)
    assert markers == [str(page + 1) for page in range(pages_of(pdf))]
    for number in markers:
        words = after(markup, f"page-{number}")[:_BEGINNING]
        assert words in printed(pdf, int(number)), f"page {number}"


@each_edition
def test_the_pages_are_said_to_be_those_of_the_pdf(published: Published, edition: str) -> None:
    with zipfile.ZipFile(published(edition, "epub")) as container:
        package = container.read("EPUB/content.opf").decode()
    named = re.findall(r'<meta property="pageBreakSource">(urn:uuid:[0-9a-f-]+)</meta>', package)
    assert len(named) == 1
    assert named[0].encode() in published(edition, "pdf").read_bytes()
