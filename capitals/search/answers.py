"""What answers a question before any result: the capitals of a year, a city with its titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from capitals.models import City, CityName, Designation, EventDesignation
from capitals.search.spellings import city_called
from capitals.words.declension import case_forms
from capitals.words.folding import fold
from capitals.words.languages import ENGLISH, RUSSIAN
from capitals.words.query import SearchQuery

_CYRILLIC = re.compile("[а-я]")


@dataclass(frozen=True)
class CityAskedFor:
    """The city that a query names and nothing else."""

    query: SearchQuery
    """Its words: of a name that was asked for in a case those of the name itself."""
    address: str
    """Of its entry in the search."""
    titles: list[Designation]
    """The earliest first."""
    ceremonies: list[str]
    """The addresses of the events that opened and closed its years, in this order."""

    @property
    def leading(self) -> list[str]:
        """The addresses that stand before all others, in their order."""
        return [self.address, *self.ceremonies]


def capitals_asked_for(query: SearchQuery) -> list[Designation]:
    """The capitals of the year that a query asks for, or of the years, where it asks for nothing else."""
    years = query.asked.years
    if not years:
        return []
    return list(Designation.objects.filter(year__in=years).oldest_first().with_places())


def city_asked_for(query: SearchQuery) -> CityAskedFor | None:
    """The city that a query asks for, in whatever spelling or Russian case, if for nothing else."""
    asked = query.asked
    if asked.years:
        return None
    city = city_called(asked.spaced)
    if city is None:
        city, query = _city_in_a_case(query)
    if city is None:
        return None
    titles = Designation.objects.filter(city=city).oldest_first().with_places()
    ceremonies = EventDesignation.objects.framing_years_of(city.pk).values_list("event", flat=True)
    with override(ENGLISH):
        events = [reverse("event", args=[event]) for event in dict.fromkeys(ceremonies)]
        return CityAskedFor(query, city.get_absolute_url(), list(titles), events)


def _city_in_a_case(query: SearchQuery) -> tuple[City | None, SearchQuery]:
    """The one city of which a Russian name is, in some case, what is asked for; the query for that name."""
    if not _CYRILLIC.search(query.typed):
        return None, query
    names = CityName.objects.filter(language=RUSSIAN).exclude(kind=CityName.Kind.SEARCH).order_by("-pk")
    asked = query.asked.spaced
    found = {
        city: name for city, name in names.values_list("city", "name") if asked in map(fold, case_forms(name))
    }
    if len(found) != 1:
        return None, query
    [(key, name)] = found.items()
    return City.objects.get(pk=key), SearchQuery.read(name)
