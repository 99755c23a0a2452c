"""The site as a server runs it: Django behind the door that keeps finished responses."""

from __future__ import annotations

import functools
from collections.abc import Hashable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from capitals.kept.door import Door
from capitals.models import RecordState

ENOUGH = 50_000_000
"""Bytes of a store that holds whatever a test asks for."""


class AskingWatch:
    """Asks the database each time: within a test's transaction no other process loads."""

    def record(self) -> Hashable:
        return str(RecordState.objects.get().as_told)

    def lost_for(self) -> float:
        return 0.0

    def is_of(self, record: Hashable, version: str | None) -> bool:
        return version is None or version == record


@functools.cache
def _django() -> WSGIHandler:
    """Django's own entry point, made once: it loads all middleware."""
    return WSGIHandler()


class DoorClient(Client):
    """Django's client, but its requests come to the door first; a view's fault is a response then."""

    def __init__(self, capacity: int = ENOUGH) -> None:
        super().__init__(raise_request_exception=False, HTTP_HOST="localhost")
        self.rendered: list[str] = []
        """What Django was asked, in order."""
        self.door = Door(self._asked, AskingWatch(), capacity)
        self.handler = self._answer  # type: ignore[assignment]

    def _asked(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.rendered.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}".rstrip("?"))
        return _django()(environ, start_response)

    def _answer(self, environ: dict[str, Any]) -> HttpResponse:
        told: list[Any] = []
        # As Django's own client: within a test's transaction it would close the connection.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            body = self.door(environ, lambda status, headers, _error=None: told.extend((status, headers)))
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        status, headers = told
        response = HttpResponse(b"".join(body), status=int(status[:3]), headers=dict(headers))
        response.wsgi_request = WSGIRequest(environ)  # type: ignore[attr-defined] # as its client expects
        # Django would give one of its own.
        if "Content-Type" not in dict(headers):
            del response["Content-Type"]
        return response
