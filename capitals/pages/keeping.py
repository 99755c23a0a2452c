"""Under which address a finished response may be kept for the next reader.

What a reader's address has beside the parameters of its page changes nothing, and so neither
makes a page anew nor fills the store.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve

from capitals.pages.filters import FILTERSETS
from capitals.words.languages import ENGLISH, address_in

NEVER = frozenset({"search", "suggest"})
"""Answers that are not kept: of what is typed there is no end."""

_FILTERS = {name: frozenset(one.known()) for name, one in FILTERSETS.items()}
_PAGE = frozenset({"page"})
PARAMETERS: dict[str, frozenset[str]] = {
    **{name: known | _PAGE for name, known in _FILTERS.items()},
    **dict.fromkeys(("events-feed", "events-calendar"), _FILTERS["events"]),
    **dict.fromkeys(("body", "cities", "series", "series-list", "year"), _PAGE),
    "sitemap-section": frozenset({"p"}),
}
"""The parameters that a page reads, by its name in `capitals/urls.py`; others read none."""

_NUMBERS = frozenset({"page", "p"})
_NUMBER = re.compile("[1-9][0-9]{0,5}")
_LONGEST = 300
"""Letters of an address that may be kept: those that the site itself writes have some hundred at most."""


def kept_as(path: str, query: str) -> str | None:
    """The address that stands for this one: the page's own parameters alone, in one order.

    None where nothing may be kept: for what is typed, for what a program asks with parameters that
    data does not know (it is refused), and for what is written as the site never writes it.
    """
    if len(path) + len(query) > _LONGEST:
        return None
    return _standing_for(path, query)


@lru_cache(maxsize=4096)
def _standing_for(path: str, query: str) -> str | None:
    if not (path.isascii() and query.isascii()) or "?" in path:
        return None
    try:
        match = resolve(address_in(ENGLISH, path))
    except Resolver404:
        # A file that pages name, or nothing.
        return path if path.startswith(settings.STATIC_URL) and not query else None
    # What has no name leads on from another edition's address, with whatever stands in it.
    if match.view_name in NEVER or not match.url_name:
        return None
    known = PARAMETERS.get(match.view_name, frozenset())
    if match.view_name == "list-as-data":
        known = _FILTERS.get(match.kwargs["table"], frozenset())
    given = parse_qsl(query, keep_blank_values=True)
    chosen = sorted(((name, value) for name, value in given if name in known), key=lambda one: one[0])
    if len(chosen) < len(given) and not path.endswith("/"):
        return None
    if any(name in _NUMBERS and not _NUMBER.fullmatch(value) for name, value in chosen):
        return None
    return f"{path}?{urlencode(chosen)}" if chosen else path
