"""How a spelling becomes a city: `/cities/Гянджа/` leads to `/cities/ganja/`."""

from __future__ import annotations

from capitals.models import City, CityName
from capitals.words.folding import fold


def city_called(spelling: str) -> City | None:
    """The one city of which `spelling` is a recorded name; None where none or several are called so.

    A name that is displayed decides before one that only serves the search.
    """
    for names in (CityName.objects.displayed(), CityName.objects.all()):
        cities = list(City.objects.known_as(spelling, names)[:2]) if fold(spelling) else []
        if len(cities) == 1:
            return cities[0]
    return None
