"""Where pages break: a briefing of many lengths is laid out, and poppler says what stands where.

Every word of the briefing names the part that it is of ("quote7"), so a page's words tell which
parts are on it, and how many lines of each.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from tests.conftest import Briefpress
from tests.readers import poppler

# How much of a page is left where a section begins, in points: from hardly anything to enough.
ROOM = range(36, 163, 18)
_WORD = re.compile(r'<word [^>]* yMax="([\d.]+)">(\w+)')


# What is laid out


def words(part: str, count: int) -> str:
    return " ".join([part] * count)


def blocks_of(kind: int, n: int) -> list[dict[str, Any]]:
    """The blocks of a section, of one kind or another; `n` tells them apart."""
    rows = [[f"row{n}x{i}", words(f"row{n}x{i}y", 4)] for i in range(3)]
    items = "\n".join(f"- {words(f'item{i}x{n}', 5 + 8 * i)}" for i in range(3))
    facts = [{"label": "Label", "value": "Value"} for _ in range(4)]
    kinds: list[list[dict[str, Any]]] = [
        [{"prose": words(f"text{n}", 70)}],
        [{"prose": f"{words(f'before{n}', 5)}\n\n{words(f'text{n}', 70)}"}],
        [{"prose": f"{words(f'before{n}', 5)}\n\n{words(f'intro{n}', 9)}:\n\n{items}"}],
        [{"prose": items}],
        [{"table": {"caption": f"caption{n}", "head": [f"head{n}", "B"], "rows": rows}}],
        [{"table": {"caption": "C", "head": [f"head{n}", "B"], "rows": rows, "note": f"note{n}"}}],
        [{"quote": {"text": words(f"quote{n}", 40), "by": f"by{n}"}}],
        [{"key-points": [words(f"point{i}x{n}", 15) for i in range(4)]}],
        [{"box": {"title": f"boxed{n}", "text": words(f"box{n}", 40)}}],
        [{"prose": f"{words(f'before{n}', 5)}"}, {"figure": FIGURE | {"caption": f"caption{n}"}}],
        [{"margin-facts": {"title": "Facts", "facts": facts}}, {"prose": words(f"text{n}", 70)}],
    ]
    return [*kinds[kind], {"prose": f"{words(f'after{n}', 25)}.[^book{n % 12}]"}]


KINDS = 11
FIGURE = {"file": "dot.png", "alt": "Dot"}


def sections(folder: Path) -> Iterator[dict[str, Any]]:
    """A page each, with a picture that leaves some room above a section of each kind."""
    for n, (kind, room) in enumerate(itertools.product(range(KINDS), ROOM)):
        picture = f"high{room}.png"
        Image.new("1", (100, round((500 - room) / 0.75))).save(folder / picture)
        files = ("dot.png", picture)  # one alone is never as high as a page
        figures = [{"figure": FIGURE | {"file": file, "caption": "C"}} for file in files]
        inner = {"id": f"i{n}", "title": f"title{n}", "blocks": blocks_of(kind, n)}
        page = {"id": f"s{n}", "title": f"page{n}", "annex": True}
        yield page | {"blocks": figures, "sections": [inner]}


def annex(i: int) -> dict[str, Any]:
    """An annex of a third of a page."""
    prose = {"prose": words(f"annex{i}", 150)}
    return {"id": f"annex{i}", "title": f"begins{i}", "annex": True, "blocks": [prose]}


def write(folder: Path) -> None:
    """A briefing whose sections begin wherever a page has room, and then long lists."""
    events: dict[str, dict[str, Any]] = {
        f"e{i}": {"date": f"19{i + 20}", "source": "origin"} for i in range(60)
    }
    for i, event in enumerate(events.values()):
        event["people"] = [f"p{i % 20}"]
        event["kind"] = "visit" if i % 3 else "event"
    people = [f"p{i}" for i in range(20)]
    documents = [
        {"title": words(f"document{i}", 3), "date": "1990", "says": words(f"document{i}", 5 * i)}
        for i in range(1, 15)
    ]
    ends = [{"visits": {"caption": "Visits"}}, {"chronology": None}, {"people": {"only": people}}]
    ends += [{"documents": documents}, {"sources": None}]
    facts = {
        "events": events,
        "people": {p: {"family": f"guest{p}"} for p in people},
        "sources": {
            "origin": {"title": "origin0"},
            **{f"book{i}": {"title": words(f"work{i}", 9)} for i in range(12)},
        },
    }
    folder.mkdir(parents=True)
    Image.new("1", (400, 80)).save(folder / "dot.png")
    english = {
        "title": "Breaks",
        "summary": "Words.",
        "events": {f"e{i}": words(f"event{i}", 1 + i % 25) for i in range(60)},
        "people": {p: words(f"person{p}", i % 30 + 2) for i, p in enumerate(people)},
        "sources": {f"book{i}": words(f"source{i}", 12 * i + 1) for i in range(12)},
        "sections": [
            *sections(folder),
            {"id": "ends", "title": "title", "annex": True, "blocks": ends},
            *(annex(i) for i in range(6)),
        ],
    }
    (folder / "facts.yaml").write_text(yaml.safe_dump(facts))
    (folder / "en.yaml").write_text(yaml.safe_dump(english, sort_keys=False))


# What stands where


@dataclass(frozen=True)
class Line:
    """A line on a page: where its foot is, in points from the top, and the part that it is of."""

    foot: float
    part: str


Pages = list[list[Line]]


@pytest.fixture(scope="module")
def pages(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The lines of the text on each page from the first section on, from top to bottom."""
    folder = tmp_path_factory.mktemp("breaks")
    write(folder / "content" / "breaks")
    output = ("--output", folder / "out", "--format", "pdf")
    said = briefpress("build", "--content", folder / "content", *output)
    assert said.returncode == 0, said.stderr
    markup = poppler("pdftotext", "-bbox", folder / "out/breaks/breaks.en.pdf", "-")
    found = [sorted(_lines(page), key=lambda line: line.foot) for page in markup.split("<page ")]
    first = next(i for i, page in enumerate(found) if any(line.part == "text0" for line in page))
    return found[first:]


