"""Titles of cities by year, and the decisions behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Abs, RowNumber
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from capitals.fields import LanguageField, PartialDateField, PermanentKeyField
from capitals.models.addresses import address_of
from capitals.models.bodies import Body
from capitals.models.cited import Cited, CitedQuerySet
from capitals.models.constraints import language_rule, year_rule
from capitals.models.disputes import Disputable, Dispute
from capitals.models.events import SHOWN_IN_A_HISTORY
from capitals.models.names import CityName
from capitals.models.parts import EventDesignation
from capitals.models.places import City, displayed_names
from capitals.models.queries import UnknownLast, Years, in_year, name_order, span
from capitals.models.sources import citations
from capitals.models.summarised import Summarised
from capitals.words.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from capitals.words.texts import Text


class DesignationQuerySet(Disputable, CitedQuerySet["Designation"]):
    # Which

    def held(self) -> Self:
        """Without those that another took the place of."""
        return self.filter(replaced_by__isnull=True)

    def held_in(self, year: int) -> Self:
        """The titles for that year, replaced ones too."""
        return self.filter(year=year)

    def held_from(self, year: int) -> Self:
        """The titles for that year and later ones."""
        return self.filter(year__gte=year)

    def held_until(self, year: int) -> Self:
        """The titles for that year and earlier ones."""
        return self.filter(year__lte=year)

    def in_country(self, code: str) -> Self:
        return self.filter(city__country__code=code)

    def in_company_of(self, designations: Iterable[Designation]) -> Self:
        """Those of the same countries, and those of the nearest years with a title before and after."""
        wanted = Q(pk__in=[])
        for designation in designations:
            before = self.filter(year__lt=designation.year).order_by("-year").values("year")[:1]
            after = self.filter(year__gt=designation.year).order_by("year").values("year")[:1]
            wanted |= Q(year=Subquery(before)) | Q(year=Subquery(after))
            wanted |= Q(city__country=designation.city.country_id)
        return self.filter(wanted)

    # The nearest to a year, where there are too many for one page

    def around(self, year: int, most: int) -> Self:
        """Those of the years nearest to `year`, so many or the rest of the last year more."""
        nearest = self._nearest_to(year).values("year")[:most]
        return self.filter(year__in=nearest)

    def nearest(self, year: int, most: int) -> Self:
        """So many of them, those of the years nearest to `year`."""
        return self.filter(pk__in=self._nearest_to(year).values("pk")[:most])

    def of_cities_around(self, year: int, most: int, first: QuerySet[Designation] | None = None) -> Self:
        """All of the cities that hold the titles nearest to `year`; those of the titles `first` before."""
        nearest = self._nearest_to(year, first).values("city")[:most]
        return self.filter(city__in=nearest)

    def _nearest_to(self, year: int, first: QuerySet[Designation] | None = None) -> Self:
        distance = Abs(F("year") - year)
        if first is None:
            return self.order_by(distance, "pk")
        leading = Case(When(pk__in=first.order_by().values("pk"), then=0), default=1)
        return self.order_by(leading, distance, "pk")

    def first_of_each_year(self, most: int) -> Self:
        """Of each year so many at most, with `of_the_year`: how many it has. After `oldest_first()`."""
        year, names = F("year"), (name_order("city__"), "pk")
        numbered = self.annotate(
            place=Window(RowNumber(), partition_by=year, order_by=names),
            of_the_year=Window(Count("*"), partition_by=year),
        )
        return numbered.filter(place__lte=most)

    # In which order

    def newest_first(self) -> Self:
        """By year; in a year a designation that was replaced stands last."""
        return self.order_by("-year", F("replaced_by").asc(nulls_first=True), name_order("city__"), "pk")

    def oldest_first(self) -> Self:
        """By year; in a year a designation that was replaced stands last."""
        return self.order_by("year", F("replaced_by").asc(nulls_first=True), name_order("city__"), "pk")

    def by_city(self) -> Self:
        return self.order_by(name_order("city__"), "-year", "pk")

    def by_country(self) -> Self:
        return self.order_by(name_order("city__country__"), "-year", name_order("city__"), "pk")

    # What they tell together

    def years(self) -> list[int]:
        """The years of titles, each once, the earliest first."""
        return list(self.order_by("year").values_list("year", flat=True).distinct())

    def years_spanned(self) -> Years | None:
        """The first and the last title year; None where there is no title."""
        found = self.aggregate(first=Min("year"), last=Max("year"))
        return (found["first"], found["last"]) if found["first"] else None

    def number_of_cities(self) -> int:
        """How many cities they are of."""
        return self.order_by().values("city").distinct().count()

    def searched_to(self) -> PartialDate | None:
        """The date of the newest pages that the search for any of these titles reached."""
        newest: PartialDate | None = self.aggregate(newest=Max("searched_to"))["newest"]
        return newest

    # With what

    def with_places(self) -> Self:
        """With city and country alone."""
        return self.select_related("city__country")

    def in_brief(self) -> Self:
        """With city and country, and no more of the three than maps and lists of names show."""
        names = [f"{place}__{name}" for place in ("city", "city__country") for name in ("name", "name_ru")]
        coordinates = ("city__latitude", "city__longitude")
        shown = self.select_related("city__country")
        return shown.only("year", "replaced_by", "city__country", *names, *coordinates)

    def told_in_years(self) -> Self:
        """With no more than the year, whether it went to another, and the city's country."""
        return self.select_related("city").only("year", "replaced_by", "city__country")

    def with_city(self) -> Self:
        """With city, country, the city's displayed names, and the city that replaced it if one did."""
        names = displayed_names("city__names")
        return self.select_related("city__country", "replaced_by__city").prefetch_related(names)

    def with_decisions(self) -> Self:
        """With the decisions behind them, their bodies and their sources."""
        decisions = Decision.objects.select_related("body").with_citations()
        return self.prefetch_related(Prefetch("decisions", decisions, to_attr="decisions_fetched"))

    def with_event_counts(self) -> Self:
        """With the number of recorded events that have a part in the title."""
        mentioned = Q(event_links__role=EventDesignation.Role.MENTIONED)
        return self.annotate(event_count=Count("event_links__event", filter=~mentioned, distinct=True))

    def with_steps(self) -> Self:
        """With decisions, ceremonies and disputes alone: what is recorded, not how it is known."""
        links = EventDesignation.objects.in_history().select_related("event")
        return self.prefetch_related(
            Prefetch("decisions", Decision.objects.all(), to_attr="decisions_fetched"),
            Prefetch("disputes", Dispute.objects.order_by("pk")),
            Prefetch("event_links", links),
        )

    def with_history(self) -> Self:
        """With all that a designation history is derived from."""
        links = (
            EventDesignation.objects.in_history()
            .select_related("event__city")
            .only("designation", "role", *(f"event__{field}" for field in SHOWN_IN_A_HISTORY))
            .prefetch_related(citations("event__sources"))
        )
        found = self.select_related("replaced_by__city").with_decisions().with_disputes()
        return found.prefetch_related(Prefetch("event_links", links))


