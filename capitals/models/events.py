"""Events."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    When,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from capitals.fields import LanguageField, PartialDateField, PermanentKeyField
from capitals.models.addresses import address_of
from capitals.models.bilingual import WithOriginal
from capitals.models.bodies import Body
from capitals.models.cited import Cited, CitedQuerySet
from capitals.models.constraints import language_rule
from capitals.models.disputes import Disputable
from capitals.models.parts import EventDesignation, EventDesignationQuerySet
from capitals.models.places import City, Country
from capitals.models.queries import UnknownLast, Years, name_order, span
from capitals.models.series import EventSeries
from capitals.models.summarised import Summarised

SHOWN_OF_A_PART = (
    *("event", "role", "stated"),
    *("designation__year", "designation__city__name", "designation__city__name_ru"),
)
SHOWN_IN_A_HISTORY = (
    *("title", "title_ru", "title_original", "original_language", "supports"),
    *("status", "start", "end", "reported_on", "city__name", "city__name_ru"),
)
SHOWN_ON_A_CARD = (
    *("title", "title_ru", "title_original", "original_language", "summary", "summary_ru", "supports"),
    *("kind", "status", "start", "end", "reported_on", "online", "edition"),
    *("city__name", "city__name_ru", "city__country__name", "city__country__name_ru"),
    *("series__name", "series__name_ru", "series__name_original", "series__original_language"),
)
"""Of an event, its city and its series; all else is fetched where a page shows it."""


class EventQuerySet(Disputable, CitedQuerySet["Event"]):
    # In which order

    def known_when(self) -> Self:
        """With `known_on`: the first day, else the day of the report."""
        return self.annotate(known_on=Coalesce("start", "reported_on"))

    def newest_first(self) -> Self:
        return self.known_when().order_by(F("known_on").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.known_when().order_by(F("known_on").asc(nulls_last=True), "pk")

    def by_city(self) -> Self:
        """By the city where they were held, those without one last; in a city the newest first."""
        city = F(name_order("city__")).asc(nulls_last=True)
        return self.known_when().order_by(city, "city", F("known_on").desc(nulls_last=True), "pk")

    def by_country(self) -> Self:
        """By the country where they were held, those without one last; in a country the newest first."""
        country = F(name_order("city__country__")).asc(nulls_last=True)
        return self.known_when().order_by(country, "city__country", F("known_on").desc(nulls_last=True), "pk")

    # When

    def known_from_to(self) -> Self:
        """With `known_start` and `known_end`: the first and the last day, else that of the report."""
        return self.annotate(
            known_start=Coalesce("start", "reported_on"), known_end=Coalesce("end", "start", "reported_on")
        )

    def years_spanned(self) -> Years | None:
        """The years of the first and the last day; None where none is dated."""
        return span(self.known_from_to(), "known_start", "known_end")

    def held_in(self, year: int) -> Self:
        """Those of which any day may lie in that calendar year (else the day of the report); plans too."""
        return self.held_from(year).held_until(year)

    def held_from(self, year: int) -> Self:
        """Those of which any day may lie in that calendar year or later."""
        return self.known_from_to().filter(known_end__gte=f"{year}")

    def held_until(self, year: int) -> Self:
        """Those of which any day may lie in that calendar year or earlier."""
        return self.known_from_to().filter(known_start__lt=f"{year + 1}")

    def of_title_year(self, year: int) -> Self:
        """Those that have a part in a title of that year, whenever they were held."""
        parts = EventDesignation.objects.taking_part().filter(designation__year=year)
        return self.filter(pk__in=parts.values("event"))

    # Where, and part of what

    def in_country(self, code: str) -> Self:
        """Held there, or part of a title that belongs there: a handover is in both."""
        return self._belonging("city__country__code", code)

    def in_city(self, city: str) -> Self:
        """Held there, or part of a title of that city."""
        return self._belonging("city", city)

    def _belonging(self, path: str, value: str) -> Self:
        """Those of which a city that they belong to has that `value` at the `path`.

        A union, which each database asks by its indexes: of three conditions it would try every event.
        """
        held = Event.objects.filter(**{path: value}).values("pk")
        parts = EventDesignation.objects.taking_part().filter(**{f"designation__{path}": value})
        shared = _shared_by_cities().filter(**{path: value})
        return self.filter(pk__in=held.union(parts.values("event"), shared.values("event")))

    def own_titles_first(self, city: str) -> Self:
        """Those with a part in a title of that city, as they followed one another; then the newest others."""
        own = self.known_when().alias(of_own_title=_has_part(designation__city=city))
        in_its_course = Case(When(of_own_title=True, then=F("known_on"))).asc(nulls_last=True)
        return own.order_by("-of_own_title", in_its_course, F("known_on").desc(nulls_last=True), "pk")

    def in_scope(self, scope: str) -> Self:
        """`programme`: part of a title; `series`: an edition of a series; `other`: neither."""
        if scope == "programme":
            return self.filter(_has_part())
        if scope == "series":
            return self.filter(series__isnull=False)
        return self.filter(~_has_part(), series__isnull=True)

    # How many

    def counted(self) -> Self:
        """With `found`: how many there are in all, also where a slice is shown."""
        return self.annotate(found=Window(Count("*")))

    def numbers_by_country(self) -> dict[str, int]:
        """How many of these `in_country` leaves, for each country's code."""
        return self._numbers_by("country__code")

    def numbers_by_city(self) -> dict[str, int]:
        """How many of these `in_city` leaves, for each city's key."""
        return self._numbers_by("slug")

    def _numbers_by(self, value: str) -> dict[str, int]:
        """How many of these belong to each city, by that `value` of the city.

        An event belongs where it was held and to the cities of its titles, as in `in_city`.
        """
        these = self.order_by().values("pk")
        place, place_of_title = f"city__{value}", f"designation__city__{value}"
        # Each pair of event and place is counted once, however often they belong together.
        parts = EventDesignation.objects.taking_part().order_by()
        elsewhere = parts.filter(event__in=these).exclude(**{f"event__{place}": F(place_of_title)})
        as_part = parts.filter(event=OuterRef("event"), **{place_of_title: OuterRef(place)})
        shared = _shared_by_cities().filter(~Exists(as_part), event__in=these)
        shared = shared.exclude(**{f"event__{place}": F(place)})
        held = self.order_by().values_list(place).annotate(number=Count("*"))
        pairs = held.union(
            elsewhere.values_list(place_of_title).annotate(Count("event", distinct=True)),
            shared.values_list(place).annotate(Count("event", distinct=True)),
            all=True,
        )
        numbers: Counter[str] = Counter()
        for one, number in pairs:
            if one:
                numbers[one] += number
        return numbers

    def numbers_by_scope(self) -> dict[str, int]:
        """How many of these `in_scope` leaves, for each scope."""
        of_a_series = ExpressionWrapper(Q(series__isnull=False), models.BooleanField())
        groups = self.order_by().values_list(_has_part(), of_a_series).annotate(number=Count("*"))
        numbers: Counter[str] = Counter()
        for of_a_title, of_a_series, number in groups:
            for scope, holds in (("programme", of_a_title), ("series", of_a_series)):
                numbers[scope] += number if holds else 0
            numbers["other"] += 0 if of_a_title or of_a_series else number
        return numbers

    # With what

    def with_place(self) -> Self:
        return self.select_related("city__country")

    def with_bearings(self) -> Self:
        """With place, series, sources and titles: what an event's own page tells of around it."""
        return self._with_parts(EventDesignation.objects.in_order().select_related("designation__city"))

    def for_cards(self) -> Self:
        """With all that an event card shows, and no more: cards stand on pages by fifties."""
        parts = EventDesignation.objects.in_order().select_related("designation__city")
        return self._with_parts(parts.only(*SHOWN_OF_A_PART)).only(*SHOWN_ON_A_CARD)

    def _with_parts(self, parts: EventDesignationQuerySet) -> Self:
        rows = self.select_related("city__country", "series").with_citations()
        return rows.prefetch_related(Prefetch("titles", parts, to_attr="parts"))

    def with_participants(self) -> Self:
        """With organisers, participating countries and other cities, each by name."""
        return (
            self.prefetch_related(Prefetch("organisers", Body.objects.by_name()))
            .prefetch_related(Prefetch("participating_countries", Country.objects.by_name()))
            .prefetch_related(Prefetch("other_cities", City.objects.by_name()))
        )


