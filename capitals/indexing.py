"""What the search finds: an entry for each page, and for each part of a page with an anchor.

Made from the record once it stands in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse

from capitals.folding import fold
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
    EventSeries,
    ProgrammeStatement,
    SearchEntry,
    SisterTitle,
    Source,
)

Kind = SearchEntry.Kind
Spelling = tuple[str, str, str, str]
"""A name that may be shown beside the title: itself, its language, its kind, a note."""


def search_entries() -> Iterator[SearchEntry]:
    """The entries of the record that stands in the database, not yet written."""
    places = Places()
    yield from _cities(places)
    yield from _countries()
    yield from _years()
    yield from _designations(places)
    yield from _events(places)
    yield from _series(places)
    yield from _centres(places)
    yield from _decisions(places)
    yield from _bodies()
    yield from _statements()
    yield from _sister_titles(places)
    yield from _disputes(places)
    yield from _sources()


def column_of_names(names: Iterable[str]) -> str:
    """Folded names between bars, each with its spaces and without: `| nur sultan | nursultan |`."""
    folded = list(map(fold, names))
    ways = dict.fromkeys(way for name in folded for way in (name, name.replace(" ", "")) if way)
    return "".join(f"| {way} " for way in ways) + "|"


class Places:
    """Every spelling of each city, and every name of each country, by key."""

    def __init__(self) -> None:
        self.of_country = {country.pk: _names_of(country) for country in Country.objects.all()}
        self.of_city = {city.pk: [city.name] for city in City.objects.all()}
        for city, name in CityName.objects.order_by("pk").values_list("city", "name"):
            self.of_city[city].append(name)

    def words(self, cities: Iterable[City | None], *countries: Country | None) -> Iterator[str]:
        """All by which these cities, the countries that they lie in and these countries can be found."""
        for city in filter(None, cities):
            yield from self.of_city[city.pk]
            yield from self.of_country[city.country_id]
        for country in filter(None, countries):
            yield from self.of_country[country.pk]


def _names_of(country: Country) -> list[str]:
    return [name for name in (country.name, country.name_ru, country.name_local) if name]


def _entry(
    record: Any,
    kind: str,
    title: str,
    *,
    names: Iterable[Spelling] = (),
    hidden: Iterable[str] = (),
    quoted: Iterable[Spelling] = (),
    lines: Iterable[str] = (),
    beside: Iterable[str] = (),
    **fields: Any,
) -> SearchEntry:
    """The entry for what stands at the address of `record`.

    `names` may be shown beside the title, `hidden` ones are not shown as they are, what is
    `quoted` may be shown but is no name; `lines` are the text, a part to a line, and what is
    `beside` is searched and not shown.
    """
    names, quoted = ([spelling for spelling in some if spelling[0]] for some in (names, quoted))
    text = "\n".join(line for line in lines if line)
    # An article is not what it is about: “Gyumri” does not stand for an article of that title.
    called = [] if kind == Kind.SOURCE else [title, *(spelling[0] for spelling in names), *hidden]
    folded_names = column_of_names(called)
    searched = dict.fromkeys([title, *(spelling[0] for spelling in (*names, *quoted)), text, *beside])
    return SearchEntry(
        address=record if isinstance(record, str) else record.get_absolute_url(),
        kind=kind,
        title=title,
        spellings=[*names, *quoted],
        text=text,
        folded_names=folded_names,
        folded=f"{folded_names} {fold(' '.join(searched))} ",
        **fields,
    )


def _cities(places: Places) -> Iterator[SearchEntry]:
    names: dict[str, list[Spelling]] = defaultdict(list)
    for name in CityName.objects.displayed():
        names[name.city_id].append((name.name, name.language, name.kind, name.note))
    for city in City.objects.with_country().with_titles():
        yield _entry(
            city,
            Kind.CITY,
            city.name,
            names=names[city.pk],
            hidden=places.of_city[city.pk],
            lines=[city.description, city.region],
            beside=[*places.words([], city.country), *(str(title.year) for title in city.designations.all())],
            country=city.country,
        )


def _countries() -> Iterator[SearchEntry]:
    for country in Country.objects.all():
        names = [
            (country.name_ru, "ru", "russian", ""),
            (country.name_local, country.local_language, "local", ""),
        ]
        yield _entry(country, Kind.COUNTRY, country.name, names=names, lines=[country.relation])


def _years() -> Iterator[SearchEntry]:
    designations = Designation.objects.oldest_first().with_places()
    for year, titles in groupby(designations, key=lambda designation: designation.year):
        capitals = "; ".join(f"{title.city.name}, {title.city.country.name}" for title in titles)
        yield _entry(reverse("year", args=[year]), Kind.YEAR, str(year), lines=[capitals], year=year)


def _designations(places: Places) -> Iterator[SearchEntry]:
    for designation in Designation.objects.with_places():
        city, year = designation.city, designation.year
        yield _entry(
            designation,
            Kind.DESIGNATION,
            f"{city.name} {year}",
            hidden=[f"{name} {year}" for name in places.of_city[city.pk]],
            lines=[designation.summary, designation.events_planned, designation.events_held],
            beside=places.words([city]),
            city=city,
            year=year,
        )


def _events(places: Places) -> Iterator[SearchEntry]:
    for event in Event.objects.for_cards().with_participants().prefetch_related("speakers"):
        speakers = sorted(event.speakers.all(), key=lambda speaker: speaker.pk)
        organisers = event.organisers.all()
        titles = [part.designation for part in event.part_of()]
        cities = [event.city, *event.other_cities.all(), *(title.city for title in titles)]
        first = event.start or event.reported_on
        last = event.end or first
        years = range(first.year, last.year + 1) if first and last else []
        yield _entry(
            event,
            Kind.EVENT,
            event.title,
            names=[(event.title_original, event.original_language, "original", "")],
            hidden=[speaker.name for speaker in speakers],
            quoted=[
                *(
                    (f"{one.name}, {one.post}" if one.post else one.name, "", "speaker", "")
                    for one in speakers
                ),
                # What articles call it, in their languages: it often has no title in them itself.
                *(
                    (source.title, source.language, "source", source.outlet)
                    for source in event.sources.all()
                    if source.title_given
                ),
            ],
            lines=[
                event.summary,
                event.theme,
                event.venue,
                event.countries_as_stated,
                "; ".join(body.name for body in organisers),
                "; ".join(country.name for country in event.participating_countries.all()),
            ],
            beside=[
                *places.words(cities, *event.participating_countries.all()),
                *(body.name_ru for body in organisers),
                str(event.get_kind_display()),
                *(str(title.year) for title in titles),
                *map(str, years),
            ],
            city=event.city,
            start=event.start,
            end=event.end,
            reported_on=event.reported_on,
            year=first.year if first else None,
        )


def _series(places: Places) -> Iterator[SearchEntry]:
    for series in EventSeries.objects.select_related("city").with_organisers():
        organisers = series.organisers.all()
        yield _entry(
            series,
            Kind.SERIES,
            series.name,
            names=[(series.name_original, series.original_language, "original", "")],
            lines=[series.summary, series.frequency, "; ".join(body.name for body in organisers)],
            beside=[*places.words([series.city]), *(body.name_ru for body in organisers)],
            city=series.city,
        )


def _centres(places: Places) -> Iterator[SearchEntry]:
    for centre in CulturalCentre.objects.with_places():
        begun = centre.established or centre.inaugurated
        yield _entry(
            centre,
            Kind.CENTRE,
            centre.name,
            names=[(centre.name_original, centre.original_language, "original", "")],
            lines=[centre.summary, centre.street_address, centre.operator, centre.note],
            beside=places.words([centre.host_city], centre.host_country, centre.operating_country),
            city=centre.host_city,
            country=centre.host_country,
            start=begun,
            year=begun.year if begun else None,
        )


def _decisions(places: Places) -> Iterator[SearchEntry]:
    for decision in Decision.objects.select_related("body").with_capitals():
        named = decision.names.all()
        yield _entry(
            decision,
            Kind.DECISION,
            decision.title,
            names=[(decision.document, decision.document_language, "document", "")],
            lines=[decision.summary, decision.body.name],
            beside=[
                decision.place,
                decision.body.name_ru,
                *places.words(title.city for title in named),
                *(str(title.year) for title in named),
                *([str(decision.date.year)] if decision.date else []),
            ],
            place=decision.place,
            start=decision.date,
            year=decision.date.year if decision.date else None,
        )


def _bodies() -> Iterator[SearchEntry]:
    for body in Body.objects.select_related("country"):
        yield _entry(
            body,
            Kind.BODY,
            body.name,
            names=[(body.name_ru, "ru", "russian", "")],
            lines=[body.description],
            beside=_names_of(body.country) if body.country else (),
            country=body.country,
        )


def _statements() -> Iterator[SearchEntry]:
    for statement in ProgrammeStatement.objects.all():
        year = statement.date.year if statement.date else None
        yield _entry(
            statement,
            Kind.STATEMENT,
            statement.heading,
            lines=[statement.text],
            beside=[str(year)] if year else (),
            start=statement.date,
            year=year,
        )


def _sister_titles(places: Places) -> Iterator[SearchEntry]:
    for title in SisterTitle.objects.with_holdings():
        holdings = title.holdings.all()
        yield _entry(
            title,
            Kind.SISTER_TITLE,
            title.name,
            names=[(title.name_ru, "ru", "russian", "")],
            lines=[title.summary, title.given_by],
            beside=[
                *(name for holding in holdings for name in places.of_city[holding.city_id]),
                *(str(holding.year) for holding in holdings),
            ],
        )


def _disputes(places: Places) -> Iterator[SearchEntry]:
    subjects = ("designation__city", "decision", "event__city", "city", "centre__host_city", "series__city")
    for dispute in Dispute.objects.with_versions().select_related(*subjects, "statement"):
        subject: Any = dispute.subject
        city = subject if isinstance(subject, City) else getattr(subject, "city", None)
        city = city or getattr(subject, "host_city", None)
        yield _entry(
            dispute,
            Kind.DISPUTE,
            dispute.question,
            lines=[*(version.claim for version in dispute.versions.all()), dispute.assessment],
            beside=[str(subject), *places.words([city])],
            city=city,
        )


def _sources() -> Iterator[SearchEntry]:
    for source in Source.objects.all():
        yield _entry(
            source,
            Kind.SOURCE,
            source.title if source.title_given else f"[{source.title}]",
            title_language=source.language if source.title_given else "",
            names=[(source.author, "", "author", "")],
            lines=[source.establishes, source.outlet, source.via],
            beside=[str(source.date.year)] if source.date else (),
            start=source.date,
            year=source.date.year if source.date else None,
        )
