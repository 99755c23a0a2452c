"""What is wrong with fixtures, told to the person who can mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Paint = Callable[[str, str], str]
"""How a part of a message (“place”, “record” or “what”) is shown on a terminal."""
MOST_SHOWN = 50
"""Nobody mends more of them before the next look."""


@dataclass(frozen=True)
class Problem:
    """Something wrong in a fixture, told to the person who can mend it."""

    file: str
    line: int
    record: str
    field: str
    what: str
    mend: str
    comes_first: bool = False
    """Whether others follow from it."""

    def __str__(self) -> str:
        return self.told(plain)

    def told(self, paint: Paint) -> str:
        """Where it is, of what, what is wrong and what to do: in one line, its parts painted."""
        place = paint("place", f"{self.file}:{self.line}")
        subject = " ".join(part for part in (self.record, self.field and f"field “{self.field}”") if part)
        parts = (place, subject and paint("record", subject), paint("what", self.what))
        return ": ".join(part for part in parts if part) + f" {self.mend}"


def plain(_part: str, text: str) -> str:
    """The text as it is, where nothing is painted."""
    return text


class BadFixtures(Exception):
    """The fixtures cannot be loaded; `problems` says why, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=_order)
        super().__init__(self.told(plain))

    def told(self, paint: Paint) -> str:
        """The problems by file and line, a line each; of very many the first."""
        lines = [problem.told(paint) for problem in self.problems[:MOST_SHOWN]]
        if (more := len(self.problems) - MOST_SHOWN) > 0:
            lines.append(f"And {more} more, which are not shown.")
        return "\n".join(lines)


def _order(problem: Problem) -> tuple[bool, str, int, str]:
    return not problem.comes_first, problem.file, problem.line, problem.what
