"""A year: its capitals, and the events of their titles."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from capitals.atlas.map import MOST_ON_A_MAP, draw
from capitals.derived.standing import years_beside
from capitals.models import Designation, Event
from capitals.pages.citations import Citations
from capitals.pages.lists import RECORDS_PER_PAGE
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest
from capitals.pages.titles import titles_shown

MOST_TITLES, MOST_NAMED = 5, 200
"""How many titles its page tells in full, and how many it names; the list of capitals has all."""


def year_detail(request: RecordRequest, year: int) -> HttpResponse:
    """A year: its capitals with their answers, its events, the years beside it.

    The history step by step, and what sources differ on, are on the cities' pages.
    """
    years = Designation.objects.years()
    if year not in years:
        raise Http404(no_capital_in(year, years))
    designations = Designation.objects.held_in(year).oldest_first()
    told = designations.with_city().with_history().with_citations()[:MOST_TITLES]
    company = list(Designation.objects.in_company_of(told).oldest_first().in_brief())
    events = Event.objects.for_cards().oldest_first().of_title_year(year)
    everywhere = list(Designation.objects.of_cities_around(year, MOST_ON_A_MAP).oldest_first().in_brief())
    matching = {designation.city_id for designation in everywhere if designation.year == year}
    before, after = years_beside(year, company)
    context = {
        "year": year,
        "years": years,
        "titles": titles_shown(told, request.today, company),
        "others": designations.in_brief()[MOST_TITLES:MOST_NAMED] if len(told) == MOST_TITLES else (),
        "map": draw(everywhere, request.today.year, matching),
        "before": before,
        "after": after,
        "citations": Citations(),
        **paged(request, events, RECORDS_PER_PAGE),
    }
    return render(request, "capitals/pages/year_detail.html", context)


def no_capital_in(year: int, years: list[int]) -> str:
    """Why there is no page for `year`, where `years` have one."""
    if not years:
        return _("No capital is recorded.")
    span = {"year": year, "first": years[0], "last": years[-1]}
    return _("No capital is recorded for %(year)s. The record runs from %(first)s to %(last)s.") % span
