"""What no reader reads."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from capitals.pages.request import RecordRequest


def robots(request: RecordRequest) -> HttpResponse:
    """Where the sitemap is, and what search engines should leave."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def health(request: RecordRequest) -> HttpResponse:
    """For machines: that the site answers, and with which version of the record."""
    return HttpResponse(f"ok {request.record.version}\n", content_type="text/plain; charset=utf-8")
