"""What this machine remembers of an output folder: a cache, which may be lost at any time.

Digests of files, so that a file is read only if its status has changed; and what each edition was
made from, so that it can be said what has changed. It lies beside the stamps.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from briefpress import stamp
from briefpress.atomic import put_in_place
from briefpress.keys import Group, Inputs, sha256_of


class Ledger:
    """The ledger of one output folder, as it was, and as it will be."""

    def __init__(self, output: Path) -> None:
        name = hashlib.sha256(os.fsencode(output.absolute())).hexdigest()[:16]
        self._place = Path(stamp.cache_folder()) / f"{name}.json"
        self._digests: dict[str, tuple[str, str]] = {}
        self._inputs: dict[str, dict[str, str]] = {}
        self._groups: dict[str, dict[str, str]] = {}
        self._fresh: dict[str, tuple[str, str]] = {}
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            found = json.loads(self._place.read_bytes())
            self._digests = {path: (each[0], each[1]) for path, each in found["digests"].items()}
            self._inputs = {name: dict(each) for name, each in found["inputs"].items()}
            self._groups = {digest: dict(each) for digest, each in found["groups"].items()}

    def digest(self, path: Path) -> str:
        """The SHA-256 of a file. Raises `OSError`."""
        name, now = str(path), stamp.clock()
        status = stamp.signature(name)
        known, digest = self._fresh.get(name) or self._digests.get(name) or ("", "")
        if not status or known != status:
            digest = sha256_of(path)
        # What was changed in this very tick may be changed again, and look the same.
        if stamp.changed_at(status) < now:
            self._fresh[name] = status, digest
        return digest

    def inputs(self, edition: str) -> Inputs | None:
        """What an edition was made from when it was built last, as far as that is remembered."""
        groups = self._inputs.get(edition)
        if groups is None:
            return None
        return {name: Group(self._groups.get(digest, {})) for name, digest in groups.items()}

    def remember(self, edition: str, inputs: Inputs) -> None:
        """Remember what an edition is made from."""
        self._inputs[edition] = {name: group.digest for name, group in inputs.items()}
        self._groups |= {group.digest: dict(group.values) for group in inputs.values()}

    def save(self, editions: Iterable[str]) -> None:
        """Write the ledger, if that can be, with some editions and the digests that were needed."""
        self._inputs = {name: self._inputs[name] for name in editions if name in self._inputs}
        used = {digest for groups in self._inputs.values() for digest in groups.values()}
        data = {
            "digests": self._fresh,
            "inputs": self._inputs,
            "groups": {digest: each for digest, each in self._groups.items() if digest in used},
        }
        with suppress(OSError):
            put_in_place({self._place: json.dumps(data).encode()})
