"""Countries: the list of them, and each with its capitals, events and centres."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from capitals.models import Country, Designation, Event
from capitals.pages.citations import Citations
from capitals.pages.request import RecordRequest

EVENTS_OF_A_COUNTRY = 10
"""As few as let a reader see the country's centres without a long way down."""


def country_list(request: RecordRequest) -> HttpResponse:
    """Countries with their numbers of titles and centres."""
    context = {"countries": Country.objects.with_counts().by_name()}
    return render(request, "capitals/pages/country_list.html", context)


def country_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A country: its capitals, events, centres at home and abroad."""
    country = get_object_or_404(Country.objects.with_citations(), pk=slug)
    designations = (
        Designation.objects.in_country(country.code)
        .newest_first()
        .with_city()
        .with_decisions()
        .with_citations()
    )
    events = Event.objects.for_cards().newest_first().in_country(country.code).counted()[:EVENTS_OF_A_COUNTRY]
    context = {
        "country": country,
        "designations": designations,
        "searched_to": None if designations else Designation.objects.searched_to(),
        "events": events,
        "all_events": reverse("events", query={"country": country.code}),
        "hosted": country.centres_hosted.with_places().with_citations().by_country(),
        "abroad": country.centres_abroad.with_places().with_citations().by_country(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/country_detail.html", context)
