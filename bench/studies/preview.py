"""Looking again after an edit, in a process that is warm, against building anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from bench.row import Row, of_rounds, told, wall
from bench.setting import Setting, script
from bench.turns import take_turns


def measure(setting: Setting) -> Iterator[Row]:
    """The web page and the PDF of S and M."""
    for size in ("S",) if setting.is_short else ("S", "M"):
        yield from _of_size(setting, size)


def _of_size(setting: Setting, size: str) -> Iterator[Row]:
    content = shutil.copytree(setting.content(size), setting.folder / f"edited-{size}")
    parties = {
        "cold": setting.cold(setting.content(size)),
        "edits": lambda: setting.clock.run(script("preview", str(content), "3")),
    }
    rounds = take_turns(parties, setting.effort(4, short=2))
    for name, made in (("web", "web page"), ("pdf", "PDF")):
        what = f"{size}, {made} after an edit, warm", "cold build of three formats"
        names, amounts = ("edits", "cold"), (told(name), wall)
        yield of_rounds(what, rounds, names, amounts, key=f"preview {name}")
