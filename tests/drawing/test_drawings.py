"""Pictures that the press draws: what the SVG in the published files has, and where."""

from __future__ import annotations

import base64
import io
import itertools
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from math import radians, sin
from pathlib import Path
from typing import Protocol

import pytest
from lxml import etree, html

from tests.casebook import BASE
from tests.conftest import Briefpress

SVG = "{http://www.w3.org/2000/svg}"
ACCENT = "#0b4a66"

Picture = etree._Element


class Drawn(Protocol):
    """Builds the base with facts and blocks of one's own, and gives its drawings."""

    def __call__(self, blocks: str, facts: str = "", words: str = "") -> list[Picture]: ...


@pytest.fixture
def drawn(briefpress: Briefpress, tmp_path: Path) -> Drawn:
    def build(blocks: str, facts: str = "", words: str = "") -> list[Picture]:
        content = tmp_path / "content"
        shutil.copytree(BASE, content)
        file = content / "note" / "facts.yaml"
        file.write_text(file.read_text("utf-8").replace("events:\n", f"events:\n{facts}"), "utf-8")
        file = content / "note" / "en.yaml"
        text = file.read_text("utf-8").replace("events:\n", f"events:\n{words}", 1)
        file.write_text(text.replace("      - chronology:\n", f"{blocks}      - chronology:\n"))
        said = briefpress(
            *("build", "--content", content, "--output", tmp_path / "output", "--format", "html")
        )
        assert said.returncode == 0, said.stdout + said.stderr
        return list(drawings(tmp_path / "output" / "note" / "note.en.html"))

    return build


def drawings(page: Path) -> Iterator[Picture]:
    document = html.fromstring(page.read_bytes())
    for image in document.xpath("//img[contains(@class, 'drawing')]"):
        yield etree.fromstring(base64.b64decode(image.get("src").partition(",")[2]))


def words_of(picture: Picture) -> list[str]:
    return [each.get("aria-label", "") for each in picture.iter() if each.get("aria-label")]


def bars(picture: Picture, colour: str = ACCENT) -> list[tuple[float, float]]:
    """From where to where the bars with a border go, those of the legend left out."""
    found = [r for r in picture.iter(f"{SVG}rect") if r.get("stroke") == colour]
    spans = [(float(r.get("y", "")), float(r.get("height", ""))) for r in found]
    return [(y, y + height) for y, height in spans][: -len(spans) // 2 or None]


def ticks(picture: Picture) -> dict[str, float]:
    """Where the years stand on the axis."""
    labels = [word for word in words_of(picture) if re.fullmatch(r"\d{4}", word)]
    lines = [each for each in picture.iter(f"{SVG}line") if each.get("y1") == each.get("y2")]
    return dict(zip(labels, (float(each.get("y1", "")) for each in lines), strict=False))


TIMELINE = "      - timeline: {{alt: A, caption: B, events: [{}]}}\n"
EVENTS = """\
  month: {date: 1992-03, source: record}
  day: {date: 1993-07-02, source: record}
  about: {date: 1995~, source: record}
  perhaps: {date: 1996?, source: record}
  since: {date: 1994/.., source: record}
"""
WORDS = "".join(
    f"  {name}: It is {name}\n" for name in ["month", "day", "about", "perhaps", "since"]
)


def test_a_month_is_a_bar_as_long_as_it_at_its_place(drawn: Drawn) -> None:
    (picture,) = drawn(TIMELINE.format("month, day, about"), EVENTS, WORDS)
    at = ticks(picture)
    a_day = (at["1993"] - at["1992"]) / 366
    ((top, bottom),) = bars(picture)
    assert top == pytest.approx(at["1992"] + (31 + 29) * a_day, abs=0.02)
    assert bottom == pytest.approx(at["1992"] + (31 + 29 + 31) * a_day, abs=0.02)


def test_a_day_is_a_point_in_its_middle(drawn: Drawn) -> None:
    (picture,) = drawn(TIMELINE.format("month, day, about"), EVENTS, WORDS)
    at = ticks(picture)
    point, _legend = [each for each in picture.iter(f"{SVG}circle") if each.get("fill") == ACCENT]
    expected = at["1993"] + (at["1994"] - at["1993"]) * 182.5 / 365
    assert float(point.get("cy", "")) == pytest.approx(expected, abs=0.02)


def test_what_is_about_then_has_soft_ends(drawn: Drawn) -> None:
    (picture,) = drawn(TIMELINE.format("month, about"), EVENTS, WORDS)
    gradient, *_ = picture.iter(f"{SVG}linearGradient")
    opacities = [stop.get("stop-opacity") for stop in gradient]
    assert opacities[0] == opacities[-1] == "0"
    assert "1" in opacities
    at = ticks(picture)
    assert float(gradient.get("y1", "")) < at["1995"]
    assert float(gradient.get("y2", "")) > at["1996"]
    assert "about this time" in words_of(picture)


def test_what_is_uncertain_is_dashed_and_what_goes_on_has_an_arrow(drawn: Drawn) -> None:
    (picture,) = drawn(TIMELINE.format("month, perhaps, since"), EVENTS, WORDS)
    assert [r for r in picture.iter(f"{SVG}rect") if r.get("stroke-dasharray")]
    arrows = [e for e in picture.iter(f"{SVG}polyline") if e.get("stroke") == ACCENT]
    assert len(arrows) == 2  # one on the axis, one in the legend
    assert {"uncertain", "open end"} <= set(words_of(picture))


def test_an_undated_event_stands_off_the_axis_and_says_so(drawn: Drawn) -> None:
    (picture,) = drawn("      - timeline: {alt: A, caption: B}\n")
    hollow, _legend = [c for c in picture.iter(f"{SVG}circle") if c.get("fill") == "#ffffff"]
    points = [c for c in picture.iter(f"{SVG}circle") if c.get("fill") == ACCENT]
    assert float(hollow.get("cx", "")) > max(float(c.get("cx", "")) for c in points) + 10
    words = words_of(picture)
    assert words.index("not dated") == words.index("Tanaka Hanako visits Kazakhstan") + 1
    assert "no date; it follows the event above" in words


LONG = """\
  days: {date: 1997-07-01/1997-08-31, source: record}
  decade: {date: 189X, source: record}
  perhaps: {date: 1999?, source: record}
  since: {date: 1998/.., source: record}
"""


def test_what_is_short_is_seen_on_a_long_axis_and_an_arrow_has_room(drawn: Drawn) -> None:
    words = "".join(f"  {name}: It is {name}\n" for name in ("days", "decade", "perhaps", "since"))
    (picture,) = drawn(TIMELINE.format("days, decade, perhaps, since"), LONG, words)
    assert min(bottom - top for top, bottom in bars(picture)) >= 2
    uncertain = [e for e in picture.iter(f"{SVG}rect") if e.get("stroke-dasharray")]
    assert all(float(e.get("height", "")) >= 7 for e in uncertain)
    axis = next(e for e in picture.iter(f"{SVG}line") if e.get("x1") == e.get("x2"))
    arrow, _legend = [e for e in picture.iter(f"{SVG}polyline") if e.get("stroke") == ACCENT]
    assert max(y for _, y in corners_of(arrow)) > float(axis.get("y2", "")) + 5


def corners_of(line: Picture) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in line.get("points", "").split())
    return [(float(x), float(y)) for x, y in pairs]


