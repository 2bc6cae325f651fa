"""Why an edition has to be built: what of its files is missing or damaged, and what has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefpress.entries import Entry, File, List
from briefpress.keys import Digest, Inputs
from briefpress.tasks import Task


def wrong_files(task: Task, entry: Entry | None, key: str, digest: Digest) -> dict[str, str]:
    """By format, what is wrong with what is published of an edition, if that isn't whole.

    `entry` is what is listed of it, and `key` that under which it would be made now.
    """
    files = entry["files"] if entry else {}
    found = {name: _wrong(files.get(name), task.target(name), key, digest) for name in task.formats}
    return {name: f"{task.target(name)} {each}" for name, each in found.items() if each}


def _wrong(file: File | None, path: Path, key: str, digest: Digest) -> str:
    if file is None:
        return "isn't published"
    if file["key"] != key:
        return "was made from something else, which isn't remembered here"
    if not os.path.lexists(path):
        return "was deleted"
    return "" if is_whole(path, file, digest) else "was damaged"


def is_whole(path: Path, file: File | List, digest: Digest) -> bool:
    """Whether a file is there as it is listed, and through no link."""
    try:
        return not path.is_symlink() and digest(path) == file["sha256"]
    except OSError:
        return False


def changes(before: Inputs | None, now: Inputs) -> list[str]:
    """What is different in what an edition is made from, in words; empty if that isn't known."""
    found: list[str] = []
    for name, group in now.items():
        earlier = before.get(name) if before else None
        if earlier is not None and earlier.digest != group.digest:
            found += _differences(name, earlier.values, group.values)
    return found


def _differences(group: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            yield f"{_named(group, name)} is new"
        elif name not in now:
            yield f"{_named(group, name)} is gone"
        elif before[name] != now[name]:
            yield f"{_named(group, name)} {_how(before[name], now[name])}"


def _named(group: str, name: str) -> str:
    """An input as it is said: files by their paths, and whose they are."""
    beginning = {"content": "content/", "project's templates": "the project's "}
    return f"{beginning.get(group, '')}{name}"


def _how(before: str, now: str) -> str:
    """Versions and options are said; digests aren't."""
    is_digest = len(now) == 64 or len(before) == 64
    return "changed" if is_digest else f"is {now or 'not given'}, and was {before or 'not given'}"
