"""The files of a download, which may come from anybody: opened where they are, through no link."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = 1024 * 1024

# As whoever publishes names files: relative, without "..", drives or anything that isn't seen.
_PLAIN_PART = re.compile(r"[^\s./\\:][^/\\:]*")
_MOST_OF_A_PATH = 500
# In bytes, as file systems have it (NAME_MAX).
_MOST_OF_A_PART = 255


class NoPlainFileError(OSError):
    """A link, a folder, a pipe or a device stands where a file should be."""


def is_plain(path: str) -> bool:
    """Whether a path that a list names stays in the folder of the list, and shows itself."""
    parts = path.split("/")
    seen = path.isprintable() and len(path) <= _MOST_OF_A_PATH
    return seen and all(map(_is_plain_part, parts))


def _is_plain_part(part: str) -> bool:
    return bool(_PLAIN_PART.fullmatch(part)) and len(part.encode()) <= _MOST_OF_A_PART


@contextmanager
def opened(folder: Path, path: str) -> Iterator[BinaryIO]:
    """Open a file by its plain path in a folder. Only the folder itself may be a link.

    Raises `FileNotFoundError`, `NoPlainFileError`, and `OSError` where it can't be read. Every step
    is taken from the folder before, so nobody can put a link in the way meanwhile.
    """
    *folders, name = path.split("/")
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for each in folders:
            inner = _open(each, os.O_DIRECTORY, at)
            os.close(at)
            at = inner
        # Whoever opens a pipe would otherwise wait for somebody to write.
        descriptor = _open(name, os.O_NONBLOCK, at)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise NoPlainFileError(errno.EINVAL, "it isn't a plain file", path)
        with os.fdopen(descriptor, "rb") as file:
            yield file
    finally:
        os.close(at)


def _open(name: str, flags: int, at: int) -> int:
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=at)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}:
            raise NoPlainFileError(errno.EINVAL, "it isn't a plain file", name) from None
        raise


def read(folder: Path, path: str, most: int) -> bytes | None:
    """The bytes of a file; None if they are more than they may be. Raises as `opened` does."""
    with opened(folder, path) as file:
        data = file.read(most + 1)
    return data if len(data) <= most else None


def measure(folder: Path, path: str) -> tuple[int, str]:
    """The size and the SHA-256 of a file, of any size. Raises as `opened` does."""
    digest, size = hashlib.sha256(), 0
    with opened(folder, path) as file:
        while data := file.read(_AT_ONCE):
            digest.update(data)
            size += len(data)
    return size, digest.hexdigest()
