"""Feeds and calendars: the events of a list or a record for programs that ask again and again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from capitals.data.atom import ENTRIES, event_entries, write_feed
from capitals.data.calendar import write_calendar
from capitals.data.editions import change_entries
from capitals.data.telling import Selection
from capitals.models import City, Country, Designation, Event, EventSeries
from capitals.models.events import EventQuerySet
from capitals.pages.cities import city_spelt
from capitals.pages.filters import EventFilterSet, EventSelectionFilterSet
from capitals.pages.lists import led_on
from capitals.pages.parameters import canonical_path
from capitals.pages.programs import open_to_all, refused, unknown_filters
from capitals.pages.request import RecordRequest
from capitals.pages.years import no_capital_in
from capitals.words.languages import page_language

ATOM = "application/atom+xml; charset=utf-8"
ICALENDAR = "text/calendar; charset=utf-8"
PAGE_OF_CHANGES = "data"
"""The page that tells readers of the changes, by its name in `capitals/urls.py`."""


@dataclass(frozen=True)
class Chosen:
    """The events that an address has, and how it tells of them."""

    events: EventQuerySet
    selection: Selection


@open_to_all
def event_list_feed(request: RecordRequest) -> HttpResponse:
    """The events that the filters leave, those that changed last first."""
    return as_feed(request, of_the_filters(request))


@open_to_all
def event_list_calendar(request: RecordRequest) -> HttpResponse:
    """The events that the filters leave, all that have a day."""
    return as_calendar(request, of_the_filters(request))


@open_to_all
def city_feed(request: RecordRequest, slug: str) -> HttpResponse:
    """The events of a city, as its page lists them."""
    return as_feed(request, of_a_city(request, slug, "city-feed"))


@open_to_all
def city_calendar(request: RecordRequest, slug: str) -> HttpResponse:
    """The events of a city that have a day."""
    return as_calendar(request, of_a_city(request, slug, "city-calendar"))


@open_to_all
def country_feed(request: RecordRequest, slug: str) -> HttpResponse:
    """The events of a country, as its page lists them."""
    return as_feed(request, of_a_country(request, slug))


@open_to_all
def country_calendar(request: RecordRequest, slug: str) -> HttpResponse:
    """The events of a country that have a day."""
    return as_calendar(request, of_a_country(request, slug))


@open_to_all
def year_calendar(request: RecordRequest, year: int) -> HttpResponse:
    """The events of the titles of a year, whenever they were held."""
    years = Designation.objects.years()
    if year not in years:
        raise Http404(no_capital_in(year, years))
    title = _("Events: the capitals of %(year)s") % {"year": year}
    page = reverse("year", args=[year])
    events = Event.objects.of_title_year(year)
    return as_calendar(request, Chosen(events, Selection(title, page, request.path)))


@open_to_all
def series_calendar(request: RecordRequest, slug: str) -> HttpResponse:
    """The editions of a recurring event that have a day."""
    series = get_object_or_404(EventSeries, pk=slug)
    return as_calendar(request, of_a_record(request, series, Event.objects.filter(series=slug)))


@open_to_all
def event_calendar(request: RecordRequest, slug: str) -> HttpResponse:
    """One event, where it has a day."""
    event = get_object_or_404(Event, pk=slug)
    title = event.called(page_language()).words
    selection = Selection(title, event.get_absolute_url(), request.path)
    return as_calendar(request, Chosen(Event.objects.filter(pk=slug), selection))


@open_to_all
def change_feed(request: RecordRequest) -> HttpResponse:
    """What became of the record."""
    page = reverse(PAGE_OF_CHANGES)
    selection = Selection(_("Changes to the record"), page, request.path)
    entries = change_entries(page, page_language())
    feed = write_feed(selection, entries, page_language(), edition_of(request))
    return for_programs(request, feed, ATOM)


def of_the_filters(request: RecordRequest) -> Chosen | HttpResponse:
    """What the filters of the list of events leave; else the way to their own address, or what is wrong."""
    # An order may stand there, taken from the list's page: feeds and calendars have their own.
    refusal = unknown_filters(request, EventFilterSet.known())
    if refusal is not None:
        return refusal
    filterset = EventSelectionFilterSet(request.GET, Event.objects.all())
    elsewhere = led_on(request, filterset)
    if elsewhere is not None:
        return elsewhere
    if not filterset.is_valid():
        return refused(filterset.errors)
    parameters = filterset.parameters()
    values = ", ".join(chip.value for chip in filterset.chips())
    title = told_of(values) if values else _("Events")
    page, address = (canonical_path(path, parameters.dict()) for path in (reverse("events"), request.path))
    events: Any = filterset.qs
    return Chosen(events, Selection(title, page, address))


def of_a_city(request: RecordRequest, slug: str, address: str) -> Chosen | HttpResponse:
    """What a city has; from any other spelling of it the way to the `address` of that name with its key."""
    city = City.objects.filter(pk=slug).first()
    if city is None:
        return redirect(reverse(address, args=[city_spelt(slug).pk]), permanent=True)
    return of_a_record(request, city, Event.objects.in_city(slug))


def of_a_country(request: RecordRequest, slug: str) -> Chosen:
    """What a country has."""
    country = get_object_or_404(Country, pk=slug)
    return of_a_record(request, country, Event.objects.in_country(country.code))


def of_a_record(
    request: RecordRequest, record: City | Country | EventSeries, events: EventQuerySet
) -> Chosen:
    """The events of a record, told by its name and its page."""
    title = told_of(record.called(page_language()).words)
    return Chosen(events, Selection(title, record.get_absolute_url(), request.path))


def told_of(which: str) -> str:
    """“Events: Ganja”."""
    return _("Events: %(which)s") % {"which": which}


def as_feed(request: RecordRequest, chosen: Chosen | HttpResponse) -> HttpResponse:
    """A page's worth of the events, those that changed last first, then the newest."""
    if isinstance(chosen, HttpResponse):
        return chosen
    language, day = page_language(), edition_of(request)
    events = chosen.events.newest_first().with_last_change("events", day).last_changed_first()
    entries = event_entries(events.with_place().with_citations()[:ENTRIES], language)
    return for_programs(request, write_feed(chosen.selection, entries, language, day), ATOM)


def as_calendar(request: RecordRequest, chosen: Chosen | HttpResponse) -> HttpResponse:
    """All the events that have a day, the oldest first."""
    if isinstance(chosen, HttpResponse):
        return chosen
    dated = chosen.events.known_to_the_day("start", "end").oldest_first()
    events = dated.with_last_change("events", edition_of(request)).with_place().with_citations()
    return for_programs(request, write_calendar(chosen.selection, events, page_language()), ICALENDAR)


def edition_of(request: RecordRequest) -> datetime.date:
    """The day of the newest edition, else of the load: of the last change of what no edition lists."""
    return request.record.stands_since.earliest


def for_programs(request: RecordRequest, body: bytes, content_type: str) -> HttpResponse:
    """What other sites' pages may fetch too, under the name that its address has."""
    name = request.path.rpartition("/")[2]
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)
