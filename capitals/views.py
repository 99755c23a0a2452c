"""Pages: fetch, build a visible context, render."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from capitals.cartography import draw, locator
from capitals.citations import Citations
from capitals.context_processors import canonical_path, today
from capitals.coverage import amounts, searched_to, sources_covered, years_covered
from capitals.filters import (
    KINDS,
    CulturalCentreFilterSet,
    DecisionFilterSet,
    DesignationFilterSet,
    EventFilterSet,
    RecordFilterSet,
    SearchForm,
    SourceFilterSet,
    readable,
)
from capitals.history import title_history
from capitals.models import (
    Body,
    City,
    CityName,
    Correction,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    Event,
    EventSeries,
    ProgrammeStatement,
    SearchEntry,
    SisterTitle,
    Source,
)
from capitals.results import Result
from capitals.search import SearchQuery, nearest
from capitals.sitemap import addresses

CAPITALS_PER_PAGE = 200
RECORDS_PER_PAGE = 50
EVENTS_OF_A_CITY = 50
"""How many events a city's page shows before it leads to the filtered list."""
EVENTS_OF_A_COUNTRY = 10
"""As few as let a reader see the country's centres without a long way down."""
LATEST_EVENTS = 5
RESULTS_PER_PAGE = 25
SEARCH_PAGE = "capitals/pages/search.html"


def home(request: HttpRequest) -> HttpResponse:
    """This year's capital, the ladder of years, the latest events, the ways in."""
    year = today().year
    designations = Designation.objects.held().oldest_first().with_city().with_decisions().with_citations()
    ladder = [
        {"year": title_year, "titles": list(titles)}
        for title_year, titles in groupby(designations, key=lambda designation: designation.year)
    ]
    current = (
        Designation.objects.held().held_in(year).oldest_first().with_city().with_history().with_citations()
    )
    events = Event.objects.for_cards().newest_first().filter(status=Event.Status.HELD)[:LATEST_EVENTS]
    context = {
        "current": [title_history(designation, today()) for designation in current],
        "next": [rung for rung in ladder if rung["year"] == year + 1],
        "ladder": ladder,
        "map": draw(designations, year),
        "events": events,
        "year": year,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/home.html", context)


def page_of(rows: QuerySet, per_page: int, number: str | None, count: int | None = None) -> Page:
    """The page of that number, the first without one; Http404 where there is none.

    `count` is the number of rows where it is known, so that they are not counted again.
    """
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number or 1)
    except InvalidPage as error:
        raise Http404(_("This list has no such page.")) from error


def render_list(
    request: HttpRequest, template: str, filterset: RecordFilterSet, per_page: int, **context: Any
) -> HttpResponse:
    """A filtered, paged list: 400 with the form where a filter is not understood.

    Its canonical address holds the filters in force, sorted, and nothing else that a
    reader's address may hold. Combinations of filters are not for search engines.
    """
    number = request.GET.get("page") if filterset.is_valid() else None
    page = page_of(filterset.rows(), per_page, number)
    filterset.explain()
    parameters = filterset.parameters()
    known = parameters.dict() | ({"page": page.number} if page.number > 1 else {})
    context |= {
        "filterset": filterset,
        "page": page,
        "parameters": parameters,
        "canonical": canonical_path(request.path, known),
        "noindex": len(filterset.in_force()) > 1 or not filterset.is_valid(),
    }
    return render(request, template, context, status=200 if filterset.is_valid() else 400)


def designation_list(request: HttpRequest) -> HttpResponse:
    """Every designation in one table, and on a map where those that a filter leaves stand out."""
    rows = Designation.objects.newest_first().with_city().with_decisions().with_event_counts()
    filterset = DesignationFilterSet(request.GET, rows)
    context: dict[str, Any] = {"citations": Citations()}
    if filterset.is_valid():
        matching = set(filterset.rows().values_list("city", flat=True)) if filterset.in_force() else None
        everywhere = Designation.objects.oldest_first().with_places()
        context["map"] = draw(everywhere, today().year, matching)
    template = "capitals/pages/designation_list.html"
    return render_list(request, template, filterset, CAPITALS_PER_PAGE, **context)


