"""The search as browsers use it: what it is, and what a reader may be about to type."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from capitals.pages.parameters import readable
from capitals.pages.problems import problem
from capitals.pages.programs import open_to_all
from capitals.pages.request import RecordRequest
from capitals.search.suggestions import suggestions

LONGEST = 200
"""Characters that may be typed, as in the search itself."""


def opensearch(request: RecordRequest) -> HttpResponse:
    """The description by which a browser takes the search up."""
    context = {
        # As base.html names it.
        "name": pgettext("name of the search in a browser, 16 letters at most", "CIS Capitals"),
        "description": _(
            "Search an independent record of the CIS Cultural Capitals: cities, countries, years, events."
        ),
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


@open_to_all
def suggest(request: RecordRequest) -> HttpResponse:
    """What was typed, then names that begin so, what each is, and their addresses: the form browsers read.

    Too little is no mistake, for a browser asks at the first letter: nothing begins so.
    """
    typed = readable(request.GET).get("q", "")
    if len(typed) > LONGEST:
        detail = _("That is %(show_value)d characters; the limit is %(limit_value)d. Please shorten it.")
        detail %= {"show_value": len(typed), "limit_value": LONGEST}
        return problem(400, _("The query is too long."), detail, {"q": [detail]})
    found = suggestions(typed)
    return JsonResponse(
        [
            typed,
            [one.name for one in found],
            [one.told for one in found],
            [f"{settings.SITE_URL}{one.address}" for one in found],
        ],
        safe=False,
        content_type="application/x-suggestions+json",
        json_dumps_params={"ensure_ascii": False},
    )
