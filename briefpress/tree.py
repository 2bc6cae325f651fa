"""Folders as values: files that can be hashed, sent to another machine, and laid down there.

A folder may come from a stranger. What isn't a plain file inside of it isn't read; it is kept as
what it is, and laid down as something of which the same is said: that it leads out, is too large,
can't be read (by anybody but root).
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple


class Odd(NamedTuple):
    """What stands in the place of a plain file; `text` is that of a link that stays inside."""

    kind: Literal["link", "leads out", "too large", "no file", "closed"]
    text: str = ""
    size: int = 0


@dataclass(frozen=True)
class Tree:
    """Files by their paths from a folder on, in order."""

    files: tuple[tuple[str, bytes | Odd], ...]

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each plain file; of anything else, what it is."""
        return {
            name: hashlib.sha256(held).hexdigest() if isinstance(held, bytes) else repr(held)
            for name, held in self.files
        }

    def lay_down(self, folder: Path) -> None:
        """Write the files into a folder that is there."""
        for name, held in self.files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(held, bytes):
                target.write_bytes(held)
            else:
                _lay_down_odd(held, target)


def source_digest(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of an edition's source: what colophon, model and manifest say.

    SHA-256, in hexadecimal, over each file of the briefing's folder that the edition is made from,
    as the colophon lists them: its name, a space, its size in bytes and a line feed, then its
    bytes. What the series says isn't in it, so that briefings have the same digest in any series.
    """
    digest = hashlib.sha256()
    for name, data in files:
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


class TooLargeError(Exception):
    """Files have more bytes together than they may."""


def tree_of(
    root: Path, names: Iterable[str], within: Path, most: int, together: int | None = None
) -> Tree:
    """The files with some names in a folder, as far as they are there.

    What leads out of the folder `within`, or has more than `most` bytes, isn't read. Raises
    `TooLargeError` where all have more than they may `together`, before more is read.
    """
    inside, folder = os.path.realpath(within), str(root)
    real = cache(os.path.realpath)  # of folders; links in them are looked at one by one
    files: list[tuple[str, bytes | Odd]] = []
    size = 0
    for name in dict.fromkeys(names):
        held = _held(f"{folder}/{name}", inside, real, most)
        if held is not None:
            files.append((name, held))
        size += len(held) if isinstance(held, bytes) else 0
        if together is not None and size > together:
            raise TooLargeError
    return Tree(tuple(files))


# Paths are texts here: of a library with thousands of files each is looked at in every run.


def _held(
    path: str, inside: str, real_folder: Callable[[str], str], most: int
) -> bytes | Odd | None:
    """What stands at a path: a file's bytes, something odd, or nothing at all."""
    try:
        linked = stat.S_ISLNK(os.lstat(path).st_mode)
    except OSError:
        return None
    at, _, name = path.rpartition("/")
    real = os.path.realpath(path) if linked else f"{real_folder(at)}/{name}"
    if not f"{real}/".startswith(f"{inside}/"):
        return Odd("leads out", "folder" if os.path.isdir(path) else "file")
    try:
        if stat.S_ISREG(os.stat(path).st_mode):
            return _read(path, most)
        return Odd("no file") if not linked else _link(at, real)
    except OSError as error:
        return _link(at, real) if error.errno in {errno.ELOOP, errno.ENOENT} else Odd("closed")


def _read(path: str, most: int) -> bytes | Odd:
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(most + 1) if size <= most else b""
    largest = max(size, len(data))
    return data if largest <= most else Odd("too large", size=largest)


def _link(at: str, real: str) -> Odd:
    """A link to a folder, to nothing, or to itself, as it can be laid down anywhere."""
    return Odd("link", os.path.relpath(real, os.path.realpath(at)))


def _lay_down_odd(odd: Odd, target: Path) -> None:
    match odd.kind:
        case "link":
            target.symlink_to(odd.text)
        case "leads out":
            outside = Path(__file__).resolve()
            target.symlink_to(outside.parent if odd.text == "folder" else outside)
        case "too large":
            with target.open("wb") as file:
                file.truncate(odd.size)
        case "no file":
            target.mkdir()
        case "closed":
            target.touch(mode=0)


def names_in(folder: Path, most: int) -> Iterator[str]:
    """The files in a folder and in those below, by their paths from it on, and links to folders.

    No link is followed, and no more than `most` names are given; so many say that it's too many.
    """
    waiting, given = [""], 0
    while waiting:
        below = waiting.pop()
        for entry in _entries(folder / below):
            name = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif given == most:
                return
            else:
                given += 1
                yield name


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []
