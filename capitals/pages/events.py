"""Events: the list of them with their summaries, and each in full."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from capitals.models import Event
from capitals.pages.citations import Citations
from capitals.pages.filters import EventFilterSet
from capitals.pages.lists import render_list
from capitals.pages.request import RecordRequest


def event_list(request: RecordRequest) -> HttpResponse:
    """Events with their summaries, the newest first."""
    filterset = EventFilterSet(request.GET, Event.objects.for_cards().newest_first())
    return render_list(request, "capitals/pages/event_list.html", filterset)


def event_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """An event: what, when, where, whose title, who took part."""
    events = Event.objects.for_cards().with_disputes().with_participants()
    event = get_object_or_404(events, pk=slug)
    context = {
        "event": event,
        "speakers": event.speakers.order_by("pk"),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/event_detail.html", context)
