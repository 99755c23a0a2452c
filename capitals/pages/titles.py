"""A title as a page tells it: its history and answers, its place in its country, the capitals beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from capitals.derived.answers import Standing, standing
from capitals.derived.history import Title, title_history
from capitals.models import Designation


@dataclass(frozen=True)
class TitleShown:
    """A title with its history, and how it stands among the titles of its country."""

    title: Title
    standing: Standing | None


def titles_shown(
    designations: Iterable[Designation], today: datetime.date, held: Iterable[Designation]
) -> list[TitleShown]:
    """The titles from `with_history()` or more; `held` holds those of their countries, the older first."""
    of_country: dict[str, list[Designation]] = {}
    for other in held:
        of_country.setdefault(other.city.country_id, []).append(other)
    return [
        TitleShown(
            title_history(designation, today),
            standing(designation, of_country.get(designation.city.country_id, [])),
        )
        for designation in designations
    ]


@dataclass(frozen=True)
class YearBeside:
    """The nearest year with a title before or after another, and who held it."""

    year: int
    titles: list[Designation]


def years_beside(year: int) -> tuple[YearBeside | None, YearBeside | None]:
    """The years with a title on both sides of `year`; one query."""
    before: list[Designation] = []
    after: list[Designation] = []
    for designation in Designation.objects.held().beside(year).oldest_first().select_related("city"):
        (before if designation.year < year else after).append(designation)
    return _year_of(before), _year_of(after)


def _year_of(titles: list[Designation]) -> YearBeside | None:
    return YearBeside(titles[0].year, titles) if titles else None
