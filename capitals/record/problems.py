"""What is wrong with fixtures, told to the person who can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
        place = f"{self.file}:{self.line}"
        subject = " ".join(part for part in (self.record, self.field and f"field “{self.field}”") if part)
        return ": ".join(part for part in (place, subject, self.what) if part) + f" {self.mend}"


class BadFixtures(Exception):
    """The fixtures cannot be loaded; `problems` says why, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=_order)
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if (more := len(self.problems) - MOST_SHOWN) > 0:
            shown.append(f"And {more} more, which are not shown.")
        super().__init__("\n".join(shown))


def _order(problem: Problem) -> tuple[bool, str, int, str]:
    return not problem.comes_first, problem.file, problem.line, problem.what
