"""The questions that pages ask of the record, named as a reader thinks.

Every order ends in a unique key and says where unknown dates stand, so that it is the
same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, Length, Replace

from capitals.languages import ENGLISH, RUSSIAN, page_language

if TYPE_CHECKING:
    from capitals.search import SearchQuery


def name_order(path: str = "") -> str:
    """The column that sorts the records at `path` by their names in the page's language."""
    return f"{path}{'russian_order' if page_language() == RUSSIAN else 'folded'}"


def _model(name: str) -> Any:
    """The model `name`: models.py imports this module, so it is looked up when asked for."""
    return apps.get_model("capitals", name)


def citations(path: str = "sources") -> Prefetch:
    """The sources at `path`, in the order in which a page cites them."""
    return Prefetch(path, _model("Source").objects.in_citation_order())


def _by_name(path: str, model: str) -> Prefetch:
    """The records of `model` at `path`, in the order of their names."""
    return Prefetch(path, _model(model).objects.by_name())


def _number_of(model: str, path: str, **conditions: Any) -> Coalesce:
    """How many records of `model` that meet `conditions` lead by `path` to the outer record.

    A subquery for each number: several joins in one query would multiply their rows.
    """
    found = _model(model).objects.filter(**{path: OuterRef("pk")}, **conditions).order_by()
    return Coalesce(Subquery(found.values(path).annotate(number=Count("pk")).values("number")), 0)


def _in_year(field: str, year: int) -> Q:
    """That the partial date `field` lies in that calendar year."""
    return Q(**{f"{field}__gte": f"{year}", f"{field}__lt": f"{year + 1}"})


Years = tuple[int, int]


def _span(rows: QuerySet, first: Any, last: Any) -> Years | None:
    """The calendar years of the least `first` and the greatest `last`, partial dates, among `rows`."""
    found = rows.aggregate(first=Min(first), last=Max(last))
    return (found["first"].year, found["last"].year) if found["first"] else None


def _has_part(**conditions: Any) -> Exists:
    """That the outer event has a part in a title that meets `conditions`."""
    parts = _model("EventDesignation").objects.taking_part()
    return Exists(parts.filter(event=OuterRef("pk"), **conditions))


class CitedQuerySet(QuerySet):
    """Records that state facts."""

    def without_a_day(self, field: str) -> Self:
        """Those whose partial date `field` is empty, or known to the month or year alone."""
        return self.annotate(precision=Coalesce(Length(field), 0)).filter(precision__lt=len("2012-12-05"))

    def with_citations(self) -> Self:
        """With their sources, in the order in which a page cites them."""
        return self.prefetch_related(citations())

    def with_disputes(self) -> Self:
        """With what sources differ on about them, version by version."""
        return self.prefetch_related(Prefetch("disputes", _model("Dispute").objects.with_versions()))


class NamedQuerySet(CitedQuerySet):
    """Records with a folded name."""

    def called(self, query: SearchQuery) -> Self:
        """Those whose folded name is the query, with or without spaces."""
        together = Replace("folded", Value(" "), Value(""))
        return self.alias(together=together).filter(together=query.together.text)

    def by_name(self) -> Self:
        """In the order of their names in the page's language."""
        return self.order_by(name_order(), "pk")


class SourceQuerySet(QuerySet):
    def in_citation_order(self) -> Self:
        """The founding articles first, then the older before the newer, undated last."""
        return self.order_by("-founding", F("date").asc(nulls_last=True), "slug")

    def newest_first(self) -> Self:
        """The founding articles first, then the newer before the older, undated last."""
        return self.order_by("-founding", F("date").desc(nulls_last=True), "slug")

    def oldest_first(self) -> Self:
        """The founding articles first, then the older before the newer, undated last."""
        return self.in_citation_order()

    def years_spanned(self) -> Years | None:
        """The years of the first and the last publication; None where none is dated."""
        return _span(self, "date", "date")

    def published_in(self, year: int) -> Self:
        """Published in that calendar year."""
        return self.filter(_in_year("date", year))


class CountryQuerySet(NamedQuerySet):
    def with_counts(self) -> Self:
        """With the numbers of titles, and of centres hosted and run abroad."""
        return self.annotate(
            title_count=_number_of("Designation", "city__country", replaced_by=None),
            hosted_count=_number_of("CulturalCentre", "host_country"),
            abroad_count=_number_of("CulturalCentre", "operating_country"),
        )


