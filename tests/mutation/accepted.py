"""Survivors that may be, by kind and operation, each with the reason.

None of these is of a section, a date, a cell, a note or a link.
"""

from __future__ import annotations

from tests.mutation.mutant import Verdict

_WORDS_STAY = "its words stay where they were, and are read in the same order"
_NOT_IN_ALL = "not every format lists what stands before and behind the sections"
_ELSEWHERE = "where a page begins is known from the PDF alone"
_VERSION = "a newer Briefpress proves what an older one made"
_THEME = "a theme puts the series and its number anywhere on the cover"

ACCEPTED: dict[tuple[str, str], str] = {
    **{
        (kind, "unwrapped"): _WORDS_STAY
        for kind in (
            *("code", "colophon", "contents entry", "cover line", "document", "margin fact"),
            *("paragraph", "row", "source", "table"),
        )
    },
    ("contents entry", "given another type"): _WORDS_STAY,
    ("paragraph", "given another type"): _WORDS_STAY,
    **{
        ("contents entry", operation): _NOT_IN_ALL
        for operation in (
            *("emptied", "hidden", "hidden from screen readers", "moved to the next section"),
            *("removed", "taken out"),
        )
    },
    **{
        ("page break", operation): _ELSEWHERE
        for operation in ("removed", "moved", "moved to the next section", "hidden")
    },
    ("colophon", "digit changed"): _VERSION,
    ("colophon", "space taken out"): _VERSION,
    ("paragraph", "moved"): _THEME,
    ("cover line", "moved"): _THEME,
}


def is_accepted(survivor: Verdict) -> bool:
    """Whether there is a reason for a mutant to survive."""
    return (survivor.kind, survivor.operation) in ACCEPTED
