"""What the search finds: an entry for each page, and for each part of a page with an anchor.

Made from the record once it stands in the database, in both languages at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

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
    EventSpeaker,
    ProgrammeStatement,
    SearchEntry,
    SisterTitle,
    Source,
    WithOriginal,
)
from capitals.models.names import each_name
from capitals.models.searchable import Spelling
from capitals.models.titles import titles_held
from capitals.search.entries import Twins, joined, make_entry, texts, twins
from capitals.words.declension import case_forms
from capitals.words.inflection import inflected
from capitals.words.languages import ENGLISH, RUSSIAN

Kind = SearchEntry.Kind


def search_entries(database: str) -> Iterator[SearchEntry]:
    """The entries of the record that stands in that database (an alias), not yet written."""
    with override(ENGLISH):
        places = Places(database)
        yield from _cities(database, places)
        yield from _countries(database, places)
        yield from _years(database)
        yield from _designations(database, places)
        yield from _events(database, places)
        yield from _series(database, places)
        yield from _centres(database, places)
        yield from _decisions(database, places)
        yield from _bodies(database)
        yield _programme()
        yield from _statements(database)
        yield from _sister_titles(database, places)
        yield from _disputes(database, places)
        yield from _sources(database)


class Places:
    """Every spelling of each city and name of each country, by key; Russian ones in all their cases.

    Other inflected forms, and names of countries that are never shown, lead to the place itself alone:
    `search/questions.py` puts the name for them before anything is looked for.
    """

    def __init__(self, database: str) -> None:
        countries, cities = Country.objects.using(database), City.objects.using(database)
        self.of_country = {
            country.pk: [*_names_of(country), *case_forms(country.name_ru)] for country in countries
        }
        self.leading_to_country = {
            country.pk: [
                *inflected(country.name_local, country.local_language),
                *(form for name in country.also_typed() for form in (name, *inflected(name, RUSSIAN))),
            ]
            for country in countries
        }
        self.of_city = {city.pk: [city.name] for city in cities}
        self.leading_to_city: dict[str, list[str]] = defaultdict(list)
        declined = {city.pk: case_forms(city.name_ru) for city in cities}
        names = CityName.objects.using(database).order_by("pk")
        for city, name, language, kind in names.values_list("city", "name", "language", "kind"):
            self.of_city[city].append(name)
            if language == RUSSIAN and kind != CityName.Kind.SEARCH:
                declined[city] += case_forms(name)
            elif kind != CityName.Kind.SEARCH:
                self.leading_to_city[city] += inflected(name, language)
        for city, forms in declined.items():
            self.of_city[city] = list(dict.fromkeys([*self.of_city[city], *forms]))

    def words(self, cities: Iterable[City | None], *countries: Country | None) -> Iterator[str]:
        """All by which these cities, the countries that they lie in and these countries can be found."""
        for city in filter(None, cities):
            yield from self.of_city[city.pk]
            yield from self.of_country[city.country_id]
        for country in filter(None, countries):
            yield from self.of_country[country.pk]


def _names_of(country: Country) -> list[str]:
    return [name for name in (country.name, country.name_ru, country.name_local) if name]


def _original(record: WithOriginal) -> list[Spelling]:
    """What a source calls it."""
    return [Spelling(record.original, record.original_language, "original")]


def _labels(display: Callable[[], str]) -> list[str]:
    """A choice's label in both languages."""
    labels = []
    for language in (ENGLISH, RUSSIAN):
        with override(language):
            labels.append(str(display()))
    return labels


def _cities(database: str, places: Places) -> Iterator[SearchEntry]:
    names: dict[str, list[Spelling]] = defaultdict(list)
    for name in each_name(CityName.objects.using(database).displayed()):
        noted = name.bearer_of_note
        for one in name.names:
            spelling = Spelling(one.name, one.language, one.kind, noted.note, noted.note_ru)
            names[one.city_id].append(spelling)
    for city in City.objects.using(database).with_country().prefetch_related(titles_held()):
        years = (str(title.year) for title in city.designations.all())
        yield make_entry(
            city.get_absolute_url(),
            Kind.CITY,
            twins(city, "name"),
            names=names[city.pk],
            hidden=[*places.of_city[city.pk], *places.leading_to_city[city.pk]],
            lines=texts(city, "description", "region"),
            beside=[*places.words([], city.country), *years],
            country=city.country,
        )


