"""veraPDF and page-validation each notice a PDF that isn't what it says it is."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.validators.conftest import Said, ask_about
from validators import pdf

pytestmark = pytest.mark.slow


def alter(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(changed, fix_metadata_version=False)
    return changed.getvalue()


def unmark(opened: pikepdf.Pdf) -> None:
    del opened.Root.MarkInfo


def silence_figures(opened: pikepdf.Pdf) -> None:
    figures = [item for item in opened.objects if is_figure(item)]
    assert figures, "there is no figure to be broken"
    for figure in figures:
        del figure.Alt


def is_figure(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item


def run_script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.beep(0)")


def forget_colours(opened: pikepdf.Pdf) -> None:
    del opened.Root.OutputIntents


def say_nothing(opened: pikepdf.Pdf) -> None:
    del opened.Root.Metadata


def add_stream_ending_in_return(opened: pikepdf.Pdf) -> None:
    compressed = (zlib.compress(b"q Q % " + str(number).encode()) for number in count())
    stream = opened.make_stream(b"")
    stream.write(next(data for data in compressed if data.endswith(b"\r")), filter=Name.FlateDecode)
    opened.Root.PieceInfo = Dictionary(Briefpress=stream)


def lengthen(data: bytes) -> bytes:
    """A PDF with a stream that says that it is a byte longer."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.Root.PieceInfo = Dictionary(Briefpress=opened.make_stream(b"0" * 12_345))
        opened.save(plain, compress_streams=False, fix_metadata_version=False)
    assert plain.getvalue().count(b"/Length 12345") == 1
    return plain.getvalue().replace(b"/Length 12345", b"/Length 12346")


@pytest.fixture(scope="module")
def artefacts(note: Path) -> dict[str, bytes]:
    whole = (note / "note.en.pdf").read_bytes()
    return {
        "whole.pdf": whole,
        "unmarked.pdf": alter(whole, unmark),
        "silent.pdf": alter(whole, silence_figures),
        "scripted.pdf": alter(whole, run_script),
        "colourless.pdf": alter(whole, forget_colours),
        "undeclared.pdf": alter(whole, say_nothing),
        "cut.pdf": whole[:2000],
        "returning.pdf": alter(whole, add_stream_ending_in_return),
        "lengthened.pdf": lengthen(whole),
    }


Asked = Callable[[str, str], Said]


@pytest.fixture(scope="module")
def asked(artefacts: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """What a validator says of all of them, by its name and the profile."""
    functions = {"veraPDF": pdf.ask_verapdf, "page-validation": pdf.ask_page_validation}
    known: dict[tuple[str, str], Said] = {}

    def ask(validator: str, profile: str) -> Said:
        if (validator, profile) not in known:
            folder = tmp_path_factory.mktemp("pdf")
            ask = partial(functions[validator], profile)
            known[validator, profile] = ask_about(ask, folder, artefacts)
        return known[validator, profile]

    return ask


@pytest.mark.parametrize(
    ("validator", "profile", "name", "message"),
    [
        ("veraPDF", "ua1", "unmarked.pdf", "ISO 14289-1:2014 6.2-1"),
        ("veraPDF", "ua1", "silent.pdf", "ISO 14289-1:2014 7.3-1"),
        ("veraPDF", "ua1", "undeclared.pdf", "its metadata declares nothing, not PDF/UA-1"),
        ("veraPDF", "ua1", "cut.pdf", "could not be read"),
        ("veraPDF", "3a", "scripted.pdf", "ISO 19005-3:2012 6.5.1-1"),
        ("veraPDF", "3a", "colourless.pdf", "ISO 19005-3:2012 6.2.4.3-2"),
        ("veraPDF", "3a", "undeclared.pdf", "its metadata declares nothing, not PDF/A-3a"),
        ("page-validation", "ua1", "unmarked.pdf", "PDFUA1-TAGGED-DOCUMENT-001"),
        ("page-validation", "ua1", "silent.pdf", "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
        ("page-validation", "ua1", "cut.pdf", "could not be read"),
        ("page-validation", "3a", "scripted.pdf", "PDFA3A-ACTION"),
        ("page-validation", "3a", "colourless.pdf", "PDFA3A-DEVICE-RGB-001"),
        ("page-validation", "3a", "lengthened.pdf", "PDFA3A-STREAM-LENGTH-001"),
    ],
)
def test_what_is_broken_is_named(
    asked: Asked, validator: str, profile: str, name: str, message: str
) -> None:
    said = asked(validator, profile)
    assert said.notices(name, message), said.of(name)
    assert not said.notices("whole.pdf", message)


def test_a_length_that_is_right_is_set_aside(asked: Asked, artefacts: dict[str, bytes]) -> None:
    report = page.validate_pdf_bytes(artefacts["returning.pdf"], profile="3a")
    assert "PDFA3A-STREAM-LENGTH-001" in {failure.rule_id for failure in report.failures}
    assert not asked("page-validation", "3a").notices("returning.pdf", "STREAM-LENGTH")


def test_what_a_pdf_declares_says_what_it_is_asked_about(note: Path, tmp_path: Path) -> None:
    path = tmp_path / "second.pdf"
    with pikepdf.open(note / "note.en.pdf") as opened:
        with opened.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["pdfuaid:part"] = "2"
            metadata["pdfaid:part"] = "4"
            metadata["pdfaid:conformance"] = "F"
        opened.save(path)
    asked = [one.about for one in pdf.VALIDATORS if one.reads(path)]
    assert asked == ["PDF/UA-2", "PDF/A-4f"]
    assert pdf.claims_of(path) == {"ua2", "4f"}
