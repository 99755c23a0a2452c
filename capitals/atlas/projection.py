"""Where a place on the earth lies on the map."""

from __future__ import annotations

from math import cos, log, pi, radians, sin, tan

from capitals.atlas.paper import Box

EARTH_RADIUS = 6371.0
"""Kilometres; a sphere is exact enough for a drawing a thousand units wide."""
STANDARD_PARALLELS = (40.0, 58.0)
"""Degrees north, where the scale is true."""
CENTRAL_MERIDIAN = 55.0
"""Degrees east, the meridian that stands upright."""
ORIGIN_LATITUDE = 49.0
"""Degrees north, where kilometres north and south are counted from."""


def _cotangent_of_half_colatitude(latitude: float) -> float:
    """tan(pi/4 + latitude/2), the term that every formula of the projection shares."""
    return tan(pi / 4 + radians(latitude) / 2)


def conformal_conic(
    latitude: float,
    longitude: float,
    *,
    parallels: tuple[float, float] = STANDARD_PARALLELS,
    meridian: float = CENTRAL_MERIDIAN,
    origin: float = ORIGIN_LATITUDE,
) -> tuple[float, float]:
    """The place in Lambert's conformal conic projection of a sphere of radius 1: east, north.

    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
    equations 14-1, 14-2, 14-4 and 15-1 to 15-3.
    """
    first, second = (radians(parallel) for parallel in parallels)
    cone = log(cos(first) / cos(second)) / log(
        _cotangent_of_half_colatitude(parallels[1]) / _cotangent_of_half_colatitude(parallels[0])
    )
    factor = cos(first) * _cotangent_of_half_colatitude(parallels[0]) ** cone / cone
    radius = factor / _cotangent_of_half_colatitude(latitude) ** cone
    angle = cone * radians(longitude - meridian)
    return radius * sin(angle), factor / _cotangent_of_half_colatitude(origin) ** cone - radius * cos(angle)


WEST, EAST, NORTH, SOUTH = -2500.0, 2400.0, 1700.0, -1380.0
"""The window's sides, in kilometres from where the central meridian crosses 49 degrees north."""
WIDTH = 960.0
UNITS_PER_KILOMETRE = WIDTH / (EAST - WEST)
WINDOW = Box(0, 0, WIDTH, float(round((NORTH - SOUTH) * UNITS_PER_KILOMETRE)))
"""The main map: from the Baltic to the Altai, from Saint Petersburg to beyond Mary."""


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """The place in map units, to the right and downwards, of degrees north and east (WGS 84)."""
    east, north = conformal_conic(latitude, longitude)
    return (
        (east * EARTH_RADIUS - WEST) * UNITS_PER_KILOMETRE,
        (NORTH - north * EARTH_RADIUS) * UNITS_PER_KILOMETRE,
    )
