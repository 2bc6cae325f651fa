"""New projects and new briefings, from the files in `starter/`.

Those are files as they will lie in the project, and build as they are. What differs is put in: an
identifier for the series, what Briefpress itself is installed from, and the way to the schemas.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefpress.atomic import part_of, put_in_place
from briefpress.extras import comes_from_this_machine, requirement
from briefpress.schemas import schemas

SCHEMAS = Path("schemas")

_STARTER = Path(__file__).resolve().parent / "starter"
_SERIES = Path("content") / "series.yaml"
NO_IDENTIFIER = uuid.UUID("00000000-0000-4000-8000-000000000000").urn
_REQUIREMENTS = Path("requirements.txt")
_ON_THIS_MACHINE = """\
# No other machine has this one. For CI, name one that it can reach: a wheel that lies in this
# repository, or an address such as briefpress @ git+https://example.org/briefpress@v1
"""
_TO_SCHEMAS = "../../schemas/"


def begin_project(folder: Path) -> None:
    """Put a project with one briefing in the place of a folder that is empty, or isn't there.

    It is made beside it and renamed, so it is there whole or not at all. Raises `OSError`.
    """
    starter = _STARTER / "project"
    files = {path.relative_to(starter): path.read_bytes() for path in _files_in(starter)}
    files |= {SCHEMAS / name: text.encode() for name, text in schemas().items()}
    own = uuid.uuid4().urn.encode()
    files[_SERIES] = files[_SERIES].replace(NO_IDENTIFIER.encode(), own)
    files[_REQUIREMENTS] += _requirements().encode()
    part = part_of(folder.absolute())
    part.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(part, ignore_errors=True)
    try:
        put_in_place({part / name: data for name, data in files.items()})
        part.replace(folder)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _requirements() -> str:
    """What installs this Briefpress, as lines of a file of requirements."""
    remark = _ON_THIS_MACHINE if comes_from_this_machine() else ""
    return f"{remark}{requirement()}\n"


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def add_briefing(folder: Path, languages: Iterable[str]) -> list[Path]:
    """Put a briefing into a folder that isn't there, and say what its files are.

    In a language that the starter doesn't have, its words are English. Raises `OSError`.
    """
    starter = _STARTER / "briefing"
    files = {folder / "facts.yaml": starter / "facts.yaml"}
    for language in languages:
        words = starter / f"{language}.yaml"
        files[folder / f"{language}.yaml"] = words if words.is_file() else starter / "en.yaml"
    to_schemas = Path(os.path.relpath(SCHEMAS, folder)).as_posix() + "/"
    put_in_place(
        {
            path: source.read_text("utf-8").replace(_TO_SCHEMAS, to_schemas, 1).encode()
            for path, source in files.items()
        }
    )
    return list(files)
