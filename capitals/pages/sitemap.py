"""Every page that the site has, in both languages, for search engines.

By Django's framework: it names each page's twin in the other language and cuts what grows
long into pages. When a page last changed, the list of changes to the record tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as framework_sitemap
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from capitals.models import Change, Designation, RecordState
from capitals.models.whole import LISTS, PAGES, TABLES
from capitals.pages.request import RecordRequest

Place = tuple[str, tuple[str | int, ...]]
"""The name of an address and what it is made with."""

LastDates = dict[str, dict[str, datetime.date]]
"""When each record last changed, by table and key."""

SECTIONS = ("lists", *PAGES)
OF_THEIR_OWN = ("event", "series", "centre", "decision", "body", "source")
"""Pages that tell of one record. Others gather many, and change with each edition."""

TABLE_OF = {page: table for page, model in PAGES.items() for table, one in TABLES.items() if one is model}
"""The records' tables, by the names of their pages."""

if TYPE_CHECKING:
    _Sitemap = Sitemap[Place]
else:  # which takes no types when it runs
    _Sitemap = Sitemap


class Section(_Sitemap):
    """The pages of one kind, each with the day of its record's last change or of the newest edition.

    What no edition lists has the day of the load.
    """

    i18n = alternates = x_default = True
    limit = 10_000
    """Addresses on a page: some six megabytes, of the fifty that search engines take."""

    def __init__(self, name: str, record: RecordState, changed: LastDates) -> None:
        self.name = name
        own = name in OF_THEIR_OWN
        self.changed = changed.get(TABLE_OF[name], {}) if own else {}
        editions = [] if own else [date for dates in changed.values() for date in dates.values()]
        self.unless_told = max(editions, default=record.loaded_at.date())

    def items(self) -> list[Place]:
        return self.places

    @cached_property
    def places(self) -> list[Place]:
        """The pages, fetched once: they are counted, dated and written."""
        return list(_lists() if self.name == "lists" else _records(self.name))

    def lastmod(self, item: Place) -> datetime.date:
        _name, arguments = item
        return self.changed.get(str(*arguments), self.unless_told)

    def newest(self) -> datetime.date:
        """The last day on which a page of the section changed, came or went."""
        return max([*self.changed.values(), *map(self.lastmod, self.places)], default=self.unless_told)

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
    changed = Change.objects.last_dates_by_table()
    for name in SECTIONS:
        section = Section(name, request.record, changed)
        place = f"{settings.SITE_URL}{reverse('sitemap-section', args=[name])}"
        for page in section.paginator.page_range:
            address = place if page == 1 else f"{place}?p={page}"
            found.append({"location": address, "last_mod": section.newest()})
    return render(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


def sitemap_section(request: RecordRequest, section: str) -> HttpResponse:
    """The addresses of one section in both languages."""
    if section not in SECTIONS:
        raise Http404
    one: Any = Section(section, request.record, Change.objects.last_dates_by_table())
    response: HttpResponse = framework_sitemap(request, {section: one}, section)
    # Of a day alone: a copy from before a second load on that day would pass for fresh. The ETag tells.
    del response["Last-Modified"]
    return response
