"""What the command line says of content with faults, a folder of `cases/` a fault.

A case holds only what differs from the small, complete briefing in `cases/_base/`: files that are
laid over it, and `<file>.diff`s of lines that are put in the place of others. `expected.txt` is
what `briefpress check` prints. To write it anew, run `BLESS=1 pytest tests/test_cases.py`, and read
the difference before it is committed.
"""

from __future__ import annotations

import os
import re
import shutil
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefpress.cli import main
from briefpress.diagnostics import Code

CASES = Path(__file__).parent / "cases"
BASE = CASES / "_base"
EXPECTED = "expected.txt"

# No YAML leads to these: they are about what was made of it, and are tested beside what finds them.
NOT_OF_CONTENT = {
    Code.LAYOUT,
    Code.NOT_A_BRIEFING,
    Code.PROOF_SECTION,
    Code.PROOF_DATE,
    Code.PROOF_NOTE,
    Code.PROOF_TEXT,
}


def cases() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir() and path != BASE)


def check_content(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--content", "content", *arguments])


def lay_over_base(case: Path, content: Path) -> None:
    shutil.copytree(BASE, content)
    for file in (path for path in case.rglob("*") if path.is_file() and path.name != EXPECTED):
        target = content / file.relative_to(case)
        if file.suffix == ".diff":
            target = target.with_suffix("")
            target.write_text(changed(target.read_text("utf-8"), file.read_text("utf-8")), "utf-8")
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(file, target)


def changed(text: str, diff: str) -> str:
    """Put the lines of each hunk that begin with + in the place of those that begin with -."""
    for hunk in diff.rstrip("\n").split("\n\n"):
        lines = [line for line in hunk.split("\n") if not line.startswith("#")]
        old = list(takewhile(lambda line: line.startswith("-"), lines))
        new = lines[len(old) :]
        assert old, f"this hunk takes no line away:\n{hunk}"
        assert all(line.startswith("+") for line in new), f"this line is neither + nor -:\n{hunk}"
        before, after = ("".join(f"{line[1:]}\n" for line in each) for each in (old, new))
        assert f"\n{text}".count(f"\n{before}") == 1, f"these lines aren't there once:\n{before}"
        text = f"\n{text}".replace(f"\n{before}", f"\n{after}", 1)[1:]
    return text


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_base_has_no_faults() -> None:
    shutil.copytree(BASE, "content")

    result = check_content()

    assert result.stderr == ""
    assert result.stdout == "1 edition checked, no faults\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("name", cases())
def test_the_faults_of_a_case_are_shown_as_expected(name: str) -> None:
    case = CASES / name
    lay_over_base(case, Path("content"))

    result = check_content()

    if os.environ.get("BLESS"):
        (case / EXPECTED).write_text(result.stderr, "utf-8")
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (case / EXPECTED).read_text("utf-8")


def test_every_code_has_a_case() -> None:
    shown = {
        code
        for name in cases()
        for code in re.findall(r"error\[([a-z-]+)\]", (CASES / name / EXPECTED).read_text("utf-8"))
    }

    assert shown == set(Code) - NOT_OF_CONTENT
