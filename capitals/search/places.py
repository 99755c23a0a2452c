"""All by which cities and countries can be found, for the entries of whatever belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from capitals.models import City, CityName, Country
from capitals.words.declension import case_forms
from capitals.words.inflection import inflected
from capitals.words.languages import RUSSIAN


class Places:
    """Every spelling of each city and name of each country, by key; Russian ones in all their cases.

    Other inflected forms, and names of countries that are never shown, lead to the place itself alone:
    `search/questions.py` puts the name for them before anything is looked for.
    """

    def __init__(self, database: str) -> None:
        countries, cities = Country.objects.using(database), City.objects.using(database)
        self.of_country = {
            country.pk: [*names_of(country), *case_forms(country.name_ru)] for country in countries
        }
        self.leading_to_country = {
            country.pk: [
                *inflected(country.name_local, country.local_language),
                *(form for name in country.also_typed() for form in (name, *inflected(name, RUSSIAN))),
            ]
            for country in countries
        }
        self.of_city = {city.pk: [city.name] for city in cities}
        self.country_of = {city.pk: city.country_id for city in cities}
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
        yield from self.words_of(
            (city.pk for city in filter(None, cities)), (country.pk for country in filter(None, countries))
        )

    def words_of(self, cities: Iterable[str], countries: Iterable[str]) -> Iterator[str]:
        """The same of those with these keys."""
        for city in cities:
            yield from self.of_city[city]
            yield from self.of_country[self.country_of[city]]
        for country in countries:
            yield from self.of_country[country]


def names_of(country: Country) -> list[str]:
    """The names by which pages call it."""
    return [name for name in (country.name, country.name_ru, country.name_local) if name]
