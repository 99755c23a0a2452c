"""Rectangles on the paper, and which of them are taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor, hypot


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def view_box(self) -> str:
        """As SVG wants it: left, top, width, height."""
        return " ".join(f"{round(number, 1):g}" for number in (self.left, self.top, self.width, self.height))

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether the point lies inside, at least `margin` from every side."""
        return (
            self.left + margin <= x <= self.right - margin and self.top + margin <= y <= self.bottom - margin
        )

    def contains(self, other: Box) -> bool:
        return self.holds(other.left, other.top) and self.holds(other.right, other.bottom)

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def gap_to(self, x: float, y: float) -> float:
        """How far the point lies outside; 0 for a point of the box."""
        return hypot(max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom))

    def grown(self, margin: float) -> Box:
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    @classmethod
    def around(cls, x: float, y: float, reach: float) -> Box:
        return cls(x - reach, y - reach, x + reach, y + reach)


class Occupied:
    """Boxes on the paper, kept by the cells that they touch: a question costs its neighbours alone."""

    CELL = 32.0

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def _touched(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(floor(box.left / self.CELL), ceil(box.right / self.CELL)):
            for row in range(floor(box.top / self.CELL), ceil(box.bottom / self.CELL)):
                yield column, row

    def add(self, box: Box) -> None:
        for cell in self._touched(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether none of the boxes shares room with it."""
        return not any(box.meets(other) for cell in self._touched(box) for other in self._cells.get(cell, ()))
