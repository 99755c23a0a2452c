"""Lists that run over several pages: which rows this one has, and its own address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from capitals.pages.frame import canonical_path

FIRST = 3
"""How many cards of a long list stand open among others on a page; the rest is folded."""


@dataclass(frozen=True)
class FirstAndRest:
    """A list of which the first stand open and the rest is folded; what would fold one alone stays open."""

    first: list[Any]
    rest: list[Any]


def first_and_rest(rows: Iterable[Any]) -> FirstAndRest:
    """The first `FIRST` of the rows, and the others."""
    listed = list(rows)
    open_rows = len(listed) if len(listed) == FIRST + 1 else FIRST
    return FirstAndRest(listed[:open_rows], listed[open_rows:])


def paged(
    request: HttpRequest,
    rows: QuerySet[Any],
    per_page: int,
    *,
    parameters: QueryDict | None = None,
    number: int | None = None,
    count: int | None = None,
) -> dict[str, Any]:
    """What every paged page has in its context: `page`, its `parameters` and its `canonical` address.

    The page is the one of `number`, else of the number that the address has, else the first;
    Http404 where there is none. `parameters` are those that tell this list from others at
    its address; the canonical address holds them and the page's number, sorted, and nothing
    else that a reader's address may hold. `count` is the number of rows where it is known,
    so that they are not counted again.
    """
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    try:
        page = paginator.page(number or request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(_("This list has no such page.")) from error
    parameters = QueryDict() if parameters is None else parameters
    known = parameters.dict() | ({"page": page.number} if page.number > 1 else {})
    return {
        "page": page,
        "parameters": parameters,
        "canonical": canonical_path(request.path, known),
    }
