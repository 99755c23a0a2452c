"""Events as an iCalendar (RFC 5545, 7986) that calendar programs subscribe to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import icalendar
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from capitals.data.ourselves import absolute
from capitals.data.permanent import permanent_id
from capitals.data.telling import Selection, evidence, in_one_line, places, words
from capitals.models import Event

STATUS = {
    Event.Status.HELD: "CONFIRMED",
    Event.Status.ANNOUNCED: "TENTATIVE",
    Event.Status.PLANNED: "TENTATIVE",
    Event.Status.CANCELLED: "CANCELLED",
}
A_DAY = datetime.timedelta(days=1)


def write_calendar(selection: Selection, events: Iterable[Event], language: str) -> bytes:
    """The calendar of the events, whole days all of them.

    They come with `known_to_the_day("start", "end")`, for no calendar has a place for others,
    and with `with_place()`, `with_citations()` and `with_last_change()`.
    """
    with override(language):
        calendar = icalendar.Calendar()
        calendar.add("prodid", f"-//CIS Cultural Capitals//Events//{language.upper()}")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        for name in ("name", "x-wr-calname"):
            calendar.add(name, selection.name())
        calendar.add("url", absolute(selection.page))
        calendar.add("source", absolute(selection.address), parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", A_DAY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "P1D")
        for event in events:
            calendar.add_component(_written(event, language))
        if not calendar.subcomponents:
            calendar.add_component(_utc())
        written: bytes = calendar.to_ical()
        return written


def _written(event: Event, language: str) -> icalendar.Event:
    if event.start is None:
        raise ValueError(f"{event.pk} has no day: a calendar takes what is known to the day")
    changed = datetime.datetime.combine(event.changed_on, datetime.time.min, datetime.UTC)
    entry = icalendar.Event()
    entry.add("uid", str(permanent_id(event.get_absolute_url())))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("dtstart", event.start.earliest)
    # The day after the last one: in a calendar an end is no part of what it ends.
    entry.add("dtend", (event.end or event.start).latest + A_DAY)
    entry.add("summary", in_one_line(event))
    entry.add("description", _description(event))
    if where := ", ".join(places(event)):
        entry.add("location", where)
    if event.city and event.city.latitude is not None and event.city.longitude is not None:
        entry.add("geo", (float(event.city.latitude), float(event.city.longitude)))
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("categories", [capfirst(event.get_kind_display())])
    entry.add("status", STATUS[Event.Status(event.status)])
    # Nobody is busy for a festival elsewhere.
    entry.add("transp", "TRANSPARENT")
    return entry


def _description(event: Event) -> str:
    """The summary, the status unless it was held, the sources with their addresses."""
    parts = [words(event, "summary")]
    if event.status != Event.Status.HELD:
        parts.append(f"{capfirst(event.get_status_display())}.")
    # A line for each: programs take what follows an address for a part of it.
    sources = [f"{source.name}: {source.address}" for source in evidence(event)]
    return "\n\n".join([*filter(None, parts), "\n".join([_("Sources:"), *sources])])


def _utc() -> icalendar.Timezone:
    """What an empty calendar holds: the standard wants one component, and a time zone shows nothing."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime.datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as the standard wants
    for offset in ("tzoffsetfrom", "tzoffsetto"):
        standard.add(offset, datetime.timedelta())
    zone.add_component(standard)
    return zone
