"""Every page that the site has, in both languages, for search engines.

By Django's framework: it names each page's twin in the other language and cuts what grows
long into pages. When a page last changed, the list of changes to the record tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as framework_sitemap
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from capitals.models import Change, Designation, RecordState
from capitals.models.whole import LISTS, PAGES, TABLES
from capitals.pages.request import RecordRequest
from capitals.words.languages import ENGLISH, RUSSIAN

LANGUAGES = (ENGLISH, RUSSIAN)

Key = str | int
"""The name of a list, a year, or the key of a record."""

SECTIONS = ("lists", *PAGES)
OF_THEIR_OWN = ("event", "series", "centre", "decision", "body", "source")
"""Pages that tell of one record. Others gather many, and change with each edition."""

TABLE_OF = {page: table for page, model in PAGES.items() for table, one in TABLES.items() if one is model}
"""The records' tables, by the names of their pages."""

if TYPE_CHECKING:
    _Sitemap = Sitemap[Key]
else:  # which takes no types when it runs
    _Sitemap = Sitemap


class EachInTwo(Sequence[tuple[Key, str]]):
    """Each key with each language: only the keys of a slice are asked for, with the days of their changes."""

    def __init__(self, section: Section) -> None:
        self.section = section

    def __len__(self) -> int:
        keys = self.section.keys
        return len(LANGUAGES) * (len(keys) if isinstance(keys, list) else keys.count())

    def __getitem__(self, places: Any) -> Any:
        several = len(LANGUAGES)
        first, last = places.start // several, -(-places.stop // several)
        keys = list(self.section.keys[first:last])
        self.section.learn_dates(keys)
        pairs = [(key, language) for key in keys for language in LANGUAGES]
        return pairs[places.start - several * first : places.stop - several * first]


class Section(_Sitemap):
    """The pages of one kind, each with the day of its record's last change or of the newest edition.

    What no edition lists has the day of the load. Of a long section no more is read than a page has.
    """

    i18n = alternates = x_default = True
    limit = 2_000
    """Addresses on a page: more than any section has today; the protocol takes 50,000."""

    def __init__(self, name: str, unless_told: datetime.date) -> None:
        self.name = name
        self.table = TABLE_OF[name] if name in OF_THEIR_OWN else ""
        self.unless_told = unless_told
        self.dates: dict[str, datetime.date] = {}

    @cached_property
    def keys(self) -> Any:
        """The keys of its pages; of records in a query that is sliced before it is asked."""
        if self.name == "lists":
            return [*LISTS, *Designation.objects.years()]
        return PAGES[self.name]._default_manager.order_by("pk").values_list("pk", flat=True)

    def _items(self) -> EachInTwo:
        return EachInTwo(self)

    def learn_dates(self, keys: Sequence[Key]) -> None:
        """Look up when the records with these keys last changed."""
        if self.table:
            self.dates = Change.objects.last_dates_of(self.table, keys)

    def lastmod(self, item: Key) -> datetime.date:
        return self.dates.get(str(item), self.unless_told)

    def location(self, item: Key) -> str:
        if self.name != "lists":
            return reverse(self.name, args=[item])
        return reverse("year", args=[item]) if isinstance(item, int) else reverse(item)

    # Absolute addresses are those of the setting: the framework would take the request's host.

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


def _unless_told(name: str, record: RecordState, newest: datetime.date | None) -> datetime.date:
    """The day of a page of which no edition tells: of the newest edition, where it gathers many records."""
    loaded = record.loaded_at.date()
    return loaded if name in OF_THEIR_OWN else newest or loaded


def sitemap_index(request: RecordRequest) -> HttpResponse:
    """Where the sitemaps of all sections are.

    Not the framework's own, which takes the request's host.
    """
    editions = Change.objects.newest_by_table()
    newest = max(editions.values(), default=None)
    numbers = {"lists": len(LISTS) + len(Designation.objects.years()), **numbers_of_pages()}
    unlisted = pages_never_listed()
    found = []
    for name, number in numbers.items():
        changed = _unless_told(name, request.record, newest)
        if name in OF_THEIR_OWN and (listed := editions.get(TABLE_OF[name])):
            # The last day on which a page of the section changed, came or went.
            changed = max(listed, changed) if unlisted[name] else listed
        place = f"{settings.SITE_URL}{reverse('sitemap-section', args=[name])}"
        for page in range(1, max(1, ceil(len(LANGUAGES) * number / Section.limit)) + 1):
            address = place if page == 1 else f"{place}?p={page}"
            found.append({"location": address, "last_mod": changed})
    return render(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


def numbers_of_pages() -> dict[str, int]:
    """How many records of each kind have a page of their own."""
    numbers = RecordState.objects.numbers_of(model._default_manager.all() for model in PAGES.values())
    return dict(zip(PAGES, numbers, strict=True))


def pages_never_listed() -> dict[str, bool]:
    """Of each kind of page that tells of one record: whether no edition lists some."""
    records = {
        name: Exists(
            PAGES[name]._default_manager.filter(
                ~Exists(Change.objects.filter(table=TABLE_OF[name], key=OuterRef("pk")))
            )
        )
        for name in OF_THEIR_OWN
    }
    return dict(zip(records, RecordState.objects.values_list(*records.values())[0], strict=True))


def sitemap_section(request: RecordRequest, section: str) -> HttpResponse:
    """The addresses of one section in both languages."""
    if section not in SECTIONS:
        raise Http404
    newest = None if section in OF_THEIR_OWN else Change.objects.newest()
    one: Any = Section(section, _unless_told(section, request.record, newest))
    response: HttpResponse = framework_sitemap(request, {section: one}, section)
    # Of a day alone: a copy from before a second load on that day would pass for fresh.
    del response["Last-Modified"]
    return response
