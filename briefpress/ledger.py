"""What this machine remembers of an output folder: a cache, which may be lost at any time.

Digests of files, so that a file is read only if its status has changed; and what each edition was
made from, so that it can be said what has changed. It lies beside the stamps.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefpress import stamp
from briefpress.atomic import put_in_place
from briefpress.keys import Group, Inputs, sha256_of

# In seconds.
_LONG = 90 * 86_400


class Digests:
    """The digests of files, with the status that each had when it was read."""

    def __init__(self, known: dict[str, list[str]]) -> None:
        self._known = known
        self.used: dict[str, list[str]] = {}

    def of(self, path: Path) -> str:
        """The SHA-256 of a file. Raises `OSError`."""
        name, now = str(path), stamp.clock()
        status = stamp.signature(name)
        known, digest = self.used.get(name) or self._known.get(name) or ("", "")
        if not status or known != status:
            digest = sha256_of(path)
        # What was changed in this very tick may be changed again, and look the same.
        if stamp.changed_at(status) < now:
            self.used[name] = [status, digest]
        return digest


class Ledger:
    """The ledger of one output folder: `published` are its files, `program` are what made them.

    The latter are the same for all output folders.
    """

    def __init__(self, output: Path) -> None:
        folder = stamp.cache_folder()
        name = hashlib.sha256(os.fsencode(output.absolute())).hexdigest()[:16]
        self._folder = Path(folder) if folder else None
        self._place = f"{name}.{_VERSION}.json"
        found = self._read(self._place)
        self.published = Digests(_pairs(found.get("published")))
        self.program = Digests(_pairs(self._read(_PROGRAM).get("files")))
        self._inputs: dict[str, dict[str, str]] = _mappings(found.get("inputs"))
        self._groups: dict[str, dict[str, str]] = _mappings(found.get("groups"))

    def _read(self, name: str) -> dict[str, Any]:
        """What a file of the cache holds; nothing, where it isn't one."""
        with suppress(OSError, ValueError):
            found = json.loads((self._folder / name).read_bytes()) if self._folder else {}
            return found if isinstance(found, dict) else {}
        return {}

    def inputs(self, edition: str) -> Inputs | None:
        """What an edition was made from when it was built last, as far as that is remembered."""
        groups = self._inputs.get(edition)
        if groups is None:
            return None
        return {
            name: Group(self._groups[digest])
            for name, digest in groups.items()
            if digest in self._groups
        }

    def remember(self, edition: str, inputs: Inputs) -> None:
        """Remember what an edition is made from."""
        self._inputs[edition] = {name: group.digest for name, group in inputs.items()}
        self._groups |= {group.digest: dict(group.values) for group in inputs.values()}

    def save(self, editions: Iterable[str]) -> None:
        """Write the ledger, if that can be, with some editions and the digests that were needed."""
        inputs = {name: self._inputs[name] for name in editions if name in self._inputs}
        used = {digest for groups in inputs.values() for digest in groups.values()}
        own = {
            "published": self.published.used,
            "inputs": inputs,
            "groups": {digest: each for digest, each in self._groups.items() if digest in used},
        }
        files = {self._place: own, _PROGRAM: {"files": self.program.used}}
        if self._folder is not None:
            with suppress(OSError):
                data = {name: json.dumps(each).encode() for name, each in files.items()}
                put_in_place({self._folder / name: each for name, each in data.items()})
                _forget_what_is_old(self._folder)


# Changes with what ledgers hold.
_VERSION = 1
_PROGRAM = f"program.{_VERSION}.json"


def _pairs(found: object) -> dict[str, list[str]]:
    """Those entries of a mapping that are a status and a digest."""
    entries = found.items() if isinstance(found, dict) else ()
    return {name: each for name, each in entries if isinstance(each, list) and len(each) == 2}


def _mappings(found: object) -> dict[str, dict[str, str]]:
    """Those entries of a mapping that are mappings."""
    entries = found.items() if isinstance(found, dict) else ()
    return {name: each for name, each in entries if isinstance(each, dict)}


def _forget_what_is_old(folder: Path) -> None:
    """Remove stamps and ledgers that nobody has used or written for long."""
    for path in (*folder.glob("*.stamp"), *folder.glob("*.json")):
        if path.stat().st_mtime < time.time() - _LONG:
            path.unlink(missing_ok=True)
