"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from capitals.pages.alternates import alternates
from capitals.pages.parameters import canonical_path
from capitals.words.languages import page_language


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's own address, this page's language, path and other formats; where to write; the record."""
    return {
        "site_url": settings.SITE_URL,
        "language": page_language(),
        "canonical": canonical_path(request.path, {}),
        "alternates": alternates(request),
        "corrections_email": settings.CORRECTIONS_EMAIL,
        # An error page may have none.
        "record": getattr(request, "record", None),
    }
