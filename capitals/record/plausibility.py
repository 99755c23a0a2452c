"""What is well formed and can hardly be true: places, days and texts that a slip has put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import models

from capitals.models import (
    City,
    Country,
    CulturalCentre,
    Designation,
    Event,
    EventDesignation,
    InTwoLanguages,
    Source,
)
from capitals.record.entries import Entry, Fixtures
from capitals.record.problems import Problem
from capitals.record.values import is_prose
from capitals.words import dates
from capitals.words.dates import PartialDate
from capitals.words.languages import RUSSIAN

BOUNDS: dict[str, tuple[float, float, float, float]] = {
    # code: south, north, west, east
    "AM": (38.9, 41.3, 43.4, 46.6),
    "AT": (46.4, 49.0, 9.5, 17.1),
    "AZ": (38.4, 41.9, 44.8, 50.4),
    "BY": (51.3, 56.1, 23.2, 32.7),
    "CN": (18.2, 53.6, 73.6, 134.8),
    "DE": (47.3, 55.1, 5.9, 15.0),
    "FR": (-21.4, 51.1, -61.8, 55.8),
    "GB": (50.0, 60.8, -8.1, 1.7),
    "GE": (41.1, 43.6, 40.0, 46.7),
    "IT": (36.7, 47.1, 6.6, 18.5),
    "KG": (39.2, 43.2, 69.2, 80.2),
    "KZ": (40.6, 55.4, 46.6, 87.3),
    "MD": (45.5, 48.5, 26.6, 30.1),
    "PL": (49.0, 54.8, 14.1, 24.1),
    "RU": (41.2, 81.9, -180.0, 179.9),
    "TJ": (36.7, 41.0, 67.4, 75.1),
    "TM": (35.2, 42.8, 52.5, 66.6),
    "TR": (35.8, 42.1, 25.7, 44.8),
    "UA": (44.3, 52.4, 22.1, 40.1),
    "UZ": (37.2, 45.6, 56.0, 73.1),
}
"""How far each country reaches, in degrees: the extent of its outline in Natural Earth's data of 1:50,000,000
(npm: world-atlas 2.0.2, countries-50m.json), which is in the public domain. Extents, not borders: nothing
that is shown rests on them. Natural Earth draws Crimea with Russia; Ukraine's extent was
widened to take it in as well, so that the rule takes no side. France's holds what lies overseas."""
MARGIN = 0.5
"""Degrees by which a place may lie beyond: outlines of that scale are coarse."""
YEARS_AWAY = 1
"""How far from its title's year an event may lie: handovers are held in the year before or after."""
FEWEST_LETTERS = 12
"""Of a text in whose letters its language shows: shorter ones may be names."""

_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z-]+=[^<>]*)?\s*/?>|<!--"
    r"|&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});"
)
_CYRILLIC = re.compile("[\u0400-\u052f]")


def a_city_lies_in_its_country(fixtures: Fixtures) -> Iterator[Problem]:
    """Coordinates are within the extent of the city's country: swapped ones hardly ever are."""
    for entry, city in fixtures.of(City):
        country = fixtures.get(Country, city.country_id)
        if city.latitude is None or city.longitude is None or country.code not in BOUNDS:
            continue
        south, north, west, east = BOUNDS[country.code]
        latitude, longitude = float(city.latitude), float(city.longitude)
        within = south - MARGIN <= latitude <= north + MARGIN and west - MARGIN <= longitude <= east + MARGIN
        if not within:
            what = f"{latitude}, {longitude} lies outside {country}."
            yield entry.problem("latitude", what, "Latitude comes first, north is positive; check both.")


def a_centre_s_city_lies_in_its_host_country(fixtures: Fixtures) -> Iterator[Problem]:
    """The city that hosts a centre is one of the country that does."""
    for entry, centre in fixtures.of(CulturalCentre):
        if centre.host_city_id:
            country = fixtures.get(City, centre.host_city_id).country_id
            if country != centre.host_country_id:
                what = f"{centre.host_city_id} lies in {country}, not in {centre.host_country_id}."
                yield entry.problem("host_city", what, "Mend the city or the country.")


def no_two_cities_are_one(fixtures: Fixtures) -> Iterator[Problem]:
    """A number in GeoNames, or an item in Wikidata, is one place's."""
    first: dict[tuple[str, Any], Entry] = {}
    for entry, city in fixtures.of(City):
        for field in ("geonames", "wikidata"):
            value = getattr(city, field)
            other = first.setdefault((field, value), entry) if value else entry
            if other is not entry:
                what = f"{value} is that of {other.name} at {other.file}:{other.line}."
                yield entry.problem(field, what, "Look it up again, or keep one of the two records.")


def nothing_has_happened_that_is_to_come(fixtures: Fixtures) -> Iterator[Problem]:
    """What was held, published, seen or searched lies not behind today (UTC)."""
    today = dates.today()
    for entry in fixtures:
        record: Any = entry.instance
        past = _PAST.get(type(record), ())
        if isinstance(record, Event) and record.status == Event.Status.HELD:
            past = (*past, "start")
        for field in past:
            day: PartialDate | None = getattr(record, field)
            if day and day.earliest > today:
                what = f"{day} is still to come."
                mend = "Mark the event as planned or announced." if field == "start" else "Check the date."
                yield entry.problem(field, what, mend)


