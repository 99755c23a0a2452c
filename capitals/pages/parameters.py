"""The parameters of an address: which of a repeated one counts, how a page's number is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict


def readable(query: QueryDict) -> QueryDict:
    """`query` with each NUL byte made visible: HTML cannot hold one, PostgreSQL neither."""
    if not any("\0" in value for values in query.lists() for value in values[1]):
        return query
    made = query.copy()
    for name, values in query.lists():
        made.setlist(name, [value.replace("\0", "\N{REPLACEMENT CHARACTER}") for value in values])
    return made


def last_given(values: Sequence[str]) -> str:
    """Of the values of a parameter the one that counts: the last that is not empty."""
    return next((value for value in reversed(values) if value.strip()), "")


def each_once(query: QueryDict) -> QueryDict:
    """`query` with each parameter once, at the value that counts."""
    made = QueryDict(mutable=True)
    for name, values in query.lists():
        made[name] = last_given(values)
    return made


def page_written(values: Sequence[str]) -> str:
    """The number of a list's page as the site writes it, empty for the first; what is none as it stands."""
    given = last_given(values)
    try:
        number = int(given)
    except ValueError:
        return given
    if number < 1:
        return given
    return "" if number == 1 else str(number)


def canonical_path(path: str, parameters: Mapping[str, Any]) -> str:
    """The one address of a page, whatever else the reader's has: the parameters sorted by their names."""
    query = urlencode(sorted(parameters.items()))
    return f"{path}{'?' if query else ''}{query}"
