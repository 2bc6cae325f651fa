"""The pictures of a document: those packed into it, beside it, or written out in it.

Nothing is fetched, and nothing outside the document's folder is opened.
"""

from __future__ import annotations

import base64
import binascii
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

from briefpress.content.files import read_file
from briefpress.diagnostics import ContentError
from briefpress.limits import FOLDER_BYTES, PICTURE_BYTES

# What a briefing shows, and the ending that is given to it.
_ENDINGS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "svg": "svg", "svg+xml": "svg"}
# Where a package has what its text calls by the rest of the name (ECMA-376, Part 2; OpenDocument).
_PACKED_UNDER = ("", "word/", "xl/", "ppt/")
_DATA = re.compile(r"data:image/([a-z+]+)(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)


class NoPictureError(ValueError):
    """A picture can't be had. The message says why."""


@dataclass(slots=True)
class Pictures:
    """The pictures of one document. `files` are those that were taken, by their names."""

    document: bytes
    folder: Path
    files: dict[str, bytes] = field(default_factory=dict)

    def take(self, address: str, name: str) -> str:
        """Take a picture, and return the name that it has in the draft.

        `name` is what it shall be called, without its ending. Raises `NoPictureError`.
        """
        ending, data = self._written_out(address) or self._in_a_file(address)
        if ending not in _ENDINGS:
            raise NoPictureError("a briefing shows PNG, JPEG and SVG; save it as one of them")
        if sum(map(len, self.files.values())) + len(data) > FOLDER_BYTES.most:
            raise NoPictureError(f"the pictures are more than {FOLDER_BYTES} together")
        for known, held in self.files.items():
            if held == data:
                return known
        number = sum(each.startswith(f"figures/{name}") for each in self.files)
        file = f"figures/{name}{f'-{number + 1}' if number else ''}.{_ENDINGS[ending]}"
        self.files[file] = data
        return file

    def _written_out(self, address: str) -> tuple[str, bytes] | None:
        """A picture that is its own address (RFC 2397)."""
        match = _DATA.fullmatch(address)
        if match is None:
            return None
        if len(match[3]) > 2 * PICTURE_BYTES.most:
            raise NoPictureError(f"it has more than {PICTURE_BYTES}")
        try:
            data = unquote_to_bytes(match[3])
            return match[1].lower(), base64.b64decode(data) if match[2] else data
        except binascii.Error:
            raise NoPictureError("its data: address is broken") from None

    def _in_a_file(self, address: str) -> tuple[str, bytes]:
        if _REMOTE.match(address):
            raise NoPictureError("it lies elsewhere, and nothing is fetched")
        path = unquote(address)
        ending = PurePosixPath(path).suffix.removeprefix(".").lower()
        packed = self._packed(path)
        return ending, packed if packed is not None else self._beside(path)

    def _packed(self, path: str) -> bytes | None:
        """The bytes of a picture in a package, never more than the limit of them."""
        if not self.document.startswith(b"PK"):
            return None
        try:
            with zipfile.ZipFile(BytesIO(self.document)) as package:
                names = set(package.namelist())
                name = next((p + path for p in _PACKED_UNDER if p + path in names), None)
                if name is None:
                    raise NoPictureError("it isn't in the document")
                with package.open(name) as file:
                    data = file.read(PICTURE_BYTES.most + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
            raise NoPictureError("it can't be unpacked") from None
        if len(data) > PICTURE_BYTES.most:
            raise NoPictureError(f"it has more than {PICTURE_BYTES}")
        return data

    def _beside(self, path: str) -> bytes:
        if "\0" in path:
            raise NoPictureError("its name can't be one")
        try:
            return read_file(self.folder / path, path, PICTURE_BYTES, self.folder)
        except ContentError as error:
            raise NoPictureError(error.diagnostics[0].message) from None
