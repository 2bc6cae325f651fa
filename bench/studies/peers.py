"""Other presses against the bare script. They make other things, and none proves what it made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from bench.peers import ASCIIDOCTOR, Sources
from bench.row import Row, of_rounds
from bench.setting import Setting
from bench.turns import take_turns

ROUNDS = {"S": 9, "M": 5, "L": 3}
_LONG = 60.0


def measure(setting: Setting) -> Iterator[Row]:
    """Each of them with each size, but for what takes more than a minute."""
    for size, rounds in ROUNDS.items():
        yield from _of_size(setting, size, rounds)


def _of_size(setting: Setting, size: str, rounds: int) -> Iterator[Row]:
    sources = Sources(setting.content(size), setting.folder / f"peers-{size}")
    commands = {
        "Typst": sources.typst(),
        "Pandoc + Typst": sources.pandoc_typst(),
        "Pandoc + WeasyPrint": sources.pandoc_weasyprint(),
        "Pandoc, EPUB": sources.pandoc_epub(),
        "Asciidoctor PDF": sources.asciidoctor(),
    }
    why_not = {}
    if shutil.which(ASCIIDOCTOR) is None:
        why_not["Asciidoctor PDF"] = "not installed"
    for name in commands.keys() - why_not.keys():
        if setting.clock.run(commands[name]).wall > _LONG:
            why_not[name] = "takes more than a minute"
    parties = {
        name: (lambda command=command: setting.clock.run(command))
        for name, command in commands.items()
        if name not in why_not
    }
    effort = setting.effort(rounds, short=1)
    measured = take_turns({"bare": setting.bare(size), **parties}, effort)
    for name in commands:
        what = f"{size}, {name}", "bare script"
        if name in why_not:
            yield Row(*what, (), (), why_not=why_not[name])
        else:
            yield of_rounds(what, measured, (name, "bare"))
