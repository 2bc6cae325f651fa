"""The source that a PDF carries, as far as its digest tells which that is."""

from __future__ import annotations

import json
from pathlib import Path

from briefpress.limits import DOWNLOAD_BYTES
from briefpress.proof.carried import Carried, read_carried
from briefpress.proof.reading import UnreadableError
from briefpress.tree import source_digest
from briefpress.verifying.files import read


def carried_digest(asked: tuple[Path, str]) -> str | None:
    """The digest of the source that a PDF carries, by its folder and its path in it.

    It is made anew of what is carried; only the order of the files is taken from the model that is
    carried with them. None where the PDF carries no source, or has files beside it.
    """
    try:
        data = read(*asked, DOWNLOAD_BYTES.most)
        carried = read_carried(data or b"")
        model = json.loads(carried.files[f"{carried.briefing}.{carried.language}.json"])
        return _digest(carried, model["files"])
    except (UnreadableError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(carried: Carried, names: list[str]) -> str | None:
    files = [(name, carried.files[f"{carried.briefing}/{name}"]) for name in names]
    beside = {"series.yaml", f"{carried.briefing}.{carried.language}.json"}
    has_others = len(carried.files.keys() - beside) != len(set(names))
    return None if has_others else source_digest(files)
