"""Cold builds of three formats, proved, against the bare script's PDF; and what a page costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.row import Row, cpu, of_rounds, peak, wall
from bench.setting import Setting
from bench.turns import Party, Round, take_turns


def measure(setting: Setting) -> Iterator[Row]:
    """S often, since it is quick; M and L in turns, since their pages are held to each other."""
    yield from _sizes(setting, _rounds(setting, ["S"], rounds=15, short=5), ["S"])
    if setting.is_short:
        yield from _sizes(setting, _rounds(setting, ["M"], rounds=7, short=2), ["M"])
        return
    rounds = _rounds(setting, ["M", "L"], rounds=4, short=1)
    yield from _sizes(setting, rounds, ["M", "L"])
    yield from _of_pages(rounds, setting.pages_of_bare("M"), setting.pages_of_bare("L"))


def _rounds(setting: Setting, sizes: list[str], rounds: int, short: int) -> list[Round]:
    parties: dict[str, Party] = {}
    for size in sizes:
        parties[f"bare {size}"] = setting.bare(size)
        parties[f"built {size}"] = setting.cold(setting.content(size), "--jobs", "1")
    return take_turns(parties, setting.effort(rounds, short, seconds=270))


def _sizes(setting: Setting, rounds: Sequence[Round], sizes: list[str]) -> Iterator[Row]:
    for size in sizes:
        pages = setting.pages_of_bare(size)
        names = f"built {size}", f"bare {size}"
        for amount, of in ((wall, ""), (cpu, ", processor’s time")):
            what = f"{size}, {pages} pages, three formats proved{of}"
            yield of_rounds((what, "bare script"), rounds, names, (amount, amount), f"cold {size}")


def _of_pages(rounds: Sequence[Round], few: int, many: int) -> Iterator[Row]:
    times = [tuple(r[f"built {s}"].wall / n for r in rounds) for s, n in (("L", many), ("M", few))]
    yield Row("a page of L", "a page of M", times[0], times[1], key="pages time")
    grown = [
        tuple((peak(r[f"{who} L"]) - peak(r[f"{who} M"])) / (many - few) for r in rounds)
        for who in ("built", "bare")
    ]
    what = "memory a page, from M to L"
    yield Row(what, "bare script", grown[0], grown[1], "MiB", "pages memory")
    what = "memory at its peak, L"
    names = "built L", "bare L"
    yield of_rounds((what, "bare script"), rounds, names, (peak, peak), "pages peak")
