"""The order of events in time."""

from __future__ import annotations

from briefpress.content.scope import Scope


def in_order(scope: Scope, kinds: list[str] | None) -> list[str]:
    """The ids of the events of some kinds, by date; an undated one follows the one it is after."""
    events = scope.facts.events
    chosen = [id_ for id_, e in events.items() if kinds is None or e.kind in kinds]
    dated = sorted((i for i in chosen if i in scope.dates), key=lambda i: scope.dates[i].sort_key())
    undated = [id_ for id_ in chosen if id_ not in scope.dates]
    for id_ in undated:
        dated.insert(_place_after(id_, dated, scope), id_)
    return dated


def _place_after(id_: str, ordered: list[str], scope: Scope) -> int:
    """Where to put an undated event: behind what it is after and behind others after the same."""
    after = scope.facts.events[id_].after
    behind = [
        index
        for index, other in enumerate(ordered)
        if other == after or (after and scope.facts.events[other].after == after)
    ]
    if not behind and after in scope.dates:
        key = scope.dates[after].sort_key()
        behind = [
            index
            for index, other in enumerate(ordered)
            if other in scope.dates and scope.dates[other].sort_key() <= key
        ]
    return behind[-1] + 1 if behind else len(ordered)
