"""What tags, archival metadata and attachments cost: PDFs with and without them.

In seconds of the processor, which hardly change where much else runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.row import Row, of_rounds, told
from bench.setting import Setting, script
from bench.turns import Party, take_turns

KINDS = ("tagged", "untagged")


def measure(setting: Setting) -> Iterator[Row]:
    """S and M: the PDF alone, and a process that reads, checks and makes it."""
    for size in ("S",) if setting.is_short else ("S", "M"):
        parties = {kind: _party(setting, size, kind) for kind in KINDS}
        rounds = take_turns(parties, setting.effort(7, short=3))
        for part, name in (("pdf", "PDF"), ("build", "read, checked, PDF")):
            what = f"{size}, {name}, tagged, processor’s time", "untagged"
            yield of_rounds(what, rounds, KINDS, (told(part), told(part)), f"tags {size}")


def _party(setting: Setting, size: str, kind: str) -> Party:
    command = script("one_pdf", str(setting.content(size)), kind)
    return lambda: setting.clock.run(command)
