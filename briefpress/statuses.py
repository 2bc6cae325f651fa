"""The status of everything that a run looks at and publishes, for the stamp of the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event

from briefpress.keys import Digest, program_files, system_libraries
from briefpress.look import BUILT_IN, PROJECT, find_templates
from briefpress.manifest import INDEX, MANIFEST, SUMS, Stock, read
from briefpress.reasons import is_whole
from briefpress.stamp import TICK, signature


def inputs(content: Path, project: Path | None) -> dict[str, str]:
    """What editions are made from. It has to be asked for before anything of it is looked at.

    All of the content is in it, also what no briefing has a use for by now, and folders, whose
    status changes where something is put in or taken out; so are all themes. `project` is the
    folder of templates that the project brings.
    """
    folders = [content, *find_templates(BUILT_IN).folders, *([project] if project else [])]
    found = [path for folder in folders for path in _all_in(str(folder))]
    found += [PROJECT, sys.executable, *map(str, program_files()), *_with_libraries()]
    return {path: signature(path) for path in found}


def outputs(output: Path, keys: Mapping[str, str], digest: Digest) -> dict[str, str] | None:
    """What is published, and the system's libraries that it was made with.

    `keys` are those under which files were to be listed, by their paths in it. None where not all
    are, or one isn't what is listed: somebody else has written there meanwhile.
    """
    # What was written within this tick might be written again, and have the same status.
    Event().wait(TICK / 1e9 + 0.001)
    manifest = str(output / MANIFEST)
    found = {manifest: signature(manifest)}  # as it was before it is read
    stock = read(output).stock
    listed = {file["path"]: file for file in stock.files()}
    paths = [output / name for name in dict.fromkeys((*listed, SUMS, INDEX))]
    found |= {str(path): signature(str(path)) for path in (*paths, *system_libraries())}
    whole = all(is_whole(output / name, file, digest) for name, file in listed.items())
    has_all = keys.items() <= _keys(stock).items()
    return found if whole and has_all else None


def _keys(stock: Stock) -> dict[str, str]:
    files = (file for entry in stock.entries.values() for file in entry["files"].values())
    return {file["path"]: file["key"] for file in files}


def _all_in(folder: str) -> Iterator[str]:
    """A folder, and all files and folders in it."""
    for at, folders, files in os.walk(folder):
        yield at
        yield from (f"{at}/{name}" for name in files)
        yield from (f"{at}/{name}" for name in folders if Path(at, name).is_symlink())


def _with_libraries() -> Iterator[str]:
    """The folders of installed distributions. One that is installed or taken out changes them."""
    for path in sys.path:
        if path and any(Path(path).glob("*.dist-info")):
            yield path
