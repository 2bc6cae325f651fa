"""What a stranger's content is answered, a folder of `hostile/` an attack.

Whoever builds a pull request does it beside secrets. So content can't read outside its folder,
reach the network, run code or take the machine down: it is refused at its place, or it is shown
unharmed, where the case's name begins with "harmless". A case is laid over `cases/_base/`, as
`casebook.py` has it, and `expected.txt` is what `briefpress check` prints. To write it anew, run
`BLESS=1 pytest tests/test_hostile.py`, and read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from briefpress.cli import main
from tests.casebook import EXPECTED, check_content, lay_over_base

HOSTILE = Path(__file__).parent / "hostile"
CASES = sorted(path.name for path in HOSTILE.iterdir() if path.is_dir())
HARMLESS = [name for name in CASES if name.startswith("harmless")]

SECRET = "the-key-of-the-house"
# What can be held for an end of the program; each case takes a second or two.
MOST_SECONDS = 120


@pytest.fixture(autouse=True)
def _beside_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, to put the content into, and beside it what nobody may see."""
    monkeypatch.chdir(tmp_path)
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    for name in ("en.yaml", "facts.yaml", "series.yaml"):
        (secrets / name).write_text(f"{SECRET}: {SECRET}\n", "utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><text>{}</text></svg>'
    (secrets / "lake.svg").write_text(drawing.format(SECRET), "utf-8")


@pytest.fixture(autouse=True)
def _that_ends() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"no answer after {MOST_SECONDS} seconds")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(MOST_SECONDS)
    yield
    signal.alarm(0)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_an_attack_is_answered_as_expected(name: str) -> None:
    lay_over_base(HOSTILE / name, Path("content"))

    result = check_content()

    if os.environ.get("BLESS"):
        (HOSTILE / name / EXPECTED).write_text(result.output, "utf-8")
    harmless = name in HARMLESS
    assert harmless or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == (0 if harmless else 1), result.output
    assert result.output == (HOSTILE / name / EXPECTED).read_text("utf-8")
    assert SECRET not in result.output
    assert "root:" not in result.output
    assert result.output.replace("\n", "").isprintable()


def test_html_and_templates_in_a_text_are_published_as_text() -> None:
    lay_over_base(HOSTILE / "harmless-html-in-a-text", Path("content"))

    result = CliRunner().invoke(main, ["build", "--format", "html", "--format", "epub"])

    assert result.exit_code == 0, result.output
    page = Path("output/note/note.en.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    with ZipFile("output/note/note.en.epub") as epub:
        chapters = b"".join(epub.read(name) for name in epub.namelist())
    assert b"&lt;script&gt;" in chapters
    assert b"<script" not in chapters


@pytest.mark.parametrize("name", [name for name in CASES if name not in HARMLESS])
def test_an_attack_leaves_programs_what_they_can_read(name: str) -> None:
    lay_over_base(HOSTILE / name, Path("content"))

    annotations = check_content("--format-errors", "github").output.splitlines()
    faults = json.loads(check_content("--format-errors", "json").output)

    assert all(line.startswith("::error file=") for line in annotations)
    assert len(annotations) == len(faults) > 0
    assert SECRET not in json.dumps(faults)
