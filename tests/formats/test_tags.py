"""The structure tree of the PDF: what a screen reader goes along."""

from __future__ import annotations

import os
import re
from contextlib import closing
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from lxml import html

from briefpress.formats.pdf.boxes import pieces_of
from briefpress.pages import Pages, Target
from briefpress.tasks import find_tasks, read_edition
from tests.formats.conftest import EDITIONS, SPECIMEN, Published
from tests.formats.outline import outline, texts_of
from tests.readers import poppler
from tests.source import BRIEFING, CONTENT

HERE = Path(__file__).parent

each_edition = pytest.mark.parametrize("edition", EDITIONS)


@cache
def opened(file: Path) -> pikepdf.Pdf:
    """A PDF that stays open, since pikepdf's objects don't outlive it."""
    return pikepdf.open(file)


def elements(file: Path, type_: str = "") -> list[Any]:
    """The elements of a type, or all, in the order of the tree."""
    found = []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(element)
            for kid in element.get("/K", pikepdf.Array()):
                walk(kid)

    for top in opened(file).Root.StructTreeRoot.K:
        walk(top)
    return [element for element in found if type_ in ("", str(element.S)[1:])]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_tree_of_the_specimen_is_the_one_that_was_read_over(
    published: Published, language: str
) -> None:
    """`BLESS=1 pytest tests/formats/test_tags.py` writes the outlines anew; read the difference."""
    golden = HERE / f"specimen.{language}.tags.txt"
    found = outline(published(f"specimen.{language}", "pdf"))
    if os.environ.get("BLESS"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


@each_edition
def test_no_heading_skips_a_level(published: Published, edition: str) -> None:
    types = [str(element.S)[1:] for element in elements(published(edition, "pdf"))]
    levels = [int(type_[1]) for type_ in types if re.fullmatch("H[1-6]", type_)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_edition
def test_running_heads_are_artifacts(published: Published, edition: str) -> None:
    file = published(edition, "pdf")
    said = re.compile(r"Page \d+ of \d+|ページ \d+ / \d+")
    assert said.search(poppler("pdftotext", file, "-"))
    assert not said.search(outline(file))


def test_a_table_over_several_pages_is_one_table_with_one_head(long: Path) -> None:
    (table,) = elements(long, "Table")
    assert [str(kid.S) for kid in table.K] == ["/Caption", "/THead", "/TBody"]
    assert len(elements(long, "TR")) == 121
    pages = {row.Pg.objgen for row in elements(long, "TR")}
    assert len(pages) > 1


def test_every_footnote_stands_right_behind_its_call(long: Path) -> None:
    for paragraph in elements(long, "P"):
        kinds = [str(kid.S) for kid in paragraph.K if isinstance(kid, pikepdf.Dictionary)]
        assert kinds in ([], ["/Reference", "/Note"])
    assert len(elements(long, "Note")) == 60
    assert len({str(note.ID) for note in elements(long, "Note")}) == 60


def test_a_picture_says_what_it_shows_and_where_it_is(published: Published) -> None:
    file = published("specimen.en", "pdf")
    drawing, photograph, chart, _, locator, timeline = elements(file, "Figure")
    assert str(drawing.Alt) == 'A chart "of" bars & lines'
    assert str(photograph.Alt) == "A map"
    assert str(chart.Alt) == 'Two lines, of which "imports" are higher'
    assert str(locator.Alt) == 'A map of "a few"'
    assert str(timeline.Alt) == 'A timeline "of" all'
    with closing(pdfium.PdfDocument(file)) as document:
        (image,) = [
            each
            for page in document
            for each in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])
        ]
        bounds = image.get_bounds()
    assert [float(each) for each in photograph.A.BBox] == pytest.approx(bounds, abs=0.5)


@each_edition
def test_every_link_says_its_words_and_where_it_leads(published: Published, edition: str) -> None:
    with pikepdf.open(published(edition, "pdf")) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        assert links
        for link in links:
            where = r"\((Page|ページ) \d+\)$" if "/Dest" in link else r"\w\.\w"
            assert re.search(where, str(link.Contents))


@each_edition
def test_all_that_is_said_is_tagged_once(published: Published, edition: str) -> None:
    """Each page's marked content is in the tree once; the rest of the page is artifacts."""
    file = published(edition, "pdf")
    said = [line.strip() for line in outline(file).splitlines()]
    for texts in texts_of(file):
        for id_, text in texts.items():
            if id_ >= 0 and text:
                assert repr(text) in said


def test_weasyprint_still_has_what_is_borrowed_of_it() -> None:
    """Named one by one, so that a new WeasyPrint which moves any is seen at once."""
    module = import_module("weasyprint.pdf")  # imported by then, without the machine's fonts
    assert callable(module.add_tags)
    assert callable(module.Stream.marked)
    document = (
        import_module("weasyprint").HTML(string="<html lang=en><p>x <a href='#y'>y</a>").render()
    )
    (page,) = document.pages
    assert page._page_box.children[0].element_tag == "html"
    pieces = pieces_of(document)
    assert [(p.element.tag, p.text) for p in pieces] == [("p", "x "), ("a", ""), ("a", "y")]
    assert pieces[1].annotation is None
    assert pieces[1].box.link


@each_edition
def test_the_tree_is_read_in_the_order_of_the_html(published: Published, edition: str) -> None:
    """Beyond the HTML, the tree has the numbers, marks and dashes that CSS sets, and no more."""
    said = re.findall(r"^ *['\"](.*)['\"]$", outline(published(edition, "pdf")), re.MULTILINE)
    tree = iter(squashed("".join(said)))
    added = []
    for wanted in squashed(print_text(edition)):
        for found in tree:
            if found == wanted:
                break
            added.append(found)
        else:
            pytest.fail(f"{wanted!r} isn't where the HTML has it")
    added += tree
    assert set(added) <= set("0123456789.•–—:：·")


def print_text(edition: str) -> str:
    """The text of the HTML that the PDF is laid out from."""
    briefing, _, language = edition.partition(".")
    content = CONTENT if briefing == BRIEFING else SPECIMEN
    (task,) = find_tasks(content, Path("output"), [briefing], [language])
    target = Target(folder="print", anchor=lambda id_: f"#{id_}", picture=str)
    pages = Pages(task.templates, *read_edition(task), target)
    markup = pages.render("print/document.html.j2", issued="", running_head="")
    body = html.document_fromstring(markup).body
    assert body is not None
    return str(body.text_content())


def squashed(text: str) -> str:
    return re.sub(r"[\s\u2010\u2060-]", "", text.replace("\\'", "'").replace('\\"', '"'))