def test_lines_to_labels_do_not_cross(drawn: Drawn) -> None:
    facts = EVENTS + LONG.replace("perhaps:", "later:").replace("since:", "ever:")
    names = ["days", "decade", "later", "ever", "month", "day", "about", "perhaps", "since"]
    words = "".join(f"  {name}: It is {name}\n" for name in names)
    (picture,) = drawn(TIMELINE.format(", ".join(names)), facts, words)
    lines = [e for e in picture.iter(f"{SVG}polyline") if e.get("stroke") != ACCENT]
    corners = sorted((corners_of(e) for e in lines), key=lambda line: line[-1][1])
    assert len(corners) == len(names)
    starts = [line[1][1] for line in corners]
    assert starts == sorted(starts)
    assert len({line[1][0] for line in corners}) == 1, "they turn at one place"


def test_days_that_differ_stand_on_the_axis(drawn: Drawn) -> None:
    facts = "".join(
        f"  e{year}: {{date: {year}-07-02, source: record}}\n" for year in (1991, 1995, 1999)
    )
    words = "".join(f"  e{year}: Some event\n" for year in (1991, 1995, 1999))
    (picture,) = drawn(TIMELINE.format("e1991, e1995, e1999"), facts, words)
    axis = next(e for e in picture.iter(f"{SVG}line") if e.get("x1") == e.get("x2"))
    dots = [e for e in picture.iter(f"{SVG}circle") if e.get("fill") == ACCENT]
    assert {e.get("cx") for e in dots} == {axis.get("x1")}


@pytest.mark.parametrize("count", [3, 40])
def test_labels_stand_apart_and_within_a_page(drawn: Drawn, count: int) -> None:
    facts = "".join(
        f"  e{i}: {{date: 199{i % 9}-0{1 + i % 9}, source: record}}\n" for i in range(count)
    )
    words = "".join(
        f"  e{i}: Something that takes a line and more to be told in words\n" for i in range(count)
    )
    names = ", ".join(f"e{i}" for i in range(count))
    (picture,) = drawn(TIMELINE.format(names), facts, words)
    assert float(picture.get("height", "")) < 1.7 * float(picture.get("width", ""))
    lines = [e for e in picture.iter(f"{SVG}g") if e.get("aria-label")]
    dates = [e for e in lines if re.search(r"[a-z] 199\d$", e.get("aria-label", ""))]
    ys = sorted(
        float(re.findall(r"translate\([\d.]+ ([\d.]+)\)", e.get("transform", ""))[0]) for e in dates
    )
    assert len(ys) == count
    assert min(b - a for a, b in itertools.pairwise(ys)) >= 11


