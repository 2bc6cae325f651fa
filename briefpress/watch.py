"""Everything that a run looks at and publishes, with its status, for the stamp of the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefpress.keys import PACKAGE, system_libraries
from briefpress.look import PROJECT
from briefpress.manifest import MANIFEST, SUMS, files_of, read
from briefpress.publishing import INDEX
from briefpress.stamp import signature
from briefpress.tasks import Task


def inputs(task: Task) -> dict[str, str]:
    """What editions are made from, of which `task` is one, before they are looked at.

    All of the content is watched, also what no briefing has a use for by now, and folders, whose
    status changes where something is put in or taken out.
    """
    folders = [task.content, *task.templates.folders]
    found = [path for folder in folders for path in _all_in(str(folder))]
    found += [PROJECT, sys.executable, *_of_the_program(), *_with_libraries()]
    return {path: signature(path) for path in found}


def outputs(output: Path, keys: Mapping[str, str]) -> dict[str, str] | None:
    """What is published, and the system's libraries that it was made with.

    `keys` are those under which files were to be listed, by their paths in it. None where not all
    are: another build has published something else meanwhile.
    """
    manifest = str(output / MANIFEST)
    found = {manifest: signature(manifest)}  # as it was before it is read
    listed = {file["path"]: file["key"] for file in files_of(read(output).entries)}
    if not keys.items() <= listed.items():
        return None
    paths = [output / name for name in (*listed, SUMS, INDEX)]
    return found | {str(path): signature(str(path)) for path in (*paths, *system_libraries())}


def _all_in(folder: str) -> Iterator[str]:
    """A folder, and all files and folders in it."""
    for at, folders, files in os.walk(folder):
        yield at
        yield from (f"{at}/{name}" for name in files)
        yield from (f"{at}/{name}" for name in folders if Path(at, name).is_symlink())


def _of_the_program() -> Iterator[str]:
    """The program's own files, without what Python puts beside them."""
    return (path for path in _all_in(str(PACKAGE)) if path.endswith((".py", ".conf")))


def _with_libraries() -> Iterator[str]:
    """The folders of installed distributions. One that is installed or taken out changes them."""
    for path in sys.path:
        if path and any(Path(path).glob("*.dist-info")):
            yield path
