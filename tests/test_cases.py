"""What the command line says of content with faults, a folder of `cases/` a fault.

A case holds what differs from `cases/_base/`, as `casebook.py` has it. `expected.txt` is what
`briefpress check` prints. To write it anew, run `BLESS=1 pytest tests/test_cases.py`, and read the
difference before it is committed.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from briefpress.diagnostics import Code
from tests.casebook import BASE, EXPECTED, check_content, lay_over_base

CASES = BASE.parent
HOSTILE = CASES.with_name("hostile")

# No YAML leads to these: they are about what was made of it, and are tested beside what finds them.
NOT_OF_CONTENT = {
    Code.BAD_DOCUMENT,
    Code.MISSING_EXTRA,
    Code.TEMPLATE,
    Code.LAYOUT,
    Code.JOB_LIMIT,
    Code.NOT_A_BRIEFING,
    Code.PROOF_SECTION,
    Code.PROOF_DATE,
    Code.PROOF_NOTE,
    Code.PROOF_TEXT,
    Code.PROOF_CELL,
    Code.PROOF_LINK,
    Code.PROOF_LANGUAGE,
    Code.PROOF_PICTURE,
    Code.PROOF_PAGE,
    Code.PROOF_METADATA,
    Code.PROOF_ACTIVE,
    Code.ALTERED_FILE,
    Code.BAD_LIST,
    Code.LISTS_DIFFER,
    Code.UNFINISHED,
    Code.OTHER_SOURCE,
    Code.BAD_SIGNATURE,
    Code.BAD_KEY,
}


def cases() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir() and path != BASE)


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
    expected = [*CASES.glob(f"*/{EXPECTED}"), *HOSTILE.glob(f"*/{EXPECTED}")]
    shown = {
        code
        for path in expected
        for code in re.findall(r"error\[([a-z-]+)\]", path.read_text("utf-8"))
    }

    assert shown == set(Code) - NOT_OF_CONTENT
