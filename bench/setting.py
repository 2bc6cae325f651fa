"""What is measured with: contents, commands, and a folder that is gone afterwards."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pypdfium2

from bench import corpus
from bench.clock import Clock, Cost
from bench.edition import read
from bench.turns import Effort
from briefpress.fonts import needed
from briefpress.formats import Edition, pdf
from briefpress.pages import characters, stylesheets

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "bench" / "scripts"

# Seconds after which no other round begins. All of the short version has to end in 90.
_LONGEST = 150.0
_LONGEST_OF_SHORT = 12.0


@dataclass(slots=True)
class Setting:
    """Where measuring happens. `runs` is how many rounds were asked for, if any were."""

    clock: Clock
    folder: Path
    is_short: bool = False
    runs: int | None = None
    _outputs: count[int] = field(default_factory=count)
    _contents: dict[str, Path] = field(default_factory=dict)
    _bare: dict[str, list[str]] = field(default_factory=dict)

    def effort(self, rounds: int, short: int, seconds: float = _LONGEST) -> Effort:
        """How often something is measured: as often as was asked for, or as it needs."""
        if self.is_short:
            return Effort(self.runs or short, _LONGEST_OF_SHORT)
        return Effort(self.runs or rounds, seconds)

    def content(self, size: str) -> Path:
        """The folder of a briefing of a size."""
        if size not in self._contents:
            self._contents[size] = corpus.write(size, self.folder / f"content-{size}")
        return self._contents[size]

    def output(self) -> Path:
        """A folder to build into that isn't there yet."""
        return self.folder / f"output-{next(self._outputs)}"

    def fresh(self, command: Callable[[Path], list[str]]) -> Callable[[], Cost]:
        """A party that runs a command into an empty folder, which is gone when its time is known.

        Nothing can be left of the build before.
        """

        def run() -> Cost:
            folder = self.output()
            cost = self.clock.run(command(folder))
            shutil.rmtree(folder)
            return cost

        return run

    def cold(self, content: Path, *more: str) -> Callable[[], Cost]:
        """A party that builds a content folder into an empty one."""
        return self.fresh(lambda folder: build(content, folder, *more))

    def bare(self, size: str) -> Callable[[], Cost]:
        """A party that runs the bare script for a size."""
        if size not in self._bare:
            folder = self.folder / f"bare-{size}"
            folder.mkdir()
            self._bare[size] = prepare_bare(self.content(size), folder)
        return lambda: self.clock.run(self._bare[size])

    def pages_of_bare(self, size: str) -> int:
        """How many pages the bare script made last."""
        return pages_of(Path(self._bare[size][-1]))


def program() -> str:
    return str(Path(sys.executable).with_name("briefpress"))


def build(content: Path, output: Path, *more: str) -> list[str]:
    """The command that builds what a content folder has."""
    return [program(), "build", "--content", str(content), "--output", str(output), *more]


def script(name: str, *arguments: str) -> list[str]:
    """The command that runs one of the scripts that are measured."""
    return [sys.executable, str(SCRIPTS / f"{name}.py"), *arguments]


def pages_of(file: Path) -> int:
    document = pypdfium2.PdfDocument(file)
    pages = len(document)
    document.close()
    return pages


def prepare_bare(content: Path, folder: Path) -> list[str]:
    """Write what the bare script needs into a folder; return the command that runs it.

    It is given the markup of the PDF, the stylesheets that the PDF is set with, and of the faces
    those that the briefing needs: what a person would write who knew it in advance.
    """
    edition = read(content)
    markup = pdf.markup(edition).replace('"briefing:', f'"{edition.folder.as_uri()}/')
    (folder / "page.html").write_text(markup, "utf-8")
    (folder / "page.css").write_text(_stylesheet(edition), "utf-8")
    files = [edition.folder / "en.yaml", *(folder / f"page.{e}" for e in ("html", "css", "pdf"))]
    return script("bare", *map(str, files))


def _stylesheet(edition: Edition) -> str:
    templates = edition.templates
    used = characters(edition.briefing, edition.labels)
    rules = [face.rule.replace(face.url, face.file.as_uri()) for face, _ in needed(templates, used)]
    for file in stylesheets(templates, "tokens", edition.paper, "text", "print"):
        base = file.parent.as_uri()
        rules.append(_RELATIVE.sub(rf"url(\1{base}/", file.read_text("utf-8")))
    return "\n".join(rules)


# The beginning of a URL that is neither absolute nor a fragment.
_RELATIVE = re.compile(r"url\((\"|'|)(?![a-z]+:|#|/)")
