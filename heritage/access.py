"""The access log: a line for each request, where `ACCESS_LOG` asks for it, and the id that a request has."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote
from wsgiref.types import WSGIApplication

from django.conf import settings

from capitals.kept.door import KEPT

REQUEST_ID = "heritage.request_id"
"""In the environment of a request: its id."""

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def id_of(environ: Mapping[str, Any]) -> str:
    """The id that a request has been given: by us before, by the proxy (`X-Request-ID`), or now."""
    given = environ.get(REQUEST_ID) or (environ.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_TLS else "")
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def address_of(environ: Mapping[str, Any]) -> str:
    """The address of who asks: behind our proxy the last that it names, for others anyone can make up."""
    told = environ.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS else ""
    return told.rpartition(",")[2].strip() or environ.get("REMOTE_ADDR", "")


class WithAccessLog:
    """A WSGI application that writes a line for each request to `application`."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.logger = logging.getLogger("heritage.access")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        environ[REQUEST_ID] = request = id_of(environ)
        told: dict[str, Any] = {}

        def starting(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told.update(status=int(status[:3]), bytes=int(dict(headers).get("Content-Length", 0)))
            others = [header for header in headers if header[0] != "X-Request-ID"]
            return start_response(status, [*others, ("X-Request-ID", request)], *rest)

        try:
            return self.application(environ, starting)
        finally:
            query = environ.get("QUERY_STRING", "")
            path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe="/:@!$&'()*+,;=~-._")
            line = {
                "request_id": request,
                "address": address_of(environ),
                "method": environ["REQUEST_METHOD"],
                "target": f"{path}?{query}" if query else path,
                # An application that fails before it answers is answered for by the server.
                "status": told.get("status", 500),
                "bytes": told.get("bytes", 0),
                "milliseconds": round((time.perf_counter() - began) * 1000, 3),
                "kept": KEPT in environ,
                "user_agent": environ.get("HTTP_USER_AGENT", ""),
            }
            self.logger.info("%s", line["target"], extra={"line": line})
