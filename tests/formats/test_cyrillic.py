"""Russian and Kazakh: every format says dates, quotes and page numbers as the language does."""

# ruff: noqa: RUF001 - Cyrillic is meant

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from briefpress import press
from briefpress.tasks import find_tasks
from tests.conftest import FORMATS, Briefpress
from tests.formats.conformance import faults_of
from tests.readers import poppler, read

CONTENT = Path(__file__).parent / "cyrillic"
SAID = {
    "ru": [
        "Все даты: 28 декабря 1991 г., май 1992 г., 1993, 28 апреля – 3 мая 1994 г., июль – август "
        "1997 г., лето 1998 г., 1940-е гг., примерно сентябрь 1999 г., 1999 (предположительно), "
        "1991 и позднее.",
        "Он сказал: «Это „Новый век“ для обеих стран».",
        "Нурсултан Назарбаев; среди стран: Казахстан и Япония.",
    ],
    "kk": [
        "Барлық күн: 1991 ж. 28 желтоқсан, 1992 ж. мамыр, 1993, 1994 ж. 28 сәуір – 3 мамыр, "
        "1997 ж. шілде – тамыз, 1998 ж. жаз, 1940-жылдар, шамамен 1999 ж. қыркүйек, "
        "1999 (болжамды), 1991 және одан кейін.",
        "Ол айтты: «Бұл — екі елге “жаңа ғасыр”».",
        "Нұрсұлтан Назарбаев; елдер: Қазақстан және Жапония.",
    ],
}
PAGES = {"ru": "Страница 2 из {}", "kk": "Бет 2 / {}"}

each_language = pytest.mark.parametrize("language", SAID)


@pytest.fixture(scope="session")
def cyrillic(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("cyrillic")
    said = briefpress("build", "--content", CONTENT, "--output", output)
    assert said.returncode == 0, said.stderr
    return output / "cyrillic"


def spaced(text: str) -> str:
    return " ".join(re.sub("[\u00a0\u2009\u202f]", " ", text).split())


@each_language
@pytest.mark.parametrize("format_name", FORMATS)
def test_it_says_dates_quotes_and_names(cyrillic: Path, language: str, format_name: str) -> None:
    passages = read(cyrillic / f"cyrillic.{language}.{format_name}")
    (text,) = (spaced(p.text) for p in passages if "«" in p.heading)
    text = re.sub(r" (?=[,.;)])", "", text)  # poppler parts a link from what follows
    for sentence in SAID[language]:
        assert sentence in text


@each_language
def test_the_pdf_is_accessible_archival_and_in_our_fonts(cyrillic: Path, language: str) -> None:
    file = cyrillic / f"cyrillic.{language}.pdf"
    assert faults_of(file) == []
    fonts = [line.split()[0] for line in poppler("pdffonts", file).splitlines()[2:]]
    assert all(re.fullmatch(r"[A-Z]{6}\+Briefpress-.*", name) for name in fonts)
    pages = poppler("pdftotext", "-enc", "UTF-8", file, "-").split("\f")
    assert PAGES[language].format(len(pages) - 1) in pages[1]


@each_language
def test_it_says_which_language_it_is_in(cyrillic: Path, language: str) -> None:
    locale = {"ru": "ru-RU", "kk": "kk-KZ"}[language]
    page = (cyrillic / f"cyrillic.{language}.html").read_text("utf-8")
    assert f'<html lang="{locale}"' in page
    with zipfile.ZipFile(cyrillic / f"cyrillic.{language}.epub") as book:
        assert f"<dc:language>{locale}</dc:language>" in book.read("EPUB/content.opf").decode()


@pytest.mark.parametrize(
    ("language", "sentence", "bare"),
    [("ru", "Это было 28 декабря 1991 г.", "28 декабря 1991"), ("kk", "1991 жылы болды.", "1991")],
)
def test_a_date_that_is_typed_is_a_fault(
    tmp_path: Path, language: str, sentence: str, bare: str
) -> None:
    folder = tmp_path / "typed"
    folder.mkdir()
    words = (
        f"title: А\nsummary: Б.\nsections:\n  - {{id: a, title: В, blocks: [prose: {sentence}]}}\n"
    )
    (folder / f"{language}.yaml").write_text(words, "utf-8")
    (task,) = find_tasks(tmp_path, tmp_path / "output", languages=[language])
    (fault,) = press.build_one(task).faults
    assert fault.code == "bare-date"
    assert repr(bare) in fault.message
