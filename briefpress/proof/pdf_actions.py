"""What a PDF runs or starts when it is opened, printed, turned over or clicked at."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdfium2 as pdfium

# Strings, in which names are but text; streams, which aren't objects.
_TEXT = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|\bstream\r?\n.*?endstream", re.DOTALL)
# Keys and types of whatever isn't a link to a place or an address (ISO 32000-1, 12.6).
_ACTING = re.compile(
    rb"/(OpenAction|AA|JavaScript|JS|Launch|GoToR|GoToE|SubmitForm|ImportData|ResetForm|Rendition"
    rb"|RichMedia|RichMediaExecute|Movie|Sound|Screen|3D|AcroForm|XFA|Hide|Thread|SetOCGState)"
    rb"(?=[\s/<>\[\]()])"
)
# A form, and its only field, that are those of a signature: with nothing else (12.7.5.5).
_FORM = re.compile(rb"/AcroForm\s+(\d+) 0 R")
_OBJECT = re.compile(rb"^(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL | re.MULTILINE)
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_OF_A_FORM = {b"Fields", b"SigFlags"}
_OF_A_FIELD = {
    *(b"Type", b"Annot", b"Subtype", b"Widget", b"FT", b"Sig", b"T", b"TU", b"V", b"F", b"P"),
    *(b"Rect", b"Contents"),
}


def run_by(document: pdfium.PdfDocument) -> Iterator[str]:
    """Say what a document runs or starts.

    PDFium shows no more of actions than links and scripts that have a name. So it writes the
    document anew, with each object by itself and in plain words, and those are searched.
    """
    written = io.BytesIO()
    document.save(written)
    plain = written.getvalue()
    if not _ACTING.search(plain):
        return
    plain = _TEXT.sub(b" ", plain)
    names = dict.fromkeys(found[1].decode() for found in _ACTING.finditer(plain))
    if _has_only_a_signature(plain):
        del names["AcroForm"]
    for name in names:
        yield f"it has /{name}, with which a PDF runs or starts something"


def _has_only_a_signature(plain: bytes) -> bool:
    """Whether the form of a document has the field of a signature, and nothing that acts."""
    forms = set(_FORM.findall(plain))
    objects = [(number, set(_NAME.findall(body))) for number, body in _OBJECT.findall(plain)]
    fields = [names for _, names in objects if b"Widget" in names or b"FT" in names]
    return (
        len(forms) == 1
        and plain.count(b"/AcroForm") == 1
        and all(names <= _OF_A_FORM for number, names in objects if number in forms)
        and len(fields) == 1
        and {b"Sig", b"Widget"} <= fields[0] <= _OF_A_FIELD
    )
