"""The home page."""

from __future__ import annotations

from itertools import groupby

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
    held = Designation.objects.held().oldest_first().with_city()
    designations = held.with_decisions().with_citations()
    ladder = [
        {"year": title_year, "titles": list(titles)}
        for title_year, titles in groupby(designations, key=lambda designation: designation.year)
    ]
    current = held.held_in(year).with_history().with_citations()
    events = Event.objects.for_cards().newest_first().filter(status=Event.Status.HELD)[:LATEST_EVENTS]
    context = {
        "current": titles_shown(current, request.today, designations),
        "next": [rung for rung in ladder if rung["year"] == year + 1],
        "ladder": ladder,
        "map": draw(designations, year),
        "events": events,
        "year": year,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/home.html", context)
