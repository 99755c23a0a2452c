"""Capitals by year, in one table."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from capitals.atlas.map import MOST_ON_A_MAP, draw
from capitals.models import Designation
from capitals.pages.citations import Citations
from capitals.pages.filters import DesignationFilterSet
from capitals.pages.lists import render_list
from capitals.pages.request import RecordRequest

CAPITALS_PER_PAGE = 200


def designation_list(request: RecordRequest) -> HttpResponse:
    """Every designation in one table, and on a map where those that a filter leaves stand out."""
    rows = Designation.objects.newest_first().with_city().with_decisions().with_event_counts()
    filterset = DesignationFilterSet(request.GET, rows)
    context: dict[str, Any] = {"citations": Citations()}
    if filterset.is_valid():
        left = filterset.rows() if filterset.in_force() else None
        matching = None if left is None else set(left.values_list("city", flat=True))
        year = request.today.year
        drawn = Designation.objects.of_cities_around(year, MOST_ON_A_MAP, left).oldest_first().in_brief()
        context["map"] = draw(drawn, year, matching)
    template = "capitals/pages/designation_list.html"
    return render_list(request, template, filterset, CAPITALS_PER_PAGE, **context)
