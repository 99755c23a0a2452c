"""What every page's frame shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from capitals.words.languages import page_language


def canonical_path(path: str, parameters: Mapping[str, Any]) -> str:
    """The one address of a page, whatever else the reader's has: the parameters sorted by their names."""
    query = urlencode(sorted(parameters.items()))
    return f"{path}{'?' if query else ''}{query}"


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's own address, this page's language and path, the mail address for corrections, the record."""
    return {
        "site_url": settings.SITE_URL,
        "language": page_language(),
        "canonical": canonical_path(request.path, {}),
        "corrections_email": settings.CORRECTIONS_EMAIL,
        # An error page may have none.
        "record": getattr(request, "record", None),
    }
