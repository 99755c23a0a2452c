"""What every page's frame shows."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def today() -> datetime.date:
    """Today in UTC, which decides what is past, current and to come."""
    return datetime.datetime.now(datetime.UTC).date()


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's own address, this page's address, the mail address for corrections, the record."""
    return {
        "site_url": settings.SITE_URL,
        "canonical": f"{settings.SITE_URL}{request.path}",
        "corrections_email": settings.CORRECTIONS_EMAIL,
        "record": getattr(request, "record", None),
    }
