"""Charts as they are published: their geometry and their words, read back from the web page."""

from __future__ import annotations

import base64
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree, html

from tests.casebook import BASE
from tests.conftest import Briefpress

SVG = "{http://www.w3.org/2000/svg}"

COUNTRIES = "country,before,after\n{#kz},1234.50,300\n{#jp},800,\n{#uz},-150,20\n"
YEARS = "year,exports,imports\n2010,1,4\n2011,2,5\n2012,,6\n2013,3,3\n2020,4,2\n"
MONTHS = "month,visitors\n" + "".join(
    f"{2018 + n // 12}-{n % 12 + 1:02},{1000 + 37 * n % 400}\n" for n in range(30)
)
TWO = (("exports", "Exports", "輸出"), ("imports", "Imports", "輸入"))
COMPARED = (("before", "Before", "前"), ("after", "After", "後"))
VISITORS = (("visitors", "Visitors", "訪問者"),)

# Kind, file, what the rows are, the series, and what they are measured in.
CHARTS = {
    "standing": ("bar", "years", "dates: {field: year, title: Year}", TWO),
    "lying": ("bar", "countries", "categories: {field: country, title: Country}", COMPARED),
    "lines": ("line", "years", "dates: {field: year, title: Year}", TWO),
    "areas": ("area", "whole", "dates: {field: year, title: Year}", TWO),
    "dots": ("point", "countries", "categories: {field: country, title: Country}", COMPARED),
    "months": ("line", "months", "dates: {field: month, title: Month}", VISITORS),
}


@dataclass(frozen=True)
class Shape:
    """What an element draws: the numbers of its path, and how far it is moved."""

    fill: str
    stroke: str
    path: str
    x: float
    y: float

    def numbers(self) -> list[float]:
        return [float(each) for each in re.findall(r"-?[\d.]+", self.path)]


class Chart:
    """A chart, as its SVG has it."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    @property
    def words(self) -> list[str]:
        return [e.get("aria-label", "") for e in self.root.iter() if e.get("aria-label")]

    def marks(self, **wanted: str) -> list[Shape]:
        """What Vega drew in a colour, in its order."""
        (group,) = (g for g in self.root.iter(f"{SVG}g") if g.get("aria-label") is None)
        shapes = [self._shape(element) for element in group]
        return [s for s in shapes if all(getattr(s, name) == v for name, v in wanted.items())]

    def place(self, words: str) -> tuple[float, float]:
        """Where a text begins."""
        (found,) = (e for e in self.root.iter() if e.get("aria-label") == words)
        x, y = re.findall(r"-?[\d.]+", found.get("transform", ""))[:2]
        return float(x), float(y)

    def _shape(self, element: etree._Element) -> Shape:
        moved = [float(each) for each in re.findall(r"-?[\d.]+", element.get("transform", "0 0"))]
        fill, stroke, path = (element.get(name, "") for name in ("fill", "stroke", "d"))
        return Shape(fill, stroke, path, *moved)


def chart(name: str, language: int) -> str:
    kind, file, own, series = CHARTS[name]
    values = "".join(f"            - {{field: {s[0]}, title: {s[language]}}}\n" for s in series)
    return (
        f"      - chart:\n          type: {kind}\n          caption: {name}\n"
        f"          alt: {name}\n"
        f"          file: {file}.csv\n          {own}\n          values:\n{values}"
        f"          unit: {('', 'million yen', '百万円')[language]}\n"
    )


@pytest.fixture(scope="module")
def output(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The charts, built in English and in Japanese."""
    folder = tmp_path_factory.mktemp("charts")
    note = folder / "content" / "note"
    shutil.copytree(BASE, folder / "content")
    whole = YEARS.replace("2012,,6\n", "")
    data = {"years": YEARS, "whole": whole, "countries": COUNTRIES, "months": MONTHS}
    for name, text in data.items():
        (note / f"{name}.csv").write_text(text, "utf-8")
    words = (note / "en.yaml").read_text("utf-8")
    for index, language in enumerate(("en", "ja"), start=1):
        charts = "".join(chart(name, index) for name in CHARTS)
        told = words.replace("      - table:\n", charts + "      - table:\n", 1)
        (note / f"{language}.yaml").write_text(told, "utf-8")
    done = briefpress("build", "--language", "en", "--language", "ja", cwd=folder)
    assert done.returncode == 0, done.stderr + done.stdout
    return folder / "output" / "note"


