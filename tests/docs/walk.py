"""Pages of the documentation, followed as a reader would.

The fenced blocks of a page are steps, in their order:

    console          each line behind `$` is run, and what it prints has to be what stands below it;
                     `…` stands for what changes from run to run, on its own for whole lines
    sh               each line is run
    diff             its lines are put in the place of others in the file that its first line names
    anything else    if its first line is a comment that names a file, it is that file
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

from tests.casebook import changed
from tests.source import ROOT

# A comment of YAML, CSS, Jinja2 or Python that holds a path and nothing else.
_NAME = re.compile(r"(?:#|/\*|\{#) ([\w./-]+\.(?:yaml|css|j2|py))(?: \*/| #\})?\n")
_WHATEVER = r"[\s\S]*?"


@dataclass(frozen=True)
class Block:
    """A fenced block, at its line in the page."""

    line: int
    kind: str
    text: str


def blocks_of(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in docs/."""
    for token in MarkdownIt().parse((ROOT / "docs" / page).read_text("utf-8")):
        if token.type == "fence" and token.map:
            yield Block(token.map[0] + 1, token.info, token.content)


@dataclass
class Walk:
    """A reader in a folder. `places` are where paths of the page are on this machine.

    Commands `without` which the reader goes on are those that wait, or need a network.
    """

    folder: Path
    environment: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def follow(self, page: str) -> None:
        """Do what a page says, from its beginning to its end."""
        for block in blocks_of(page):
            try:
                self.step(block)
            except AssertionError as error:
                error.add_note(f"docs/{page}:{block.line}")
                raise
        assert self.left_out == self.without

    def step(self, block: Block) -> None:
        name = _NAME.match(block.text)
        if block.kind == "console":
            for command, shown in sessions(block.text):
                self.compare(command, shown)
        elif block.kind == "sh":
            for command in block.text.splitlines():
                self.run(command)
        elif name and block.kind == "diff":
            file = self.folder / name[1]
            file.write_text(changed(file.read_text("utf-8"), block.text), "utf-8")
        elif name:
            file = self.folder / name[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")

    def compare(self, command: str, shown: str) -> None:
        """Run a command and hold what it prints against what is shown.

        A build has several editions in hand, and tells of each when it is done.
        """
        printed = self.run(command, may_fail=bool(shown))
        if all(line.endswith("proved") for line in shown.splitlines()):
            shown, printed = ("\n".join(sorted(each.splitlines())) for each in (shown, printed))
        pattern = re.escape(shown.strip()).replace("…", _WHATEVER)
        assert re.fullmatch(pattern, printed.strip()), f"{command}\n{printed}"

    def run(self, command: str, *, may_fail: bool = False) -> str:
        """Run a command in the folder that the reader is in, and give back what it prints."""
        if command in self.without:
            self.left_out.add(command)
            return ""
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return ""
        for path, here in self.places.items():
            command = command.replace(path, here)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or (may_fail and done.returncode == 1), done.stdout
        return done.stdout


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console, with what is shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown
