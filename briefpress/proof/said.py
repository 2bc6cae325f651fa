"""How faults call the words and marks that they are about."""

from __future__ import annotations

import re
from itertools import takewhile

from briefpress.proof.expected import ExpectedMark
from briefpress.proof.reading import CALL, Mark, collapsed

_SHOWN = 60
_BEFORE = 20

# The number of a passage, before what stands at a place in it.
_PASSAGE = re.compile(r"^\d+: ", re.MULTILINE)


def described(mark: ExpectedMark | Mark) -> str:
    """A mark with its words, and what it says of them."""
    words = mark.words if isinstance(mark.words, str) else " ".join(mark.words)
    place, leads = _PASSAGE.subn("", mark.value.split("\n")[0])
    value = f"to {shown(place)}" if leads else place
    said = f" {shown(collapsed(words))}" if words else ""
    return f"the {mark.kind}{said}" + (f" ({value})" if value else "")


def shown(text: str, start: int = 0) -> str:
    """A text in quotation marks, from a character on, as much of it as is easily read."""
    before, after = "…" * (start > 0), "…" * (len(text) > start + _SHOWN)
    return repr(f"{before}{text[start : start + _SHOWN]}{after}".replace(CALL, ""))


def contrasted(wanted: str, found: str) -> tuple[str, str]:
    """Two texts in quotation marks, each from shortly before where they begin to differ."""
    pairs = zip(wanted, found, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = max(same - _BEFORE, 0) if max(len(wanted), len(found)) > _SHOWN else 0
    return shown(wanted, start), shown(found, start)
