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
    for name in dict.fromkeys(found[1].decode() for found in _ACTING.finditer(plain)):
        yield f"it has /{name}, with which a PDF runs or starts something"
