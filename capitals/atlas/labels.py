"""Words on the map: the room that they take, and where they may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from capitals.atlas.paper import Box, Occupied

Anchor = Literal["start", "middle", "end"]

FRAME_MARGIN = 6.0
"""Map units that are kept free along every frame."""
LABEL_GAP = 4.0
"""Map units between a dot and its label."""

CHARACTER_WIDTHS = {"narrow": (0.4, "ijlftrI.,:;'’()-| "), "wide": (0.98, "mwMWЖШЩЮФжшщюфмыЫ")}
ORDINARY_WIDTH = 0.7
"""Advance widths in em: above those of semibold Golos Text, for a reader's own font may be wider."""


def text_width(text: str, size: float) -> float:
    """The width to keep free for `text`, in units of its font `size`."""
    ems = 0.0
    for character in text:
        fitting = (width for width, characters in CHARACTER_WIDTHS.values() if character in characters)
        ems += next(fitting, ORDINARY_WIDTH)
    return ems * size


ASCENT, DESCENT = 0.8, 0.25
"""How far letters reach above and below their line, in em."""


@dataclass(frozen=True)
class Label:
    """A line of text: where its baseline begins, ends or has its middle, and the room that it takes."""

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box


def label_at(text: str, x: float, y: float, anchor: Anchor, size: float, share: float = 1.0) -> Label:
    """A label with its baseline at that point, for which `share` of the usual width is kept free."""
    width = text_width(text, size) * share
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    box = Box(left, y - ASCENT * size, left + width, y + DESCENT * size)
    return Label(text, round(x, 1), round(y, 1), anchor, box)


def labels_around(text: str, x: float, y: float, reach: float, size: float) -> Iterator[Label]:
    """Where a label may stand around a dot that reaches so far, the best place first."""
    level = y + 0.35 * size
    over, under = y - reach - DESCENT * size, y + reach + ASCENT * size
    yield label_at(text, x + reach, level, "start", size)
    yield label_at(text, x - reach, level, "end", size)
    yield label_at(text, x, over, "middle", size)
    yield label_at(text, x, under, "middle", size)
    aside = 0.6 * reach
    for height in (over + 0.4 * reach, under - 0.4 * reach):
        yield label_at(text, x + aside, height, "start", size)
        yield label_at(text, x - aside, height, "end", size)


def first_with_room(labels: Iterable[Label], paper: Box, occupied: Occupied) -> Label | None:
    """The first of the labels that lies on the paper and meets nothing; none where none does."""
    return next(
        (label for label in labels if paper.contains(label.box) and occupied.is_free(label.box)), None
    )