def charts_of(output: Path, language: str) -> dict[str, Chart]:
    page = html.fromstring((output / f"note.{language}.html").read_bytes())
    found = {}
    for image in page.iter("img"):
        if image.get("class") == "drawn chart":
            data = base64.b64decode(image.get("src", "").partition(",")[2])
            found[image.get("alt", "")] = Chart(etree.fromstring(data))
    assert list(found) == list(CHARTS)
    return found


@pytest.fixture(scope="module")
def charts(output: Path) -> dict[str, Chart]:
    return charts_of(output, "en")


@pytest.fixture(scope="module")
def japanese(output: Path) -> dict[str, Chart]:
    return charts_of(output, "ja")


HREF = "{http://www.w3.org/1999/xlink}href"
FIRST, SECOND = "#0b4a66", "#b94d0f"


def boxes(chart: Chart, fill: str) -> list[tuple[float, float, float, float]]:
    """The rectangles of a colour: x, y, width and height."""
    found = []
    for shape in chart.marks(fill=fill):
        x, y, width, height, _ = shape.numbers()
        assert re.fullmatch(r"M[^a-zA-Z]*h[^a-zA-Z]*v[^a-zA-Z]*h[^a-zA-Z]*Z", shape.path)
        found.append((x, y, width, height))
    return found


def test_standing_bars_are_as_high_as_their_values_and_as_far_apart_as_their_dates(
    charts: dict[str, Chart],
) -> None:
    first, second = (boxes(charts["standing"], colour) for colour in (FIRST, SECOND))

    unit = first[0][3]
    assert [box[3] / unit for box in first] == pytest.approx([1, 2, 3, 4], abs=0.05)
    assert [box[3] / unit for box in second] == pytest.approx([4, 5, 6, 3, 2], abs=0.05)
    assert len({round(box[1] + box[3], 1) for box in (*first, *second)}) == 1
    year = second[1][0] - second[0][0]
    years = [(box[0] - second[0][0]) / year for box in second]
    assert years == pytest.approx([0, 1, 2, 3, 10], abs=0.05)


def test_lying_bars_begin_at_nought_and_have_their_values_at_their_ends(
    charts: dict[str, Chart],
) -> None:
    chart = charts["lying"]
    bars = boxes(chart, FIRST)

    unit = bars[1][2] / 800
    assert [abs(box[2]) / unit for box in bars] == pytest.approx([1234.5, 800, 150], rel=0.01)
    nought = bars[0][0]
    assert bars[1][0] == pytest.approx(nought, abs=0.05)
    assert max(bars[2][0], bars[2][0] + bars[2][2]) == pytest.approx(nought, abs=0.05)
    assert min(bars[2][0], bars[2][0] + bars[2][2]) < nought
    for words in (
        "1,234.50",
        "800",
        "\N{MINUS SIGN}150",
        "300",
        "20",
        "no data",
        "Kazakhstan",
        "Before",
    ):
        assert words in chart.words


def test_a_line_has_a_gap_where_a_value_is_missing(charts: dict[str, Chart]) -> None:
    (first,), (second,) = (charts["lines"].marks(stroke=c) for c in (FIRST, SECOND))

    assert (first.path.count("M"), second.path.count("M")) == (2, 1)
    x, y = second.numbers()[::2], second.numbers()[1::2]
    year = x[1] - x[0]
    assert [(each - x[0]) / year for each in x] == pytest.approx([0, 1, 2, 3, 10], abs=0.05)
    unit = y[0] - y[1]
    values = [4 + (y[0] - each) / unit for each in y]
    assert values == pytest.approx([4, 5, 6, 3, 2], abs=0.05)