class Event(WithOriginal, Summarised, Cited):
    """Something that was held, announced or planned."""

    CALLED = "title"
    ORIGINAL = "title_original"

    class Kind(models.TextChoices):
        CEREMONY = "ceremony", _("ceremony")
        CONCERT = "concert", _("concert")
        FESTIVAL = "festival", _("festival")
        FORUM = "forum", _("forum")
        CONFERENCE = "conference", _("conference")
        ROUND_TABLE = "round-table", _("round table")
        EXHIBITION = "exhibition", _("exhibition")
        COMPETITION = "competition", _("competition")
        TALK = "talk", _("talk or discussion")
        MEETING = "meeting", _("meeting")
        PRESENTATION = "presentation", _("presentation")
        PERFORMANCE = "performance", _("performance")
        CAMP = "camp", _("camp")
        TOUR = "tour", _("tour")
        VISIT = "visit", _("visit")
        WORKSHOP = "workshop", _("workshop")
        CAMPAIGN = "campaign", _("campaign")
        INAUGURATION = "inauguration", _("inauguration")
        DONATION = "donation", _("donation")
        SEASON = "season", _("season of events")

    class Status(models.TextChoices):
        HELD = "held", _("held")
        ANNOUNCED = "announced", _("announced; no report that it was held")
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    class KnownFrom(models.TextChoices):
        REPORT = "report", _("reported at the time")
        ANNOUNCEMENT = "announcement", _("only announced")
        RETROSPECTIVE = "retrospective", _("known from later accounts")

    slug = PermanentKeyField(help_text="City, year and subject: ganja-2017-opening.")
    title = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300, blank=True)
    title_original = models.CharField(max_length=300, blank=True)
    original_language = LanguageField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Status)
    known_from = models.CharField(max_length=20, choices=KnownFrom)
    start = PartialDateField(help_text="First day, as far as known; of a plan, the planned one.")
    end = PartialDateField(help_text="Last day, where it is not the first.")
    reported_on = PartialDateField(help_text="When it was reported, where its own day is not known.")
    city = models.ForeignKey(City, models.PROTECT, related_name="events", null=True, blank=True)
    other_cities = models.ManyToManyField(City, related_name="shared_events", blank=True)
    online = models.BooleanField(default=False)
    venue = models.CharField(max_length=200, blank=True)
    venue_ru = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=300, blank=True)
    theme_ru = models.CharField(max_length=300, blank=True)
    organisers = models.ManyToManyField(Body, related_name="events", blank=True)
    participating_countries = models.ManyToManyField(Country, related_name="joined_events", blank=True)
    countries_as_stated = models.CharField(
        max_length=200, blank=True, help_text="The source's own words: “seven countries”."
    )
    countries_as_stated_ru = models.CharField(max_length=200, blank=True)
    series = models.ForeignKey(EventSeries, models.PROTECT, related_name="editions", null=True, blank=True)
    edition = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("events")
        indexes: ClassVar = [
            # All that filters look at, so that numbers beside the choices read no row with its texts.
            models.Index(
                fields=["slug", "kind", "city", "series", "start", "end", "reported_on", "status"],
                name="event_filtered",
            ),
            models.Index(fields=["kind"], name="event_kind"),
            models.Index(UnknownLast(Coalesce("start", "reported_on")), "slug", name="event_newest"),
            models.Index(Coalesce("end", "start", "reported_on"), name="event_known_end"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=False),
                name="event_end_needs_start",
                violation_error_message="An event with an end needs a start.",
            ),
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(series__isnull=False),
                name="event_edition_needs_series",
                violation_error_message="An edition needs the series that it belongs to.",
            ),
            language_rule("title_original", "original_language", "event_original_title_has_language"),
        ]

    def get_absolute_url(self) -> str:
        return address_of("event", self.slug)

    @cached_property
    def parts(self) -> list[EventDesignation]:
        """Its links with titles, in order; `with_bearings()` and `for_cards()` have filled it."""
        return list(self.titles.in_order())

    def part_of(self) -> list[EventDesignation]:
        """The titles that it has a part in, other than being mentioned.

        Asks nothing of the database after `with_bearings()` or `for_cards()`.
        """
        return [link for link in self.parts if link.role != EventDesignation.Role.MENTIONED]

    def is_of_a_title_of(self, city: str) -> bool:
        """Whether it has a part in a title of that city, other than being mentioned.

        Asks nothing of the database after `with_bearings()` or `for_cards()`.
        """
        return any(link.designation.city_id == city for link in self.part_of())


def _has_part(**conditions: Any) -> Exists:
    """That the outer event has a part in a title that meets `conditions`."""
    parts = EventDesignation.objects.taking_part()
    return Exists(parts.filter(event=OuterRef("pk"), **conditions))


def _shared_by_cities() -> QuerySet[Any]:
    """The pairs of events and the other cities that shared them."""
    return Event.other_cities.through.objects.all()
