"""A project with a briefing and a folder of templates, and beside it a file of somebody else."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result

from briefpress.cli import main
from tests.source import ROOT

BUILT_IN = ROOT / "templates"
SECRET = "canary-of-the-coal-mine"


@dataclass(frozen=True)
class Project:
    """A folder with `content/` and, once something is put there, `templates/`."""

    folder: Path
    secret: Path

    def put(self, name: str, text: str) -> None:
        """Put a file into the project's templates."""
        file = self.folder / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def link(self, name: str, target: Path) -> None:
        """Put a link into the project's templates."""
        link = self.folder / "templates" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)

    def add_to(self, name: str, text: str, before: str = "") -> None:
        """Put a template of its own into the place of a built-in one, with something added."""
        self.put(name, before + (BUILT_IN / name).read_text("utf-8") + text)

    def run(self, command: str, *arguments: str | Path) -> Result:
        """Run a command in the project's folder, in this process."""
        said = CliRunner().invoke(main, [command, *map(str, arguments)])
        assert said.exception is None or isinstance(said.exception, SystemExit), said.exc_info
        return said

    def build(self, *arguments: str | Path) -> Result:
        """Build one briefing in every format."""
        return self.run("build", "alpha", *arguments)

    def published(self) -> list[Path]:
        """What was published."""
        return [path for path in (self.folder / "output").rglob("*") if path.is_file()]


@pytest.fixture
def project(content: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    folder = content.parent / "project"
    folder.mkdir()
    shutil.move(content, folder)
    secret = content.parent / "secret.txt"
    secret.write_text(SECRET)
    monkeypatch.chdir(folder)
    return Project(folder, secret)


def contents_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and whatever is packed in it."""
    yield path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name) for name in book.namelist())
    if path.suffix == ".pdf":
        with pdfium.PdfDocument(path) as document:
            yield from (page.get_textpage().get_text_bounded().encode() for page in document)
        with pikepdf.open(path) as pdf:
            streams = (each for each in pdf.objects if isinstance(each, pikepdf.Stream))
            yield from (stream.read_bytes() for stream in streams)
