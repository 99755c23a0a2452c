"""A title as a page tells it: its history and answers, its turn in its country, the years beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from capitals.derived.history import Title, title_history
from capitals.derived.standing import Turn, YearBeside, turn_of, years_beside
from capitals.models import Designation


@dataclass(frozen=True)
class TitleShown:
    """A title with its history, and how it stands among others."""

    title: Title
    turn: Turn | None
    before: YearBeside | None
    after: YearBeside | None


def titles_shown(
    designations: Iterable[Designation], today: datetime.date, company: Iterable[Designation]
) -> list[TitleShown]:
    """The titles from `with_history()` or more; their `company` from `in_company_of()`, or all there are."""
    company = list(company)
    return [
        TitleShown(
            title_history(designation, today),
            turn_of(designation, company),
            *years_beside(designation.year, company),
        )
        for designation in designations
    ]
