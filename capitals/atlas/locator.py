"""The map of one city, with its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import dist, sqrt

from django.utils.translation import gettext as _

from capitals.atlas.dots import place_of
from capitals.atlas.labels import FRAME_MARGIN, LABEL_GAP, Label, first_with_room, labels_around
from capitals.atlas.paper import Box, Occupied
from capitals.atlas.projection import WINDOW
from capitals.atlas.seas import Sea, seas_with_room
from capitals.models import City
from capitals.words.languages import page_language


@dataclass(frozen=True)
class Neighbour:
    """Another city of the record, for orientation: a dot without a name would tell nothing."""

    name: str
    x: float
    y: float
    placed: Label


@dataclass(frozen=True)
class Locator:
    """The map of one city, as `components/locator.html` reads it; its units are its own."""

    paper: Box
    window: Box
    """The part of the main map that it shows."""
    x: float
    y: float
    placed: Label
    neighbours: tuple[Neighbour, ...]
    seas: tuple[Sea, ...]
    alternative: str
    """What the picture tells, for those who do not see it."""


LOCATOR = Box(0, 0, 320, 220)
LOCATOR_SCALES = (1.0, 1.3, 1.7, 2.2, 3.2)
"""Units of the locator for a unit of the map, so that it shows a third of the map or less."""
WIDEST_SCALE = 0.7
"""Where fewer than two other cities would be seen otherwise."""
NEAREST_APART = 26.0
"""Locator units that the nearest city stands off where a scale allows it."""
LOCATOR_REACH, NEIGHBOUR_REACH = 7.0, 3.0
NEIGHBOUR_GAP = 2.5
"""Locator units between a neighbour's dot and its label."""
LOCATOR_LABEL_SIZE, NEIGHBOUR_LABEL_SIZE = 15.0, 12.0
LOCATOR_SEA_SIZE = 11.0
MOST_NEIGHBOURS = 40
"""How many other cities are tried."""


Point = tuple[float, float]


def locator(city: City, others: Iterable[City]) -> Locator | None:
    """The map of `city` with the `others` around it; none for a city outside the main map."""
    place = place_of(city)
    if place is None:
        return None
    nearest = _nearest(city, place, others)
    scale = _scale(place, nearest)
    window = _window(place, scale)
    near = [(name, _moved(there, window, scale)) for _distance, name, there in nearest]
    x, y = _moved(place, window, scale)
    paper = LOCATOR.grown(-FRAME_MARGIN)
    occupied = Occupied([Box.around(x, y, LOCATOR_REACH)])
    dots = Occupied(Box.around(*there, NEIGHBOUR_REACH) for _name, there in near)
    name = city.called(page_language()).words
    own = list(labels_around(name, x, y, LOCATOR_REACH + LABEL_GAP, LOCATOR_LABEL_SIZE))
    beside = (label for label in own if dots.is_free(label.box))
    placed = first_with_room(beside, paper, occupied) or own[0]
    occupied.add(placed.box)
    neighbours = _with_room(near, dots, paper, occupied)
    seas = seas_with_room(LOCATOR_SEA_SIZE, window, LOCATOR, occupied)
    alternative = _alternative(name, [other for other, there in near if paper.holds(*there)])
    return Locator(LOCATOR, window, x, y, placed, neighbours, seas, alternative)


def _nearest(city: City, place: Point, others: Iterable[City]) -> list[tuple[float, str, Point]]:
    """The other cities on the main map, the nearest first: distance in map units, name, place."""
    elsewhere = [
        (dist(place, there), other.called(page_language()).words, there)
        for other in others
        if other.pk != city.pk and (there := place_of(other)) is not None
    ]
    return sorted(elsewhere)[:MOST_NEIGHBOURS]


def _scale(place: Point, nearest: Sequence[tuple[float, str, Point]]) -> float:
    """The scale at which the nearest city stands off and, if it can be, two others are seen."""
    gap = nearest[0][0] if nearest else WINDOW.width
    scale = next((scale for scale in LOCATOR_SCALES if gap * scale >= NEAREST_APART), LOCATOR_SCALES[-1])
    if sum(_window(place, scale).holds(*there) for *_rest, there in nearest) >= 2:
        return scale
    apart = (LOCATOR_REACH + NEIGHBOUR_REACH) * sqrt(2)  # so that their boxes do not meet
    return next((wide for wide in (WIDEST_SCALE, *LOCATOR_SCALES) if gap * wide >= apart), scale)


def _window(place: Point, scale: float) -> Box:
    """The part of the map around the point at that scale, moved to lie within the map."""
    width, height = LOCATOR.width / scale, LOCATOR.height / scale
    left = min(max(place[0] - width / 2, WINDOW.left), WINDOW.right - width)
    top = min(max(place[1] - height / 2, WINDOW.top), WINDOW.bottom - height)
    return Box(left, top, left + width, top + height)


def _moved(place: Point, window: Box, scale: float) -> Point:
    """Where a place of the main map lies in the locator that shows its `window`."""
    return round((place[0] - window.left) * scale, 1), round((place[1] - window.top) * scale, 1)


def _with_room(
    near: Iterable[tuple[str, Point]], dots: Occupied, paper: Box, occupied: Occupied
) -> tuple[Neighbour, ...]:
    """Those of the cities `near` that have room for their dot and their label; fills `occupied`."""
    drawn: dict[Point, Neighbour] = {}
    # First the labels that leave all the other dots their places; then what still has room, for
    # a dot that found no label is not drawn.
    for kept_free in (dots, Occupied()):
        for name, there in near:
            dot = Box.around(*there, NEIGHBOUR_REACH)
            if there in drawn or not (paper.contains(dot) and occupied.is_free(dot)):
                continue
            places = labels_around(name, *there, NEIGHBOUR_REACH + NEIGHBOUR_GAP, NEIGHBOUR_LABEL_SIZE)
            clear = (label for label in places if kept_free.is_free(label.box))
            if label := first_with_room(clear, paper, occupied):
                occupied.add(dot)
                occupied.add(label.box)
                drawn[there] = Neighbour(name, *there, label)
    return tuple(drawn.values())


def _alternative(name: str, near: Sequence[str]) -> str:
    """The city and the first of those `near` it."""
    match near[:2]:
        case [first, second]:
            text = _("%(city)s on the map; the nearest cities of the record are %(first)s and %(second)s.")
            return text % {"city": name, "first": first, "second": second}
        case [only]:
            text = _("%(city)s on the map; the nearest city of the record is %(first)s.")
            return text % {"city": name, "first": only}
        case _:
            return _("%(city)s on the map.") % {"city": name}
