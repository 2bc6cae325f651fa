"""What makes the import of WeasyPrint quick still does, and nothing is lost by it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha256
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree

import pytest

from briefpress.formats.pdf.selectors import Uncompiled
from tests.source import ROOT

SOURCE = Path(str(distribution("weasyprint").locate_file("weasyprint/text/ffi.py")))
COMPILED = ROOT / "briefpress" / "formats" / "pdf" / "declarations.py"

HEAD = '''"""WeasyPrint's declarations of C functions, as cffi compiles them.

Written by tests/formats/test_start_up.py; `make bless` writes it anew for another WeasyPrint.
"""

# The SHA-256 of WeasyPrint's module with the declarations.
SOURCE_DIGEST = "{digest}"

COMPILED = dict({compiled})
'''

# Imports the PDF's package alone, then asks for something of fontTools that isn't there yet.
AFTERWARDS = """
import sys
import briefpress.formats.pdf
import weasyprint.pdf.fonts, weasyprint.text.fonts
print(sorted({"cffi", "pycparser", "fontTools", "tinyhtml5"} & set(sys.modules)))
try:
    weasyprint.text.fonts.TTFont(sys.argv[1])
except weasyprint.pdf.fonts.TTLibError as error:
    print(error)
print(weasyprint.pdf.fonts.subset.Options().hinting)
print(weasyprint.text.fonts.woff2.decompress.__module__)
print(weasyprint.HTML(string="<p>one<p>two").etree_element.find("body").find("p").text)
"""

REAL = ["Not a TrueType or OpenType font (bad sfntVersion)", "True", "fontTools.ttLib.woff2", "one"]


def test_the_declarations_are_those_of_weasyprint(tmp_path: Path) -> None:
    written = compiled(SOURCE, tmp_path / "compiled.py")
    if os.environ.get("BLESS"):
        COMPILED.write_text(written, "utf-8")
    assert COMPILED.read_text("utf-8") == written


def compiled(source: Path, scratch: Path) -> str:
    """What `declarations.py` should hold, by cffi's own compiler for Python."""
    text = source.read_text("utf-8")
    (said,) = re.findall(r"ffi\.cdef\('''(.*?)'''\)", text, re.DOTALL)
    ffi = import_module("cffi").FFI()
    ffi.cdef(said)
    ffi.set_source("weasyprint", None)
    import_module("cffi.recompiler").make_py_source(ffi, "weasyprint", str(scratch))
    (arguments,) = re.findall(r"FFI\('weasyprint',(.*)\)\n", scratch.read_text("utf-8"), re.DOTALL)
    digest = sha256(source.read_bytes()).hexdigest()
    return HEAD.format(digest=digest, compiled=arguments)


def test_weasyprint_is_imported_without_what_no_page_needs(tmp_path: Path) -> None:
    (tmp_path / "no.font").write_bytes(b"This is no font.")
    assert imported(tmp_path / "no.font") == ["[]", *REAL]


@pytest.mark.parametrize("digest", ["", sha256(SOURCE.read_bytes()).hexdigest()])
def test_a_weasyprint_that_they_do_not_fit_is_imported_as_it_is(
    tmp_path: Path, digest: str
) -> None:
    """In vain for want of the digest, or where the declarations turn out to be others."""
    (tmp_path / "no.font").write_bytes(b"This is no font.")
    others = f"""
import sys
from types import SimpleNamespace
others = SimpleNamespace(SOURCE_DIGEST={digest!r}, COMPILED={{}})
sys.modules["briefpress.formats.pdf.declarations"] = others
"""
    there, *afterwards = imported(tmp_path / "no.font", others)
    assert "pycparser" in there
    assert afterwards == REAL


def test_selectors_are_compiled_when_they_are_first_asked() -> None:
    import_module("briefpress.formats.pdf")
    (selector,) = import_module("cssselect2").compile_selector_list("h2.title")
    assert isinstance(selector.test, Uncompiled)
    wrapped = import_module("cssselect2").ElementWrapper.from_html_root
    with_class = wrapped(ElementTree.fromstring("<h2 class='title'/>"))
    assert selector.test(with_class)
    assert not selector.test(wrapped(ElementTree.fromstring("<h2/>")))


def test_presentational_hints_are_there_for_who_wants_them() -> None:
    import_module("briefpress.formats.pdf")
    source = import_module("weasyprint").HTML(string="<table width=77><tr><td>x</table>")
    assert import_module("weasyprint").html.PH_STYLESHEET.matcher.order == 0
    pages = [source.render(presentational_hints=hints).pages[0] for hints in (False, True)]
    with_77 = [any(box.width == 77 for box in page._page_box.descendants()) for page in pages]
    assert with_77 == [False, True]


def imported(font: Path, before: str = "") -> list[str]:
    """What a fresh process prints that imports WeasyPrint as the PDF has it."""
    command = [sys.executable, "-c", before + AFTERWARDS, str(font)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()
