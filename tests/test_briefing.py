"""Every section and every date of the briefing's YAML stands in the PDF, the EPUB and the web page.

What must be there is taken from the YAML by `source.py`, what is there by `readers.py`. Neither
uses Briefpress.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import pytest

from tests import source
from tests.conftest import FORMATS, Build
from tests.readers import Passage, poppler, read

SECTIONS = source.sections()
MENTIONS = {
    "summary": source.summary(),
    **{section.id: section.mentions for section in SECTIONS},
}
DATES = [
    (place, words)
    for place, mentions in MENTIONS.items()
    for words in dict.fromkeys(mention.words for mention in mentions)
]
UNDATED = {
    "obuchi-mission": "A Japanese mission",
    "aso-visit": "Aso Taro",
}

_NUMBER = re.compile(r"(?:(?:\d+|Annex [A-Z])(?:\.\d+)* )?")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_LOOKS_LIKE_A_DATE = re.compile(rf"(?:\b\d{{1,2}} )?\b(?:{_MONTH}) \d{{4}}\b")


@cache
def passages(file: Path) -> list[Passage]:
    return read(file)


def the_passage(file: Path, title: str) -> Passage:
    """The one passage with a title, whatever its number."""
    found = [p for p in passages(file) if _NUMBER.sub("", p.heading, count=1) == title]
    assert len(found) == 1, f"{title!r} stands {len(found)} times in {file.name}"
    return found[0]


def text_of(file: Path, place: str) -> str:
    titles = {"summary": "Summary"} | {section.id: section.title for section in SECTIONS}
    return the_passage(file, titles[place]).text


def test_the_yaml_holds_the_sections_and_dates_that_these_tests_are_about() -> None:
    assert len(SECTIONS) >= 14
    assert set(source.WRITTEN) == {e["date"] for e in source.events().values() if "date" in e}
    mentioned = {mention.event for mentions in MENTIONS.values() for mention in mentions}
    assert mentioned == source.events().keys() - set(source.undated())
    assert set(source.undated()) == set(UNDATED)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_the_section_is_there_once_as_a_heading(
    built: Build, section: source.Section, format_name: str
) -> None:
    assert the_passage(built.file(format_name), section.title).level == section.level


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_sections_are_in_the_order_of_the_yaml(built: Build, format_name: str) -> None:
    titles = [section.title for section in SECTIONS]
    headings = [_NUMBER.sub("", p.heading, count=1) for p in passages(built.file(format_name))]
    assert [heading for heading in headings if heading in titles] == titles


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(("place", "words"), DATES, ids=str)
def test_the_date_is_there_wherever_the_yaml_has_it(
    built: Build, place: str, words: str, format_name: str
) -> None:
    expected = [mention.words for mention in MENTIONS[place]].count(words)
    # With its own precision: "28 May 1992" doesn't count as "May 1992".
    exactly = re.compile(rf"(?<!\d)(?<!\d ){re.escape(words)}(?!\d)")
    assert len(exactly.findall(text_of(built.file(format_name), place))) == expected


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("place", MENTIONS)
def test_no_other_date_is_there(built: Build, place: str, format_name: str) -> None:
    found = _LOOKS_LIKE_A_DATE.findall(text_of(built.file(format_name), place))
    wanted = [m.words for m in MENTIONS[place] if _LOOKS_LIKE_A_DATE.fullmatch(m.words)]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("event", UNDATED)
def test_an_event_without_a_date_is_given_none(built: Build, event: str, format_name: str) -> None:
    before, says, _ = text_of(built.file(format_name), "chronology").partition(UNDATED[event])
    assert says, "the event isn't in the chronology"
    assert before.endswith("not dated ")


@pytest.mark.parametrize("words", source.WRITTEN.values())
def test_pdftotext_finds_the_date_as_often_as_the_yaml_has_it(built: Build, words: str) -> None:
    text = " ".join(poppler("pdftotext", "-enc", "UTF-8", built.file("pdf"), "-").split())
    mentioned = [m.words for mentions in MENTIONS.values() for m in mentions]
    found = len(re.findall(rf"(?<!\d)(?<!\d ){words}(?!\d)", text))
    # On the cover stands the date of the information, which is also that of an event.
    cover = passages(built.file("pdf"))[0].text
    assert found == mentioned.count(words) + cover.count(words)


@pytest.mark.parametrize("edtf", source.WRITTEN)
def test_every_date_is_marked_up_for_machines(built: Build, edtf: str) -> None:
    html = built.file("html").read_text("utf-8")
    times = re.findall(r"<time\b[^>]*?\bdatetime=\"([^\"]*)\"", html)
    mentioned = [m.edtf for mentions in MENTIONS.values() for m in mentions]
    cover, _, _ = html.partition('id="summary"')
    assert times.count(edtf) == mentioned.count(edtf) + cover.count(f'datetime="{edtf}"')


def test_no_word_of_the_pdf_is_broken(built: Build) -> None:
    """Text is set without hyphenation, so each of its words is one of the web page's."""
    page = built.file("html").read_text("utf-8")
    shown = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    words = re.compile(r"[^\W\d_]{3,}")
    printed = words.findall(poppler("pdftotext", "-enc", "UTF-8", built.file("pdf"), "-"))
    assert set(printed) - set(words.findall(html.unescape(shown))) == {"Page"}
