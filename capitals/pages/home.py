"""The home page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from capitals.atlas.map import MOST_ON_A_MAP, draw
from capitals.models import Designation, Event
from capitals.models.titles import DesignationQuerySet
from capitals.pages.citations import Citations
from capitals.pages.request import RecordRequest
from capitals.pages.titles import titles_shown

LATEST_EVENTS = 5
YEARS_BEFORE, YEARS_AFTER = 20, 5
"""How far the ladder goes from this year; the list of capitals has all."""
MOST_OF_A_YEAR = 6
"""How many titles of a year it names; the page of the year has all."""


@dataclass(frozen=True)
class Rung:
    """A year of the ladder with its titles, the first of them where they are many."""

    year: int
    titles: list[Designation]
    number: int
    """How many there are."""

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.titles)


def home(request: RecordRequest) -> HttpResponse:
    """What the programme is, this year's capital, the ladder of years, the latest events, the ways in."""
    year = request.today.year
    held = Designation.objects.held()
    first, last = held.years_spanned() or (year, year)
    current = held.held_in(year).oldest_first().with_city().with_history().with_citations()[:MOST_OF_A_YEAR]
    following = held.held_in(year + 1).oldest_first().with_places().with_decisions()[:MOST_OF_A_YEAR]
    events = Event.objects.for_cards().newest_first().filter(status=Event.Status.HELD)[:LATEST_EVENTS]
    context = {
        "current": titles_shown(
            current, request.today, held.in_company_of(current).oldest_first().in_brief()
        ),
        "next": following,
        "ladder": ladder(held, year),
        "first": first,
        "years": last - first + 1,
        "map": draw(held.of_cities_around(year, MOST_ON_A_MAP).oldest_first().in_brief(), year),
        "events": events,
        "year": year,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/home.html", context)


def ladder(held: DesignationQuerySet, year: int) -> list[Rung]:
    """The years around this one with their titles."""
    near = held.held_from(year - YEARS_BEFORE).held_until(year + YEARS_AFTER)
    named = near.oldest_first().in_brief().first_of_each_year(MOST_OF_A_YEAR)
    rungs = [(of_year, list(titles)) for of_year, titles in groupby(named, key=lambda title: title.year)]
    return [Rung(of_year, titles, titles[0].of_the_year) for of_year, titles in rungs]
