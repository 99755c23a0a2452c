"""Countries: the list of them, and each with its capitals, events and centres."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from capitals.atlas.map import draw
from capitals.derived.standing import TitlesToday, titles_today
from capitals.models import Country, Designation, Event
from capitals.pages.citations import Citations
from capitals.pages.request import RecordRequest

EVENTS_OF_A_COUNTRY = 10
"""As few as let a reader see the country's centres without a long way down."""
MOST = 30
"""How many capitals, centres at home and centres abroad its page tells; their lists have all."""


def country_list(request: RecordRequest) -> HttpResponse:
    """Countries by what they are to the CIS, with the years of their titles and numbers of centres."""
    titles: defaultdict[str, list[Designation]] = defaultdict(list)
    for designation in Designation.objects.oldest_first().told_in_years():
        titles[designation.city.country_id].append(designation)
    rows: defaultdict[str, list[tuple[Country, TitlesToday]]] = defaultdict(list)
    for country in Country.objects.with_counts().with_citations().by_name():
        rows[country.standing].append((country, titles_today(titles[country.pk], request.today)))
    context = {
        "rows": dict(rows),
        "members": [country for country, _ in rows[Country.Standing.MEMBER]],
        "year": request.today.year,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/country_list.html", context)


def country_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A country: its capitals, events, centres at home and abroad."""
    country = get_object_or_404(Country.objects.with_citations(), pk=slug)
    year = request.today.year
    capitals = Designation.objects.in_country(country.code)
    told = capitals.oldest_first().with_city().with_decisions().with_citations()
    number = capitals.count()
    designations = list(told if number <= MOST else told.nearest(year, MOST))
    events = Event.objects.for_cards().newest_first().in_country(country.code).counted()[:EVENTS_OF_A_COUNTRY]
    cities = {designation.city_id for designation in designations}
    hosted, abroad = country.centres_hosted.all(), country.centres_abroad.all()
    context = {
        "country": country,
        "year": year,
        "designations": designations,
        "number": number,
        "titles": titles_today(designations, request.today) if number <= MOST else None,
        "map": draw(designations, year, cities) if cities else None,
        "searched_to": None if designations else Designation.objects.searched_to(),
        "events": list(events),
        "all_events": reverse("events", query={"country": country.code}),
        "hosted": list(hosted.for_cards().by_country()[: MOST + 1]),
        "abroad": list(abroad.for_cards().by_country()[: MOST + 1]),
        "most": MOST,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/country_detail.html", context)
