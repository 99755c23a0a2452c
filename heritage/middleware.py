"""What every response shares: one day, its language, policies, cache headers."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import http_date
from django.utils.translation import get_language_from_path, override

from capitals.data.ourselves import LICENCE_ADDRESS
from capitals.models import FormerAddress
from capitals.pages.alternates import alternates
from capitals.pages.request import RecordRequest
from capitals.words import dates
from capitals.words.languages import ENGLISH, address_in, page_language
from heritage.access import id_of
from heritage.errors import address_too_long, gone, method_not_allowed
from heritage.logs import request_id

GetResponse = Callable[[RecordRequest], HttpResponse]

# connect-src is for readers' own tools (Lighthouse fetches robots.txt from the page): no page runs a script.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
POLICIES = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LONGEST_ADDRESS = 2_000
"""Letters; so there is no room for more parameters than Django reads either."""
ONE_YEAR = 365 * 24 * 3600
FRESH = "public, max-age=30, s-maxage=30, stale-while-revalidate=30, stale-if-error=30"
"""How long copies may be used: a load or a midnight shows within a minute, whatever cache is between.

For half of it without asking, for the other half while it is asked, or while we do not answer.
"""


def identified(get_response: GetResponse) -> GetResponse:
    """Give the request an id for the log; who meets a fault is told it."""

    def respond(request: RecordRequest) -> HttpResponse:
        of_this_request = request_id.set(id_of(request.META))
        try:
            response = get_response(request)
            if response.status_code >= 500:
                response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(of_this_request)

    return respond


def dated(get_response: GetResponse) -> GetResponse:
    """Ask the clock, once: a response is of one day, also where it is made at midnight."""

    def respond(request: RecordRequest) -> HttpResponse:
        request.today = dates.today()
        return get_response(request)

    return respond


def language_of_address(get_response: GetResponse) -> GetResponse:
    """Answer in the language of the address: Russian under /ru/, else English.

    Django's LocaleMiddleware would do, but for the `Vary: Accept-Language` that it puts on
    pages without a prefix: nothing here depends on what a reader's browser asks for.
    """

    def respond(request: RecordRequest) -> HttpResponse:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return respond


def policies(get_response: GetResponse) -> GetResponse:
    """Say what a page may load and use, and who may use it; pages load our own files alone.

    Before all that may refuse a request, Django's SecurityMiddleware too: a refusal is a page as well.
    """
    if settings.BEHIND_TLS:
        others = "; includeSubDomains" if settings.HSTS_SUBDOMAINS else ""
        transport = {"Strict-Transport-Security": f"max-age={ONE_YEAR}{others}"}
    else:
        transport = {}

    def respond(request: RecordRequest) -> HttpResponse:
        response = get_response(request)
        # What is for all sites is for them to embed too: data, and pictures for whoever shares a page.
        is_file = request.path.startswith(settings.STATIC_URL) and response.status_code == 200
        is_for_all = is_file or "Access-Control-Allow-Origin" in response
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_for_all else "same-origin"
        for name, value in {**POLICIES, **(transport if request.is_secure() else {})}.items():
            response.headers.setdefault(name, value)
        return response

    return respond


def cache_headers(get_response: GetResponse) -> GetResponse:
    """Say how long caches may use a response, and since when it is as it is.

    The door (`capitals/kept/door.py`) adds the entity tag, which is of the bytes that are sent.
    """

    def respond(request: RecordRequest) -> HttpResponse:
        response = get_response(request)
        # Behind TLS a plain request is led to the same address: a cache would lead it there for ever.
        led_to_tls = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if response.status_code >= 500 or led_to_tls:
            response["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", FRESH)
        record = getattr(request, "record", None)
        if response.status_code == 200 and record is not None:
            # What is past and to come may change with the day.
            midnight = datetime.datetime.combine(request.today, datetime.time(), datetime.UTC)
            response["Last-Modified"] = http_date(max(record.loaded_at, midnight).timestamp())
        return response

    return respond


def announced(get_response: GetResponse) -> GetResponse:
    """Name in the header `Link` (RFC 8288) the page as data, its licence and the description of all data."""

    def respond(request: RecordRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code != 200 or not (is_page or "Access-Control-Allow-Origin" in response):
            return response
        site = settings.SITE_URL
        found = alternates(request) if is_page else []
        links = [f'<{site}{one.address}>; rel="alternate"; type="{one.format.type}"' for one in found]
        links += [f'<{LICENCE_ADDRESS}>; rel="license"', f'<{site}/openapi.json>; rel="service-desc"']
        response["Link"] = ", ".join(links)
        return response

    return respond


def short_enough(get_response: GetResponse) -> GetResponse:
    """Refuse an address longer than any of ours, filters and all: pages show parts of what was asked."""

    def respond(request: RecordRequest) -> HttpResponse:
        length = len(request.META.get("PATH_INFO", "")) + len(request.META.get("QUERY_STRING", ""))
        return get_response(request) if length <= LONGEST_ADDRESS else address_too_long(request)

    return respond


def reading_only(get_response: GetResponse) -> GetResponse:
    """Refuse what is not reading, with a page of our own."""

    def respond(request: RecordRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return get_response(request)
        return method_not_allowed(request)

    return respond


def former_addresses(get_response: GetResponse) -> GetResponse:
    """Where nothing is, look whether something was: lead to its new address, or say that it is gone."""

    def respond(request: RecordRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404:
            return response
        # Both languages have the same addresses, which the record keeps in English.
        path = address_in(ENGLISH, request.path)
        # What is no ASCII was never an address; PostgreSQL takes no NUL.
        known = path.isascii() and "\0" not in path
        former = FormerAddress.objects.filter(pk=path).first() if known else None
        if former is None:
            return response
        if not former.new_path:
            return gone(request)
        return HttpResponsePermanentRedirect(address_in(page_language(), former.new_path))

    return respond
