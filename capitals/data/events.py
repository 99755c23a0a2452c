"""The public forms of events and of the series that they are editions of."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.data.common import country, original, summarised, updated, with_changes
from capitals.data.fields import (
    Form,
    choice,
    flattened,
    key,
    number,
    page,
    partial_date,
    reference,
    several,
    twins,
    yes_or_no,
)
from capitals.data.parts import (
    BODY,
    CITY,
    COUNTRY,
    PART_IN_TITLE,
    SPEAKER,
    WITH_DISPUTES,
    disputes,
    sources,
)
from capitals.models import Event, EventSeries, EventSpeaker


def _events() -> QuerySet[Any]:
    speakers = Prefetch("speakers", EventSpeaker.objects.order_by("pk"))
    rows = Event.objects.newest_first().with_bearings().with_participants()
    return with_changes(rows.prefetch_related(speakers, WITH_DISPUTES), "events")


EVENTS = Form(
    "events",
    "Event",
    _("Something that was held, announced or planned."),
    flattened(
        key(_("City, year and subject: ganja-2017-opening.")),
        twins("title", _("What the site calls it."), required=True),
        original("title_original"),
        choice("kind", _("What kind of event it is."), Event.Kind.choices),
        choice("status", _("Whether it was held."), Event.Status.choices),
        choice("known_from", _("How it is known."), Event.KnownFrom.choices),
        partial_date("start", _("Its first day; of a plan, the planned one.")),
        partial_date("end", _("Its last day, where it is not the first.")),
        partial_date("reported_on", _("When it was reported, where its own day is not known.")),
        reference("city", _("The city where it was held."), to="cities"),
        country("country", _("The country of that city."), "city.country", required=False),
        several("other_cities", _("Other cities that shared it."), CITY),
        yes_or_no("online", _("Whether it was held online.")),
        twins("venue", _("The venue.")),
        twins("theme", _("Its theme.")),
        several(
            "titles",
            _("The titles that it is linked to, and its role in each."),
            PART_IN_TITLE,
            attrgetter("parts"),
        ),
        reference("series", _("The recurring event that it is an edition of."), to="series"),
        number("edition", _("Which edition of it.")),
        several("organisers", _("The bodies that organised it."), BODY),
        several("participating_countries", _("The countries that took part."), COUNTRY),
        twins("countries_as_stated", _("Countries in the source’s own words: “seven countries”.")),
        several("speakers", _("Those who spoke there and are named."), SPEAKER),
        summarised(),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _events,
    listed_on="events",
)


def _series() -> QuerySet[Any]:
    rows = EventSeries.objects.by_name().select_related("city").with_organisers().with_citations()
    return with_changes(rows.prefetch_related(WITH_DISPUTES), "series")


SERIES = Form(
    "series",
    "Series",
    _("A recurring event; none of them is part of the programme."),
    flattened(
        key(_("The series’ key.")),
        twins("name", _("What the site calls it."), required=True),
        original("name_original"),
        reference("city", _("The city where it is held."), to="cities"),
        partial_date("founded", _("When it was first held.")),
        twins("frequency", _("How often.")),
        several("organisers", _("The bodies that organise it."), BODY),
        summarised(),
        disputes(),
        sources(),
        page(),
        updated(),
    ),
    _series,
    listed_on="series-list",
)
