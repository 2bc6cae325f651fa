"""The bytes of a PDF's objects are made once, and are the same."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pydyf
import pytest

from briefpress.formats.pdf.bytes_once import make_bytes_once, put_together_when_painted


def a_pdf() -> pydyf.PDF:
    pdf = pydyf.PDF()
    stream = pydyf.Stream(compress=True)
    stream.begin_marked_content("Span", pydyf.Dictionary({"MCID": 1}))
    stream.rectangle(1, 2.5, 3, 4)
    pdf.add_object(stream)
    page = {"Type": "/Page", "Contents": stream.reference, "MediaBox": pydyf.Array([0, 0, 9, 9])}
    pdf.add_page(pydyf.Dictionary(page))
    pdf.info["Title"] = pydyf.String("Velm")
    return pdf


def written(pdf: pydyf.PDF) -> bytes:
    file = io.BytesIO()
    pdf.write(file, b"1.7", b"x", True)
    return file.getvalue()


def test_the_bytes_are_those_that_pydyf_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed = []
    compress = zlib.compressobj

    def counted(**options: Any) -> Any:  # what zlib makes has no name
        compressed.append(options)
        return compress(**options)

    monkeypatch.setattr(zlib, "compressobj", counted)
    usual = written(a_pdf())
    assert len(compressed) == 5, "pydyf compresses all streams twice, but that of the references"
    compressed.clear()
    pdf = a_pdf()
    make_bytes_once(pdf)
    assert written(pdf) == usual
    assert len(compressed) == 3
    assert written(a_pdf()) == usual, "other PDFs are written as ever"
    assert len(compressed) == 8


def test_what_paints_a_page_is_put_together() -> None:
    class Page:
        def paint(self, stream: pydyf.Stream, scale: float) -> None:
            stream.rectangle(1, 2, 3, scale)
            stream.begin_marked_content("Span", pydyf.Dictionary({"MCID": 1}))

    usual, ours = pydyf.Stream(), pydyf.Stream()
    page = Page()
    page.paint(usual, 0.75)
    put_together_when_painted(page)
    page.paint(ours, 0.75)
    assert ours.data == usual.data
    assert len(ours.stream) == 1
