"""What tags, archival metadata and attachments cost: PDFs with and without them, in one run.

Each is made by a process of its own, and the two take turns. "Build" is a process from its start:
read, check, lay out, write; "PDF" is what making the PDF takes of it. Both are seconds of the
processor, which are those of the clock where nothing else runs, and hardly change where much does.

    python bench/tagged.py [RUNS [SIZE...]]
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.corpus import write

LIMIT = 1.15
KINDS = ("untagged", "tagged")
PARTS = ("PDF", "build")


def measured(content: Path, kind: str) -> dict[str, float]:
    """The seconds of each part."""
    command = [sys.executable, str(Path(__file__).with_name("one_pdf.py")), str(content), kind]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(zip(PARTS, map(float, said.split()), strict=True))


def pairs(content: Path, runs: int) -> list[dict[str, dict[str, float]]]:
    """Both kinds, again and again, each first every other time. One pair more is for warmth."""
    orders = [KINDS if run % 2 else KINDS[::-1] for run in range(runs + 1)]
    return [{kind: measured(content, kind) for kind in order} for order in orders][1:]


def main(runs: int, sizes: list[str]) -> None:
    print("size  of     untagged    tagged   ratio")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = pairs(write(size, Path(folder)), runs)
        for part in PARTS:
            times = [[pair[kind][part] for kind in KINDS] for pair in found]
            without, with_tags = (statistics.median(column) for column in zip(*times, strict=True))
            ratio = statistics.median(b / a for a, b in times)
            print(f"{size:4}  {part:5} {without:7.2f} s {with_tags:7.2f} s {ratio:7.2f}")
    print(
        f"Medians of {runs} runs. Tagged builds are to cost no more than {LIMIT} of untagged ones."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9, sys.argv[2:] or ["S", "M"])