class CityQuerySet(NamedQuerySet):
    def with_country(self) -> Self:
        return self.select_related("country")

    def with_names(self) -> Self:
        """With the names that pages show."""
        return self.prefetch_related(Prefetch("names", _model("CityName").objects.displayed()))

    def with_cited_names(self) -> Self:
        """With the names that pages show, each with its sources."""
        names = _model("CityName").objects.displayed().with_citations()
        return self.prefetch_related(Prefetch("names", names))

    def with_titles(self) -> Self:
        """With the titles that they held or are to hold, the older first."""
        return self.prefetch_related(
            Prefetch("designations", _model("Designation").objects.held().order_by("year"))
        )

    def spelt(self, query: SearchQuery, names: CityNameQuerySet) -> Self:
        """Those of which the query is the name, or one of `names`."""
        return self.called(query) | self.filter(Exists(names.filter(city=OuterRef("pk")).called(query)))


class CityNameQuerySet(NamedQuerySet):
    def displayed(self) -> Self:
        """Without spellings that only serve the search; official names first, former ones by their years."""
        order = ("official", "common", "local", "used_by", "variant", "former")
        years = F("from_year").asc(nulls_first=True)
        return self.exclude(kind="search").order_by(
            _position("kind", order), "language", years, "folded", "pk"
        )


def _position(field: str, values: tuple[str, ...]) -> Any:
    """The position of `field`'s value in `values`, as an expression to order by."""
    cases = [When(**{field: value}, then=Value(number)) for number, value in enumerate(values)]
    return Case(*cases, default=Value(len(values)), output_field=IntegerField())


class BodyQuerySet(NamedQuerySet):
    def that_decided(self) -> Self:
        """Those with at least one decision."""
        return self.filter(Exists(_model("Decision").objects.filter(body=OuterRef("pk"))))


class DesignationQuerySet(CitedQuerySet):
    def held(self) -> Self:
        """Without those that another took the place of."""
        return self.filter(replaced_by__isnull=True)

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

    def years(self) -> list[int]:
        """The years of titles, each once, the earliest first."""
        return list(self.order_by("year").values_list("year", flat=True).distinct())

    def years_spanned(self) -> Years | None:
        """The first and the last title year; None where there is no title."""
        found = self.aggregate(first=Min("year"), last=Max("year"))
        return (found["first"], found["last"]) if found["first"] else None

    def held_in(self, year: int) -> Self:
        return self.filter(year=year)

    def in_country(self, code: str) -> Self:
        return self.filter(city__country__code=code)

    def with_places(self) -> Self:
        """With city and country alone."""
        return self.select_related("city__country")

    def with_city(self) -> Self:
        """With city, country, the city's displayed names, and the city that replaced it if one did."""
        names = Prefetch("city__names", _model("CityName").objects.displayed())
        return self.select_related("city__country", "replaced_by__city").prefetch_related(names)

    def with_decisions(self) -> Self:
        """With the decisions behind them, their bodies and their sources."""
        decisions = _model("Decision").objects.oldest_first().select_related("body").with_citations()
        return self.prefetch_related(Prefetch("decisions", decisions))

    def with_event_counts(self) -> Self:
        """With the number of recorded events that have a part in the title."""
        return self.annotate(
            event_count=Count("event_links__event", filter=~Q(event_links__role="mentioned"), distinct=True)
        )

    def with_steps(self) -> Self:
        """With decisions, ceremonies and disputes alone: what is recorded, not how it is known."""
        links = _model("EventDesignation").objects.in_history().select_related("event")
        decisions = _model("Decision").objects.oldest_first()
        return self.prefetch_related(
            Prefetch("decisions", decisions),
            Prefetch("disputes", _model("Dispute").objects.order_by("pk")),
            Prefetch("event_links", links),
        )

    def with_history(self) -> Self:
        """With all that a designation history is derived from."""
        links = (
            _model("EventDesignation")
            .objects.in_history()
            .select_related("event__city")
            .prefetch_related(citations("event__sources"))
        )
        found = self.select_related("replaced_by__city").with_decisions().with_disputes()
        return found.prefetch_related(Prefetch("event_links", links))