class Designation(Summarised, Cited):
    """A city's title for a year.

    Whether it is past, current or to come is not stored: it follows from the year and
    today (UTC).
    """

    ADDRESS_NEEDS = ("city",)

    of_the_year: int
    """How many titles its year has; there after `first_of_each_year()` alone."""

    slug = PermanentKeyField(help_text="City and year: lachin-2025.")
    city = models.ForeignKey(City, models.PROTECT, related_name="designations")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    events_planned = models.CharField(max_length=200, blank=True, help_text="As sources give it.")
    events_planned_ru = models.CharField(max_length=200, blank=True)
    events_held = models.CharField(max_length=200, blank=True, help_text="As sources give it.")
    events_held_ru = models.CharField(max_length=200, blank=True)
    searched_to = PartialDateField(help_text="The date of the newest pages that our search reached.")
    next_search = PartialDateField(help_text="When we mean to search again, where steps are missing.")
    searched_in = models.TextField(
        blank=True, help_text="Where we looked in vain for what is missing: outlets, languages, words."
    )
    searched_in_ru = models.TextField(blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="replaces",
        null=True,
        blank=True,
        help_text="The designation that held the year: this city was named for it, but did not hold it.",
    )

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("designations")
        indexes: ClassVar = [models.Index(fields=["year"], name="designation_year")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "year"],
                name="designation_city_and_year_unique",
                violation_error_message="This city already has a designation for this year.",
            ),
            year_rule("year", "designation_year_in_range"),
        ]

    def called(self, language: str) -> Text:
        """City and year: “Lachin 2025”."""
        city = self.city.called(language)
        return Text(f"{city.words} {self.year}", city.language)

    def get_absolute_url(self) -> str:
        return f"{address_of('city', self.city_id)}#{self.slug}"

    def native_names(self, language: str) -> list[CityName]:
        """The city's native names as they stood in the title year."""
        return self.city.native_names_in(self.year, language)

    def city_called_then(self, language: str) -> Text:
        """The city's name as it stood in the title year."""
        return self.city.called_in(self.year, language)

    def names_since(self, language: str) -> list[CityName]:
        """Names that the city has borne, and given up, since the title year."""
        return self.city.names_since(self.year, language)

    @cached_property
    def decisions_fetched(self) -> list[Decision]:
        """The decisions behind it, in no order; `with_decisions()` and `with_steps()` have filled it."""
        return list(self.decisions.all())

    @cached_property
    def decisions_behind(self) -> list[Decision]:
        """The decisions behind it, the older first, those without a date last.

        Sorted here as `in_citation_order` does, and for its reason.
        """

        def place(decision: Decision) -> tuple[bool, str, str]:
            return decision.date is None, str(decision.date), decision.pk

        return sorted(self.decisions_fetched, key=place)

    def deciding_step(self) -> Decision | None:
        """The decision that named the city, the last one where several did.

        Asks nothing of the database after `with_decisions()`.
        """
        deciding = [step for step in self.decisions_behind if step.kind == Decision.Kind.DECIDED]
        return deciding[-1] if deciding else None

    def naming(self) -> list[Cited]:
        """What tells that the city was named: the deciding step, where one is recorded, and the title.

        Asks nothing of the database after `with_decisions()`.
        """
        step = self.deciding_step()
        return [step, self] if step else [self]


