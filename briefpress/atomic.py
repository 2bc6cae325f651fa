"""Files put in place whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def put_in_place(files: Mapping[Path, bytes]) -> None:
    """Write files beside their places, then rename them all into place.

    A build that is killed leaves the earlier files whole.
    """
    waiting: dict[Path, Path] = {}
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.{os.getpid()}.part")
            waiting[beside] = target
            beside.write_bytes(data)
        for beside, target in waiting.items():
            beside.replace(target)
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)
