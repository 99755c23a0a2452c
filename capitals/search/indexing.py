"""What the search finds: an entry for each page, and for each part of a page with an anchor.

Made from the record once it stands in the database, in both languages at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from django.db import models
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
    ProgrammeStatement,
    SearchEntry,
    SisterTitle,
    Source,
)
from capitals.models.names import each_name
from capitals.models.searchable import Spelling
from capitals.models.titles import titles_held
from capitals.search.entries import Twins, joined, labels, make_entry, original, texts, twins
from capitals.search.event_entries import event_entries
from capitals.search.places import Places, names_of
from capitals.words.languages import ENGLISH

Kind = SearchEntry.Kind


FOUND: tuple[type[models.Model], ...] = (
    *(City, Country, Designation, Event, EventSeries, CulturalCentre, Decision, Body),
    *(ProgrammeStatement, SisterTitle, Dispute, Source),
)
"""What has an entry for each record, years apart."""
AT_ONCE = 500
"""So many records with all that hangs on them are in memory at a time."""


def number_of_search_entries(database: str) -> int:
    """About how many entries there are to be."""
    return sum(model._default_manager.using(database).count() for model in FOUND)


def search_entries(database: str) -> Iterator[SearchEntry]:
    """The entries of the record that stands in that database (an alias), not yet written."""
    with override(ENGLISH):
        places = Places(database)
        yield from _cities(database, places)
        yield from _countries(database, places)
        yield from _years(database)
        yield from _designations(database, places)
        yield from event_entries(database, places)
        yield from _series(database, places)
        yield from _centres(database, places)
        yield from _decisions(database, places)
        yield from _bodies(database)
        yield _programme()
        yield from _statements(database)
        yield from _sister_titles(database, places)
        yield from _disputes(database, places)
        yield from _sources(database)


def _cities(database: str, places: Places) -> Iterator[SearchEntry]:
    names: dict[str, list[Spelling]] = defaultdict(list)
    for name in each_name(CityName.objects.using(database).displayed()):
        noted = name.bearer_of_note
        for one in name.names:
            spelling = Spelling(one.name, one.language, one.kind, noted.note, noted.note_ru)
            names[one.city_id].append(spelling)
    for city in City.objects.using(database).with_country().prefetch_related(titles_held()).iterator(AT_ONCE):
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
    for designation in Designation.objects.using(database).with_places().iterator(AT_ONCE):
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


def _series(database: str, places: Places) -> Iterator[SearchEntry]:
    found = EventSeries.objects.using(database).select_related("city").with_organisers()
    for series in found.iterator(AT_ONCE):
        organisers = series.organisers.all()
        yield make_entry(
            series.get_absolute_url(),
            Kind.SERIES,
            twins(series, "name"),
            names=original(series),
            lines=[*texts(series, "summary", "account", "frequency", "note"), joined(organisers)],
            beside=[*places.words([series.city]), *(body.name_ru for body in organisers)],
            city=series.city,
        )


def _centres(database: str, places: Places) -> Iterator[SearchEntry]:
    for centre in CulturalCentre.objects.using(database).with_places().iterator(AT_ONCE):
        begun = centre.established or centre.inaugurated
        yield make_entry(
            centre.get_absolute_url(),
            Kind.CENTRE,
            twins(centre, "name"),
            names=original(centre),
            lines=texts(centre, "summary", "account", "street_address", "operator", "note"),
            beside=places.words([centre.host_city], centre.host_country, centre.operating_country),
            city=centre.host_city,
            country=centre.host_country,
            start=begun,
            year=begun.year if begun else None,
        )


def _decisions(database: str, places: Places) -> Iterator[SearchEntry]:
    found = Decision.objects.using(database).select_related("body").with_capitals()
    for decision in found.iterator(AT_ONCE):
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
    for body in Body.objects.using(database).select_related("country").iterator(AT_ONCE):
        yield make_entry(
            body.get_absolute_url(),
            Kind.BODY,
            twins(body, "name"),
            lines=texts(body, "description"),
            beside=names_of(body.country) if body.country else (),
            country=body.country,
        )


def _programme() -> SearchEntry:
    """The page of the statements itself: what answers a question that names no city and no year."""
    told = _("What sources say about the history and rules of “Cultural Capitals of the Commonwealth”.")
    title = Twins(*labels(_("The programme").__str__))
    return make_entry(reverse("programme"), Kind.STATEMENT, title, lines=[Twins(*labels(told.__str__))])


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
    for dispute in disputes.iterator(AT_ONCE):
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
    for source in Source.objects.using(database).iterator(AT_ONCE):
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
