"""The key of an edition: the digest of everything that its files are made from.

That is its source, the project's templates and the built-in ones (labels, stylesheets and fonts
among them), the options, the program, and the libraries with their versions. Files with the same
key are the same bytes, so what is published under its key needn't be built.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from briefpress import __version__
from briefpress.entries import MadeWith
from briefpress.look import Templates
from briefpress.tree import Tree

PACKAGE = Path(__file__).resolve().parent

# A distribution's folder is named so (Recording installed projects, PyPA): NAME-VERSION.dist-info.
_INSTALLED = re.compile(r"(?P<name>[^/]+)-(?P<version>[^-/]+)\.dist-info")
_REQUIRED = re.compile(r"^Requires-Dist: *(?P<name>[A-Za-z0-9._-]+)(?P<when>.*)$", re.MULTILINE)
_OF_AN_EXTRA = re.compile(r"""extra *== *["'](?P<extra>[^"']+)["']""")

# The extras whose libraries have a part in the bytes, where they are installed.
_PRINTING = {"charts"}

# What lays out text, beside Python's libraries.
_OF_THE_SYSTEM = re.compile(r"lib(pango|harfbuzz|fontconfig|freetype|fribidi|glib)")


@dataclass(frozen=True)
class Group:
    """Inputs of a kind, by their names: digests, versions or values."""

    values: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of names and values, whatever their order."""
        text = json.dumps(dict(self.values), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


# Groups by what they are: "content", "templates", …
Inputs = dict[str, Group]

Digest = Callable[[Path], str]


def key_of(inputs: Inputs) -> str:
    """The key that inputs make: SHA-256 in hexadecimal."""
    return Group({name: group.digest for name, group in inputs.items()}).digest


def sha256_of(path: Path) -> str:
    """The digest of a file, in hexadecimal. Raises `OSError`."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Surroundings:
    """What editions are made from beside their sources: mostly the same for all of them.

    `project` are the templates that the project brings; `digest` gives that of a file.
    """

    def __init__(self, digest: Digest, project: Tree | None) -> None:
        self._digest = digest
        self._project = project
        self._program = _program(digest)
        self._libraries = _libraries()
        self._templates: dict[tuple[Templates, str], Group] = {}
        self._shared: dict[tuple[tuple[str, str], ...], Group] = {}

    def inputs(
        self, source: Tree, templates: Templates, language: str, options: Mapping[str, str]
    ) -> Inputs:
        """Everything that an edition in a language is made from, with these built-in templates."""
        if (templates, language) not in self._templates:
            self._templates[templates, language] = _templates(templates, language, self._digest)
        project = self._project.digests if self._project else {}
        own = {name: each for name, each in project.items() if _is_wanted(name, language)}
        return {
            "content": Group(source.digests),
            "options": self._known(options),
            "project's templates": self._known(own),
            "templates": self._templates[templates, language],
            "program": self._program,
            "libraries": self._libraries,
        }

    @cached_property
    def made_with(self) -> MadeWith:
        """The program and the libraries, as a manifest says them."""
        program, libraries = dict(self._program.values), self._libraries.values
        python, compression = program.pop("Python"), program.pop("zlib")
        return MadeWith(
            briefpress=__version__,
            program=Group(program).digest,
            python=python,
            zlib=compression,
            libraries={name: libraries[name] for name in sorted(libraries) if libraries[name]},
            system=sorted(name for name in libraries if not libraries[name]),
        )

    def _known(self, values: Mapping[str, str]) -> Group:
        """A group of values that many editions have in common."""
        return self._shared.setdefault(tuple(values.items()), Group(values))

    def still_hold(self) -> bool:
        """Whether the program and the templates are as they were when they were looked at."""
        return self._program.digest == _program(self._digest).digest and all(
            group.digest == _templates(*of, self._digest).digest
            for of, group in self._templates.items()
        )


def _templates(templates: Templates, language: str, digest: Digest) -> Group:
    """The built-in templates, and those of a theme; not its neighbours."""
    built_in = templates.folders[-1]
    found: dict[str, str] = {}
    for folder in templates.folders:
        shown = "templates" if folder == built_in else f"templates/themes/{folder.name}"
        files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
        found |= {
            f"{shown}/{name.as_posix()}": digest(path)
            for name, path in files.items()
            if name.parts[0] != "themes" and _is_wanted(name.as_posix(), language)
        }
    return Group(found)


def _is_wanted(name: str, language: str) -> bool:
    """Whether a file isn't for another language; all labels are held against the English ones."""
    own = {f"labels/{language}.yaml", "labels/en.yaml"}
    return name in own or not name.startswith("labels/")


def program_files() -> list[Path]:
    """The program's own files, without what Python puts beside them."""
    return [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".conf"}]


def _program(digest: Digest) -> Group:
    """The program's own files, and what runs it; zlib makes most of the bytes of PDF and EPUB."""
    digests = {p.relative_to(PACKAGE.parent).as_posix(): digest(p) for p in program_files()}
    python = f"{sys.implementation.name} {sys.version.split()[0]} {os.uname().machine}"
    return Group({"Python": python, "zlib": zlib.ZLIB_RUNTIME_VERSION, **digests})


def _libraries() -> Group:
    """The versions of the libraries that the program needs, and of those that they need.

    Of extras there are only those that have a part in the bytes: what serves, imports or signs
    changes no file that is made.

    `importlib.metadata` would say the same, and take a tenth of a small build for it.
    """
    installed = _installed()
    versions: dict[str, str] = {}
    waiting = ["briefpress"]
    while waiting:
        name = waiting.pop()
        if name not in installed or name in versions:  # some are for other systems
            continue
        versions[name], folder = installed[name]
        waiting += _required_by(folder, is_own=name == "briefpress")
    return Group({**versions, **{path.name: "" for path in system_libraries()}})


def _installed() -> dict[str, tuple[str, Path]]:
    """The version and the folder of each distribution, the first on the path being the one used."""
    found: dict[str, tuple[str, Path]] = {}
    for path in map(Path, sys.path):
        for folder in path.glob("*.dist-info") if path.is_dir() else ():
            if match := _INSTALLED.fullmatch(folder.name):
                found.setdefault(_normalised(match["name"]), (match["version"], folder))
    return found


def _required_by(folder: Path, *, is_own: bool) -> Iterator[str]:
    """What a distribution requires. `is_own`: it is the program's, whose extras are known."""
    try:
        metadata = (folder / "METADATA").read_text("utf-8")
    except OSError:
        return
    for required in _REQUIRED.finditer(metadata.partition("\n\n")[0]):
        extra = _OF_AN_EXTRA.search(required["when"])
        if extra is None or (is_own and extra["extra"] in _PRINTING):
            yield _normalised(required["name"])


def _normalised(name: str) -> str:
    """A distribution's name as it can be compared (Names and normalization, PyPA)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def system_libraries() -> list[Path]:
    """The files that Pango and the like were loaded from, whose names have versions in them.

    Only Linux tells. They are loaded with WeasyPrint.
    """
    try:
        maps = Path("/proc/self/maps").read_text()
    except OSError:
        return []
    files = {Path(line.rpartition(" ")[2]) for line in maps.splitlines() if ".so" in line}
    return sorted(
        path
        for path in files
        if _OF_THE_SYSTEM.match(path.name) and not path.is_relative_to(sys.prefix)
    )