class DecisionQuerySet(CitedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by(F("date").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.order_by(F("date").asc(nulls_last=True), "pk")

    def years_spanned(self) -> Years | None:
        """The years of the first and the last decision; None where none is dated."""
        return _span(self, "date", "date")

    def taken_in(self, year: int) -> Self:
        return self.filter(_in_year("date", year))

    def sharing_a_capital_with(self, decision: Any) -> Self:
        """Other steps towards a title that `decision` is about too."""
        named = _model("Decision").names.through.objects
        shared = named.filter(
            decision=OuterRef("pk"), designation__in=named.filter(decision=decision).values("designation")
        )
        return self.filter(Exists(shared)).exclude(pk=decision.pk)

    def with_capitals(self) -> Self:
        """With the designations that they name, and those designations' cities."""
        named = _model("Designation").objects.oldest_first().select_related("city__country")
        return self.prefetch_related(Prefetch("names", named))


class EventSeriesQuerySet(NamedQuerySet):
    def with_organisers(self) -> Self:
        """With the bodies that organise it, by name."""
        return self.prefetch_related(_by_name("organisers", "Body"))


class EventQuerySet(CitedQuerySet):
    def counted(self) -> Self:
        """With `found`: how many there are in all, also where a slice is shown."""
        return self.annotate(found=Window(Count("*")))

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

    def known_from_to(self) -> Self:
        """With `known_start` and `known_end`: the first and the last day, else that of the report."""
        return self.annotate(
            known_start=Coalesce("start", "reported_on"), known_end=Coalesce("end", "start", "reported_on")
        )

    def years_spanned(self) -> Years | None:
        """The years of the first and the last day; None where none is dated."""
        return _span(self.known_from_to(), "known_start", "known_end")

    def held_in(self, year: int) -> Self:
        """Those of which any day may lie in that calendar year (else the day of the report)."""
        return self.held_between(year, year)

    def held_between(self, first: int | None, last: int | None) -> Self:
        """Those of which any day may lie in the calendar years from `first` to `last`."""
        found = self.known_from_to()
        if first is not None:
            found = found.filter(known_end__gte=f"{first}")
        if last is not None:
            found = found.filter(known_start__lt=f"{last + 1}")
        return found

    def in_country(self, code: str) -> Self:
        """Held there, or part of a title that belongs there: a handover is in both."""
        shared = _model("Event").other_cities.through.objects.filter(
            event=OuterRef("pk"), city__country__code=code
        )
        of_title = _has_part(designation__city__country__code=code)
        return self.filter(Q(city__country__code=code) | of_title | Exists(shared))

    def in_city(self, city: str) -> Self:
        """Held there, or part of a title of that city."""
        shared = _model("Event").other_cities.through.objects.filter(event=OuterRef("pk"), city=city)
        return self.filter(Q(city=city) | _has_part(designation__city=city) | Exists(shared))

    def _numbers_by(self, value: str) -> dict[str, int]:
        """How many of these belong to each city, by that `value` of the city.

        An event belongs where it was held and to the cities of its titles, as in `in_city`.
        """
        held = self.order_by().values_list("pk", f"city__{value}")
        shared = _model("Event").other_cities.through.objects.filter(event__in=self.order_by().values("pk"))
        parts = (
            _model("EventDesignation").objects.taking_part().filter(event__in=self.order_by().values("pk"))
        )
        # A union holds each pair of event and place once, however often they belong together.
        pairs = held.union(
            shared.values_list("event", f"city__{value}"),
            parts.order_by().values_list("event", f"designation__city__{value}"),
        )
        return Counter(place for _event, place in pairs if place)

    def numbers_by_country(self) -> dict[str, int]:
        """How many of these `in_country` leaves, for each country's code."""
        return self._numbers_by("country__code")

    def numbers_by_city(self) -> dict[str, int]:
        """How many of these `in_city` leaves, for each city's key."""
        return self._numbers_by("slug")

    def numbers_by_scope(self) -> dict[str, int]:
        """How many of these `in_scope` leaves, for each scope."""
        of_a_title, of_a_series = Q(_has_part()), Q(series__isnull=False)
        found = self.order_by().aggregate(
            in_programme=Count("pk", filter=of_a_title),
            in_series=Count("pk", filter=of_a_series),
            in_other=Count("pk", filter=~of_a_title & ~of_a_series),
        )
        return {name.removeprefix("in_"): number for name, number in found.items()}

    def of_title_year(self, year: int) -> Self:
        """Those that have a part in a title of that year, whenever they were held."""
        return self.filter(_has_part(designation__year=year))

    def in_scope(self, scope: str) -> Self:
        """`programme`: part of a title; `series`: an edition of a series; `other`: neither."""
        if scope == "programme":
            return self.filter(_has_part())
        if scope == "series":
            return self.filter(series__isnull=False)
        return self.filter(~_has_part(), series__isnull=True)

    def for_cards(self) -> Self:
        """With all that an event card shows."""
        titles = _model("EventDesignation").objects.in_order().select_related("designation__city")
        return (
            self.select_related("city__country", "series")
            .with_citations()
            .prefetch_related(Prefetch("titles", titles))
        )

    def with_participants(self) -> Self:
        """With organisers, participating countries and other cities, each by name."""
        return self.prefetch_related(
            _by_name("organisers", "Body"),
            _by_name("participating_countries", "Country"),
            _by_name("other_cities", "City"),
        )


class EventDesignationQuerySet(QuerySet):
    def taking_part(self) -> Self:
        """Those that are more than a mention of the title."""
        return self.exclude(role="mentioned")

    def in_order(self) -> Self:
        return self.order_by("designation__year", name_order("designation__city__"), "role", "pk")

    def in_history(self) -> Self:
        """The parts that are steps of a title: neither programme nor mere mention."""
        return self.taking_part().exclude(role="programme").order_by("pk")


class CulturalCentreQuerySet(CitedQuerySet):
    def with_places(self) -> Self:
        return self.select_related("operating_country", "host_country", "host_city")

    def by_country(self) -> Self:
        """By host country, in it by city, those without one last."""
        return self.order_by(
            name_order("host_country__"), F(name_order("host_city__")).asc(nulls_last=True), "pk"
        )

    def by_city(self) -> Self:
        """By host city, those without one last."""
        return self.order_by(
            F(name_order("host_city__")).asc(nulls_last=True), name_order("host_country__"), "pk"
        )

    def with_beginnings(self) -> Self:
        """With `begun`: set up on paper, or else inaugurated."""
        return self.annotate(begun=Coalesce("established", "inaugurated"))

    def newest_first(self) -> Self:
        return self.with_beginnings().order_by(F("begun").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.with_beginnings().order_by(F("begun").asc(nulls_last=True), "pk")

    def years_spanned(self) -> Years | None:
        """The years in which the first and the last began; None where none is dated."""
        return _span(self.with_beginnings(), "begun", "begun")

    def established_in(self, year: int) -> Self:
        """Begun in that calendar year."""
        return self.with_beginnings().filter(_in_year("begun", year))


class ProgrammeStatementQuerySet(CitedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class SisterTitleQuerySet(NamedQuerySet):
    def with_holdings(self) -> Self:
        """With the cities of the record that held it, each with its sources."""
        holdings = _model("SisterTitleHolding").objects.in_order().select_related("city").with_citations()
        return self.prefetch_related(Prefetch("holdings", holdings))


class SisterTitleHoldingQuerySet(CitedQuerySet):
    def in_order(self) -> Self:
        """The older first."""
        return self.order_by("year", "title", name_order("city__"), "pk")


class DisputeQuerySet(QuerySet):
    def on_decision(self, decision: str) -> Self:
        """On the deciding step of a title that this decision names."""
        return self.filter(step="decision", designation__decisions=decision)

    def with_versions(self) -> Self:
        """With their versions in order, each with its sources."""
        versions = _model("DisputeVersion").objects.order_by("position").prefetch_related(citations())
        return self.order_by("pk").prefetch_related(Prefetch("versions", versions))


class SearchEntryQuerySet(QuerySet):
    def matching(self, query: SearchQuery) -> Self:
        """Those that hold in one language every word of the query, or the query written as one word."""
        return self.filter(_any(_holds(query, f"folded_{language}") for language in (ENGLISH, RUSSIAN)))

    def best_first(self, query: SearchQuery) -> Self:
        """Best a name that is the query, then names that begin with it, names with it, texts: `rank` 0 to 4.

        A text in the page's language is better than one in the other. Among equals by kind,
        then the newer before the older, undated last.
        """
        ways = (query.spaced, query.together.text)
        named = Q()
        for word in query.words:
            # A year in the query is as good as a name.
            dated = Q(year=word.year) if word.year else Q()
            named &= Q(folded_names__contains=word.pattern) | dated
        rank = Case(
            When(_any(Q(folded_names__contains=f"| {way} |") for way in ways), then=0),
            When(_any(Q(folded_names__contains=f"| {way}") for way in ways), then=1),
            When(named | Q(folded_names__contains=query.together.pattern), then=2),
            When(_holds(query, f"folded_{page_language()}"), then=3),
            default=4,
            output_field=IntegerField(),
        )
        kinds = tuple(_model("SearchEntry").Kind.values)
        return self.annotate(rank=rank, known_on=Coalesce("start", "reported_on")).order_by(
            "rank",
            _position("kind", kinds),
            F("known_on").desc(nulls_last=True),
            F("year").desc(nulls_last=True),
            "address",
        )

    def of_kind(self, kind: str) -> Self:
        """Those of that kind; all of them where it is empty."""
        return self.filter(kind=kind) if kind else self

    def with_places(self) -> Self:
        """With city and country."""
        return self.select_related("city__country", "country")

    def numbers_by_kind(self) -> dict[str, int]:
        """How many there are of each kind that there is."""
        return dict(self.order_by().values_list("kind").annotate(Count("pk")))


def _holds(query: SearchQuery, text: str) -> Q:
    """That the folded `text` holds every word of the query, or the query written as one word."""
    every = Q()
    for word in query.words:
        every &= Q(**{f"{text}__contains": word.pattern})
    if len(query.words) > 1:
        every |= Q(**{f"{text}__contains": query.together.pattern})
    return every


def _any(conditions: Iterable[Q]) -> Q:
    """That one of the conditions holds."""
    return reduce(or_, conditions)
