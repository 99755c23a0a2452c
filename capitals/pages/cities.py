"""Cities: the list of them, and each with its history."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from capitals.atlas.locator import MOST_NEIGHBOURS, locator
from capitals.derived.standing import titles_today
from capitals.models import City, Designation, Event
from capitals.models.titles import all_titles
from capitals.pages.citations import Citations
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest
from capitals.pages.titles import titles_shown
from capitals.search.spellings import city_called

EVENTS_OF_A_CITY = 50
"""How many events a city's page shows before it leads to the filtered list."""
MOST_CENTRES = 30
"""How many centres in a city its page tells; the list of its country has all."""
CITIES_ON_A_PAGE = 200
MOST_AROUND = 2 * MOST_NEIGHBOURS
"""How many cities its map chooses from: as a plane has it, other ones may be nearest than on the map."""


def city_list(request: RecordRequest) -> HttpResponse:
    """The capitals by name, then those that were only named, then the other places of the record."""
    cities = City.objects.with_country().with_names().prefetch_related(all_titles()).by_standing()
    page = paged(request, cities, CITIES_ON_A_PAGE)
    rows = [(city, titles_today(city.designations.all(), request.today)) for city in page["page"]]
    capitals = [(city, titles) for city, titles in rows if titles.held]
    several = page["page"].has_other_pages()
    context = {
        "capitals": capitals,
        "number": Designation.objects.held().number_of_cities() if several else len(capitals),
        "replaced": [(city, titles) for city, titles in rows if titles.replaced and not titles.held],
        "others": [city for city, titles in rows if not titles.held and not titles.replaced],
        "year": request.today.year,
        **page,
    }
    return render(request, "capitals/pages/city_list.html", context)


def city_spelt(spelling: str) -> City:
    """The city with that recorded spelling; Http404 where there is none, or more than one."""
    called = city_called(spelling)
    if called is None:
        raise Http404(
            _(
                "No city here has that name, or more than one does."
                " Try the search, or start from one of these pages."
            )
        )
    return called


def city_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A city: names, designation history, events, centres. Any recorded spelling of it leads there."""
    cities = City.objects.with_country().with_cited_names().with_citations().with_disputes()
    city = cities.filter(pk=slug).first()
    if city is None:
        return redirect(city_spelt(slug), permanent=True)
    titles = city.designations.with_history().with_citations().select_related("city__country")
    designations = sorted(titles, key=lambda designation: designation.year)
    company = Designation.objects.held().in_company_of(designations).oldest_first().select_related("city")
    events = Event.objects.for_cards().in_city(slug).own_titles_first(slug).counted()[:EVENTS_OF_A_CITY]
    centres = list(city.centres.for_cards().by_country()[: MOST_CENTRES + 1])
    context = {
        "city": city,
        "titles": titles_shown(designations, request.today, company) if designations else [],
        "own_events": [event for event in events if event.is_of_a_title_of(slug)],
        "other_events": [event for event in events if not event.is_of_a_title_of(slug)],
        "events": events,
        "all_events": reverse("events", query={"city": slug}),
        "sister_titles": city.sister_titles.in_order().select_related("title").with_citations(),
        "centres": centres[:MOST_CENTRES],
        "number_of_centres": len(centres) if len(centres) <= MOST_CENTRES else f"{MOST_CENTRES}+",
        "locator": locator(city, City.objects.nearest_to(city, MOST_AROUND)),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/city_detail.html", context)
