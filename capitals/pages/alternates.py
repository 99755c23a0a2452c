"""What else an address has beside its page: the same as data, a feed, a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from capitals.pages.filters import FILTERSETS
from capitals.pages.parameters import canonical_path, each_once
from capitals.words.languages import ENGLISH, address_in, page_language


@dataclass(frozen=True)
class Format:
    """A format: what stands behind the dot, its type, its name to readers."""

    suffix: str
    type: str
    label: Any
    in_each_language: bool
    """Whether an edition has its own; data has both languages in one."""


JSON = Format("json", "application/json", "JSON", in_each_language=False)
CSV = Format("csv", "text/csv", "CSV", in_each_language=False)
FEED = Format("atom", "application/atom+xml", _("Subscribe to these events"), in_each_language=True)
CALENDAR = Format("ics", "text/calendar", _("iCalendar"), in_each_language=True)

FORMATS: dict[str, tuple[Format, ...]] = {
    **dict.fromkeys(("capitals", "cities", "countries", "series-list"), (JSON, CSV)),
    **dict.fromkeys(("centres", "decisions", "sources"), (JSON, CSV)),
    "events": (JSON, CSV, FEED, CALENDAR),
    "year": (JSON, CSV, CALENDAR),
    **dict.fromkeys(("city", "country"), (JSON, FEED, CALENDAR)),
    "series": (JSON, CALENDAR),
    # An event without a day has nothing for a calendar; its page offers it where it has one.
    **dict.fromkeys(("event", "centre", "decision", "body", "source"), (JSON,)),
}
"""The formats of each page that has some, by the page's name in `capitals/urls.py`."""


@dataclass(frozen=True)
class Alternate:
    """The page's content in another format."""

    format: Format
    address: str
    """Its path, with the filters in force."""

    @property
    def subscription(self) -> str:
        """What a program for calendars subscribes to; empty for other formats."""
        if self.format is not CALENDAR:
            return ""
        return f"webcal://{settings.SITE_URL.partition('://')[2]}{self.address}"


def alternates(request: HttpRequest) -> list[Alternate]:
    """What the page of this request has beside it; nothing where no page is, or where it is in error."""
    match = request.resolver_match
    formats = FORMATS.get(match.view_name, ()) if match else ()
    if not formats:
        return []
    path = address_in(ENGLISH, request.path).rstrip("/")
    query = filters_of(request, path.strip("/"))
    found = []
    for one in formats:
        address = f"{path}.{one.suffix}"
        own = address_in(page_language(), address) if one.in_each_language else address
        found.append(Alternate(one, canonical_path(own, query)))
    return found


def filters_of(request: HttpRequest, table: str) -> dict[str, str]:
    """The parameters of an address that filter the list; the page's number is none."""
    if table not in FILTERSETS:
        return {}
    known = FILTERSETS[table].known()
    return {name: str(value) for name, value in each_once(request.GET).dict().items() if name in known}
