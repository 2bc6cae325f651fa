"""What the validators' own tests share: a small briefing, and ways to break a copy of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Briefpress
from tests.proof.alterations import repack
from tests.source import ROOT
from validators.verdict import Verdict

Ask = Callable[[Sequence[Path]], Verdict]


@dataclass(frozen=True)
class Said:
    """What a validator said of artefacts, which lie in one folder, by their names."""

    verdict: Verdict
    folder: Path

    def of(self, name: str) -> list[str]:
        return list(self.verdict.findings[self.folder / name].messages)

    def notices(self, name: str, *words: str) -> bool:
        """Whether a message about an artefact has all of these words."""
        return any(all(word in message for word in words) for message in self.of(name))


def ask_about(ask: Ask, folder: Path, artefacts: Mapping[str, bytes]) -> Said:
    """Writes artefacts and asks a validator about all of them at once."""
    for name, data in artefacts.items():
        (folder / name).write_bytes(data)
    return Said(ask([folder / name for name in artefacts]), folder)


def change(data: bytes, changes: Mapping[str, str]) -> bytes:
    """A text with some changes, each of which must be possible."""
    text = data.decode()
    for old, new in changes.items():
        assert old in text, f"{old!r} isn't there to be broken"
        text = text.replace(old, new, 1)
    return text.encode()


def change_epub(data: bytes, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """An EPUB with changes in some of its files, by their names without folders."""
    left = dict(changes)

    def change_file(name: str, part: bytes) -> bytes:
        return change(part, left.pop(Path(name).name, {}))

    changed = repack(data, lambda name, part: change_file(name, part) if is_text(name) else part)
    assert not left, f"not in the EPUB: {list(left)}"
    return changed


def is_text(name: str) -> bool:
    return name.endswith((".xhtml", ".opf", ".css"))


@pytest.fixture(scope="session")
def note(briefpress: Briefpress, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the complete small briefing that tests/cases are laid over."""
    output = tmp_path_factory.mktemp("note")
    said = briefpress("build", "--content", ROOT / "tests/cases/_base", "--output", output)
    assert said.returncode == 0, said.stdout + said.stderr
    return output / "note"
