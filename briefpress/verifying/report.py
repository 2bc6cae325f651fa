"""What was found of a download, as JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

from briefpress.atomic import put_in_place
from briefpress.diagnostics import as_data
from briefpress.verifying.check import Verification, Verified


def write(found: Verification, target: Path) -> None:
    """Write what was found. Raises `OSError`."""
    data = {
        "verified": not found.faults,
        "files": [_file(each) for each in found.files],
        "unlisted": list(found.unlisted),
        "faults": [as_data(each) for each in found.faults],
    }
    put_in_place({target: f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()})


def _file(each: Verified) -> dict[str, object]:
    """A file: where it lies in the folder, its path in the lists, and what of it holds.

    `looked_into` says of a whole PDF whether it was; it may be too large. `source` is the digest of
    the source that it carries, if that is the one in the manifest; `signatures` is null where there
    may be some that weren't looked at.
    """
    return {
        "file": each.place,
        "path": each.listed.path,
        "state": each.state,
        "sha256": each.listed.sha256,
        "looked_into": each.looked_into,
        "source": each.source,
        "signatures": None if each.signatures is None else [s._asdict() for s in each.signatures],
    }
