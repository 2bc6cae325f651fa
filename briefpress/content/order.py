"""The order of events in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from briefpress.content.scope import Scope


def in_order(scope: Scope, kinds: list[str] | None) -> list[str]:
    """The ids of the events of some kinds, by date; an undated one follows the one it is after.

    Those that nothing puts in a place, because they are after nothing or in a ring, come last.
    """
    events = scope.facts.events
    dated = sorted(scope.dates, key=lambda id_: scope.dates[id_].sort_key())
    followers: dict[str, list[str]] = defaultdict(list)
    for id_, event in events.items():
        if id_ not in scope.dates and event.after:
            followers[event.after].append(id_)
    loose = (id_ for id_ in events if id_ not in scope.dates and not events[id_].after)
    placed = dict.fromkeys(_with_followers([*dated, *loose], followers))
    return [i for i in (placed | dict.fromkeys(events)) if kinds is None or events[i].kind in kinds]


def _with_followers(ids: Iterable[str], followers: Mapping[str, list[str]]) -> Iterator[str]:
    """Each id, and directly behind it what follows it; without recursion, for chains are long."""
    waiting = list(reversed(list(ids)))
    while waiting:
        id_ = waiting.pop()
        yield id_
        waiting += reversed(followers.get(id_, []))
