"""Imports WeasyPrint in half the time that it takes by itself.

What it looks for, parses and imports before its first page, and no page of ours needs, was a fifth
of a small build. Things stand in for it while WeasyPrint is imported, and only then:

- cffi, which parses the declarations of C functions. They lie in `declarations.py`, compiled.
- fontTools, for variable fonts, WOFF and emoji, and tinyhtml5, for HTML that is no XML. What is
  asked for is imported then.
- the search for libraries by a compiler and a linker.
- the stylesheet for attributes such as `bgcolor`, which is parsed for each who asks for it.

Selectors are compiled late as well (`selectors`).

None of it is promised by WeasyPrint. If it doesn't fit what is installed, WeasyPrint is imported as
it is, and `tests/formats/test_start_up.py` fails.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name
from types import ModuleType
from typing import Any

import _cffi_backend
import tinycss2

from briefpress.formats.pdf.declarations import COMPILED, SOURCE_DIGEST
from briefpress.formats.pdf.selectors import compile_selectors_late

# In WeasyPrint's folder.
_DECLARATIONS = "text/ffi.py"
_PRESENTATIONAL_HINTS = "css/html5_ph.css"


def import_weasyprint() -> None:
    """Import WeasyPrint, with what stands in for the rest if that can be. Raises `OSError`.

    That is for a library which isn't installed; WeasyPrint has printed then which it is.
    """
    compile_selectors_late()
    try:
        with (
            _standing_in(_cffi() | _unread()),
            _without_a_search_for_libraries(),
            _without_presentational_hints(),
        ):
            import_module("weasyprint")
    except (AttributeError, ImportError, TypeError):  # it does something else than it did
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
        import_module("weasyprint")


@contextmanager
def _standing_in(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Let modules stand in for others that nobody has imported yet."""
    ours = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


@contextmanager
def _without_a_search_for_libraries() -> Iterator[None]:
    """Let libraries be loaded by their names alone.

    WeasyPrint tries the names that they have on each platform. Where one fails, cffi would start a
    compiler and a linker to look further, at 16 ms each; one of the next names is right.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _without_presentational_hints() -> Iterator[None]:
    """Leave out the stylesheet of HTML's presentational hints, but for documents that want them."""
    file = _installed(_PRESENTATIONAL_HINTS)
    hints = file.read_text("utf-8") if file else None
    parse = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda css: [] if css == hints else parse(css)
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = parse
    weasyprint = import_module("weasyprint")
    weasyprint.HTML._ph_stylesheets = lambda _: [weasyprint.CSS(string=hints)]


def _installed(name: str) -> Path | None:
    """A file of WeasyPrint, which isn't imported yet, if there is such a file."""
    package = find_spec("weasyprint")
    file = Path(package.origin).parent / name if package and package.origin else None
    return file if file and file.is_file() else None


class _Declared(_cffi_backend.FFI):  # type: ignore[misc]  # it has no types
    """What `cffi.FFI` is after the declarations were read."""

    def __init__(self) -> None:
        super().__init__("weasyprint", **COMPILED)

    def cdef(self, declarations: str) -> None:
        """Nothing: the declarations are those that were compiled."""


def _cffi() -> dict[str, ModuleType]:
    """What stands in for cffi, if the declarations were compiled from what is installed."""
    source = _installed(_DECLARATIONS)
    if source is None or sha256(source.read_bytes()).hexdigest() != SOURCE_DIGEST:
        return {}
    stand_in = ModuleType("cffi")
    vars(stand_in)["FFI"] = _Declared
    return {stand_in.__name__: stand_in}


def _unread() -> dict[str, ModuleType]:
    names = ("fontTools", "fontTools.ttLib", "fontTools.varLib.instancer", "tinyhtml5")
    return {name: _Unread(name) for name in names}


class _Unread(ModuleType):
    """A module of which nothing but names is known yet."""

    def __getattr__(self, name: str) -> _Name:
        if name.startswith("__"):  # the import system asks for these
            raise AttributeError(name)
        return _Name(f"{self.__name__}.{name}")


class _Name:
    """A name in a module that is imported when the thing itself is first called or looked into."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._thing()(*values, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._thing(), name)

    def _thing(self) -> Any:
        """The thing itself. All others take the places of their names too: one is an exception."""
        modules = (import_module(f"weasyprint.{name}.fonts") for name in ("text", "pdf"))
        for names in map(vars, modules):
            names.update(
                (key, resolve_name(value._name))
                for key, value in list(names.items())
                if isinstance(value, _Name)
            )
        return resolve_name(self._name)
