"""Fuzz every target in turn, and print what came of it. Exits 1 on a find.

    python -m fuzz [TARGET...] [--seconds N] [--bless]

What was found lies in `fuzz/finds/`, what coverage kept in `.fuzz/`. `--bless` adds to the kept
corpus whatever reaches something new, and writes `fuzz/RESULTS.md`.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fuzz.targets import NAMES

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
FINDS = HERE / "finds"
WORK = HERE.parent / ".fuzz"

# Seconds and megabytes that one input may take; the longest input is a small document.
_LIMITS = ("-timeout=25", "-rss_limit_mb=2048", "-max_len=32768")
# Inputs larger than this aren't added to the kept corpus, nor more of them than this for a target.
_LARGEST, _MOST = 4096, 60


@dataclass(frozen=True, slots=True)
class Result:
    """What came of fuzzing one target."""

    target: str
    seconds: int
    executions: int
    features: int
    corpus: int
    finds: tuple[Path, ...]

    def row(self) -> str:
        """A row of a Markdown table."""
        return (
            f"| {self.target} | {self.seconds:,} | {self.executions:,} | {self.features:,} "
            f"| {self.corpus:,} | {len(self.finds)} |"
        )


HEAD = (
    "| target | seconds | executions | features | inputs that reach something new | finds |\n"
    "|---|---:|---:|---:|---:|---:|"
)


def main() -> None:
    """Fuzz the targets that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(NAMES))
    parser.add_argument("--seconds", type=int, default=60, help="for each target [default: 60]")
    parser.add_argument("--bless", action="store_true", help="keep what reaches something new")
    given = parser.parse_args()
    if unknown := set(given.targets) - set(NAMES):
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    print(HEAD, flush=True)
    results = []
    for name in given.targets or NAMES:
        results.append(_fuzz(name, given.seconds))
        print(results[-1].row(), flush=True)
        if given.bless:
            _keep(name)
    if given.bless and not given.targets:
        _record(results)
    finds = [(result.target, find) for result in results for find in result.finds]
    for name, find in finds:
        print(f"see it again: {Path(sys.executable)} -m fuzz.one {name} {find}", file=sys.stderr)
    sys.exit(bool(finds))


def _fuzz(name: str, seconds: int) -> Result:
    work, finds = WORK / name, FINDS / name
    work.mkdir(parents=True, exist_ok=True)
    finds.mkdir(parents=True, exist_ok=True)
    before = set(finds.iterdir())
    folders = (str(work), str(CORPUS / name))
    options = (f"-max_total_time={seconds}", f"-artifact_prefix={finds}/", "-print_final_stats=1")
    said = _run(name, *options, *_LIMITS, *folders)
    found = tuple(p for p in sorted(set(finds.iterdir()) - before) if "slow-unit" not in p.name)
    if "stat::number_of_executed_units" not in said and not found:
        sys.exit(f"{name} can't be fuzzed:\n{said[-3000:]}")
    for path in found:
        print(said[-3000:], file=sys.stderr)
        print(f"{name}: {path}", file=sys.stderr)
    return Result(
        target=name,
        seconds=seconds,
        executions=_last(r"^#(\d+)|number_of_executed_units: +(\d+)", said),
        features=_last(r" ft: (\d+)", said),
        corpus=_last(r" corp: (\d+)", said),
        finds=found,
    )


def _run(name: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "fuzz.one", name, *arguments]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=HERE.parent, check=False
    )
    return done.stderr.decode("utf-8", "replace")


def _last(pattern: str, said: str) -> int:
    found = re.findall(pattern, said, re.MULTILINE)
    if not found:
        return 0
    last = found[-1]
    return int(last if isinstance(last, str) else next(filter(None, last)))


def _keep(name: str) -> None:
    """Add to the kept corpus, the smallest first, what reaches something that it doesn't."""
    kept = CORPUS / name
    fresh = WORK / f"{name}-fresh"
    fresh.mkdir(exist_ok=True)
    for path in fresh.iterdir():
        path.unlink()
    before = {path.read_bytes() for path in kept.iterdir()}
    said = _run(name, "-merge=1", *_LIMITS, str(fresh), str(kept), str(WORK / name))
    if "MERGE-OUTER: 0 new files" in said or "new features added" not in said:
        sys.exit(f"nothing of {name} could be kept:\n{said[-3000:]}")
    found = sorted(fresh.iterdir(), key=lambda path: (path.stat().st_size, path.name))
    for path in found[:_MOST]:
        data = path.read_bytes()
        if data not in before and len(data) <= _LARGEST:
            (kept / path.name[:12]).write_bytes(data)


_MENDED = "- `epub/cut-short.epub`: a book that is cut short was refused without a reason.\n"


def _record(results: list[Result]) -> None:
    rows = "\n".join(result.row() for result in results)
    program = f"Python {platform.python_version()}, atheris, one process"
    text = (
        "# What fuzzing did\n\n"
        f"The longest run that was kept, written by `BLESS=1 make fuzz` ({program}).\n\n{HEAD}\n"
        f"{rows}\n\nFound in earlier runs, mended, and kept in the corpus:\n\n{_MENDED}"
    )
    (HERE / "RESULTS.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
