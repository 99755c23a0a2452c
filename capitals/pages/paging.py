"""Lists that run over several pages: which rows this one has, and its own address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from capitals.pages.parameters import canonical_path
from capitals.search.finding import Found

MANY = 1000
"""Rows of a list that is long enough for another query to be the shorter way."""


def in_their_order(whole: QuerySet[Any], keys: Iterable[Any]) -> list[Any]:
    """The records of `whole` with these keys, in the order of the keys."""
    in_order = list(keys)
    found = whole.order_by().in_bulk(in_order)
    return [found[key] for key in in_order]


def paged(
    request: HttpRequest,
    rows: QuerySet[Any] | Found,
    per_page: int,
    *,
    parameters: QueryDict | None = None,
    number: int | None = None,
    count: int | None = None,
    whole: QuerySet[Any] | None = None,
) -> dict[str, Any]:
    """What every paged page has in its context: `page`, its `parameters` and its `canonical` address.

    The page is the one of `number`, else of the number that the address has, else the first;
    Http404 where there is none. `parameters` are those that tell this list from others at
    its address; the canonical address holds them and the page's number, sorted, and nothing
    else that a reader's address may hold. `count` is the number of rows where it is known,
    so that they are not counted again. Of a long list that filters leave of the `whole`, the
    page's keys are looked up before its rows: to find and sort them, a database then reads no texts.
    """
    listed: Any = rows
    paginator = Paginator(listed, per_page)
    if count is not None:
        paginator.count = count
    try:
        page = paginator.page(number or request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(_("This list has no such page. Start again from one of these.")) from error
    if isinstance(rows, QuerySet) and whole is not None and paginator.count > MANY:
        keys = rows.values_list("pk", flat=True)[page.start_index() - 1 : page.end_index()]
        page.object_list = in_their_order(whole, keys)
    parameters = QueryDict() if parameters is None else parameters
    known = parameters.dict() | ({"page": page.number} if page.number > 1 else {})
    return {
        "page": page,
        "parameters": parameters,
        "canonical": canonical_path(request.path, known),
    }
