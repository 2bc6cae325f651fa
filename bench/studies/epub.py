"""The EPUB, against Pandoc's of the same words.

An EPUB of ours has the page numbers of the PDF, so `build --format epub` lays the PDF out as well.
Who publishes both pays for that once, and what the EPUB adds is reading, making and proving it.
That is what the target is about: work in a process that is warm, as it is in a build of several
formats, against the whole of Pandoc's, which has next to no start. Who wants the EPUB alone pays
for all of it; so the same is told of a process that is given the PDF, from its start to its end,
and of the command.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from bench.edition import read
from bench.peers import Sources
from bench.row import Row, of_rounds, told, wall
from bench.setting import Setting, script
from bench.turns import Party, take_turns
from briefpress.formats import pdf


def measure(setting: Setting) -> Iterator[Row]:
    """M and L. Laying L out takes half a minute, and is measured elsewhere."""
    yield from _of_size(setting, "M", rounds=7)
    if not setting.is_short:
        yield from _of_size(setting, "L", rounds=4)


def _of_size(setting: Setting, size: str, rounds: int) -> Iterator[Row]:
    content = setting.content(size)
    pickled = setting.folder / f"{size}.pickle"
    pickled.write_bytes(pickle.dumps(pdf.publish(read(content))))
    sources = Sources(content, setting.folder / f"epub-{size}")
    alone = [script("book", str(content), str(pickled), times) for times in ("3", "0")]
    parties: dict[str, Party] = {
        "pandoc": lambda: setting.clock.run(sources.pandoc_epub()),
        "warm": lambda: setting.clock.run(alone[0]),
        "process": lambda: setting.clock.run(alone[1]),
    }
    if size == "M":
        parties["command"] = setting.cold(content, "--format", "epub")
    measured = take_turns(parties, setting.effort(rounds, short=2))
    against = "Pandoc, EPUB"
    what = f"{size}, EPUB read, made, proved, warm", against
    yield of_rounds(what, measured, ("warm", "pandoc"), (told("epub"), wall), key=f"epub {size}")
    yield of_rounds((f"{size}, the same, a cold process", against), measured, ("process", "pandoc"))
    if size == "M":
        what = f"{size}, `build --format epub`, with the PDF", against
        yield of_rounds(what, measured, ("command", "pandoc"))
