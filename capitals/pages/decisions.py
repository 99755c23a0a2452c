"""Decisions and the bodies that took them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from capitals.models import Body, Decision, Dispute
from capitals.pages.citations import Citations
from capitals.pages.filters import DecisionFilterSet
from capitals.pages.lists import RECORDS_PER_PAGE, render_list
from capitals.pages.paging import paged
from capitals.pages.request import RecordRequest

MOST_DECISIONS, MOST_SERIES = 50, 100
"""How many the page of a body names at most; the list of decisions can be filtered by it."""


def decision_list(request: RecordRequest) -> HttpResponse:
    """Decisions, the newest first, with the capitals that they named."""
    rows = Decision.objects.select_related("body").with_capitals().with_citations().newest_first()
    filterset = DecisionFilterSet(request.GET, rows)
    return render_list(request, "capitals/pages/decision_list.html", filterset)


def decision_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A decision and the capitals that it named."""
    decisions = Decision.objects.select_related("body").with_capitals().with_citations().with_disputes()
    decision = get_object_or_404(decisions, pk=slug)
    disputes = Dispute.objects.on_decision(decision.pk).with_versions()
    context = {
        "decision": decision,
        "disputes": [*decision.disputes.all(), *disputes],
        "other_steps": Decision.objects.sharing_a_capital_with(decision).with_citations().oldest_first(),
        "citations": Citations(),
    }
    return render(request, "capitals/pages/decision_detail.html", context)


def body_detail(request: RecordRequest, slug: str) -> HttpResponse:
    """A body, its decisions, and the events and series that it organised."""
    body = get_object_or_404(Body.objects.select_related("country").with_citations(), pk=slug)
    events = body.events.for_cards().newest_first()
    context = {
        "body": body,
        "decisions": body.decisions.with_capitals().with_citations().newest_first()[:MOST_DECISIONS],
        "series": body.series.by_name()[:MOST_SERIES],
        "most": MOST_DECISIONS,
        "citations": Citations(),
        **paged(request, events, RECORDS_PER_PAGE),
    }
    return render(request, "capitals/pages/body_detail.html", context)
