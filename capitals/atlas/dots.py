"""The cities on the map: how each stands today, and which of them are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import dist
from typing import Literal

from django.utils.translation import gettext as _

from capitals.atlas.labels import FRAME_MARGIN, LABEL_GAP, Label, first_with_room, labels_around
from capitals.atlas.paper import Box, Occupied
from capitals.atlas.projection import WINDOW, project
from capitals.models import City, Designation
from capitals.words.languages import page_language

State = Literal["now", "to-come", "past", "replaced"]


@dataclass(frozen=True)
class Dot:
    """A city: a link where it has an address; its label where there is room for one."""

    address: str
    name: str
    label: str
    """Its accessible name: city, country and years."""
    state: State
    year: int
    """The year that decides its state."""
    standing_out: bool
    loud: bool
    """Whether it is named on a narrow screen too."""
    x: float
    y: float
    placed: Label | None = None
    larger: Label | None = None
    """The label for a narrow screen."""
    target: float = 0.0
    """The radius around it that leads to the city."""

    @property
    def radius(self) -> int:
        """The radius of its circle, to the middle of the line."""
        return DOT_RADII[self.state]

    @property
    def reach(self) -> float:
        """The radius of what is seen of it."""
        return self.radius + HALF_A_LINE


DOT_RADII: dict[State, int] = {"now": 8, "to-come": 5, "past": 5, "replaced": 4}
HALF_A_LINE = 1.0
"""Map units; the style sheet draws lines of two units or less."""
LABEL_SIZE, LARGE_LABEL_SIZE = 17.0, 34.0
"""Font sizes in map units: the map is some 640 pixels wide beside a text, 330 on a telephone."""
LARGE_DOTS = 1.7
"""How many times larger a dot is drawn on a narrow screen."""
LARGEST_TARGET = 22.0
"""Twice that is 24 pixels where the map is narrowest and its dots are links still (site.css)."""
MOST_LABELS = 60
"""How many labels are tried; more would be no map."""
FEW = 3
"""How many cities a filter may leave for their labels to stand on a narrow screen."""


def _years(held: Sequence[Designation], today_year: int) -> str:
    """The years of a city's titles: "2012, 2027 (to come)"."""
    words = []
    for designation in held:
        if designation.replaced_by_id:
            words.append(_("%(year)s (replaced)") % {"year": designation.year})
        elif designation.year > today_year:
            words.append(_("%(year)s (to come)") % {"year": designation.year})
        else:
            words.append(str(designation.year))
    return ", ".join(words)


def _state(held: Sequence[Designation], today_year: int) -> tuple[State, int]:
    """How the city stands today, and the year that decides it: this one, else its newest."""
    kept = [designation.year for designation in held if not designation.replaced_by_id]
    if not kept:
        return "replaced", max(designation.year for designation in held)
    if today_year in kept:
        return "now", today_year
    newest = max(kept)
    return ("to-come" if newest > today_year else "past"), newest


def all_dots(
    designations: Iterable[Designation], today_year: int, matching: Collection[str] | None
) -> list[Dot]:
    """A dot for every city with coordinates in the window, by year, then by name."""
    titles: defaultdict[str, list[Designation]] = defaultdict(list)
    for designation in sorted(designations, key=lambda designation: designation.year):
        titles[designation.city_id].append(designation)
    few = matching is not None and len(matching) <= FEW
    dots = []
    for slug, held in titles.items():
        city = held[0].city
        place = place_of(city)
        if place is None:
            continue
        name, country = (record.called(page_language()).words for record in (city, city.country))
        years = _years(held, today_year)
        label = _("%(city)s, %(country)s: %(years)s") % {"city": name, "country": country, "years": years}
        state, year = _state(held, today_year)
        standing_out = matching is None or slug in matching
        loud = standing_out and (few or state == "now")
        dots.append(Dot(city.get_absolute_url(), name, label, state, year, standing_out, loud, *place))
    return sorted(dots, key=by_year)


def by_year(dot: Dot) -> tuple[int, str, str]:
    """The order of the links: by year, then by name."""
    return dot.year, dot.name, dot.address


def place_of(city: City) -> tuple[float, float] | None:
    """Where the city stands in the window, to a tenth of a unit; none outside or without coordinates."""
    if city.latitude is None or city.longitude is None:
        return None
    x, y = project(float(city.latitude), float(city.longitude))
    return (round(x, 1), round(y, 1)) if WINDOW.holds(x, y, FRAME_MARGIN) else None


def _urgency(dot: Dot) -> tuple[int, int]:
    """Whose label is placed first: now, to come, then the newest."""
    order: tuple[State, ...] = ("now", "to-come", "past", "replaced")
    return order.index(dot.state), -dot.year


def with_labels(dots: Sequence[Dot], window: Box, boxes: Sequence[Box]) -> tuple[Dot, ...]:
    """The dots in their order, each with the labels that find room in `window` beside `boxes`."""
    standing_out = sorted((dot for dot in dots if dot.standing_out), key=_urgency)
    loud = [dot for dot in standing_out if dot.loud]
    placed = _placed(standing_out[:MOST_LABELS], dots, window, boxes, LABEL_SIZE, 1.0)
    larger = _placed(loud[:MOST_LABELS], dots, window, boxes, LARGE_LABEL_SIZE, LARGE_DOTS)
    return tuple(
        replace(
            dot,
            placed=placed.get(dot.address),
            larger=larger.get(dot.address),
            target=_target(dot, dots, placed),
        )
        for dot in dots
    )


def _target(dot: Dot, dots: Iterable[Dot], placed: Mapping[str, Label]) -> float:
    """The radius that leads to `dot` and reaches into no other's, nor over another's label."""
    others = [other for other in dots if other.address != dot.address]
    halves = [dist((dot.x, dot.y), (other.x, other.y)) / 2 for other in others]
    labels = [placed[other.address].box.gap_to(dot.x, dot.y) for other in others if other.address in placed]
    return round(max(min([LARGEST_TARGET, *halves, *labels]), dot.reach), 1)


def _placed(
    labelled: Iterable[Dot],
    dots: Iterable[Dot],
    window: Box,
    boxes: Iterable[Box],
    size: float,
    enlargement: float,
) -> dict[str, Label]:
    """The labels of that font size, by the address of their dot, where they meet nothing."""
    occupied = Occupied(boxes)
    for dot in dots:
        occupied.add(Box.around(dot.x, dot.y, dot.reach * enlargement))
    paper = window.grown(-FRAME_MARGIN)
    found = {}
    for dot in labelled:
        reach = dot.reach * enlargement + LABEL_GAP
        label = first_with_room(labels_around(dot.name, dot.x, dot.y, reach, size), paper, occupied)
        if label:
            occupied.add(label.box)
            found[dot.address] = label
    return found
