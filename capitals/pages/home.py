"""The home page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from capitals.atlas.map import draw
from capitals.models import Designation, Event
from capitals.pages.citations import Citations
from capitals.pages.request import RecordRequest
from capitals.pages.titles import titles_shown

LATEST_EVENTS = 5


def home(request: RecordRequest) -> HttpResponse:
    """What the programme is, this year's capital, the ladder of years, the latest events, the ways in."""
    year = request.today.year
    held = Designation.objects.held().oldest_first()
    everywhere = list(held.with_places())
    current = held.held_in(year).with_city().with_history().with_citations()
    next_ones = list(held.held_in(year + 1).with_places().with_decisions())
    events = Event.objects.for_cards().newest_first().filter(status=Event.Status.HELD)[:LATEST_EVENTS]
    context = {
        "current": titles_shown(current, request.today, everywhere),
        "next": _rungs(next_ones),
        "ladder": _rungs(everywhere),
        "map": draw(everywhere, year),
        "events": events,
        "year": year,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/home.html", context)


def _rungs(designations: Iterable[Designation]) -> list[dict[str, Any]]:
    """The years of titles, the earliest first, each with those that are held in it."""
    return [
        {"year": year, "titles": list(titles)}
        for year, titles in groupby(designations, key=lambda designation: designation.year)
    ]
