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
