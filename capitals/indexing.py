"""What the search finds: an entry for each page, and for each part of a page with an anchor.

Made from the record once it stands in the database, in both languages at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from capitals.folding import fold
from capitals.languages import ENGLISH, RUSSIAN
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
    InTwoLanguages,
    ProgrammeStatement,
    SearchEntry,
    SisterTitle,
    Source,
)

Kind = SearchEntry.Kind
Spelling = tuple[str, str, str, str, str]
"""A name that may be shown beside the title: itself, its language and kind, an English and a Russian note."""
Twins = tuple[str, str]
"""A text in English and in Russian."""


def search_entries() -> Iterator[SearchEntry]:
    """The entries of the record that stands in the database, not yet written; asked for in English."""
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


def _twins(record: InTwoLanguages, field: str) -> Twins:
    return getattr(record, field), record.in_russian(field)


def _texts(record: InTwoLanguages, *fields: str) -> list[Twins]:
    return [_twins(record, field) for field in fields]


def _joined(records: Iterable[InTwoLanguages], field: str = "name") -> Twins:
    """That text of several records, in one line."""
    pairs = [_twins(record, field) for record in records]
    return "; ".join(english for english, _russian in pairs), "; ".join(pair[1] or pair[0] for pair in pairs)


def _entry(
    record: Any,
    kind: str,
    title: Twins,
    *,
    names: Iterable[Spelling] = (),
    hidden: Iterable[str] = (),
    quoted: Iterable[Spelling] = (),
    lines: Iterable[Twins] = (),
    beside: Iterable[str] = (),
    **fields: Any,
) -> SearchEntry:
    """The entry for what stands at the address of `record`.

    `names` may be shown beside the title, `hidden` ones are not shown as they are, what is
    `quoted` may be shown but is no name; `lines` are the text, a part to a line, and what is
    `beside` is searched and not shown.
    """
    if title[0] != title[1]:
        # A page that shows the one may have been found by the other.
        names = [*names, (title[0], ENGLISH, "english", "", ""), (title[1], RUSSIAN, "russian", "", "")]
    told: dict[str, Spelling] = {}
    for spelling in names:
        told.setdefault(spelling[0], spelling)
    names, quoted = ([spelling for spelling in some if spelling[0]] for some in (told.values(), quoted))
    lines = list(lines)
    text, text_ru = ("\n".join(line[side] for line in lines if line[side]) for side in (0, 1))
    # An article is not what it is about: “Gyumri” does not stand for an article of that title.
    called = [] if kind == Kind.SOURCE else [*title, *(spelling[0] for spelling in names), *hidden]
    folded_names = column_of_names(called)
    searched = [*title, *(spelling[0] for spelling in (*names, *quoted)), *beside]

    def folded(text: str) -> str:
        return f"{folded_names} {fold(' '.join(dict.fromkeys([*searched, text])))} "

    return SearchEntry(
        address=record if isinstance(record, str) else record.get_absolute_url(),
        kind=kind,
        title=title[0],
        title_ru=title[1],
        spellings=[*names, *quoted],
        text=text,
        text_ru=text_ru,
        folded_names=folded_names,
        folded_en=folded(text),
        folded_ru=folded(text_ru),
        **fields,
    )


def _original(record: Any) -> list[Spelling]:
    """What a source calls it."""
    original = getattr(record, record.ORIGINAL[1])
    return [(original, record.original_language, "original", "", "")]


def _cities(places: Places) -> Iterator[SearchEntry]:
    names: dict[str, list[Spelling]] = defaultdict(list)
    for name in CityName.objects.displayed():
        names[name.city_id].append((name.name, name.language, name.kind, *_twins(name, "note")))
    for city in City.objects.with_country().with_titles():
        yield _entry(
            city,
            Kind.CITY,
            _twins(city, "name"),
            names=names[city.pk],
            hidden=places.of_city[city.pk],
            lines=_texts(city, "description", "region"),
            beside=[*places.words([], city.country), *(str(title.year) for title in city.designations.all())],
            country=city.country,
        )


def _countries() -> Iterator[SearchEntry]:
    for country in Country.objects.all():
        local = (country.name_local, country.local_language, "local", "", "")
        yield _entry(
            country,
            Kind.COUNTRY,
            _twins(country, "name"),
            names=[local],
            lines=_texts(country, "relation"),
        )


def _years() -> Iterator[SearchEntry]:
    designations = Designation.objects.oldest_first().with_places()
    for year, titles in groupby(designations, key=lambda designation: designation.year):
        cities = [(title.city, title.city.country) for title in titles]
        capitals = "; ".join(f"{city.name}, {country.name}" for city, country in cities)
        capitals_ru = "; ".join(
            f"{city.name_ru or city.name}, {country.name_ru or country.name}" for city, country in cities
        )
        title = (str(year), str(year))
        yield _entry(
            reverse("year", args=[year]), Kind.YEAR, title, lines=[(capitals, capitals_ru)], year=year
        )


def _designations(places: Places) -> Iterator[SearchEntry]:
    for designation in Designation.objects.with_places():
        city, year = designation.city, designation.year
        yield _entry(
            designation,
            Kind.DESIGNATION,
            (f"{city.name} {year}", f"{city.name_ru} {year}" if city.name_ru else ""),
            hidden=[f"{name} {year}" for name in places.of_city[city.pk]],
            lines=_texts(designation, "summary", "events_planned", "events_held"),
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
            _twins(event, "title"),
            names=_original(event),
            hidden=[name for speaker in speakers for name in (speaker.name, speaker.name_ru)],
            quoted=[
                *(quoted for speaker in speakers for quoted in _speaker(speaker)),
                # What articles call it, in their languages: it often has no title in them itself.
                *(
                    (source.title, source.language, "source", source.outlet, source.outlet_ru)
                    for source in event.sources.all()
                    if source.title_given
                ),
            ],
            lines=[
                *_texts(event, "summary", "theme", "venue", "countries_as_stated"),
                _joined(organisers),
                _joined(event.participating_countries.all()),
            ],
            beside=[
                *places.words(cities, *event.participating_countries.all()),
                *(body.name_ru for body in organisers),
                *_label(event.get_kind_display),
                *(str(title.year) for title in titles),
                *map(str, years),
            ],
            city=event.city,
            start=event.start,
            end=event.end,
            reported_on=event.reported_on,
            year=first.year if first else None,
        )


def _speaker(speaker: EventSpeaker) -> Iterator[Spelling]:
    """The speaker with the post held then, in each language."""
    yield f"{speaker.name}, {speaker.post}".rstrip(", "), ENGLISH, "speaker", "", ""
    if speaker.name_ru:
        yield f"{speaker.name_ru}, {speaker.post_ru}".rstrip(", "), RUSSIAN, "speaker", "", ""


def _label(display: Callable[[], Any]) -> list[str]:
    """A choice's label in both languages."""
    labels = []
    for language in (ENGLISH, RUSSIAN):
        with override(language):
            labels.append(str(display()))
    return labels


