"""A cold build of a small briefing against a bare WeasyPrint script, in one run.

The bare script sets the same page (the same markup, stylesheet and fonts) and makes the untagged
PDF alone. Briefpress reads, checks, makes PDF (tagged), EPUB and web page, and proves all three.
Both are started anew each time and take turns, so that what else the machine does falls on both.

    python bench/cold.py [RUNS]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefpress import pages, press
from briefpress.formats import Edition
from briefpress.pages import Pages, Target
from briefpress.tasks import find_tasks, read_edition

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "content"


def read(content: Path) -> Edition:
    """The only briefing of a content folder, checked."""
    (task,) = find_tasks(content, Path("output"))
    briefing, labels = read_edition(task)
    folder = (content / task.briefing).resolve()
    return Edition(briefing, labels, folder, task.templates, epoch=0, paper=task.look.paper)


def prepare(folder: Path) -> list[str]:
    """Write what the bare script needs; return the command that runs it."""
    edition = read(CONTENT)
    target = Target(folder="print", anchor=lambda id_: f"#{id_}", picture=str)
    markup = Pages(edition.templates, edition.briefing, edition.labels, target).render(
        "print/document.html.j2", issued="2026-01-15T00:00:00Z", running_head=""
    )
    names = ("fonts", "tokens", "text", edition.paper, "print")
    css = pages.stylesheet(edition.templates, *names)
    fonts = edition.templates.file("fonts/README.md").parent.as_uri()
    (folder / "page.html").write_text(markup, "utf-8")
    (folder / "page.css").write_text(css.replace("../fonts", fonts), "utf-8")
    files = [edition.folder / "en.yaml", *(folder / f"page.{e}" for e in ("html", "css"))]
    return [sys.executable, str(HERE / "bare.py"), *map(str, files), str(folder / "bare.pdf")]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def proof_seconds(folder: Path) -> float:
    """How much of a build is the proof, measured in this process, which is warm."""
    task = find_tasks(CONTENT, folder)[0]
    return sum(each.proof_seconds for each in press.build_one(task).proved)


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = prepare(folder)
        program = str(Path(sys.executable).with_name("briefpress"))
        whole = [program, "build", "--content", str(CONTENT), "--output", str(folder / "output")]
        times = [(seconds(bare), seconds(whole)) for _ in range(runs + 1)][1:]
        proof = proof_seconds(folder / "output")
    alone, built = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(b / a for a, b in times)
    print(f"bare WeasyPrint script, untagged PDF alone    {alone:6.2f} s   1.00")
    print(f"briefpress build, three formats, proved       {built:6.2f} s   {ratio:.2f}")
    print(f"of which the proof                            {proof:6.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