def all_titles() -> Prefetch[str]:
    """All that cities were named for, replaced titles too, the older first, as their `designations`."""
    return Prefetch("designations", Designation.objects.order_by("year"))


def titles_held() -> Prefetch[str]:
    """The titles that cities held or are to hold, the older first, as their `designations`."""
    return Prefetch("designations", Designation.objects.held().order_by("year"))


class DecisionQuerySet(Disputable, CitedQuerySet["Decision"]):
    def newest_first(self) -> Self:
        return self.order_by(F("date").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.order_by(F("date").asc(nulls_last=True), "pk")

    def years_spanned(self) -> Years | None:
        """The years of the first and the last decision; None where none is dated."""
        return span(self, "date", "date")

    def taken_in(self, year: int) -> Self:
        return self.filter(in_year("date", year))

    def on_titles(self, designations: Collection[Designation]) -> Self:
        """Those that name one of these titles, each once."""
        return self.filter(names__in=designations).distinct()

    def sharing_a_capital_with(self, decision: Decision) -> Self:
        """Other steps towards a title that `decision` is about too."""
        named = Decision.names.through.objects
        shared = named.filter(
            decision=OuterRef("pk"), designation__in=named.filter(decision=decision).values("designation")
        )
        return self.filter(Exists(shared)).exclude(pk=decision.pk)

    def with_capitals(self) -> Self:
        """With the designations that they name, and those designations' cities."""
        named = Designation.objects.oldest_first().select_related("city__country")
        return self.prefetch_related(Prefetch("names", named))


class Decision(Summarised, Cited):
    """A step that a body took: one may name several capitals, one capital rest on several."""

    CALLED = "title"

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        RECOMMENDED = "recommended", _("recommended")
        SUPPORTED = "supported", _("supported")
        DRAFTED = "drafted", _("draft approved")
        DECIDED = "decided", _("decided")
        AMENDED = "amended", _("amended")

    slug = PermanentKeyField(help_text="Place and date: moscow-2024-10-08.")
    title = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind)
    date = PartialDateField()
    place = models.CharField(max_length=100, blank=True)
    place_ru = models.CharField(max_length=100, blank=True)
    document = models.CharField(
        max_length=500, blank=True, help_text="The document's name, in its own language."
    )
    document_language = LanguageField(blank=True)
    names = models.ManyToManyField(
        Designation, related_name="decisions", blank=True, help_text="The capitals that it names."
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("decisions")
        indexes: ClassVar = [models.Index(UnknownLast("date"), "slug", name="decision_newest")]
        constraints: ClassVar = [
            language_rule("document", "document_language", "decision_document_has_language"),
        ]

    def get_absolute_url(self) -> str:
        return address_of("decision", self.slug)
