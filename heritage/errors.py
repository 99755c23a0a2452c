"""Error pages in the site's own look; none of them asks the database."""

from __future__ import annotations

import logging
import sys

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from heritage.logs import request_id
from heritage.unreadable import is_unreadable

logger = logging.getLogger("heritage.record")

SECONDS_TO_RETRY = "10"
"""After a database is back, pages are within a second or two."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself cannot be read. Of a foreign host no cache may keep it for others."""
    response = render(request, "400.html", status=400)
    if isinstance(exception, DisallowedHost):
        response["Cache-Control"] = "no-store"
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing at this address; a view may say why in its Http404."""
    reason = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    return render(request, "404.html", {"reason": reason if isinstance(reason, str) else ""}, status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """410: there was a page here, and it will not come back."""
    return render(request, "410.html", status=410)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405: the site is read-only."""
    response = render(request, "405.html", status=405)
    response["Allow"] = "GET, HEAD"
    return response


def address_too_long(request: HttpRequest) -> HttpResponse:
    """414: no address of ours is so long. Nothing of it is shown, nor in links to the other edition."""
    request.path = request.path_info = "/"
    request.META["QUERY_STRING"] = ""
    return render(request, "414.html", status=414)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours; or 503, where a view found that the database does not answer."""
    error = sys.exception()
    if is_unreadable(error):
        return record_unreadable(request, error)
    return render(request, "500.html", {"request_id": request_id.get()}, status=500)


def record_missing(request: HttpRequest) -> HttpResponse:
    """503: the database stands, but no record has been loaded into it."""
    message = _("The record has not been loaded yet. If this is your site, run manage.py load.")
    return _later(request, {"message": message})


def record_unreadable(request: HttpRequest, error: BaseException | None = None) -> HttpResponse:
    """503: the database does not answer, as `error` says, or too many ask at once. It is not asked here."""
    if error:
        logger.warning("The record could not be read: %s", str(error).strip())
    return _later(request, {})


def _later(request: HttpRequest, context: dict[str, str]) -> HttpResponse:
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = SECONDS_TO_RETRY
    return response
