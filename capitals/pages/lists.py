"""Filtered lists: one way to answer for all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from capitals.models import Designation
from capitals.pages.filtering import RecordFilterSet
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest

RECORDS_PER_PAGE = 50


def led_on(request: RecordRequest, filterset: RecordFilterSet) -> HttpResponse | None:
    """The way to the site's own address of a filtered list, where the reader's is written otherwise."""
    rewritten = filterset.rewritten()
    if rewritten is None:
        return None
    # Not a permanent redirect: no address has moved. A form sends empty parameters each time, and
    # what a name stands for is today's record.
    return HttpResponseRedirect(f"{request.path}{'?' if rewritten else ''}{rewritten.urlencode()}")


def render_list(
    request: RecordRequest,
    template: str,
    filterset: RecordFilterSet,
    per_page: int | None = None,
    **context: Any,
) -> HttpResponse:
    """A filtered list, `per_page` records a page: 400 with the form where a filter is not understood.

    What is understood and written otherwise than the site writes it is led to the site's own
    address. Combinations of filters are not for search engines.
    """
    elsewhere = led_on(request, filterset)
    if elsewhere is not None:
        return elsewhere
    valid = filterset.is_valid()
    context |= paged(
        request,
        filterset.rows(),
        per_page or RECORDS_PER_PAGE,
        parameters=filterset.parameters(),
        whole=filterset.queryset,
        # A mistake stays a mistake beside a page number: nothing is listed then, on one page.
        number=None if valid else 1,
    )
    filterset.explain()
    count = context["page"].paginator.count
    if not valid:
        context["alternates"] = []
    if valid and not count:
        context |= {"loosened": filterset.loosened(), "searched_to": Designation.objects.searched_to()}
    context |= {
        "filterset": filterset,
        "count": filterset.numbered(count),
        "noindex": len(filterset.in_force()) > 1 or not valid,
    }
    return render(request, template, context, status=200 if valid else 400)
