"""What machines ask that watch over the site: whether it is alive, whether it can be sent readers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse

from capitals.kept.door import ALIVE
from capitals.models import CulturalCentre, Designation, Event, RecordState, Source
from capitals.pages.request import RecordRequest
from heritage.snapshots import snapshot

READY = "/readyz"
PROBES = (ALIVE, READY)
COUNTED = {"designations": Designation, "events": Event, "centres": CulturalCentre, "sources": Source}


def probes(get_response: Callable[[RecordRequest], HttpResponse]) -> Callable[[RecordRequest], HttpResponse]:
    """Answer the probes, by whatever host name they come and with or without TLS.

    `/healthz` asks no database: a process is not ended for the fault of another. `/readyz` reads the record:
    200 with its version and counts, or 503.
    """
    readiness = snapshot(_ready)

    def respond(request: RecordRequest) -> HttpResponse:
        if request.path_info not in PROBES or request.method not in {"GET", "HEAD"}:
            return get_response(request)
        alive = request.path_info == ALIVE
        response = (
            HttpResponse("ok\n", content_type="text/plain; charset=utf-8") if alive else readiness(request)
        )
        # An answer of a minute ago would tell nothing.
        response["Cache-Control"] = "no-store"
        return response

    return respond


def _alive() -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _ready(request: RecordRequest) -> HttpResponse:
    """That the record can be read, which one it is, and how much of it there is."""
    numbers = RecordState.objects.numbers_of(model._default_manager.all() for model in COUNTED.values())
    counts = dict(zip(COUNTED, numbers, strict=True))
    state = request.record
    return JsonResponse({"version": state.version, "load": state.load_number, "counts": counts})