_PAST: dict[type[models.Model], tuple[str, ...]] = {
    Source: ("date", "seen_on"),
    Designation: ("searched_to",),
    Event: ("reported_on",),
    Country: ("relation_as_of",),
    CulturalCentre: ("status_as_of",),
}


def an_event_is_near_its_title_s_year(fixtures: Fixtures) -> Iterator[Problem]:
    """What is part of a title happens in its year, the one before or after; it may be mentioned ever."""
    for entry, part in fixtures.of(EventDesignation):
        event, title = fixtures.get(Event, part.event_id), fixtures.get(Designation, part.designation_id)
        day = event.start or event.reported_on
        if part.role == EventDesignation.Role.MENTIONED or day is None:
            continue
        if day.earliest.year - title.year > YEARS_AWAY or title.year - day.latest.year > YEARS_AWAY:
            what = f"The event of {day} is no part of a title of {title.year}."
            yield entry.problem("designation", what, "Name the title of its year, or mend the event's date.")


def what_was_held_was_reported(fixtures: Fixtures) -> Iterator[Problem]:
    """An announcement says what is to be, not what was, and a report what was."""
    for entry, event in fixtures.of(Event):
        announced = event.known_from == Event.KnownFrom.ANNOUNCEMENT
        if event.status == Event.Status.HELD and announced:
            what = "It is said to have been held, and known from an announcement alone."
            yield entry.problem("known_from", what, "Cite a report, or call it announced.")
        if event.status in {Event.Status.PLANNED, Event.Status.ANNOUNCED} and not announced:
            what = f"It is said to be {event.status} alone, and known from a {event.known_from}."
            yield entry.problem("known_from", what, "Call it held, or known from an announcement.")


def what_was_held_was_reported_afterwards(fixtures: Fixtures) -> Iterator[Problem]:
    """Nobody reports on a day before it came."""
    for entry, event in fixtures.of(Event):
        if event.status != Event.Status.HELD or not event.start or not event.reported_on:
            continue
        if event.reported_on.latest < event.start.earliest:
            what = f"It lies before the start date, {event.start}, of what is said to have been held."
            yield entry.problem("reported_on", what, "Check both in the source.")


def texts_are_words(fixtures: Fixtures) -> Iterator[Problem]:
    """A text holds neither tags nor entities of HTML: pages would show them as they are."""
    for entry, field, text in _texts(fixtures):
        found = _HTML.search(text)
        if found:
            what = f"It holds “{found[0]}”, which is HTML."
            yield entry.problem(field, what, "Write the letter itself, or plain words.")


def texts_are_in_their_language(fixtures: Fixtures) -> Iterator[Problem]:
    """A text is in English, its twin in Russian; a source's own title is in any language."""
    for entry, field, text in _texts(fixtures):
        twin = field.endswith(f"_{RUSSIAN}")
        letters = sum(letter.isalpha() for letter in text)
        if letters < FEWEST_LETTERS or not isinstance(entry.instance, InTwoLanguages):
            continue
        cyrillic = len(_CYRILLIC.findall(text))
        if (
            not twin
            and field in entry.instance.texts()
            and cyrillic * 2 > letters
            and not _is_a_title(entry, field)
        ):
            what = "The text is in Russian, and this field is for English."
            yield entry.problem(field, what, f"Move it to {field}_{RUSSIAN}.")
        if twin and not cyrillic and "address" not in field and _is_long(entry, field):
            what = "The text has no Cyrillic letter, and this field is for Russian."
            yield entry.problem(field, what, "Translate it, or leave it out.")


def a_twin_has_its_original(fixtures: Fixtures) -> Iterator[Problem]:
    """No text stands in Russian alone."""
    for entry in fixtures:
        if isinstance(entry.instance, InTwoLanguages):
            for field in entry.instance.texts():
                if getattr(entry.instance, f"{field}_{RUSSIAN}") and not getattr(entry.instance, field):
                    what = f"It is the twin of {field}, which is not filled."
                    yield entry.problem(f"{field}_{RUSSIAN}", what, f"Write {field} too.")


def _texts(fixtures: Fixtures) -> Iterator[tuple[Entry, str, str]]:
    """Every text of words: of which entry, in which field."""
    for entry in fixtures:
        known = {field.name: field for field in type(entry.instance)._meta.fields}
        for name in entry.layout.names:
            if name in known and is_prose(known[name]):
                yield entry, name, getattr(entry.instance, name)


def _is_a_title(entry: Entry, field: str) -> bool:
    """Whether it is what a source calls itself."""
    return isinstance(entry.instance, Source) and field == "title"


def _is_long(entry: Entry, field: str) -> bool:
    """Whether the field is for sentences: outlets, people and places may be called in any letters."""
    length = entry.model._meta.get_field(field).max_length  # type: ignore[union-attr]
    return length is None or length >= 200


PLAUSIBILITY = (
    a_city_lies_in_its_country,
    a_centre_s_city_lies_in_its_host_country,
    no_two_cities_are_one,
    nothing_has_happened_that_is_to_come,
    an_event_is_near_its_title_s_year,
    what_was_held_was_reported,
    what_was_held_was_reported_afterwards,
    texts_are_words,
    texts_are_in_their_language,
    a_twin_has_its_original,
)
