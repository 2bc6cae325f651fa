"""The order of events in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from briefpress.content.read import Node, at
from briefpress.content.scope import Scope
from briefpress.diagnostics import Code, listed


def check_kinds(kinds: list[str], node: Node, scope: Scope) -> None:
    """Keep a fault for each kind, of the list `kind` of a block, that no event is of."""
    known = {event.kind for event in scope.facts.events.values() if event.kind}
    for index, kind in enumerate(kinds):
        if kind not in known:
            scope.fault(
                Code.WRONG_VALUE,
                at(node, ["kind", index]).span,
                f"no event is of the kind {kind!r}",
                f"the kinds are: {listed(sorted(known)) or 'none yet'}",
            )


def in_order(scope: Scope, kinds: list[str] | None) -> list[str]:
    """The ids of the events of some kinds, by date; an undated one follows the one it is after.

    Those that are after nothing, or in a ring, come last.
    """
    events = scope.facts.events
    chosen = None if kinds is None else frozenset(kinds)
    return [i for i in _all_in_order(scope) if chosen is None or events[i].kind in chosen]


def _all_in_order(scope: Scope) -> list[str]:
    """Put in order once, when all dates are known."""
    if not scope.order:
        scope.order = [*_placed(scope), *in_a_ring(scope)]
    return scope.order


def in_a_ring(scope: Scope) -> list[str]:
    """The ids of the undated events that are after themselves, or after such an event."""
    placed = set(_placed(scope))
    return [id_ for id_ in scope.facts.events if id_ not in placed]


def _placed(scope: Scope) -> Iterator[str]:
    events = scope.facts.events
    dated = sorted(scope.dates, key=lambda id_: scope.dates[id_].sort_key())
    loose: list[str] = []
    followers: dict[str, list[str]] = defaultdict(list)
    for id_ in (id_ for id_ in events if id_ not in scope.dates):
        after = events[id_].after
        (followers[after] if after in events else loose).append(id_)
    return _with_followers([*dated, *loose], followers)


def _with_followers(ids: Iterable[str], followers: Mapping[str, list[str]]) -> Iterator[str]:
    """Each id, and directly behind it what follows it; without recursion, for chains are long."""
    waiting = list(reversed(list(ids)))
    while waiting:
        id_ = waiting.pop()
        yield id_
        waiting += reversed(followers.get(id_, []))
