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

# The package is Typst as a library, without a command of its own.
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def pandoc() -> Path:
    """Pandoc's program. Exits where there is none."""
    found = [*ENVIRONMENT.glob("lib/python*/site-packages/pypandoc/files/pandoc")]
    if not found:
        sys.exit(f"there is no Pandoc in {ENVIRONMENT}: run `make bench`, or leave out epub, peers")
    return found[0]


def versions() -> dict[str, str]:
    """What the presses are, if they are there."""
    python = str(ENVIRONMENT / "bin" / "python")
    asked = {
        "Pandoc": [str(next(iter(ENVIRONMENT.glob("lib/*/*/pypandoc/files/pandoc")), "")), "-v"],
        "Typst": [
            python,
            "-c",
            "import importlib.metadata as m; print('typst', m.version('typst'))",
        ],
        "Asciidoctor PDF": [shutil.which(ASCIIDOCTOR) or "", "--version"],
    }
    return {name: _second_word(command) for name, command in asked.items() if command[0]}


def _second_word(command: list[str]) -> str:
    """The version in a line such as "pandoc 3.8", or "Asciidoctor PDF 2.3.4 using …"."""
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return next((word for word in said if word[:1].isdecimal()), "not installed")


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
        return [str(pandoc()), "--standalone", here, "--to", kind, *more, *files]

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
