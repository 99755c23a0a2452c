"""What a program is told where it asked for something that cannot be given (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse


def problem(
    status: int, title: str, detail: str, errors: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    """A readable error as JSON; `errors` are messages by the parameters that they are about."""
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        told["errors"] = [
            {"parameter": parameter, "message": message}
            for parameter, messages in errors.items()
            for message in messages
        ]
    return HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=2) + "\n",
        content_type="application/problem+json",
        status=status,
        headers={"Access-Control-Allow-Origin": "*"},
    )
