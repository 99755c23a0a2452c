"""Every page that the site has, in both languages, for the sitemap and for the sweep in the tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from capitals.models import Designation
from capitals.models.whole import LISTS, PAGES
from capitals.pages.request import RecordRequest
from capitals.words.languages import RUSSIAN, address_in


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


def sitemap(request: RecordRequest) -> HttpResponse:
    """Every address, for search engines."""
    return render(request, "sitemap.xml", {"paths": addresses()}, content_type="application/xml")
