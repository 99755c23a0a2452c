"""A year: its capitals, and the events of their titles."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from capitals.derived.history import title_history
from capitals.models import Designation, Event
from capitals.pages.citations import Citations
from capitals.pages.lists import RECORDS_PER_PAGE
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest


def year_detail(request: RecordRequest, year: int) -> HttpResponse:
    """A year's capitals side by side, its events, the years beside it."""
    years = Designation.objects.years()
    if year not in years:
        raise Http404(no_capital_in(year, years))
    designations = (
        Designation.objects.held_in(year).oldest_first().with_city().with_history().with_citations()
    )
    events = Event.objects.for_cards().newest_first().of_title_year(year)
    position = years.index(year)
    context = {
        "year": year,
        "titles": [title_history(designation, request.today) for designation in designations],
        "previous": years[position - 1] if position else None,
        "next": years[position + 1] if position + 1 < len(years) else None,
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
