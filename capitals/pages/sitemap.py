"""Every page that the site has, in both languages, for search engines.

By Django's framework: it names each page's twin in the other language, says when a page
last changed, and cuts what grows long into pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as framework_sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from capitals.models import Designation, RecordState
from capitals.models.whole import LISTS, PAGES
from capitals.pages.request import RecordRequest

Place = tuple[str, tuple[str | int, ...]]
"""The name of an address and what it is made with."""

SECTIONS = ("lists", *PAGES)

if TYPE_CHECKING:
    _Sitemap = Sitemap[Place]
else:  # which takes no types when it runs
    _Sitemap = Sitemap


class Section(_Sitemap):
    """The pages of one kind; every page changes with each load, for its foot tells of it."""

    i18n = alternates = x_default = True
    limit = 10_000
    """Addresses on a page: some six megabytes, of the fifty that search engines take."""

    def __init__(self, name: str, record: RecordState) -> None:
        self.name = name
        self.lastmod = record.loaded_at

    def items(self) -> list[Place]:
        return list(_lists() if self.name == "lists" else _records(self.name))

    def location(self, item: Place) -> str:
        name, arguments = item
        return reverse(name, args=arguments)

    # Absolute addresses are those of the setting: the framework would take the request's host.

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


def _lists() -> Iterator[Place]:
    """The lists and the years."""
    yield from ((name, ()) for name in LISTS)
    yield from (("year", (year,)) for year in Designation.objects.years())


def _records(name: str) -> Iterator[Place]:
    """The pages of that name, one for each record."""
    keys = PAGES[name]._default_manager.order_by("pk").values_list("pk", flat=True)
    yield from ((name, (key,)) for key in keys)


def sitemap_index(request: RecordRequest) -> HttpResponse:
    """Where the sitemaps of all sections are.

    Not the framework's own, which takes the request's host.
    """
    found = []
    for name in SECTIONS:
        section = Section(name, request.record)
        place = f"{settings.SITE_URL}{reverse('sitemap-section', args=[name])}"
        for page in section.paginator.page_range:
            address = place if page == 1 else f"{place}?p={page}"
            found.append({"location": address, "last_mod": section.lastmod})
    return render(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


def sitemap_section(request: RecordRequest, section: str) -> HttpResponse:
    """The addresses of one section in both languages."""
    sections: dict[str, Any] = {name: Section(name, request.record) for name in SECTIONS}
    return framework_sitemap(request, sections, section)