def year_detail(request: HttpRequest, year: int) -> HttpResponse:
    """A year's capitals side by side, its events, the years beside it."""
    years = Designation.objects.years()
    if year not in years:
        span = {"year": year, "first": years[0], "last": years[-1]} if years else {"year": year}
        reason = _("No capital is recorded for %(year)s. The record runs from %(first)s to %(last)s.")
        raise Http404(reason % span if years else _("No capital is recorded."))
    designations = (
        Designation.objects.held_in(year).oldest_first().with_city().with_history().with_citations()
    )
    events = Event.objects.for_cards().newest_first().of_title_year(year)
    position = years.index(year)
    context = {
        "year": year,
        "titles": [title_history(designation, today()) for designation in designations],
        "page": page_of(events, RECORDS_PER_PAGE, request.GET.get("page")),
        "parameters": QueryDict(),
        "previous": years[position - 1] if position else None,
        "next": years[position + 1] if position + 1 < len(years) else None,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/year_detail.html", context)


def city_list(request: HttpRequest) -> HttpResponse:
    """The capitals by name, then the other places of the record."""
    cities = City.objects.with_country().with_names().with_titles().by_name()
    context = {
        "capitals": [city for city in cities if city.designations.all()],
        "others": [city for city in cities if not city.designations.all()],
    }
    return render(request, "capitals/pages/city_list.html", context)


def city_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A city: names, designation history, events, centres. Any recorded spelling of it leads there."""
    cities = City.objects.with_country().with_cited_names().with_citations().with_disputes()
    city = cities.filter(pk=slug).first()
    if city is None:
        return redirect(city_called(slug), permanent=True)
    designations = city.designations.oldest_first().with_history().with_citations()
    events = Event.objects.for_cards().newest_first().in_city(slug).counted()[:EVENTS_OF_A_CITY]
    context = {
        "city": city,
        "titles": [title_history(designation, today()) for designation in designations],
        "events": events,
        "all_events": reverse("events", query={"city": slug}),
        "sister_titles": city.sister_titles.in_order().select_related("title").with_citations(),
        "centres": city.centres.with_places().with_citations().by_country(),
        "locator": locator(city, City.objects.by_name()),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/city_detail.html", context)


def city_called(spelling: str) -> City:
    """The one city of which `spelling` is a recorded name; Http404 where none or several are called so.

    A name that is displayed decides before one that only serves the search.
    """
    query = SearchQuery.read(spelling)
    for names in (CityName.objects.displayed(), CityName.objects.all()):
        cities = list(City.objects.spelt(query, names)[:2]) if query.words else []
        if len(cities) == 1:
            return cities[0]
    raise Http404(_("No city of the record is called so, or several are."))


def country_list(request: HttpRequest) -> HttpResponse:
    """Countries with their numbers of titles and centres."""
    context = {"countries": Country.objects.with_counts().by_name()}
    return render(request, "capitals/pages/country_list.html", context)


def country_detail(request: HttpRequest, slug: str) -> HttpResponse:
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
        "searched_to": None if designations else searched_to(),
        "events": events,
        "all_events": reverse("events", query={"country": country.code}),
        "hosted": country.centres_hosted.with_places().with_citations().by_country(),
        "abroad": country.centres_abroad.with_places().with_citations().by_country(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/country_detail.html", context)


def event_list(request: HttpRequest) -> HttpResponse:
    """Events with their summaries, the newest first."""
    filterset = EventFilterSet(request.GET, Event.objects.for_cards().newest_first())
    return render_list(request, "capitals/pages/event_list.html", filterset, RECORDS_PER_PAGE)


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An event: what, when, where, whose title, who took part."""
    events = Event.objects.for_cards().with_disputes().with_participants()
    event = get_object_or_404(events, pk=slug)
    context = {
        "event": event,
        "speakers": event.speakers.order_by("pk"),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/event_detail.html", context)


def series_list(request: HttpRequest) -> HttpResponse:
    """Recurring events."""
    series = EventSeries.objects.select_related("city").with_citations().by_name()
    context = {"series_list": series, "citations": Citations()}
    return render(request, "capitals/pages/series_list.html", context)


def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A recurring event and its recorded editions."""
    all_series = EventSeries.objects.select_related("city__country").with_citations().with_disputes()
    series = get_object_or_404(all_series.with_organisers(), pk=slug)
    context = {
        "series": series,
        "editions": series.editions.for_cards().newest_first(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/series_detail.html", context)


def centre_list(request: HttpRequest) -> HttpResponse:
    """Cultural centres abroad."""
    rows = CulturalCentre.objects.with_places().with_citations().by_country()
    filterset = CulturalCentreFilterSet(request.GET, rows)
    template = "capitals/pages/centre_list.html"
    return render_list(request, template, filterset, RECORDS_PER_PAGE)


def centre_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A cultural centre."""
    centres = CulturalCentre.objects.with_places().with_citations().with_disputes()
    context = {"centre": get_object_or_404(centres, pk=slug), "citations": Citations()}
    return render(request, "capitals/pages/centre_detail.html", context)


def decision_list(request: HttpRequest) -> HttpResponse:
    """Decisions, the newest first, with the capitals that they named."""
    rows = Decision.objects.select_related("body").with_capitals().with_citations().newest_first()
    filterset = DecisionFilterSet(request.GET, rows)
    template = "capitals/pages/decision_list.html"
    return render_list(request, template, filterset, RECORDS_PER_PAGE)


def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A decision and the capitals that it named."""
    decisions = Decision.objects.select_related("body").with_capitals().with_citations().with_disputes()
    decision = get_object_or_404(decisions, pk=slug)
    disputes = Dispute.objects.on_decision(decision.pk).with_versions()
    context = {
        "decision": decision,
        "disputes": [*decision.disputes.all(), *disputes],
        "other_steps": Decision.objects.sharing_a_capital_with(decision).with_citations().oldest_first(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/decision_detail.html", context)


def body_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A body, its decisions, and the events and series that it organised."""
    body = get_object_or_404(Body.objects.select_related("country").with_citations(), pk=slug)
    events = body.events.for_cards().newest_first()
    context = {
        "body": body,
        "decisions": body.decisions.with_capitals().with_citations().newest_first(),
        "page": page_of(events, RECORDS_PER_PAGE, request.GET.get("page")),
        "parameters": QueryDict(),
        "series": body.series.by_name(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/body_detail.html", context)


def source_list(request: HttpRequest) -> HttpResponse:
    """Sources, the two founding articles first."""
    filterset = SourceFilterSet(request.GET, Source.objects.newest_first())
    return render_list(request, "capitals/pages/source_list.html", filterset, RECORDS_PER_PAGE)


def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A source and every record that rests on it."""
    source = get_object_or_404(Source, pk=slug)
    context = {"source": source, "resting": source.resting()}
    return render(request, "capitals/pages/source_detail.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Everything that holds the words of the query in any spelling, the best first; else nearest names."""
    form = SearchForm(readable(request.GET) if "q" in request.GET else None)
    if not form.is_valid():
        return render(request, SEARCH_PAGE, {"form": form}, status=400 if form.is_bound else 200)
    typed, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    query = SearchQuery.read(typed)
    matching = SearchEntry.objects.matching(query)
    numbers = matching.numbers_by_kind()
    form.explain(numbers)
    found = matching.best_first(query).with_places().of_kind(kind)
    count = numbers.get(kind, 0) if kind else sum(numbers.values())
    page = page_of(found, RESULTS_PER_PAGE, request.GET.get("page"), count)
    parameters = QueryDict(mutable=True)
    parameters.update({"q": typed, "kind": kind} if kind else {"q": typed})
    context = {
        "form": form,
        "page": page,
        "parameters": parameters,
        "results": [Result(entry, query) for entry in page],
        "elsewhere": sum(numbers.values()) - count,
    }
    if not numbers:
        context["nearest"] = [Result(entry, meant) for entry, meant in nearest(query)]
        if not context["nearest"]:
            held = SearchEntry.objects.numbers_by_kind()
            context["held"] = [(label, held[kind]) for kind, label in KINDS.items() if kind in held]
    return render(request, SEARCH_PAGE, context)


def programme(request: HttpRequest) -> HttpResponse:
    """The programme's own history and rules, and the titles that it is taken for."""
    context = {
        "statements": ProgrammeStatement.objects.in_order().with_citations().with_disputes(),
        "sister_titles": SisterTitle.objects.with_citations().with_holdings().by_name(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/programme.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """Method, coverage, limits, licence and corrections."""
    held, lacking = amounts()
    context = {
        "held": held,
        "lacking": lacking,
        "years": years_covered(today()),
        "sources": sources_covered(),
        "searched_to": searched_to(),
        "corrections": Correction.objects.order_by("-date", "pk"),
    }
    return render(request, "capitals/pages/about.html", context)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every address, for search engines."""
    return render(request, "sitemap.xml", {"paths": addresses()}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Where the sitemap is."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def health(request: HttpRequest) -> HttpResponse:
    """For machines: that the site answers, and with which version of the record."""
    version = request.record.version  # type: ignore[attr-defined]
    return HttpResponse(f"ok {version}\n", content_type="text/plain; charset=utf-8")
