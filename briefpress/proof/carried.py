"""The source that a PDF carries, taken out of it with PDFium."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath

import pypdfium2 as pdfium
from pypdfium2 import raw

from briefpress.proof.reading import UnreadableError

# A PDF may come from anywhere, and may name its files as it likes.
_PLAIN_PART = re.compile(r"[^\s./\\:][^/\\:\0]*")
_MODEL = re.compile(r"(?P<briefing>[a-z0-9-]+)\.(?P<language>[A-Za-z0-9-]+)\.json")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a PDF carries: the edition that it is, and its files by their relative paths."""

    briefing: str
    language: str
    files: dict[str, bytes]


def files_in(document: pdfium.PdfDocument) -> dict[str, bytes]:
    """The files that a document carries, by their names."""
    attachments = map(document.get_attachment, range(document.count_attachments()))
    return {each.get_name(): bytes(each.get_data()) for each in attachments}


def read_carried(data: bytes) -> Carried:
    """Read what a PDF carries. Raises `UnreadableError` where that isn't a briefing's source."""
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            files = files_in(document)
    except (pdfium.PdfiumError, UnicodeDecodeError) as error:
        raise UnreadableError(str(error)) from None
    for name in files:
        path = PurePosixPath(name)
        plain = all(map(_PLAIN_PART.fullmatch, path.parts)) and path.as_posix() == name
        if not (plain and path.suffix):
            raise UnreadableError(f"it carries a file with the name {name!r}")
    models = [match for name in files if (match := _MODEL.fullmatch(name))]
    if len(models) != 1:
        raise UnreadableError("it doesn't carry the source of one briefing")
    return Carried(models[0]["briefing"], models[0]["language"], files)


def is_signed(data: bytes) -> bool:
    """Whether a PDF has a signature, of whatever worth."""
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            return bool(raw.FPDF_GetSignatureCount(document) > 0)
    except pdfium.PdfiumError:
        return False
