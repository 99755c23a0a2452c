"""What went wrong with a request for data, for the program that asked and for who wrote it (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import HttpResponse


def problem(
    status: int, title: str, detail: str, errors: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    """A response of that status which says what is wrong; `errors` by the parameter that has them."""
    told: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        told["errors"] = [
            {"parameter": parameter, "message": message}
            for parameter, messages in errors.items()
            for message in messages
        ]
    body = json.dumps(told, ensure_ascii=False) + "\n"
    return HttpResponse(body, content_type="application/problem+json", status=status)
