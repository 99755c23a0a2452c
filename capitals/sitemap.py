"""Every page that the site has, in both languages, for the sitemap and for the sweep in the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from capitals.languages import RUSSIAN, address_in
from capitals.models import (
    Body,
    City,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Event,
    EventSeries,
    Source,
)

LISTS = (
    "home",
    "capitals",
    "cities",
    "countries",
    "events",
    "series-list",
    "centres",
    "decisions",
    "sources",
    "programme",
    "about",
)
PAGES: dict[str, Any] = {
    "city": City,
    "country": Country,
    "event": Event,
    "series": EventSeries,
    "centre": CulturalCentre,
    "decision": Decision,
    "body": Body,
    "source": Source,
}


def addresses() -> Iterator[str]:
    """The paths of all pages, each with its Russian twin behind it."""
    for path in english_addresses():
        yield path
        yield address_in(RUSSIAN, path)


def english_addresses() -> Iterator[str]:
    """The paths of all lists, years and records in English."""
    yield from map(reverse, LISTS)
    yield from (reverse("year", args=[year]) for year in Designation.objects.years())
    for name, model in PAGES.items():
        keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
        yield from (reverse(name, args=[key]) for key in keys)