def _lines(page: str) -> set[Line]:
    """The lines of a page; the running heads are left out."""
    feet = [(float(foot), word) for foot, word in _WORD.findall(page)]
    return {
        Line(round(foot), word) for foot, word in feet if foot > 70 and re.search(r"[a-z]\d", word)
    }


def on_pages(pages: Pages, pattern: str) -> dict[str, list[int]]:
    """The parts whose name matches, and how many lines of each are on the pages that have some."""
    counts: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        for part in {line.part for line in page if re.fullmatch(pattern, line.part)}:
            counts[part].append(sum(line.part == part for line in page))
    assert counts, "none is there"
    return counts


def parts_at_foot(pages: Pages, pattern: str) -> list[tuple[str, list[str]]]:
    """The parts whose name matches, and those of the lines that follow on the page."""
    return [
        (line.part, [below.part for below in page[at + 1 :] if below.part != line.part])
        for page in pages
        for at, line in enumerate(page)
        if re.fullmatch(pattern, line.part)
    ]


def test_the_briefing_has_many_pages(pages: Pages) -> None:
    assert len(pages) >= 2 * KINDS * len(ROOM) - KINDS


def test_two_lines_follow_a_heading(pages: Pages) -> None:
    found = parts_at_foot(pages, r"title\d+")
    assert [(part, below) for part, below in found if len(below) < 2] == []


def test_no_line_of_a_text_is_alone_on_a_page(pages: Pages) -> None:
    counts = on_pages(pages, r"(text|before|after|quote|intro|item\d+x|point\d+x|box)\d+")
    parted = {part: lines for part, lines in counts.items() if len(lines) > 1}
    assert len(parted) > 5
    assert {part: lines for part, lines in parted.items() if min(lines) < 2} == {}


def test_the_first_item_stands_with_what_announces_it(pages: Pages) -> None:
    found = parts_at_foot(pages, r"intro\d+")
    assert [
        part for part, below in found if f"item0x{part.removeprefix('intro')}" not in below
    ] == []


def test_the_head_of_a_table_is_on_each_of_its_pages(pages: Pages) -> None:
    for page in pages:
        parts = {line.part for line in page}
        rows = {re.sub(r"row(\d+)x.*", r"head\1", part) for part in parts if part.startswith("row")}
        assert rows <= parts


def test_two_rows_stand_with_the_head_and_two_are_taken_over(pages: Pages) -> None:
    for page in pages:
        parts = [line.part for line in page]
        for head in (part for part in parts if part.startswith("head")):
            rows = [
                part for part in parts if re.fullmatch(rf"row{head.removeprefix('head')}x\d+", part)
            ]
            assert len(rows) >= 2, head


def test_rows_and_entries_are_whole(pages: Pages) -> None:
    counts = on_pages(pages, r"row\d+x.*|event\d+|person.*|document\d+|source[1-9]\d*|point\d+x\d+")
    assert [part for part, lines in counts.items() if len(lines) > 1] == []


@pytest.mark.parametrize(
    ("below", "above"),
    [(r"by(\d+)", "quote{}"), (r"note(\d+)", r"row{}x\d+"), (r"boxed(\d+)", "box{}")],
)
def test_what_belongs_to_a_block_is_on_its_page(pages: Pages, below: str, above: str) -> None:
    assert on_pages(pages, below)
    for page in pages:
        parts = [line.part for line in page]
        for found in filter(None, (re.fullmatch(below, part) for part in parts)):
            wanted = above.format(found[1])
            assert any(re.fullmatch(wanted, part) for part in parts), found[0]


def test_the_source_of_a_list_stands_below_two_entries(pages: Pages) -> None:
    """It is named below the visits and the chronology, and once among the sources."""
    above = [
        [line.part for line in page[:at]][-2:]
        for page in pages
        for at, line in enumerate(page)
        if line.part == "origin0"
    ]
    assert len(above) == 3
    assert [re.sub(r"\d", "", part) for parts in above[:2] for part in parts] == [
        *["guestp"] * 2,
        *["event"] * 2,
    ]


def test_annexes_are_whole_and_share_pages(pages: Pages) -> None:
    counts = on_pages(pages, r"annex\d+")
    assert [part for part, lines in counts.items() if len(lines) > 1] == []
    begun = [[line.part for line in page if line.part.startswith("begins")] for page in pages]
    assert 2 <= len([titles for titles in begun if titles]) <= 4
    for page in pages:
        parts = [line.part for line in page]
        for title in (part for part in parts if part.startswith("begins")):
            assert f"annex{title.removeprefix('begins')}" in parts


def test_what_has_room_begins_on_the_page(pages: Pages) -> None:
    """Rules that keep things together don't leave pages half empty."""
    roomy = [f"title{n}" for n in range(len(ROOM) - 1, KINDS * len(ROOM), len(ROOM))]
    begun = [line.part for page in pages for line in page if page[0].part.startswith("page")]
    assert [part for part in roomy if part not in begun] == []
