"""The entries of events, which are found by more than any other record: people, articles, bodies, titles.

What stands around them is asked for once and kept by their keys: to have each record of it
in memory for each event takes longer than all else that the search needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from capitals.models import Body, City, Country, Event, EventDesignation, EventSpeaker, SearchEntry, Source
from capitals.models.searchable import Spelling
from capitals.models.sources import place_in_citations
from capitals.search.entries import Twins, in_one_line, labels, make_entry, original, texts, twins
from capitals.search.places import Places
from capitals.words.languages import ENGLISH, RUSSIAN

AT_ONCE = 500
"""So many events are in memory at a time."""

ByEvent = dict[str, list[tuple[Any, ...]]]
"""Rows by the key of the event that they belong to."""


def event_entries(database: str, places: Places) -> Iterator[SearchEntry]:
    """An entry for each event."""
    around = _Around(database)
    for event in Event.objects.using(database).iterator(AT_ONCE):
        speakers = around.speakers[event.pk]
        first = event.start or event.reported_on
        yield make_entry(
            event.get_absolute_url(),
            SearchEntry.Kind.EVENT,
            twins(event, "title"),
            names=original(event),
            hidden=[name for speaker in speakers for name in speaker[:2]],
            quoted=[
                *(quoted for speaker in speakers for quoted in _speaker(*speaker)),
                # It often has no title itself in the languages of articles on it.
                *(
                    Spelling(title, language, "source", outlet, outlet_ru)
                    for title, language, outlet, outlet_ru, *_place in around.articles[event.pk]
                ),
            ],
            lines=[
                *texts(event, "summary", "account", "theme", "venue", "countries_as_stated", "note"),
                in_one_line(Twins(*names) for names in around.organisers[event.pk]),
                in_one_line(Twins(*names) for _country, *names in around.countries[event.pk]),
            ],
            beside=_beside(event, around, places),
            city_id=event.city_id,
            start=event.start,
            end=event.end,
            reported_on=event.reported_on,
            year=first.year if first else None,
        )


class _Around:
    """What stands around each event, in the order in which a page tells it."""

    def __init__(self, database: str) -> None:
        speakers = EventSpeaker.objects.using(database).order_by("pk")
        self.speakers = _by_event(speakers.values_list("event", "name", "name_ru", "post", "post_ru"))
        articles = Source.objects.using(database).filter(event_records__isnull=False, title_given=True)
        told = ("event_records", "title", "language", "outlet", "outlet_ru")
        place = ("founding", "weakness", "date", "slug")
        self.articles = _by_event(articles.values_list(*told, *place))
        for found in self.articles.values():
            found.sort(key=lambda row: place_in_citations(*row[-len(place) :]))
        organisers = Body.objects.using(database).filter(events__isnull=False).by_name()
        self.organisers = _by_event(organisers.values_list("events", "name", "name_ru"))
        countries = Country.objects.using(database).filter(joined_events__isnull=False).by_name()
        self.countries = _by_event(countries.values_list("joined_events", "pk", "name", "name_ru"))
        cities = City.objects.using(database).filter(shared_events__isnull=False).by_name()
        self.other_cities = _by_event(cities.values_list("shared_events", "pk"))
        titles = EventDesignation.objects.using(database).taking_part().in_order()
        self.titles = _by_event(titles.values_list("event", "designation__city", "designation__year"))


def _by_event(rows: Iterable[tuple[Any, ...]]) -> ByEvent:
    found: ByEvent = defaultdict(list)
    for event, *row in rows:
        found[event].append(tuple(row))
    return found


def _speaker(name: str, name_ru: str, post: str, post_ru: str) -> Iterator[Spelling]:
    """A speaker with the post held then, in each language."""
    yield Spelling(f"{name}, {post}".rstrip(", "), ENGLISH, "speaker")
    if name_ru:
        yield Spelling(f"{name_ru}, {post_ru}".rstrip(", "), RUSSIAN, "speaker")


def _beside(event: Event, around: _Around, places: Places) -> Iterator[str]:
    """All else by which an event can be found: its places, organisers, kind, title years and years."""
    titles = around.titles[event.pk]
    own = [event.city_id] if event.city_id else []
    others = [city for (city,) in around.other_cities[event.pk]]
    cities = [*own, *others, *(city for city, _year in titles)]
    yield from places.words_of(cities, (country for country, *_names in around.countries[event.pk]))
    yield from (name_ru for _name, name_ru in around.organisers[event.pk])
    yield from _labels_of_kind(event.kind)
    yield from (str(year) for _city, year in titles)
    first = event.start or event.reported_on
    last = event.end or first
    if first and last:
        yield from map(str, range(first.year, last.year + 1))


@cache
def _labels_of_kind(kind: str) -> list[str]:
    """The name of a kind of event in both languages: of few kinds, asked for with every event."""
    return labels(Event.Kind(kind).label.__str__)
