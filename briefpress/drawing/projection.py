"""Projections of the globe, both of which keep areas: of a part of it, and of the whole.

A few lines for each, since pyproj would bring PROJ in C with its database for two formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import TypeAlias

Place: TypeAlias = tuple[float, float]
"""Longitude and latitude, in degrees."""

Project: TypeAlias = Callable[[Place], tuple[float, float]]
"""From a place to a point, whose y grows to the south; the globe's radius is 1."""


def part_of_globe(centre: Place) -> Project:
    """Lambert's azimuthal equal-area projection about a place (Snyder 1987, 24-2 to 24-4)."""
    lon0, lat0 = map(radians, centre)
    sin0, cos0 = sin(lat0), cos(lat0)

    def project(place: Place) -> tuple[float, float]:
        lon, lat = radians(place[0]) - lon0, radians(place[1])
        sin_lat, cos_lat = sin(lat), cos(lat)
        away = 1 + sin0 * sin_lat + cos0 * cos_lat * cos(lon)
        k = sqrt(2 / max(away, 1e-9))
        return k * cos_lat * sin(lon), -k * (cos0 * sin_lat - sin0 * cos_lat * cos(lon))

    return project


def whole_globe(middle: float) -> Project:
    """The Equal Earth projection about a meridian (Šavrič, Patterson and Jenny 2018).

    Longitudes may go beyond those of the globe; what lies there repeats it.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

    def project(place: Place) -> tuple[float, float]:
        theta = asin(sqrt(3) / 2 * sin(radians(place[1])))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
        x = 2 * sqrt(3) / 3 * radians(place[0] - middle) * cos(theta) / slope
        return x, -theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))

    return project


def distance(a: Place, b: Place) -> float:
    """How far two places are apart, in degrees of a great circle."""
    lat1, lat2, lon = radians(a[1]), radians(b[1]), radians(b[0] - a[0])
    cosine = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon)
    return degrees(acos(max(-1.0, min(1.0, cosine))))


def middle_of(places: Iterable[Place]) -> Place:
    """The place in the middle of others: the mean of their directions from the globe's centre."""
    x = y = z = 0.0
    for place in places:
        lon, lat = map(radians, place)
        x, y, z = x + cos(lat) * cos(lon), y + cos(lat) * sin(lon), z + sin(lat)
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def centred(places: Sequence[Place]) -> Place:
    """The place about which others take up as much room to the left as to the right, and so on.

    It is where the middle of what they take up is, on the map about the place before; this soon
    stands still.
    """
    centre = middle_of(places)
    for _ in range(6):
        project = part_of_globe(centre)
        xs, ys = zip(*map(project, places), strict=True)
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        centre = _unprojected(centre, x, -y)
    return centre


def _unprojected(centre: Place, x: float, y: float) -> Place:
    """The place of a point of a map about a centre (Snyder 1987, 20-14, 20-15 and 24-16)."""
    rho = hypot(x, y)
    if rho < 1e-9:
        return centre
    lon0, lat0 = map(radians, centre)
    c = 2 * asin(min(rho / 2, 1.0))
    lat = asin(max(-1.0, min(1.0, cos(c) * sin(lat0) + y * sin(c) * cos(lat0) / rho)))
    lon = lon0 + atan2(x * sin(c), rho * cos(lat0) * cos(c) - y * sin(lat0) * sin(c))
    return (degrees(lon) + 540) % 360 - 180, degrees(lat)
