"""A year: its capitals, and the events of their titles."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from capitals.atlas.map import draw
from capitals.derived.standing import years_beside
from capitals.models import Designation, Event
from capitals.pages.citations import Citations
from capitals.pages.lists import RECORDS_PER_PAGE
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest
from capitals.pages.titles import titles_shown


def year_detail(request: RecordRequest, year: int) -> HttpResponse:
    """A year: its capitals with their answers, its events, the years beside it.

    The history step by step, and what sources differ on, are on the cities' pages.
    """
    everywhere = list(Designation.objects.oldest_first().with_places())
    years = sorted({designation.year for designation in everywhere})
    if year not in years:
        raise Http404(no_capital_in(year, years))
    designations = Designation.objects.held_in(year).oldest_first().with_city()
    events = Event.objects.for_cards().oldest_first().of_title_year(year)
    matching = {designation.city_id for designation in everywhere if designation.year == year}
    before, after = years_beside(year, everywhere)
    context = {
        "year": year,
        "years": years,
        "titles": titles_shown(designations.with_history().with_citations(), request.today, everywhere),
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
