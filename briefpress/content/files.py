"""Reads the files of the content, which may come from a stranger.

Git carries symbolic links, and a link can lead to whatever the machine has: secrets, devices that
never end, pipes that never begin. So nothing is opened before it's known to be a plain file that
lies inside the content, and never more is read than the limit.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path

from briefpress.diagnostics import Code, ContentError, Diagnostic, Span
from briefpress.limits import Limit

# What no file in an EPUB may be called (EPUB 3.3, 4.2.3), so that it opens on any system.
_ODD = re.compile(
    r"[\"*:<>?\\|\x00-\x1f\x7f-\x9f\u2000-\u200f\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufff0-\uffff]"
)
_URL = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_MOST_OF_A_NAME = 255  # bytes, on most systems


def ill_named(file: str, suffixes: Collection[str]) -> str | None:
    """Why a writer can't mean a file of the briefing's folder by a path, or None.

    `suffixes` are what its name may end in, in small letters or capitals.
    """
    long = any(len(part.encode()) > _MOST_OF_A_NAME for part in file.split("/"))
    # An absolute path would stand in what is published, and differ from machine to machine.
    reasons = {
        "the path begins with /, and is to begin in the briefing's folder": file.startswith("/"),
        "it is a URL, and only files of the briefing's folder are shown": _URL.match(file),
        "its name holds a character that not every system allows in one": _ODD.search(file),
        "the file lies outside the briefing's folder": ".." in file.split("/"),
        f"its name has more than {_MOST_OF_A_NAME} bytes": long,
        f"its name ends in none of {', '.join(suffixes)}": not file.lower().endswith(
            tuple(suffixes)
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def lies_inside(path: Path, folder: Path) -> bool:
    """Whether a path stays in a folder, wherever links on the way lead. `folder` may be a link."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def is_named(path: Path) -> bool:
    """Whether something has this name, even a link that leads nowhere."""
    return os.path.lexists(path)


def read_file(path: Path, name: str, most: Limit, within: Path | None) -> bytes:
    """The bytes of a file that lies in the folder `within`, or anywhere if that is None.

    `name` is what diagnostics call the file. Raises `ContentError` where it leads out of the
    folder, isn't a plain file, has more than `most` bytes, or can't be read.
    """
    if within is not None and not lies_inside(path, within):
        message = "a symbolic link leads out of the content, and isn't followed"
        hint = "put the file itself here; links may lead to other files of the content"
        raise _fault(Code.OUTSIDE_FOLDER, name, message, hint)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            message = "it is a folder, a pipe or a device, and not a file"
            raise _fault(Code.MISSING_FILE, name, message, "put a file here, or delete it")
        with path.open("rb") as file:
            data = file.read(most.most + 1)
            size = max(len(data), os.fstat(file.fileno()).st_size)
    except OSError as error:
        hint = "check its name and its permissions"
        message = f"the file can't be read: {error.strerror}"
        raise _fault(Code.MISSING_FILE, name, message, hint) from None
    if size > most.most:
        message = f"the file has {size:,} bytes; the limit is {most.most:,}"
        hint = "divide it into several briefings"
        raise _fault(Code.TOO_LARGE, name, message, hint)
    return data


def _fault(code: Code, name: str, message: str, hint: str) -> ContentError:
    return ContentError([Diagnostic(code, Span(name), message, hint)])
