"""Files that aren't what their names say get an answer, never a traceback."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import closing

import pypdfium2 as pdfium
import pytest

from briefpress.diagnostics import Code
from briefpress.formats import Edition
from briefpress.proof.examine import prove
from briefpress.proof.expected import Expected
from briefpress.proof.readers import UnreadableError, read_epub
from tests.conftest import FORMATS
from tests.proof.alterations import PUBLISHERS, repack

CONTAINER = "META-INF/container.xml"

Codes = Callable[[bytes, str], set[Code]]


@pytest.fixture(scope="session")
def files(edition: Edition) -> dict[str, bytes]:
    return {name: PUBLISHERS[name](edition).data for name in FORMATS}


@pytest.fixture
def codes(expected: Expected) -> Codes:
    """The codes of what the proof finds wrong with some bytes."""

    def run(data: bytes, format_name: str) -> set[Code]:
        return {fault.code for fault in prove(data, expected, f"a.{format_name}")}

    return run


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_empty_file_is_no_briefing(codes: Codes, format_name: str) -> None:
    assert codes(b"", format_name) == {Code.NOT_A_BRIEFING}


@pytest.mark.parametrize("format_name", ["pdf", "epub"])
@pytest.mark.parametrize("other", FORMATS)
def test_a_file_of_another_format_is_no_briefing(
    codes: Codes, files: dict[str, bytes], format_name: str, other: str
) -> None:
    if other != format_name:
        assert codes(files[other], format_name) == {Code.NOT_A_BRIEFING}


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_noticed(
    codes: Codes, files: dict[str, bytes], format_name: str, part: float
) -> None:
    data = files[format_name]
    assert codes(data[: int(len(data) * part)], format_name)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_damage_gets_an_answer(
    codes: Codes, files: dict[str, bytes], format_name: str, seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(files[format_name])
    for _ in range(2 ** chance.randrange(10)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    # The damage may be to a font, which nobody reads.
    assert codes(bytes(data), format_name) <= set(Code)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("seed", range(10))
def test_noise_is_no_briefing(codes: Codes, format_name: str, seed: int) -> None:
    noise = random.Random(seed).randbytes(2000)
    assert codes(noise, format_name) & {Code.NOT_A_BRIEFING, Code.PROOF_SECTION}


def test_a_pdf_without_tags_has_no_sections(codes: Codes) -> None:
    untagged = io.BytesIO()
    with closing(pdfium.PdfDocument.new()) as document:
        document.new_page(595, 842)
        document.save(untagged)
    assert Code.PROOF_SECTION in codes(untagged.getvalue(), "pdf")


def test_an_epub_that_unpacks_to_no_end_is_not_unpacked(files: dict[str, bytes]) -> None:
    endless = repack(
        files["epub"],
        lambda name, data: bytes(100_000_000) if name.endswith("cover.xhtml") else data,
    )
    with pytest.raises(UnreadableError, match="larger than any chapter"):
        read_epub(endless)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda name, data: None if name == CONTAINER else data,
        lambda name, data: b"<container/>" if name == CONTAINER else data,
        lambda name, data: b"not XML" if name == CONTAINER else data,
        lambda name, data: None if name.endswith(".opf") else data,
        lambda name, data: b"<package/>" if name.endswith(".opf") else data,
        lambda name, data: data.replace(b"idref=", b"id=") if name.endswith(".opf") else data,
        lambda name, data: data.replace(b"<item ", b"<nothing ") if name.endswith("f") else data,
        lambda name, data: None if name.endswith(".xhtml") else data,
        lambda name, data: b"<html><body>" if name.endswith(".xhtml") else data,
        lambda name, data: b"<html/>" if name.endswith(".xhtml") else data,
    ],
    ids=[
        "no container file",
        "a container without a package",
        "a container that isn't XML",
        "no package document",
        "an empty package",
        "a spine that names nothing",
        "a package without items",
        "no chapters",
        "chapters that aren't well-formed",
        "empty chapters",
    ],
)
def test_an_epub_whose_parts_do_not_fit_is_noticed(
    codes: Codes, files: dict[str, bytes], spoil: Callable[[str, bytes], bytes | None]
) -> None:
    assert codes(repack(files["epub"], spoil), "epub") & {Code.NOT_A_BRIEFING, Code.PROOF_SECTION}


def test_an_epub_cannot_make_the_proof_read_other_files(
    codes: Codes, files: dict[str, bytes]
) -> None:
    entity = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

    def spoil(name: str, data: bytes) -> bytes:
        if not name.endswith("cover.xhtml"):
            return data
        return data.replace(b"<!DOCTYPE html>", entity).replace(b"<h1", b"<h1>&x;</h1><h1")

    assert codes(repack(files["epub"], spoil), "epub") & {Code.NOT_A_BRIEFING, Code.PROOF_SECTION}
