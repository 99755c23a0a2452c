"""The programme, and this record of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from capitals.derived.coverage import amounts, sources_covered, years_covered
from capitals.models import Correction, Designation, ProgrammeStatement, SisterTitle
from capitals.pages.citations import Citations
from capitals.pages.request import RecordRequest

MOST_HOLDINGS = 20
"""How many cities are named that hold another title, or held it."""
MOST_TITLES, MOST_CORRECTIONS = 60, 200
"""How many are told at most; the list of capitals has all titles, the data all corrections."""


def programme(request: RecordRequest) -> HttpResponse:
    """The programme's own history and rules, and the titles that it is taken for."""
    context = {
        "statements": ProgrammeStatement.objects.in_order().with_citations().with_disputes(),
        "sister_titles": SisterTitle.objects.with_citations().with_holdings(MOST_HOLDINGS + 1).by_name(),
        "most": MOST_HOLDINGS,
        "citations": Citations(),
    }
    return render(request, "capitals/pages/programme.html", context)


def about(request: RecordRequest) -> HttpResponse:
    """Method, coverage, limits, licence and corrections."""
    held, lacking = amounts()
    context = {
        "held": held,
        "lacking": lacking,
        "years": years_covered(request.today, MOST_TITLES),
        "all_years": Designation.objects.years(),
        "sources": sources_covered(),
        "searched_to": Designation.objects.searched_to(),
        "corrections": Correction.objects.order_by("-date", "pk")[:MOST_CORRECTIONS],
    }
    return render(request, "capitals/pages/about.html", context)
