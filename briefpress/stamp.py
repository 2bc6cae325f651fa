"""The stamp of a run that left nothing to do: by it, the next one knows at once whether that holds.

It lists every file and folder that a run looks at, and what it published, each with its status:
times, size and inode. If all are as they were, there is nothing to do, and nothing has to be
imported or read to know it. If one isn't, the run goes its way by digests, for which times are
nothing.

Stamps lie in the user's cache folder (XDG Base Directory), one for each command line in each folder
that it was run in, and can be deleted at any time. This module imports next to nothing.
"""

from __future__ import annotations

import os
import sys
import time
from binascii import crc32

_VERSION = "1"

# What else a run depends on.
_VARIABLES = ("SOURCE_DATE_EPOCH",)


def cache_folder() -> str | None:
    """Where the user's caches are (XDG Base Directory 0.8); None for a user without a home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    caches = given if os.path.isabs(given) else os.path.expanduser("~/.cache")
    return os.path.join(caches, "briefpress") if os.path.isabs(caches) else None


def signature(path: str) -> str:
    """The status of a file or folder, links followed; empty where there is none.

    Whatever is done to a file changes the time that the system keeps for that (ctime), which
    nobody can set; so it stays only where nothing was done within the same tick of the clock.
    """
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"


def changed_at(status: str) -> int:
    """The time of the last change in a signature, in nanoseconds; 0 where there is no file."""
    return int(status.split(" ")[1]) if status else 0


def clock() -> int:
    """The time, in nanoseconds since 1970, after which a file that is changed now says it was.

    Systems stamp files by a clock that ticks; on Linux it can be asked how often (clock_getres(2),
    CLOCK_REALTIME_COARSE).
    """
    return time.time_ns() - TICK


# In nanoseconds.
TICK = int(time.clock_getres(5) * 1e9) if sys.platform == "linux" else 20_000_000


def holds(arguments: list[str]) -> str | None:
    """What to say of a command line whose run would find nothing to do; None where it might."""
    place = _place(arguments)
    try:
        with open(place, encoding="utf-8", errors="surrogateescape") as file:
            circumstances, said, *lines = file.read().split("\n")
        os.utime(place)  # it is of use
    except (OSError, ValueError):
        return None
    if circumstances != _circumstances(arguments):
        return None
    for line in lines:
        status, _, path = line.partition("\t")
        if signature(path) != status:
            return None
    return said


def write(arguments: list[str], said: str, statuses: dict[str, str]) -> None:
    """Write the stamp of a run, by the signatures of all that it looked at and published.

    It isn't written where it can't be, a path can't stand in it, or something has changed so lately
    that it may change again and have the same status.
    """
    lines = [f"{status}\t{path}" for path, status in statuses.items()]
    newest = max(map(changed_at, statuses.values()), default=0)
    if any("\n" in line for line in [said, *lines]) or clock() <= newest:
        return
    place = _place(arguments)
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        part = f"{place}.{os.getpid()}"
        with open(part, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write("\n".join([_circumstances(arguments), said, *lines]))
        os.replace(part, place)
    except OSError:
        return


def _place(arguments: list[str]) -> str:
    name = "\0".join([os.getcwd(), *arguments])
    number = crc32(name.encode("utf-8", "surrogateescape"))
    return os.path.join(cache_folder() or os.devnull, f"{number:08x}.stamp")


def _circumstances(arguments: list[str]) -> str:
    """What a run depends on beside files, in one line."""
    variables = [os.environ.get(name) for name in _VARIABLES]
    return repr([_VERSION, sys.version, os.getcwd(), arguments, variables, sys.path])
