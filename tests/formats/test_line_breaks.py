"""Where the lines of titles break in Japanese, as poppler finds them in the PDF."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.conftest import Briefpress
from tests.readers import poppler, read

WORDS = """\
title: {title}
subtitle: {subtitle}
summary: 要旨。
events: {{start: 始まり}}
people: {{doe: 特使}}
sections:
  - id: first
    title: {first}
    blocks:
      - prose: 本文。
      - table:
          caption: {caption}
          head: [名, 時]
          rows: [[一, 二]]
    sections:
      - id: second
        title: {second}
        blocks:
          - prose: 本文。
  - id: third
    title: 要約
    blocks: [{{prose: 本文。}}]
"""
FACTS = """\
events: {start: {date: 1992-05}}
people: {doe: {family: 渡辺, given: 美智雄, order: family-first}}
sources: {book: {title: 本}}
"""

# By hand, line by line as they are to stand in print; what is in braces is the YAML's.
TITLES = {
    "title": [
        "日本とカザフスタンの",
        "外交関係樹立三十周年を",
        "記念するカザフスタン",
        "共和国外交政策研究の",
        "最新動向について",
    ],
    "subtitle": [
        "渡辺美智雄副総理兼外務大臣のカザフスタン",
        "訪問から、ODA（政府開発援助）の実績と今後の",
        "課題まで",
    ],
    "first": [
        "中央アジア＋日本対話・",
        "第九回外相会合における{start}の",
        "共同声明とその後の進展に関する",
        "政府の報告",
    ],
    "caption": [
        "核実験の被害を受けた地域の住民に対する医療支援と専門家派遣の",
        "実績[^book]および{start}以降の予算の推移についての一覧",
    ],
    "second": [
        "A Book of Visits という題の*長い書物*についての、Jane",
        " Doe の書評と{@doe}の日本語による要約の全文",
    ],
}
PRINTED = {"{start}": "1992年5月", "{@doe}": "渡辺 美智雄", "[^book]": "1 ", "*": ""}


def printed(line: str) -> str:
    for source, words in PRINTED.items():
        line = line.replace(source, words)
    return line.strip()


@pytest.fixture(scope="module")
def titled(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing with long titles in Japanese; the path of its files, less their ending."""
    folder = tmp_path_factory.mktemp("titles")
    content = folder / "content"
    words = WORDS.format(**{name: "".join(lines) for name, lines in TITLES.items()})
    (content / "titles").mkdir(parents=True)
    (content / "series.yaml").write_text("languages: [ja]\n")
    (content / "titles" / "ja.yaml").write_text(words, "utf-8")
    (content / "titles" / "facts.yaml").write_text(FACTS, "utf-8")
    said = briefpress("build", "--content", content, "--output", folder / "out")
    assert said.returncode == 0, said.stderr
    return folder / "out" / "titles" / "titles"


def test_lines_break_between_phrases(titled: Path) -> None:
    cover, _, *pages = poppler("pdftotext", titled.with_suffix(".ja.pdf"), "-").split("\f")
    # What is a space beside a raised number is for each reader of a PDF to say.
    lines = ["".join(line.split()) for line in "\n".join([cover, *pages]).splitlines()]
    wanted = ["".join(printed(line).split()) for title in TITLES.values() for line in title]
    assert [line for line in wanted if line not in lines] == []


def test_nothing_is_added_to_the_text(titled: Path) -> None:
    invisible = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|<wbr")
    with pdfium.PdfDocument(titled.with_suffix(".ja.pdf")) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        texts += [bookmark.get_title() for bookmark in document.get_toc()]
        texts += document.get_metadata_dict().values()
    with zipfile.ZipFile(titled.with_suffix(".ja.epub")) as book:
        names = [name for name in book.namelist() if not name.endswith(("ttf", "png"))]
        texts += [book.read(name).decode() for name in names]
    texts.append(titled.with_suffix(".ja.html").read_text("utf-8"))
    texts.append((titled.parent.parent / "manifest.json").read_text("utf-8"))
    assert [found[0] for text in texts if (found := invisible.search(text))] == []


@pytest.mark.parametrize("ending", [".ja.pdf", ".ja.epub", ".ja.html"])
def test_readers_find_the_titles_whole(titled: Path, ending: str) -> None:
    wanted = [
        re.sub(r"\s", "", "".join(map(printed, TITLES[name]))) for name in ("first", "second")
    ]
    found = [re.sub(r"\s", "", p.heading) for p in read(titled.with_suffix(ending))]
    assert [title.lstrip("1.") for title in found if title.lstrip("1.") in wanted] == wanted


def test_a_title_of_one_phrase_and_other_languages_have_no_markup_for_it(
    titled: Path, specimen: Path
) -> None:
    page = titled.with_suffix(".ja.html").read_text("utf-8")
    assert '<span class="title">要約</span></h2>' in page
    assert '<span class="phrase">' in page
    english = (specimen / "specimen" / "specimen.en.html").read_text("utf-8")
    assert '<span class="phrase">' not in english