def test_the_symbols_of_two_series_have_two_shapes(charts: dict[str, Chart]) -> None:
    for name in ("lines", "dots"):
        first, second = (charts[name].marks(fill=c) for c in (FIRST, SECOND))
        assert len({shape.path for shape in first}) == 1
        assert len({shape.path for shape in second}) == 1
        assert first[0].path != second[0].path


def test_an_area_stands_on_the_one_below(charts: dict[str, Chart]) -> None:
    (first,), (second,) = (charts["areas"].marks(fill=c) for c in (FIRST, SECOND))
    tops = [shape.numbers()[1::2][:4] for shape in (first, second)]
    floor = first.numbers()[1::2][-1]

    unit = floor - tops[0][0]
    assert [(floor - y) / unit for y in tops[0]] == pytest.approx([1, 2, 3, 4], abs=0.05)
    assert [(floor - y) / unit for y in tops[1]] == pytest.approx([5, 7, 6, 6], abs=0.05)


def test_a_series_is_named_at_its_end_in_its_colour(charts: dict[str, Chart]) -> None:
    chart = charts["lines"]
    named = {e.get("aria-label"): e for e in chart.root.iter() if e.get("aria-label")}

    assert named["Exports"].get("fill") == FIRST
    assert named["Imports"].get("fill") == SECOND
    # At the end exports are above imports.
    assert chart.place("Exports")[1] < chart.place("Imports")[1]


def test_the_words_are_those_of_the_language(
    charts: dict[str, Chart], japanese: dict[str, Chart]
) -> None:
    assert {"million yen", "2010", "2020"} <= set(charts["lines"].words)
    assert {"百万円", "2010年", "2020年", "輸出"} <= set(japanese["lines"].words)
    assert {"カザフスタン", "1,234.50", "データなし"} <= set(japanese["lying"].words)
    assert {"Jan", "2018", "1,000"} <= set(charts["months"].words)
    assert {"1月", "2018年"} <= set(japanese["months"].words)


def test_the_table_has_every_value_below_its_heads(output: Path) -> None:
    page = html.fromstring((output / "note.en.html").read_bytes())
    (table, *_) = page.xpath("//img[@alt='lying']/following::table")
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]

    assert table.findtext("caption") == "Data · million yen"
    assert rows == [
        ["Country", "Before", "After"],
        ["Kazakhstan", "1,234.50", "300"],
        ["Japan", "800", "no data"],
        ["Uzbekistan", "\N{MINUS SIGN}150", "20"],
    ]
    assert [cell.get("scope") for cell in table.iter("th")] == [*["col"] * 3, *["row"] * 3]


def test_a_chart_has_no_more_than_what_draws(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        tags = {etree.QName(element).localname for element in chart.root.iter(etree.Element)}
        assert tags <= {"svg", "style", "defs", "use", "rect", "g", "path", "line"}
        names = {name for element in chart.root.iter() for name in element.attrib}
        assert {n for n in names if n.startswith(("on", "href", "role", "{"))} == {HREF}
        ids = {f"#{element.get('id')}" for element in chart.root.iter() if element.get("id")}
        assert {e.get(HREF) for e in chart.root.iter(f"{SVG}use")} == ids


def test_the_same_charts_come_of_another_place_and_time(
    output: Path, briefpress: Briefpress, tmp_path: Path
) -> None:
    elsewhere = {
        "TZ": "Asia/Almaty",
        "LANG": "ja_JP.UTF-8",
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    shutil.copytree(output.parent.parent / "content", tmp_path / "content")

    done = briefpress("build", "--format", "html", cwd=tmp_path, env=elsewhere)

    assert done.returncode == 0, done.stderr + done.stdout
    built = tmp_path / "output" / "note" / "note.en.html"
    assert built.read_bytes() == (output / "note.en.html").read_bytes()
