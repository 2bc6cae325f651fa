"""Build a briefing, edit it, and look at it again, all in one process; print the seconds.

Called with the content and how many edits there are. From the edit on, the content is read and
checked anew, and one file is made: the web page, or the PDF. Neither is proved, as it isn't
published.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.edition import read
from bench.edits import Writer
from briefpress import press
from briefpress.formats import Artefact, Edition, pdf, web
from briefpress.tasks import find_tasks


def seconds(content: Path, writer: Writer, publish: Callable[[Edition], Artefact]) -> float:
    writer.edit()
    start = time.perf_counter()
    publish(read(content))
    return time.perf_counter() - start


def main(content: Path, edits: int) -> None:
    gc.set_threshold(1_000_000, 50, 100)  # as the command line does
    (task,) = find_tasks(content, Path("output"))
    if faults := press.build_one(task).faults:
        sys.exit(f"it has faults: {faults}")
    writer = Writer(content / task.briefing / "en.yaml")
    makers = {"web": web.publish, "pdf": pdf.publish}
    print(
        json.dumps(
            {
                name: [seconds(content, writer, publish) for _ in range(edits)]
                for name, publish in makers.items()
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
