"""What no reader reads."""

from __future__ import annotations

import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from capitals.data.quickstatements import quickstatements
from capitals.pages.programs import open_to_all
from capitals.pages.request import RecordRequest

PLAIN_TEXT = "text/plain; charset=utf-8"
DAYS_OF_A_PROMISE = 365
"""How long what security.txt says may be believed: RFC 9116 recommends a year at most."""


def robots(request: RecordRequest) -> HttpResponse:
    """Where the sitemap is, and what search engines should leave."""
    return render(request, "robots.txt", content_type=PLAIN_TEXT)


def security(request: RecordRequest) -> HttpResponse:
    """To whom to report a weakness of the site (RFC 9116); 404 where it has no mail address."""
    if not settings.CORRECTIONS_EMAIL:
        raise Http404
    expires = request.today + datetime.timedelta(days=DAYS_OF_A_PROMISE)
    lines = [
        f"Contact: mailto:{quote(settings.CORRECTIONS_EMAIL, safe='@+')}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: en, ru",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN_TEXT)


@open_to_all
def wikidata(request: RecordRequest) -> HttpResponse:
    """The titles as statements for Wikidata, for its editors to review."""
    return HttpResponse(quickstatements(request.today.year), content_type="text/csv; charset=utf-8")
