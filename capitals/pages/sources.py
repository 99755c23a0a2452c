"""Sources: the list of them, and each with what rests on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from capitals.models import Source
from capitals.models.whole import records_resting_on
from capitals.pages.filters import SourceFilterSet
from capitals.pages.lists import render_list
from capitals.pages.request import RecordRequest


def source_list(request: RecordRequest) -> HttpResponse:
    """Sources, the two founding articles first."""
    filterset = SourceFilterSet(request.GET, Source.objects.newest_first())
    return render_list(request, "capitals/pages/source_list.html", filterset)


def source_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A source and every record that rests on it."""
    source = get_object_or_404(Source, pk=slug)
    context = {"source": source, "resting": records_resting_on(source)}
    return render(request, "capitals/pages/source_detail.html", context)
