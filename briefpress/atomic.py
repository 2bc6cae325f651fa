"""Files put in place whole, or not at all.

A file is written beside its place as a part, and then renamed into it. A part has one name, so that
what a writer that was killed left behind is known for what it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def part_of(target: Path, stage: str = "") -> Path:
    """Where a file is written before it is put in place; a `stage` makes it a second such part."""
    return target.with_name(f".{target.name}{stage}.part")


def write_part(part: Path, data: bytes, target: Path) -> None:
    """Write the part of a file anew. Raises `OSError` that names the file, not the part."""
    try:
        part.unlink(missing_ok=True)
        # Never through a link that somebody laid there.
        with part.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None


def rename_part(part: Path, target: Path) -> None:
    """Put the part of a file in place. Raises `OSError` that names the file, not the part."""
    try:
        part.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None


def put_in_place(files: Mapping[Path, bytes]) -> None:
    """Write files beside their places, then rename them all into place, in the given order.

    A writer that is killed leaves the earlier files whole. Raises `OSError`, and leaves no parts.
    """
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_part(part_of(target), data, target)
        for target in files:
            rename_part(part_of(target), target)
    finally:
        for target in files:
            discard(part_of(target))


def discard(part: Path) -> None:
    """Remove a part, if it is there and can be removed."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where there is none, or where it is a link or can't be read."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
