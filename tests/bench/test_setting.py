"""What is compared is the same but for what is measured."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from bench import corpus
from bench.edition import read
from bench.scripts import book, one_pdf
from bench.setting import pages_of, prepare_bare
from briefpress.formats import pdf


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.write("M", tmp_path_factory.mktemp("content"))


def fonts_of(file: Path) -> set[str]:
    with pikepdf.open(file) as document:
        found = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        names = [str(o.FontName) for o in found if "/FontName" in o]
    return {name.partition("+")[2] for name in names}


def test_the_bare_script_sets_the_same_pages_in_the_same_fonts(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = prepare_bare(content, tmp_path)
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)  # of Briefpress, once it is imported
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    assert said.stderr == ""  # it would say here what it can't load
    ours = tmp_path / "ours.pdf"
    ours.write_bytes(pdf.publish(read(content)).data)
    made = Path(command[-1])
    assert pages_of(made) == pages_of(ours)
    assert fonts_of(made) == fonts_of(ours) != set()


def test_the_bare_script_is_given_the_picture(content: Path, tmp_path: Path) -> None:
    prepare_bare(content, tmp_path)
    picture = (content / "m" / "trade.svg").as_uri()
    assert f'src="{picture}"' in (tmp_path / "page.html").read_text("utf-8")


def test_one_pdf_is_tagged_and_the_other_is_not() -> None:
    edition = read(corpus.SMALL)
    for make, is_tagged in ((one_pdf.tagged, True), (one_pdf.untagged, False)):
        with pikepdf.open(BytesIO(make(edition))) as document:
            assert ("/StructTreeRoot" in document.Root) is is_tagged


def test_the_book_that_is_measured_is_proved() -> None:
    book.make(corpus.SMALL, pdf.publish(read(corpus.SMALL)))
