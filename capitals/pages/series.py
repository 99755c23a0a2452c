"""Recurring events, and the editions of each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from capitals.models import EventSeries
from capitals.pages.citations import Citations
from capitals.pages.lists import RECORDS_PER_PAGE
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest


def series_list(request: RecordRequest) -> HttpResponse:
    """Recurring events."""
    series = EventSeries.objects.select_related("city").with_citations().by_name()
    context = {"citations": Citations(), **paged(request, series, RECORDS_PER_PAGE)}
    return render(request, "capitals/pages/series_list.html", context)


def series_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A recurring event and its recorded editions."""
    all_series = EventSeries.objects.select_related("city__country").with_citations().with_disputes()
    series = get_object_or_404(all_series.with_organisers(), pk=slug)
    context = {
        "series": series,
        "citations": Citations(),
        **paged(request, series.editions.for_cards().newest_first(), RECORDS_PER_PAGE),
    }
    return render(request, "capitals/pages/series_detail.html", context)
