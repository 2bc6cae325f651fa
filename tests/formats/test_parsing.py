"""The markup of our own templates is the same tree to a parser of XML and to one of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import weasyprint

from briefpress.formats import Edition, pdf
from briefpress.formats.pdf.parsing import parsed
from briefpress.look import find_templates, themes
from briefpress.tasks import find_tasks, read_edition
from tests.formats.conftest import SPECIMEN
from tests.source import CONTENT

HERE = Path(__file__).parent


def seen(element: Element) -> Iterator[tuple[str, dict[str, str], str, str]]:
    """All elements, and the texts right in them and behind them."""
    for each in element.iter():
        yield each.tag, dict(each.attrib), each.text or "", each.tail or ""


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize("content", [CONTENT, SPECIMEN, HERE / "cyrillic"])
def test_both_parsers_make_the_same_tree(content: Path, theme: str) -> None:
    for found in find_tasks(content, Path("output")):
        task = replace(found, look=replace(found.look, theme=theme))
        briefing, labels = read_edition(task)
        folder = (task.content / task.briefing).resolve()
        markup = pdf.markup(Edition(briefing, labels, folder, task.templates, epoch=0))
        fetcher = weasyprint.urls.URLFetcher()
        ours = parsed(markup, task.templates, fetcher)
        theirs = weasyprint.HTML(string=markup, url_fetcher=fetcher)
        # A parser of HTML has the white space behind the body in it, and none before the head.
        theirs.etree_element.text = "\n"
        body = theirs.etree_element[-1]
        body.tail = "\n"
        body[-1].tail = "\n"
        assert list(seen(ours.etree_element)) == list(seen(theirs.etree_element))
        assert vars(ours).keys() == vars(theirs).keys()
        assert ours.base_url == theirs.base_url
        assert ours.media_type == theirs.media_type


def test_what_a_projects_templates_make_may_be_any_html(tmp_path: Path) -> None:
    templates = find_templates("default").with_project(tmp_path)
    html = parsed("<p>One<br><p>Two", templates, weasyprint.urls.URLFetcher())
    assert [element.tag for element in html.etree_element.iter()] == [
        *("html", "head", "body", "p", "br", "p")
    ]
