"""Addresses that readers guess for the edition that has no prefix of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve

from capitals.words.languages import ENGLISH

PAGES = "capitals.urls"
"""The addresses of the pages, without the prefix of any edition."""


def english(request: HttpRequest) -> HttpResponse:
    """From `/en/` and what is below it to the same page without the prefix, the query kept.

    What the page itself would answer counts: where it leads on, this leads there at once, and
    where there is no page, there is none with the prefix either (Http404).
    """
    # Whatever looks at the request from here on takes it for the one without the prefix: a list that
    # rewrites its query, a former address, a slash that lacks at the end. With one slash in front, for
    # with two a browser would be led to another host.
    request.path = request.path_info = "/" + request.path_info.removeprefix(f"/{ENGLISH}").lstrip("/")
    page = resolve(request.path_info, PAGES)
    response: HttpResponse = page.func(request, *page.args, **page.kwargs)
    return HttpResponsePermanentRedirect(request.get_full_path()) if response.status_code == 200 else response
