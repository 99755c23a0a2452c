"""Cultural centres abroad: the list of them, and each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from capitals.models import CulturalCentre
from capitals.pages.citations import Citations
from capitals.pages.filters import CulturalCentreFilterSet
from capitals.pages.lists import render_list
from capitals.pages.request import RecordRequest


def centre_list(request: RecordRequest) -> HttpResponse:
    """Cultural centres abroad."""
    rows = CulturalCentre.objects.for_cards().by_country()
    filterset = CulturalCentreFilterSet(request.GET, rows)
    return render_list(request, "capitals/pages/centre_list.html", filterset)


def centre_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A cultural centre."""
    centres = CulturalCentre.objects.with_places().with_citations().with_disputes()
    context = {"centre": get_object_or_404(centres, pk=slug), "citations": Citations()}
    return render(request, "capitals/pages/centre_detail.html", context)