MAP = "      - map: {alt: A, caption: B, highlight: [jp, kz], places: [lake]}\n"
PLACES = "\nplaces:\n  lake: {latitude: 46.5, longitude: 74.9}\n"


@pytest.fixture
def located(drawn: Drawn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Drawn:
    base = tmp_path / "base"
    shutil.copytree(BASE, base)
    file = base / "note" / "facts.yaml"
    file.write_text(file.read_text("utf-8").rstrip("\n") + PLACES, "utf-8")
    monkeypatch.setattr("tests.drawing.test_drawings.BASE", base)
    return drawn


def points_of(path: Picture) -> set[tuple[int, int]]:
    """Where the points of the lines of a map are, in its units."""
    found = set()
    for part in re.findall(r"M[^M]*", path.get("d", "")):
        numbers = iter(int(n) for n in re.findall(r"-?\d+", part))
        x = y = 0
        for dx, dy in zip(numbers, numbers, strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
    return found


def box_of(path: Picture) -> tuple[float, float, float, float]:
    """What the lines of a map take up, in CSS pixels."""
    xs, ys = zip(*points_of(path), strict=True)
    return min(xs) / 10, min(ys) / 10, max(xs) / 10, max(ys) / 10


def test_countries_are_highlighted_and_named_and_places_lie_in_them(located: Drawn) -> None:
    (picture,) = located(MAP)
    kz, jp = (next(e for e in picture.iter() if e.get("id") == code) for code in ("KZ", "JP"))
    assert kz.get("fill") == jp.get("fill") == ACCENT
    assert {"Kazakhstan", "Japan", "the Lake", "China"} <= set(words_of(picture))
    mark = list(picture.iter(f"{SVG}circle"))[-1]
    left, top, right, bottom = box_of(kz)
    assert left < float(mark.get("cx", "")) < right
    assert top < float(mark.get("cy", "")) < bottom
    assert box_of(jp)[0] > right


def test_places_lie_where_the_projection_puts_them(located: Drawn) -> None:
    """By distance and direction from the middle of the map (Snyder 1987, 24-1), not by x and y."""
    bounds = "['64.9', '36.5', '84.9', '56.5']"
    (picture,) = located(f"      - map: {{alt: A, caption: B, places: [lake], bounds: {bounds}}}\n")
    mark = list(picture.iter(f"{SVG}circle"))[-1]
    x, y = (float(mark.get(name, "")) for name in ("cx", "cy"))
    assert x == pytest.approx(float(picture.get("width", "")) / 2, abs=0.1)
    # South of the middle of a map from 36.5 to 56.5, as it is south of that on the globe.
    top, bottom = projected(36.5 - 46.5), projected(56.5 - 46.5)
    assert 0 < y < float(picture.get("height", ""))
    assert bottom == pytest.approx(-top)


def projected(away: float) -> float:
    """How far from the middle a place is drawn that is so many degrees away on its meridian."""
    return 2 * sin(radians(away) / 2)


def built_with(
    briefpress: Briefpress, folder: Path, block: str
) -> subprocess.CompletedProcess[str]:
    """Build the cases' briefing with one more block, before its chronology."""
    shutil.copytree(BASE, folder / "content")
    file = folder / "content" / "note" / "en.yaml"
    before = f"      - {block}\n      - chronology:\n"
    file.write_text(file.read_text("utf-8").replace("      - chronology:\n", before), "utf-8")
    return briefpress("build", "--content", folder / "content", "--output", folder / "output")


def test_a_country_without_an_outline_is_a_fault_at_its_block(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    said = built_with(briefpress, tmp_path, "map: {alt: A, caption: B, highlight: [bv]}")
    assert said.returncode == 1
    assert "error[unknown-place]: the map has no outline of 'BV'" in said.stdout + said.stderr


def test_a_highlighted_country_beyond_the_map_is_a_fault_at_its_block(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    block = "map: {alt: A, caption: B, highlight: [kz, nz], bounds: [-10, 35, 90, 60]}"
    said = built_with(briefpress, tmp_path, block)
    assert said.returncode == 1
    assert "error[wrong-value]: the map doesn't show 'NZ'" in said.stdout + said.stderr
    assert "Traceback" not in said.stderr


def test_the_picture_of_an_epub_says_the_same_and_follows_dark_screens(
    briefpress: Briefpress, tmp_path: Path
) -> None:
    said = built_with(briefpress, tmp_path, "timeline: {alt: All of it, caption: B}")
    assert said.returncode == 0, said.stdout + said.stderr
    folder = tmp_path / "output" / "note"
    (picture,) = drawings(folder / "note.en.html")
    with zipfile.ZipFile(io.BytesIO((folder / "note.en.epub").read_bytes())) as book:
        images = [book.read(n) for n in book.namelist() if n.endswith(".svg")]
        pages = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    (in_book,) = (data for data in images if b"prefers-color-scheme" in data)
    assert b"prefers-color-scheme:dark" in etree.tostring(picture)
    said_in_book = " ".join(words_of(etree.fromstring(in_book)))
    assert sorted(said_in_book.split()) == sorted(" ".join(words_of(picture)).split())
    assert 'alt="All of it"' in pages


def test_events_that_no_chronology_has_follow_the_picture(drawn: Drawn, tmp_path: Path) -> None:
    drawn(TIMELINE.format("treaty, visit"))
    page = (tmp_path / "output" / "note" / "note.en.html").read_text("utf-8")
    figure = page.index("<figcaption>B</figcaption>")
    assert page.count('class="chronology"', figure) == 1  # beside it, in the same section


def test_a_border_has_the_same_points_on_both_of_its_sides(drawn: Drawn) -> None:
    (picture,) = drawn("      - map: {alt: A, caption: B, highlight: [jp, kz]}\n")
    kz, land = (next(e for e in picture.iter() if e.get("id") == id_) for id_ in ("KZ", "land"))
    dashed = next(e for e in picture.iter(f"{SVG}path") if e.get("stroke-dasharray"))
    # Its islands that can't be seen are left out of the land.
    kz.set("d", max(kz.get("d", "").split("z"), key=len))
    assert len(points_of(kz)) > 100
    assert points_of(kz) <= points_of(land) | points_of(dashed)


def test_a_map_is_small_and_has_a_coast_once(drawn: Drawn) -> None:
    (picture,) = drawn("      - map: {alt: A, caption: B, highlight: [jp, kz]}\n")
    assert len(etree.tostring(picture)) < 50_000
    land = next(e for e in picture.iter() if e.get("id") == "land")
    dashed = next(e for e in picture.iter(f"{SVG}path") if e.get("stroke-dasharray"))
    # They meet where a border reaches the sea, and nowhere else.
    assert len(points_of(land) & points_of(dashed)) < 30
    left, top, right, bottom = box_of(land)
    width, height = (float(picture.get(name, "")) for name in ("width", "height"))
    assert min(left, top) > -4, "what is beyond the map is left out"
    assert right < width + 4
    assert bottom < height + 4


def place_of(picture: Picture, words: str) -> tuple[float, float]:
    """Where a text begins."""
    (text,) = (e for e in picture.iter(f"{SVG}g") if e.get("aria-label") == words)
    x, y = re.findall(r"-?[\d.]+", text.get("transform", ""))[:2]
    return float(x), float(y)


def test_names_stand_clear_of_marks_and_not_on_borders(located: Drawn, tmp_path: Path) -> None:
    file = tmp_path / "base" / "note" / "facts.yaml"
    file.write_text(file.read_text("utf-8").replace("46.5", "50.4").replace("74.9", "80.2"))
    (picture,) = located(MAP.replace("[jp, kz]", "[jp, kz, sg]"))
    mark, ring = list(picture.iter(f"{SVG}circle"))[-2:]
    # The lake lies just inside of Kazakhstan's border in the east: its name is to the west of it.
    x, _ = place_of(picture, "the Lake")
    assert x < float(mark.get("cx", "")) - 30
    (ring_x, ring_y, radius) = (float(ring.get(name, "")) for name in ("cx", "cy", "r"))
    x, y = place_of(picture, "Singapore")
    aside = x - ring_x if x > ring_x else ring_x - x - 55
    assert max(aside, abs(ring_y - y) - 4) > radius + 2


def test_a_phone_has_drawings_with_letters_that_can_be_read(drawn: Drawn, tmp_path: Path) -> None:
    (wide,) = drawn("      - map: {alt: A, caption: B, highlight: [jp, kz]}\n")
    page = html.fromstring((tmp_path / "output" / "note" / "note.en.html").read_bytes())
    (source,) = page.xpath("//picture/source[@media='(max-width: 34rem)']")
    narrow = etree.fromstring(base64.b64decode(source.get("srcset").partition(",")[2]))
    assert float(narrow.get("width", "")) == 380 < float(wide.get("width", ""))
    scales = re.findall(r"scale\(([\d.]+)\)", etree.tostring(narrow, encoding="unicode"))
    # A letter's shape is in 325ths of an em; the map's own lines are in tenths of a pixel.
    assert min(325 * float(scale) for scale in scales if scale != "0.1") >= 12