def _countries(database: str, places: Places) -> Iterator[SearchEntry]:
    for country in Country.objects.using(database):
        yield make_entry(
            country.get_absolute_url(),
            Kind.COUNTRY,
            twins(country, "name"),
            names=[Spelling(country.name_local, country.local_language, "local")],
            hidden=[*places.of_country[country.pk], *places.leading_to_country[country.pk]],
            lines=texts(country, "relation"),
        )


def _years(database: str) -> Iterator[SearchEntry]:
    designations = Designation.objects.using(database).oldest_first().with_places()
    for year, titles in groupby(designations, key=lambda designation: designation.year):
        cities = [(title.city, title.city.country) for title in titles]
        capitals = Twins(
            "; ".join(f"{city.name}, {country.name}" for city, country in cities),
            "; ".join(
                f"{city.name_ru or city.name}, {country.name_ru or country.name}" for city, country in cities
            ),
        )
        title = Twins(str(year), str(year))
        yield make_entry(reverse("year", args=[year]), Kind.YEAR, title, lines=[capitals], year=year)


def _designations(database: str, places: Places) -> Iterator[SearchEntry]:
    for designation in Designation.objects.using(database).with_places():
        city, year = designation.city, designation.year
        yield make_entry(
            designation.get_absolute_url(),
            Kind.DESIGNATION,
            Twins(f"{city.name} {year}", f"{city.name_ru} {year}" if city.name_ru else ""),
            hidden=[f"{name} {year}" for name in places.of_city[city.pk]],
            lines=texts(designation, "summary", "account", "events_planned", "events_held", "note"),
            beside=places.words([city]),
            city=city,
            year=year,
        )


def _events(database: str, places: Places) -> Iterator[SearchEntry]:
    events = Event.objects.using(database).with_bearings().with_participants().prefetch_related("speakers")
    for event in events:
        speakers = sorted(event.speakers.all(), key=lambda speaker: speaker.pk)
        first = event.start or event.reported_on
        yield make_entry(
            event.get_absolute_url(),
            Kind.EVENT,
            twins(event, "title"),
            names=_original(event),
            hidden=[name for speaker in speakers for name in (speaker.name, speaker.name_ru)],
            quoted=[
                *(quoted for speaker in speakers for quoted in _speaker(speaker)),
                *_articles_on(event),
            ],
            lines=[
                *texts(event, "summary", "account", "theme", "venue", "countries_as_stated", "note"),
                joined(event.organisers.all()),
                joined(event.participating_countries.all()),
            ],
            beside=_beside_event(event, places),
            city=event.city,
            start=event.start,
            end=event.end,
            reported_on=event.reported_on,
            year=first.year if first else None,
        )


def _speaker(speaker: EventSpeaker) -> Iterator[Spelling]:
    """The speaker with the post held then, in each language."""
    yield Spelling(f"{speaker.name}, {speaker.post}".rstrip(", "), ENGLISH, "speaker")
    if speaker.name_ru:
        yield Spelling(f"{speaker.name_ru}, {speaker.post_ru}".rstrip(", "), RUSSIAN, "speaker")


def _articles_on(event: Event) -> Iterator[Spelling]:
    """What articles call the event, in their languages: it often has no title in them itself."""
    for source in event.cited_sources:
        if source.title_given:
            yield Spelling(source.title, source.language, "source", source.outlet, source.outlet_ru)


def _beside_event(event: Event, places: Places) -> Iterator[str]:
    """All else by which an event can be found: its places, organisers, kind, title years and years."""
    titles = [part.designation for part in event.part_of()]
    cities = [event.city, *event.other_cities.all(), *(title.city for title in titles)]
    yield from places.words(cities, *event.participating_countries.all())
    yield from (body.name_ru for body in event.organisers.all())
    yield from _labels(event.get_kind_display)
    yield from (str(title.year) for title in titles)
    first = event.start or event.reported_on
    last = event.end or first
    if first and last:
        yield from map(str, range(first.year, last.year + 1))


def _series(database: str, places: Places) -> Iterator[SearchEntry]:
    for series in EventSeries.objects.using(database).select_related("city").with_organisers():
        organisers = series.organisers.all()
        yield make_entry(
            series.get_absolute_url(),
            Kind.SERIES,
            twins(series, "name"),
            names=_original(series),
            lines=[*texts(series, "summary", "account", "frequency", "note"), joined(organisers)],
            beside=[*places.words([series.city]), *(body.name_ru for body in organisers)],
            city=series.city,
        )


