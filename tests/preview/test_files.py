"""What is shown is what a build publishes, byte for byte."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.conftest import Briefpress
from tests.serving import Served, note_in, serving

FILES = ("note.en.pdf", "note.en.epub", "note.en.html")


@pytest.mark.parametrize("options", [(), ("--theme", "plain", "--paper", "letter")])
def test_the_files_are_those_of_the_build(
    briefpress: Briefpress, notes: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    output = tmp_path / "published"
    said = briefpress("build", "--content", notes, "--output", output, *options)
    assert said.returncode == 0, said.stderr
    with serving("--content", notes, *options) as preview:
        for name in FILES:
            assert preview.get(f"/made/note/{name}") == (output / "note" / name).read_bytes()


def test_the_report_is_that_of_proof(briefpress: Briefpress, notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published/note"
    briefpress("build", "--content", notes, "--output", folder.parent)
    files = [folder / name for name in FILES]
    briefpress("proof", *files, "--content", notes, "--html", folder / "report.html")
    with serving("--content", notes) as preview:
        assert preview.get("/made/note/note.en.proof.html") == (folder / "report.html").read_bytes()


def test_the_files_of_the_epub_are_those_in_it(served: Served) -> None:
    book = ZipFile(io.BytesIO(served.get("/made/note/note.en.epub")))
    chapters = [name for name in book.namelist() if name.endswith(".xhtml")]
    assert len(chapters) > 3
    for name in [*chapters, "EPUB/style.css", "EPUB/images/cover.png"]:
        answer, body = served.ask(f"/book/note/en/{name}")
        assert body == book.read(name)
    assert answer.headers["Content-Type"] == "image/png"
    assert b"EPUB/" in served.get("/contents/note/en")


def test_each_page_of_the_pdf_is_a_picture(served: Served) -> None:
    served.get("/made/note/note.en.pdf")
    page = served.get("/pages/note/en").decode()
    count = page.count("<img ")
    assert count > 1
    for number in (1, count):
        picture = Image.open(io.BytesIO(served.get(f"/pages/note/en/{number}.png")))
        assert picture.width == 1640
        assert picture.height / picture.width == pytest.approx(297 / 210, rel=0.01)
        assert len(picture.getcolors(1 << 24) or ()) > 10


def test_nothing_is_written(tmp_path: Path) -> None:
    note_in(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with serving(cwd=tmp_path) as preview:
        preview.get("/made/note/note.en.pdf")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_is_asked_for_is_shown(notes: Path) -> None:
    shown = {"note.en"}
    with serving("--content", notes, "note", "--language", "en") as preview, preview.news() as news:
        assert set(next(news)["editions"]) == shown
