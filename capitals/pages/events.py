"""Events: the list of them with their summaries, and each in full."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from capitals.derived.neighbours import neighbours, titles_joined
from capitals.models import Decision, Event
from capitals.pages.citations import Citations
from capitals.pages.filters import EventFilterSet
from capitals.pages.lists import render_list
from capitals.pages.request import RecordRequest


def event_list(request: RecordRequest) -> HttpResponse:
    """Events with their summaries, the newest first."""
    filterset = EventFilterSet(request.GET, Event.objects.for_cards().newest_first())
    return render_list(request, "capitals/pages/event_list.html", filterset)


def event_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """An event: what, when, where, whose title, who took part; and where to go on from it."""
    events = Event.objects.with_bearings().with_disputes().with_participants()
    event = get_object_or_404(events, pk=slug)
    titles = titles_joined(event)
    editions = Event.objects.filter(series=event.series_id).exclude(pk=slug).newest_first()
    context = {
        "event": event,
        "titles": titles,
        "neighbours": neighbours(event, titles),
        "decisions": Decision.objects.on_titles(titles).oldest_first() if titles else [],
        "editions": list(editions) if event.series_id else [],
        "speakers": event.speakers.order_by("pk"),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/event_detail.html", context)