def _series(places: Places) -> Iterator[SearchEntry]:
    for series in EventSeries.objects.select_related("city").with_organisers():
        organisers = series.organisers.all()
        yield _entry(
            series,
            Kind.SERIES,
            _twins(series, "name"),
            names=_original(series),
            lines=[*_texts(series, "summary", "frequency"), _joined(organisers)],
            beside=[*places.words([series.city]), *(body.name_ru for body in organisers)],
            city=series.city,
        )


def _centres(places: Places) -> Iterator[SearchEntry]:
    for centre in CulturalCentre.objects.with_places():
        begun = centre.established or centre.inaugurated
        yield _entry(
            centre,
            Kind.CENTRE,
            _twins(centre, "name"),
            names=_original(centre),
            lines=_texts(centre, "summary", "street_address", "operator", "note"),
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
            _twins(decision, "title"),
            names=[(decision.document, decision.document_language, "document", "", "")],
            lines=[*_texts(decision, "summary"), *_texts(decision.body, "name")],
            beside=[
                *_twins(decision, "place"),
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


def _bodies() -> Iterator[SearchEntry]:
    for body in Body.objects.select_related("country"):
        yield _entry(
            body,
            Kind.BODY,
            _twins(body, "name"),
            lines=_texts(body, "description"),
            beside=_names_of(body.country) if body.country else (),
            country=body.country,
        )


def _statements() -> Iterator[SearchEntry]:
    for statement in ProgrammeStatement.objects.all():
        year = statement.date.year if statement.date else None
        yield _entry(
            statement,
            Kind.STATEMENT,
            _twins(statement, "heading"),
            lines=_texts(statement, "text"),
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
            _twins(title, "name"),
            lines=_texts(title, "summary", "given_by"),
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
            _twins(dispute, "question"),
            lines=[
                *(twins for version in dispute.versions.all() for twins in _texts(version, "claim")),
                *_texts(dispute, "assessment"),
            ],
            beside=[str(subject), *places.words([city])],
            city=city,
        )


def _sources() -> Iterator[SearchEntry]:
    for source in Source.objects.all():
        title = _twins(source, "title")
        if not source.title_given:
            title = f"[{title[0]}]", f"[{title[1]}]" if title[1] else ""
        yield _entry(
            source,
            Kind.SOURCE,
            title,
            title_language=source.language if source.title_given else "",
            names=[
                (author, "", "author", "", "") for author in dict.fromkeys((source.author, source.author_ru))
            ],
            lines=[
                *_texts(source, "establishes"),
                *((name, russian or name) for name, russian in _texts(source, "outlet", "via")),
            ],
            beside=[str(source.date.year)] if source.date else (),
            start=source.date,
            year=source.date.year if source.date else None,
        )
