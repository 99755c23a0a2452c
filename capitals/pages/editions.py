"""Addresses that readers guess for the edition that has no prefix of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from capitals.words.languages import ENGLISH, address_in


def english(request: HttpRequest) -> HttpResponse:
    """From `/en/` and what is below it to the same page without the prefix, the query kept."""
    # As the address was sent, quoted anew; `address_in` leaves one slash, never the start of another host.
    path = request.get_full_path().removeprefix(f"/{ENGLISH}")
    return HttpResponsePermanentRedirect(address_in(ENGLISH, path))
