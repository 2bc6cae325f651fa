"""Maps, and the places that they mark: from the YAML to what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefpress import model
from briefpress.content.context import Context, scalar_at
from briefpress.content.drawn_shapes import MapEntry
from briefpress.content.read import Mapping, Node, Scalar, at
from briefpress.diagnostics import Code
from briefpress.limits import MAP_NAMES

_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,8})?", re.ASCII)
_LATITUDE, _LONGITUDE = 90.0, 180.0
_POLE = 85.0


def locate_places(context: Context) -> None:
    """Keep where each place of facts.yaml is; a place that has no name is a fault."""
    node = at(context.facts, ["places"])
    if not isinstance(node, Mapping) or node is context.facts:
        return
    for key in node.keys.values():
        context.scope.place(key.text, key.span)
        place = at(node, [key.text])
        latitude = _degrees(scalar_at(place, "latitude"), _LATITUDE, context)
        longitude = _degrees(scalar_at(place, "longitude"), _LONGITUDE, context)
        if latitude is not None and longitude is not None:
            context.scope.located[key.text] = (latitude, longitude)


def _degrees(scalar: Scalar | None, most: float, context: Context) -> float | None:
    """The number of degrees that a text says; anything else is a fault."""
    if scalar is None:
        return None
    if _DEGREES.fullmatch(scalar.text) and abs(float(scalar.text)) <= most:
        return float(scalar.text)
    message = f"{scalar.text!r} isn't a number of degrees from -{most:.0f} to {most:.0f}"
    hint = "write 35.68 or -8.5; the south and the west are negative"
    context.scope.fault(Code.WRONG_VALUE, scalar.span, message, hint)
    return None


def map_of(entry: MapEntry, node: Node, context: Context) -> model.Blocks:
    """The map that an entry asks for; nothing where that is faulty."""
    faults = len(context.scope.faults)
    countries = tuple(_countries(entry, node, context))
    places = tuple(_places(entry, node, context))
    bounds = _bounds(entry, node, context)
    caption = context.line(node, "caption")
    named = len(entry.highlight) + len(entry.places)
    if named > MAP_NAMES.most:
        message = f"the map names {named} countries and places; the limit is {MAP_NAMES.most}"
        context.scope.fault(Code.TOO_LARGE, node.span, message, "leave some of them out")
    elif not named:
        hint = "name countries under `highlight:`, or places under `places:`"
        context.scope.fault(Code.WRONG_VALUE, node.span, "the map shows nothing", hint)
    if len(context.scope.faults) > faults:
        return ()
    return (
        model.Map(
            name=context.name_drawing("map"),
            alt=context.plain(node, "alt"),
            caption=caption,
            bounds=bounds,
            countries=countries,
            places=places,
        ),
    )


def _countries(entry: MapEntry, node: Node, context: Context) -> Iterator[model.MapCountry]:
    for index, code in enumerate(entry.highlight):
        span = at(node, ["highlight", index]).span
        if name := context.scope.country(code, span):
            mention = model.PlaceMention(place=code.lower(), inlines=name)
            yield model.MapCountry(code=code.upper(), name=(mention,))


def _places(entry: MapEntry, node: Node, context: Context) -> Iterator[model.MapPlace]:
    for index, id_ in enumerate(entry.places):
        span = at(node, ["places", index]).span
        name = context.scope.place(id_, span)
        where = context.scope.located.get(id_)
        if name and where:
            mention = model.PlaceMention(place=id_, inlines=name)
            yield model.MapPlace(place=id_, name=(mention,), latitude=where[0], longitude=where[1])
        elif name and id_ not in context.scope.facts.places:
            message = f"facts.yaml doesn't say where {id_!r} is"
            hint = f"add '{id_}: {{latitude: …, longitude: …}}' under `places:` there"
            context.scope.fault(Code.MISSING_KEY, span, message, hint)


def _bounds(
    entry: MapEntry, node: Node, context: Context
) -> tuple[float, float, float, float] | None:
    if not entry.bounds:
        return None
    most = (_LONGITUDE, _LATITUDE, _LONGITUDE, _LATITUDE)
    found = [
        _degrees(scalar_at(node, "bounds", index), limit, context)
        for index, limit in enumerate(most)
    ]
    west, south, east, north = found
    if west is None or south is None or east is None or north is None:
        return None
    if south >= north or west == east:
        message = "the bounds have nothing between them"
        hint = "write west, south, east and north, such as [40, 20, 150, 60]"
        context.scope.fault(Code.WRONG_VALUE, at(node, ["bounds"]).span, message, hint)
        return None
    return west, max(south, -_POLE), east, min(north, _POLE)