def _centres(database: str, places: Places) -> Iterator[SearchEntry]:
    for centre in CulturalCentre.objects.using(database).with_places():
        begun = centre.established or centre.inaugurated
        yield make_entry(
            centre.get_absolute_url(),
            Kind.CENTRE,
            twins(centre, "name"),
            names=_original(centre),
            lines=texts(centre, "summary", "account", "street_address", "operator", "note"),
            beside=places.words([centre.host_city], centre.host_country, centre.operating_country),
            city=centre.host_city,
            country=centre.host_country,
            start=begun,
            year=begun.year if begun else None,
        )


def _decisions(database: str, places: Places) -> Iterator[SearchEntry]:
    for decision in Decision.objects.using(database).select_related("body").with_capitals():
        named = decision.names.all()
        yield make_entry(
            decision.get_absolute_url(),
            Kind.DECISION,
            twins(decision, "title"),
            names=[Spelling(decision.document, decision.document_language, "document")],
            lines=[*texts(decision, "summary", "account", "note"), *texts(decision.body, "name")],
            beside=[
                *twins(decision, "place"),
                decision.body.name_ru,
                *places.words(title.city for title in named),
                *(str(title.year) for title in named),
                *([str(decision.date.year)] if decision.date else []),
            ],
            place=decision.place,
            place_ru=decision.place_ru,
            start=decision.date,
            year=decision.date.year if decision.date else None,
        )


def _bodies(database: str) -> Iterator[SearchEntry]:
    for body in Body.objects.using(database).select_related("country"):
        yield make_entry(
            body.get_absolute_url(),
            Kind.BODY,
            twins(body, "name"),
            lines=texts(body, "description"),
            beside=_names_of(body.country) if body.country else (),
            country=body.country,
        )


def _programme() -> SearchEntry:
    """The page of the statements itself: what answers a question that names no city and no year."""
    told = _("What sources say about the history and rules of “Cultural Capitals of the Commonwealth”.")
    title = Twins(*_labels(_("The programme").__str__))
    return make_entry(reverse("programme"), Kind.STATEMENT, title, lines=[Twins(*_labels(told.__str__))])


def _statements(database: str) -> Iterator[SearchEntry]:
    for statement in ProgrammeStatement.objects.using(database):
        year = statement.date.year if statement.date else None
        yield make_entry(
            statement.get_absolute_url(),
            Kind.STATEMENT,
            twins(statement, "heading"),
            lines=texts(statement, "text"),
            beside=[str(year)] if year else (),
            start=statement.date,
            year=year,
        )


def _sister_titles(database: str, places: Places) -> Iterator[SearchEntry]:
    for title in SisterTitle.objects.using(database).with_holdings():
        holdings = title.holdings.all()
        yield make_entry(
            title.get_absolute_url(),
            Kind.SISTER_TITLE,
            twins(title, "name"),
            lines=texts(title, "summary", "given_by"),
            beside=[
                *(name for holding in holdings for name in places.of_city[holding.city_id]),
                *(str(holding.year) for holding in holdings),
            ],
        )


def _disputes(database: str, places: Places) -> Iterator[SearchEntry]:
    subjects = ("designation__city", "decision", "event__city", "city", "centre__host_city", "series__city")
    disputes = Dispute.objects.using(database).with_versions().select_related(*subjects, "statement")
    for dispute in disputes:
        subject = dispute.subject
        city = subject if isinstance(subject, City) else getattr(subject, "city", None)
        city = city or getattr(subject, "host_city", None)
        yield make_entry(
            dispute.get_absolute_url(),
            Kind.DISPUTE,
            twins(dispute, "question"),
            lines=[
                *(claim for version in dispute.versions.all() for claim in texts(version, "claim")),
                *texts(dispute, "assessment"),
            ],
            beside=[str(subject), *places.words([city])],
            city=city,
        )


def _sources(database: str) -> Iterator[SearchEntry]:
    for source in Source.objects.using(database):
        title = twins(source, "title")
        if not source.title_given:
            title = Twins(*(f"[{text}]" if text else "" for text in title))
        authors = dict.fromkeys((source.author, source.author_ru))
        yield make_entry(
            source.get_absolute_url(),
            Kind.SOURCE,
            title,
            title_language=source.language if source.title_given else "",
            names=[Spelling(author, "", "author") for author in authors],
            lines=[
                *texts(source, "establishes"),
                *(Twins(name, russian or name) for name, russian in texts(source, "outlet", "via")),
            ],
            beside=[str(source.date.year)] if source.date else (),
            start=source.date,
            year=source.date.year if source.date else None,
        )
