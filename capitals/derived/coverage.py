"""What the record holds and lacks, year by year and in numbers: for `/about/` and for `load --report`."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from capitals.derived.history import Title, title_history
from capitals.models import (
    Body,
    City,
    CityName,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    Event,
    EventDesignation,
    EventSeries,
    RecordState,
    Source,
)
from capitals.words.dates import PartialDate
from capitals.words.languages import RUSSIAN, page_language

COMMONEST = 10
"""How many outlets and agencies are named, the most cited first."""

UNCONFIRMED = (Event.Status.ANNOUNCED, Event.Status.PLANNED)


@dataclass(frozen=True)
class YearCoverage:
    """What the record holds on the titles of one year."""

    year: int
    titles: list[Title]
    events: Counter[str]
    to_come: bool
    """Then nothing but the decision can be missing."""
    under_way: bool
    """Then the year's end cannot be missing."""

    @property
    def decisions(self) -> int:
        """How many decisions, and steps towards one, stand behind the year's titles."""
        return len({step.pk for title in self.titles for step in title.designation.decisions_behind})

    @property
    def disputes(self) -> int:
        """On how many questions about the year's titles sources differ."""
        return sum(len(title.designation.disputes.all()) for title in self.titles)

    @property
    def held(self) -> int:
        """How many events are reported as held."""
        return self.events[Event.Status.HELD]

    @property
    def unconfirmed(self) -> int:
        """How many events are known from plans and announcements alone."""
        return sum(self.events[status] for status in UNCONFIRMED)

    @property
    def incomplete(self) -> list[Title]:
        """The titles of which a step is not recorded."""
        return [title for title in self.titles if title.not_recorded]


def years_covered(today: datetime.date, most: int | None = None) -> list[YearCoverage]:
    """Year by year, the earliest first, what is recorded of the titles and what is not.

    With `most`, of so many titles, those of the years nearest to today.
    """
    found = Designation.objects.oldest_first().select_related("city").with_steps()
    designations = list(found if most is None else found.around(today.year, most))
    events: dict[int, Counter[str]] = defaultdict(Counter)
    parts = EventDesignation.objects.taking_part().order_by()
    if designations:
        parts = parts.filter(designation__year__range=(designations[0].year, designations[-1].year))
    numbers = parts.values_list("designation__year", "event__status")
    for year, status, number in numbers.annotate(number=Count("event", distinct=True)):
        events[year][status] = number
    return [
        YearCoverage(
            year,
            [title_history(designation, today) for designation in titles],
            events[year],
            to_come=year > today.year,
            under_way=year == today.year,
        )
        for year, titles in groupby(designations, key=lambda designation: designation.year)
    ]


@dataclass(frozen=True)
class Amount:
    """A number of records, and out of how many where that matters."""

    name: str
    number: int
    whole: int | None = None


def amounts() -> tuple[list[Amount], list[Amount]]:
    """How many records of each kind, and how many of them lack what they should have. One query."""
    events, decisions, centres = Event.objects.all(), Decision.objects.all(), CulturalCentre.objects.all()
    held: dict[str, QuerySet[Any]] = {
        _("Titles"): Designation.objects.all(),
        _("Decisions"): decisions,
        _("Events"): events,
        _("Recurring events"): EventSeries.objects.all(),
        _("Cultural centres"): centres,
        _("Cities"): City.objects.all(),
        _("Names of cities"): CityName.objects.displayed(),
        _("Countries"): Country.objects.all(),
        _("Bodies"): Body.objects.all(),
        _("Points on which sources differ"): Dispute.objects.all(),
        _("Sources"): Source.objects.all(),
    }
    dated = decisions.filter(kind=Decision.Kind.DECIDED, date__isnull=False, names=OuterRef("pk"))
    lacking: dict[str, tuple[QuerySet[Any], QuerySet[Any]]] = {
        _("Titles without a dated decision"): (
            Designation.objects.exclude(Exists(dated)),
            Designation.objects.all(),
        ),
        _("Events without an exact date"): (events.without_a_day("start"), events),
        _("Events known only from plans and announcements"): (
            events.filter(status__in=UNCONFIRMED),
            events,
        ),
        _("Decisions without an exact date"): (decisions.without_a_day("date"), decisions),
        _("Decisions without a recorded document"): (decisions.filter(document=""), decisions),
        _("Cultural centres without an opening date"): (centres.filter(inaugurated=None), centres),
        _("Sources without a date"): (Source.objects.filter(date=None), Source.objects.all()),
    }
    asked = [*held.values(), *(query for pair in lacking.values() for query in pair)]
    numbers = iter(RecordState.objects.numbers_of(asked))
    return (
        [Amount(name, next(numbers)) for name in held],
        [Amount(name, next(numbers), next(numbers)) for name in lacking],
    )


@dataclass(frozen=True)
class SourceCoverage:
    """Where the record comes from, the commonest first; an outlet with the address of its sources."""

    newest: PartialDate | None
    kinds: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    outlets: list[tuple[str, str, int]]
    agencies: list[tuple[str, int]]


def sources_covered() -> SourceCoverage:
    """The newest source, and how many there are of each kind, language, outlet and agency."""

    def commonest(field: str, *beside: Max) -> QuerySet[Any, Any]:
        counted = (
            Source.objects.exclude(**{field: ""}).values_list(field).annotate(*beside, number=Count("*"))
        )
        return counted.order_by("-number", field)

    def named(name: str, russian: str) -> str:
        return russian if russian and page_language() == RUSSIAN else name

    return SourceCoverage(
        newest=Source.objects.aggregate(newest=Max("date"))["newest"],
        kinds=[(str(Source.Kind(kind).label), number) for kind, number in commonest("kind")],
        languages=list(commonest("language")),
        outlets=[
            (named(outlet, russian), reverse("sources", query={"outlet": outlet}), number)
            for outlet, russian, number in commonest("outlet", Max("outlet_ru"))[:COMMONEST]
        ],
        agencies=[
            (named(agency, russian), number)
            for agency, russian, number in commonest("via", Max("via_ru"))[:COMMONEST]
        ],
    )
