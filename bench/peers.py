"""Other presses, and the commands that run them.

Pandoc and Typst lie in an environment of their own beside the program's, where `make bench` puts
them; Asciidoctor PDF is a system's package. What they are given is made of the same model, once:
Markdown, and of that, by Pandoc, sources for Typst and for Asciidoctor.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from bench.edition import read
from bench.markdown import markdown

ENVIRONMENT = Path(sys.prefix) / ".bench"
ASCIIDOCTOR = "asciidoctor-pdf"

_PANDOC = "lib/python*/site-packages/pypandoc/files/pandoc"
# The package is Typst as a library, without a command of its own.
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def pandoc() -> str:
    """Pandoc's program. Exits where there is none."""
    if found := _in_environment(_PANDOC):
        return found
    sys.exit(f"there is no Pandoc in {ENVIRONMENT}: run `make bench`, or leave out epub and peers")


def _in_environment(pattern: str) -> str | None:
    return next(map(str, ENVIRONMENT.glob(pattern)), None)


def versions() -> dict[str, str]:
    """The versions of those presses that are there."""
    asked = {
        "Pandoc": (_in_environment(_PANDOC), ["--version"]),
        "Typst": (_in_environment("bin/python"), ["-c", _TYPST_VERSION]),
        "Asciidoctor PDF": (shutil.which(ASCIIDOCTOR), ["--version"]),
    }
    return {
        name: _version([program, *arguments])
        for name, (program, arguments) in asked.items()
        if program
    }


_TYPST_VERSION = "from importlib.metadata import version; print(version('typst'))"


def _version(command: list[str]) -> str:
    """The version in what is said, such as "pandoc 3.8", or "Asciidoctor PDF 2.3.4 using …"."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return next(word for word in said if word[:1].isdecimal())


class Sources:
    """A briefing as other presses read it, in a folder of its own, with its pictures."""

    def __init__(self, content: Path, folder: Path) -> None:
        edition = read(content)
        self._folder = folder
        folder.mkdir()
        for file in {figure.file for figure in edition.briefing.figures()}:
            shutil.copy(edition.folder / file, folder / file)
        self._file("md").write_text(markdown(edition), "utf-8")
        for ending, kind in (("typ", "typst"), ("adoc", "asciidoc")):
            subprocess.run(self._pandoc(kind, ending), check=True, cwd=folder)

    def _file(self, ending: str) -> Path:
        return self._folder / f"briefing.{ending}"

    def _pandoc(self, kind: str, ending: str, *more: str) -> list[str]:
        """Pandoc, from the Markdown to a kind of file."""
        here = f"--resource-path={self._folder}"
        files = (str(self._file("md")), "--output", str(self._file(ending)))
        return [pandoc(), "--standalone", here, "--to", kind, *more, *files]

    def typst(self) -> list[str]:
        """Typst, from its own source."""
        files = (str(self._file("typ")), str(self._file("typst.pdf")))
        return [str(ENVIRONMENT / "bin" / "python"), "-c", _TYPST, *files]

    def pandoc_typst(self) -> list[str]:
        """Pandoc, then Typst."""
        both = (self._pandoc("typst", "typ"), self.typst())
        return ["sh", "-c", " && ".join(map(shlex.join, both))]

    def pandoc_weasyprint(self) -> list[str]:
        """Pandoc, then the WeasyPrint that Briefpress uses."""
        engine = Path(sys.executable).with_name("weasyprint")
        return self._pandoc("html", "weasyprint.pdf", f"--pdf-engine={engine}")

    def pandoc_epub(self) -> list[str]:
        """Pandoc's EPUB."""
        return self._pandoc("epub", "epub")

    def asciidoctor(self) -> list[str]:
        """Asciidoctor PDF, from its own source."""
        files = (str(self._file("adoc")), "--out-file", str(self._file("asciidoctor.pdf")))
        return [ASCIIDOCTOR, "--quiet", *files]
