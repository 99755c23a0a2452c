"""Refusals in a form that programs read: problem+json, as RFC 9457 has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse


def problem(
    status: int, title: str, detail: str, errors: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    """A refusal with what was wrong; `errors` tells it by the parameters of the address."""
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        told["errors"] = dict(errors)
    response = JsonResponse(
        told,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
