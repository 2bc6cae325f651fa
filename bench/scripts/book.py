"""Read a briefing, make its EPUB and prove it, given the PDF; print how long that took.

Called with the content, the PDF as it was pickled, and how often it is done again. The first time
isn't told: the process is cold then.
"""

import gc
import json
import os
import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.edition import read
from briefpress.formats import Artefact, epub
from briefpress.proof.examine import prove
from briefpress.proof.expect import expect


def make(content: Path, pdf: Artefact) -> None:
    edition = replace(read(content), pdf=pdf)
    artefact = epub.publish(edition)
    name = f"{edition.briefing.id}.{edition.briefing.language}.epub"
    if faults := prove(artefact.data, expect(edition.briefing, edition.labels), name):
        sys.exit(f"it has faults: {faults}")


def seconds(content: Path, pdf: Artefact) -> float:
    start = time.perf_counter()
    make(content, pdf)
    return time.perf_counter() - start


if __name__ == "__main__":
    gc.set_threshold(1_000_000, 50, 100)  # as the command line does
    folder, pickled, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    document = pickle.loads(pickled.read_bytes())
    _, *warm = [seconds(folder, document) for _ in range(times + 1)]
    print(json.dumps({"epub": warm}), flush=True)
    os._exit(0)  # as the command line does
