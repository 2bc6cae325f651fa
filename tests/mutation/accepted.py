"""Survivors that may be, by kind and operation, each with the reason.

None of these is of a section, a date, a cell, a note or a link.
"""

from __future__ import annotations

from tests.mutation.mutant import Verdict

_WORDS_STAY = "its words stay where they were, and are read in the same order"
_ORDER = "the same entries, each leading to the same place; menus have an order of their own"
_ELSEWHERE = "where a page begins is known from the PDF alone"
_VERSION = "a newer Briefpress proves what an older one made"
_THEME = "a theme puts the series and its number anywhere on the cover"
_OF_SERIES = "the file of the series isn't of the briefing, and there may be none"
_SAID_ELSEWHERE = "it is said of the accessibility, of sources and names, by other programs"
_PICTURES = "what a picture shows isn't compared, only that there is one with its words"
_CAPTION = "a caption may stand before or behind what it is of (ISO 32000-1, table 337)"
_COVER_PAGE = "the tags say the order; no other page begins before the first"

ACCEPTED: dict[tuple[str, str], str] = {
    **{
        (kind, "unwrapped"): _WORDS_STAY
        for kind in (
            *("code", "colophon", "contents entry", "cover line", "document", "landmark"),
            *("margin fact", "page list", "paragraph", "row", "source", "table"),
        )
    },
    ("contents entry", "given another type"): _WORDS_STAY,
    ("paragraph", "given another type"): _WORDS_STAY,
    ("landmark", "exchanged"): _ORDER,
    ("landmark", "moved"): _ORDER,
    **{
        ("page break", operation): _ELSEWHERE
        for operation in (
            *("removed", "moved", "moved to the next section", "hidden"),
            "hidden from screen readers",
        )
    },
    **{
        ("colophon", operation): _VERSION
        for operation in (
            *("digit changed", "space taken out", "removed", "emptied", "hidden"),
            *("hidden from screen readers", "styled away"),
        )
    },
    ("paragraph", "moved"): _THEME,
    ("paragraph", "exchanged"): _THEME,
    ("cover line", "moved"): _THEME,
    **{("attachment", how): _OF_SERIES for how in ("removed", "changed")},
    ("metadata", "value changed"): _SAID_ELSEWHERE,
    **{("picture", how): _PICTURES for how in ("taken out", "doubled")},
    ("caption", "exchanged"): _CAPTION,
    ("page", "exchanged"): _COVER_PAGE,
}


def is_accepted(survivor: Verdict) -> bool:
    """Whether there is a reason for a mutant to survive."""
    return (survivor.kind, survivor.operation) in ACCEPTED
