"""Blocks that the press draws: from their entries in the YAML to what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefpress import model
from briefpress.content.context import Context, date_at, scalar_at
from briefpress.content.drawn_shapes import TimelineEntry
from briefpress.content.order import check_kinds, in_order
from briefpress.content.read import Node, at
from briefpress.dates import Date, End
from briefpress.diagnostics import Code
from briefpress.limits import TIMELINE_EVENTS


def timeline(entry: TimelineEntry, node: Node, context: Context) -> model.Blocks:
    """A timeline of the events that an entry chooses; nothing where that is faulty."""
    faults = len(context.scope.faults)
    first, last = _bounds(node, context)
    chosen = _chosen(entry, node, context)
    events = [id_ for id_ in chosen if _is_within(context.scope.dates.get(id_), first, last)]
    if len(context.scope.faults) > faults or not _is_drawable(events, node, context):
        return ()
    caption = context.line(node, "caption")
    return (
        model.Timeline(
            name=context.name_drawing("timeline"),
            alt=context.plain(node, "alt"),
            caption=caption,
            first=first,
            last=last,
            moments=tuple(_moments(events, node, context)),
            sources=context.sources_of(events),
        ),
    )


def _bounds(node: Node, context: Context) -> tuple[Date | None, Date | None]:
    """From when to when a timeline goes, as far as its entry says so."""
    first, last = (_bound(node, key, context) for key in ("from", "to"))
    if first and last and last.points[0].last_day < first.points[0].first_day:
        message = f"the timeline ends in {last.edtf}, before it begins in {first.edtf}"
        hint = "write the earlier date as `from`, and the later as `to`"
        context.scope.fault(Code.WRONG_VALUE, at(node, ["to"]).span, message, hint)
    return first, last


def _bound(node: Node, key: str, context: Context) -> Date | None:
    scalar = scalar_at(node, key)
    date = date_at(scalar, context.scope) if scalar else None
    if scalar and date and date.start != date.end:
        message = f"{scalar.text!r} is more than a date"
        hint = "write a day, a month or a year"
        context.scope.fault(Code.WRONG_VALUE, scalar.span, message, hint)
        return None
    return date


def _chosen(entry: TimelineEntry, node: Node, context: Context) -> list[str]:
    """The ids of the events that an entry names, or is of the kinds of, in order."""
    check_kinds(entry.kind or [], node, context.scope)
    if entry.events is None:
        return in_order(context.scope, entry.kind)
    spans = (at(node, ["events", index]).span for index in range(len(entry.events)))
    pairs = zip(entry.events, spans, strict=True)
    named = {id_ for id_, span in pairs if context.scope.event(id_, span)}
    return [id_ for id_ in in_order(context.scope, None) if id_ in named]


def _is_within(date: Date | None, first: Date | None, last: Date | None) -> bool:
    """Whether some of a date lies between the bounds; what isn't dated isn't known not to."""
    if date is None:
        return True
    begins, ends = date.points[0], date.points[-1]
    too_early = (
        first and not isinstance(date.end, End) and ends.last_day < first.points[0].first_day
    )
    too_late = (
        last and not isinstance(date.start, End) and begins.first_day > last.points[0].last_day
    )
    return not (too_early or too_late)


def _is_drawable(events: list[str], node: Node, context: Context) -> bool:
    """Whether a timeline can be drawn of some events; if not, that is a fault."""
    if len(events) > TIMELINE_EVENTS.most:
        message = f"the timeline has {len(events):,} events; the limit is {TIMELINE_EVENTS.most}"
        hint = "name those that matter most under `events:`, or a kind of them under `kind:`"
        context.scope.fault(Code.TOO_LARGE, node.span, message, hint)
        return False
    if not any(id_ in context.scope.dates for id_ in events):
        message = "none of the events of the timeline has a date in its time"
        hint = "name other events or kinds, or another time"
        context.scope.fault(Code.WRONG_VALUE, node.span, message, hint)
        return False
    return True


def _moments(events: list[str], node: Node, context: Context) -> Iterator[model.Moment]:
    """The events with their words, in which no footnote can stand."""
    for id_, words in context.worded(events, node):
        says = context.title(words, "says") or context.title(words)
        after = context.scope.facts.events[id_].after
        yield model.Moment(
            event=id_,
            when=context.when(id_),
            says=says,
            label=context.title(words, "short") or says,
            after=after if after in events else None,
        )


def with_chronologies(sections: tuple[model.Section, ...]) -> tuple[model.Section, ...]:
    """Sections whose timelines know the chronology that has all their events, if there is one."""
    told = list(_told(sections))
    return tuple(_filled(section, told) for section in sections)


_Told = tuple[frozenset[str], model.Link]


def _told(sections: Iterable[model.Section]) -> Iterator[_Told]:
    """For each chronology, its events, and a link to its section."""
    for section in sections:
        link = model.Link(href=f"#{section.id}", inlines=section.title)
        for block in section.blocks:
            if isinstance(block, model.Chronology):
                yield frozenset(each.event for each in block.occurrences), link
        yield from _told(section.sections)


def _filled(section: model.Section, told: list[_Told]) -> model.Section:
    blocks = tuple(
        _linked(block, told, section.id) if isinstance(block, model.Timeline) else block
        for block in section.blocks
    )
    inner = tuple(_filled(each, told) for each in section.sections)
    return section.model_copy(update={"blocks": blocks, "sections": inner})


def _linked(timeline: model.Timeline, told: list[_Told], section: str) -> model.Timeline:
    own = {moment.event for moment in timeline.moments}
    links = [link for events, link in told if own <= events]
    if not links:
        return timeline
    beside = any(link.href == f"#{section}" for link in links)
    more = {"beside": beside, "told": () if beside else (links[0],), "sources": ()}
    return timeline.model_copy(update=more)
