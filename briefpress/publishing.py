"""The output folder: editions put in place and taken out, so that the lists always hold.

What they list is whole and was put there by the press: the files of editions, and the lists of all
editions that `catalogue` makes. A file that somebody changed afterwards
isn't listed any more after the next run, if its size differs or it is a link; otherwise
`sha256sum --check` finds it.

Several files can't be renamed at once. So a writer, alone in the folder, goes by steps, and may be
killed between any two:

1. Every new file is written beside its place, and so are the manifest and the sums that will list
   them. What fails for want of room fails here, and nothing has changed.
2. A manifest and sums are put in place that no longer list the edition, and that hold as
   `unfinished` what it was and what it will be.
3. Files are renamed into their places, and those that aren't published any more are removed.
4. The sums and the manifest that list them are renamed into theirs.

Who comes next finds what is unfinished, and does what was left of step 3 before anything else.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from briefpress.atomic import digest_of, discard, part_of, put_in_place, rename_part, write_part
from briefpress.content.ids import ID
from briefpress.entries import Entry, File, List, in_order
from briefpress.formats import FORMATS, PUBLISHED
from briefpress.manifest import (
    LISTS,
    MANIFEST,
    SUMS,
    Change,
    Entries,
    Frame,
    Manifest,
    Stock,
    listed,
    read,
    written,
)

# The stage of the manifest and sums that are renamed last.
_LAST = ".last"

_SUFFIXES = "|".join(re.escape(each.suffix) for each in PUBLISHED.values())
_PART_OF_EDITION = re.compile(rf"\.(?P<briefing>{ID.pattern})\.[A-Za-z0-9-]+\.({_SUFFIXES})\.part")


@dataclass(frozen=True, slots=True)
class Removal:
    """A file that isn't published any more: removed, or left because it isn't as it was made."""

    path: Path
    left: bool


@contextmanager
def alone_in(output: Path) -> Iterator[None]:
    """Wait until no other writer works in the folder. The lock goes with its process."""
    folder = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def listed_in(output: Path) -> list[Entry]:
    """What the manifest of an output folder lists. Raises `OSError`."""
    with alone_in(output):
        return listed(read(output).entries)


def mend(output: Path) -> list[Removal]:
    """Finish what writers that were killed left undone, and remove their parts.

    Raises `OSError`.
    """
    if not output.is_dir():
        return []
    with alone_in(output):
        _, removals = _standing(output)
        for part in _parts_in(output):
            discard(part)
    return removals


def publish(output: Path, made: Iterable[Entry], data: Mapping[str, bytes]) -> list[Removal]:
    """Put the files of editions in place, by their paths in the folder, and list them.

    Earlier files of an edition in other formats stay, if they have the same key; otherwise they are
    removed. Returns what was removed. Raises `OSError`, and then lists what
    there is: perhaps some files of before and some of now, of two sources, which the next build
    makes one.
    """
    output.mkdir(parents=True, exist_ok=True)
    with alone_in(output):
        standing, removals = _standing(output)
        after = {(entry["id"], entry["language"]): entry for entry in made}
        before = {key: standing.entries[key] for key in after if key in standing.entries}
        for key, earlier in before.items():
            after[key] = _with_others(after[key], earlier)
        change = Change(Stock(before), Stock(after))
        return removals + _carry_out(output, standing, change, data)


def publish_lists(
    output: Path, entries: list[Entry], frame: Frame, data: Mapping[str, bytes]
) -> bool:
    """Put the lists of these entries in place, by their names, if they aren't as they should be.

    Those that aren't made any more are removed. Returns whether just these entries are published;
    otherwise nothing is written. Raises `OSError`.
    """
    with alone_in(output):
        if listed(read(output).entries) != entries:
            return False
        standing, _ = _standing(output)
        lists = {name: _list(name, each) for name, each in data.items()}
        change = Change(Stock(lists=standing.lists), Stock(lists=lists, frame=frame))
        _carry_out(output, standing, change, data)
        return True


def _list(name: str, data: bytes) -> List:
    return List(path=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def exchange(output: Path, before: Entry, after: Entry, data: Mapping[str, bytes]) -> bool:
    """Put other files of an edition in place, if it is still listed as it was `before`.

    Returns whether it was; otherwise nothing is changed. Raises `OSError`.
    """
    with alone_in(output):
        standing, _ = _standing(output)
        key = (before["id"], before["language"])
        if standing.entries.get(key) != before:
            return False
        change = Change(Stock({key: before}), Stock({key: after}))
        _carry_out(output, standing, change, data)
        return True


def _with_others(entry: Entry, earlier: Entry) -> Entry:
    """An entry with what an earlier one has in other formats under the same key."""
    keys = {file["key"] for file in entry["files"].values()} - {""}
    kept = {name: file for name, file in earlier["files"].items() if file["key"] in keys}
    return Entry({**entry, "files": in_order({**kept, **entry["files"]})})


def withdraw(output: Path, is_gone: Callable[[Entry], bool]) -> list[Removal]:
    """Take out the editions that are gone; list no files any more that somebody changed.

    The lists are written anew if they aren't as they should be. Returns what was removed or left;
    raises `OSError`.
    """
    with alone_in(output):
        standing, removals = _standing(output)
        stay = _having(standing.entries, lambda file: _seems_as_made(file, output))
        after = {k: entry for k, entry in stay.items() if not (is_gone(entry) or _is_bare(entry))}
        before = {key: entry for key, entry in standing.entries.items() if after.get(key) != entry}
        change = Change(Stock(before), Stock({key: after[key] for key in before if key in after}))
        return removals + _carry_out(output, standing, change, {})


def _is_bare(entry: Entry) -> bool:
    """Whether nothing is left of an edition but its cover."""
    return not FORMATS.keys() & entry["files"].keys()


def _carry_out(
    output: Path, standing: Stock, change: Change, data: Mapping[str, bytes]
) -> list[Removal]:
    """Make a change in the folder, by the four steps."""
    others = standing.without(change.before).without(change.after)
    listing = written(Manifest(others.with_(change.after)))
    last = {output / name: each for name, each in listing.items()}
    new = {output / path: each for path, each in data.items()}
    if _as_it_is(new | last) and not _dropped(change):
        return []
    journal = written(Manifest(others, change))
    with _room_made_for(new, last):
        try:
            put_in_place({output / name: journal[name] for name in (MANIFEST, SUMS)})
            removals, errors = _finish(output, change)
            if errors:
                raise errors[0]
            for target in (output / SUMS, output / MANIFEST):
                rename_part(part_of(target, _LAST), target)
        except BaseException:
            with suppress(OSError):
                _standing(output)
            raise
    return removals


def _as_it_is(files: Mapping[Path, bytes]) -> bool:
    """Whether all files are there as they should be."""
    return all(_holds(target, data) for target, data in files.items())


def _holds(target: Path, data: bytes) -> bool:
    try:
        return not target.is_symlink() and target.read_bytes() == data
    except OSError:
        return False


@contextmanager
def _room_made_for(new: Mapping[Path, bytes], last: Mapping[Path, bytes]) -> Iterator[None]:
    """Write the parts of files that differ from what is there, and of the lists of all.

    Parts that nobody put in place are gone in the end, and so are folders that stayed empty.
    """
    wanted = {part_of(target): (target, each) for target, each in new.items()}
    wanted |= {part_of(target, _LAST): (target, each) for target, each in last.items()}
    folders = [target.parent for target in new if not target.parent.exists()]
    try:
        for part, (target, each) in wanted.items():
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            target.parent.mkdir(exist_ok=True)
            if target in last or not _holds(target, each):
                write_part(part, each, target)
        yield
    finally:
        for part in wanted:
            discard(part)
        for folder in folders:
            _remove_if_empty(folder)


def _finish(output: Path, change: Change) -> tuple[list[Removal], list[OSError]]:
    """Rename the parts of a change into place, and remove what it drops, as far as that can be."""
    errors: list[OSError] = []
    for file in change.after.files():
        target = output / file["path"]
        try:
            if digest_of(part_of(target)) == file["sha256"]:
                rename_part(part_of(target), target)
        except OSError as error:
            errors.append(error)
    removals: list[Removal] = []
    for file in _dropped(change):
        try:
            removals += _remove(output / file["path"], file["sha256"], output)
        except OSError as error:
            errors.append(error)
    return removals, errors


def _dropped(change: Change) -> list[File | List]:
    """The files that a change takes out."""
    stay = {file["path"] for file in change.after.files()}
    return [file for file in change.before.files() if file["path"] not in stay]


def _remove(target: Path, digest: str, output: Path) -> list[Removal]:
    """Remove a file that is as it was made, and its folder if nothing else is in it."""
    if not os.path.lexists(target):
        return []
    folder = target.parent
    if (folder != output and folder.is_symlink()) or digest_of(target) != digest:
        return [Removal(target, left=True)]
    target.unlink()
    if folder != output:
        _remove_if_empty(folder)
    return [Removal(target, left=False)]


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _standing(output: Path) -> tuple[Stock, list[Removal]]:
    """What is published, as the manifest lists it, after what was left unfinished is finished.

    A file that somebody took away isn't listed any more.
    """
    found = read(output)
    if found.unfinished is None:
        there = _having(found.entries, lambda file: (output / file["path"]).is_file())
        lists = {
            name: each for name, each in found.stock.lists.items() if (output / name).is_file()
        }
        return Stock(there, lists, found.stock.frame), []
    removals, _ = _finish(output, found.unfinished)
    stock = found.stock.with_(_as_found(found.unfinished, output))
    listing = written(Manifest(stock))
    put_in_place({output / name: listing[name] for name in (SUMS, MANIFEST)})
    return stock, removals


def _having(entries: Entries, is_wanted: Callable[[File], bool]) -> Entries:
    """Entries with the files that are wanted, and only those that have any."""
    found: Entries = {}
    for key, entry in entries.items():
        files = {name: file for name, file in entry["files"].items() if is_wanted(file)}
        if files:
            found[key] = Entry({**entry, "files": in_order(files)})
    return found


def _seems_as_made(file: File, output: Path) -> bool:
    """Whether a file is none that somebody changed, as far as its size tells."""
    found = (output / file["path"]).lstat()
    return stat.S_ISREG(found.st_mode) and found.st_size == file["bytes"]


def _as_found(change: Change, output: Path) -> Stock:
    """The stock of a change, each file as it was or as it should be, whichever is there."""

    def is_there(file: File | List) -> bool:
        return digest_of(output / file["path"]) == file["sha256"]

    found = Stock(frame=change.after.frame)
    for stock in (change.before, change.after):
        for key, entry in _having(stock.entries, is_there).items():
            earlier = found.entries[key]["files"] if key in found.entries else {}
            files = in_order({**earlier, **entry["files"]})
            found.entries[key] = Entry({**entry, "files": files})
        found.lists.update({n: each for n, each in stock.lists.items() if is_there(each)})
    return found


def _parts_in(output: Path) -> list[Path]:
    """Parts that writers left, by exactly the names that they give to them."""
    lists = [part_of(output / name) for name in (*LISTS, SUMS, MANIFEST)]
    lists += [part_of(output / name, _LAST) for name in (SUMS, MANIFEST)]
    found = (
        part
        for folder in output.iterdir()
        if ID.fullmatch(folder.name) and folder.is_dir()
        for part in folder.glob(".*.part")
        if (match := _PART_OF_EDITION.fullmatch(part.name)) and match["briefing"] == folder.name
    )
    return [*found, *lists]
