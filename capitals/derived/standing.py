"""How the titles of a city or a country stand on a day: derived, never stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from capitals.models import Designation


@dataclass(frozen=True)
class TitlesToday:
    """The designations of a city or a country, each list in the order in which they came.

    A title that was replaced counts as a designation and never as one held: no page lists it
    with those, and every page that lists those names it apart.
    """

    until_now: list[Designation]
    """Held until today, this year's too."""
    to_come: list[Designation]
    replaced: list[Designation]
    """Named, but the year went to another."""

    @property
    def held(self) -> list[Designation]:
        """Held, or to be held."""
        return [*self.until_now, *self.to_come]


def titles_today(designations: Iterable[Designation], today: datetime.date) -> TitlesToday:
    """The designations told apart by that rule."""
    titles = TitlesToday([], [], [])
    for designation in designations:
        if designation.replaced_by_id:
            titles.replaced.append(designation)
        elif designation.year > today.year:
            titles.to_come.append(designation)
        else:
            titles.until_now.append(designation)
    return titles


@dataclass(frozen=True)
class Turn:
    """Which capital of its country a title is: “the third, after Gabala 2013 and Ganja 2017”."""

    number: int
    before: list[Designation]
    """The titles of the country's earlier years, the older first."""


def turn_of(designation: Designation, held: Iterable[Designation]) -> Turn | None:
    """The title's turn among those `held` in its country; they come the older first, with their cities.

    None for a title that went to another city, and where two of the country share a year:
    neither then comes before the other.
    """
    country = designation.city.country_id
    of_country = [other for other in held if other.city.country_id == country and not other.replaced_by_id]
    of_the_year = [other for other in of_country if other.year == designation.year]
    if designation.replaced_by_id or len(of_the_year) != 1:
        return None
    before = [other for other in of_country if other.year < designation.year]
    return Turn(len(before) + 1, before)


@dataclass(frozen=True)
class YearBeside:
    """The nearest year with a title before or after another, and who held it."""

    year: int
    titles: list[Designation]


def years_beside(year: int, held: Iterable[Designation]) -> tuple[YearBeside | None, YearBeside | None]:
    """The years with a title on both sides of `year`; `held` holds those of both at least."""
    of_year: dict[int, list[Designation]] = {}
    for designation in held:
        if not designation.replaced_by_id:
            of_year.setdefault(designation.year, []).append(designation)
    before = max((other for other in of_year if other < year), default=None)
    after = min((other for other in of_year if other > year), default=None)
    return (
        YearBeside(before, of_year[before]) if before else None,
        YearBeside(after, of_year[after]) if after else None,
    )
