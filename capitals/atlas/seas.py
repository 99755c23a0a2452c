"""The names of the seas."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from capitals.atlas.labels import FRAME_MARGIN, Label, label_at
from capitals.atlas.paper import Box, Occupied
from capitals.atlas.projection import project


@dataclass(frozen=True)
class Sea:
    """The name of a sea, one line for each word, and the room that it takes."""

    lines: tuple[Label, ...]
    box: Box


SEA_SIZE = 15.0
SEA_SHARE = 0.8
"""The serif of the seas is narrower than the semibold of the cities."""
SEAS = (
    (gettext_lazy("Baltic Sea"), 57.3, 19.4),
    (gettext_lazy("Black Sea"), 43.3, 34.3),
    (gettext_lazy("Caspian Sea"), 44.6, 50.0),
    (gettext_lazy("Mediterranean Sea"), 35.35, 31.8),
)
"""Name, degrees north and east of its middle."""


def _sea(name: str, x: float, y: float, size: float) -> Sea:
    """The sea's name around that point."""
    words = name.split()
    height = 1.15 * size
    first = y - height * (len(words) - 1) / 2 + 0.3 * size
    lines = tuple(
        label_at(word, x, first + height * row, "middle", size, SEA_SHARE) for row, word in enumerate(words)
    )
    boxes = [line.box for line in lines]
    return Sea(
        lines,
        Box(
            min(box.left for box in boxes),
            boxes[0].top,
            max(box.right for box in boxes),
            boxes[-1].bottom,
        ),
    )


def seas_with_room(size: float, window: Box, paper: Box, occupied: Occupied) -> tuple[Sea, ...]:
    """The names of the seas in the part `window` of the map, drawn as `paper`; fills `occupied`."""
    scale = paper.width / window.width
    found = []
    for name, latitude, longitude in SEAS:
        x, y = project(latitude, longitude)
        sea = _sea(str(name), (x - window.left) * scale, (y - window.top) * scale, size)
        if paper.grown(-FRAME_MARGIN).contains(sea.box) and occupied.is_free(sea.box):
            occupied.add(sea.box)
            found.append(sea)
    return tuple(found)
