"""The map of all capitals, with the South Caucasus enlarged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from capitals.atlas.dots import Dot, all_dots, by_year, with_labels
from capitals.atlas.labels import FRAME_MARGIN, Label, label_at
from capitals.atlas.paper import Box, Occupied
from capitals.atlas.projection import WINDOW, project
from capitals.atlas.seas import SEA_SIZE, Sea, seas_with_room
from capitals.models import Designation


@dataclass(frozen=True)
class Inset:
    """An enlarged part of the map, laid over a corner of it where no city lies."""

    window: Box
    """What it shows, in map units."""
    frame: Box
    """Where it lies, in map units."""
    dots: tuple[Dot, ...]
    """Already where they lie in the frame."""
    caption: Label


@dataclass(frozen=True)
class Map:
    """The main map, as `components/map.html` reads it."""

    window: Box
    seas: tuple[Sea, ...]
    dots: tuple[Dot, ...]
    """The linked dots of the main map, by year, then by name."""
    crowd: tuple[Dot, ...]
    """The dots of the cities that the inset has the links of."""
    inset: Inset | None

    @property
    def links(self) -> list[Dot]:
        """The dots of the map and of its inset in one order, by year, then by name."""
        inset = self.inset.dots if self.inset else ()
        return sorted([*self.dots, *inset], key=by_year)


MOST_ON_A_MAP = 60
"""How many titles choose the cities that are drawn; more dots would hide one another."""
INSET_CENTRE = (39.95, 45.85)
"""Degrees north and east."""
INSET_ENLARGEMENT = 3.6
INSET_SIZE = (312.0, 228.0)
CAPTION_SIZE = 13.0
INSET_OFFSET = 14.0
"""How far from the map's own frame it lies."""


def _inset_window() -> Box:
    """The part of the map that the inset enlarges."""
    x, y = project(*INSET_CENTRE)
    width, height = (side / INSET_ENLARGEMENT for side in INSET_SIZE)
    left, top = round(x - width / 2, 1), round(y - height / 2, 1)
    return Box(left, top, left + width, top + height)


INSET_WINDOW = _inset_window()


def _inset_frame(dots: Iterable[Dot]) -> Box:
    """The corner with the fewest cities beneath: north-east, else south-west, south-east, north-west."""
    width, height = INSET_SIZE
    left, right = INSET_OFFSET, WINDOW.right - INSET_OFFSET - width
    top, bottom = INSET_OFFSET, WINDOW.bottom - INSET_OFFSET - height
    corners = ((right, top), (left, bottom), (right, bottom), (left, top))
    frames = [Box(x, y, x + width, y + height) for x, y in corners]
    points = [(dot.x, dot.y, dot.reach) for dot in dots]
    return min(frames, key=lambda frame: sum(frame.holds(x, y, -reach) for x, y, reach in points))


def _is_enlarged(dot: Dot) -> bool:
    """Whether the inset has it."""
    return INSET_WINDOW.holds(dot.x, dot.y, FRAME_MARGIN / 2)


def _enlarged(dot: Dot, frame: Box) -> Dot:
    """The dot of the main map where it lies in the inset."""
    x = frame.left + (dot.x - INSET_WINDOW.left) * INSET_ENLARGEMENT
    y = frame.top + (dot.y - INSET_WINDOW.top) * INSET_ENLARGEMENT
    return replace(dot, x=round(x, 1), y=round(y, 1))


def draw(
    designations: Iterable[Designation], today_year: int, matching: Collection[str] | None = None
) -> Map:
    """The map of the cities of `designations`, which come with their city and its country.

    `matching` are the keys of the cities that a filter leaves: the others are drawn faint
    and without a label. Cities without coordinates or outside the window are left out.
    """
    everywhere = all_dots(designations, today_year, matching)
    crowd = [dot for dot in everywhere if _is_enlarged(dot)]
    beside = [dot for dot in everywhere if not _is_enlarged(dot)]
    inset = None
    covered: list[Box] = []
    if crowd:
        frame = _inset_frame(everywhere)
        beside = [dot for dot in beside if not frame.holds(dot.x, dot.y, -dot.reach)]
        caption = label_at(_("South Caucasus"), frame.right - 10, frame.bottom - 10, "end", CAPTION_SIZE)
        enlarged = [_enlarged(dot, frame) for dot in crowd]
        inset = Inset(INSET_WINDOW, frame, with_labels(enlarged, frame, [caption.box]), caption)
        covered = [frame.grown(FRAME_MARGIN), INSET_WINDOW.grown(2)]
    dot_boxes = [Box.around(dot.x, dot.y, dot.reach) for dot in beside]
    seas = seas_with_room(SEA_SIZE, WINDOW, WINDOW, Occupied([*covered, *dot_boxes]))
    labelled = with_labels(beside, WINDOW, [*covered, *(sea.box for sea in seas)])
    return Map(WINDOW, seas, labelled, tuple(crowd), inset)
