"""Static files: those that were collected, by their names and by their hashed names."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from capitals.kept.variants import PackedResponse

PACKED_AS = {".br": "br", ".gz": "gzip"}
"""The encodings that collecting made beforehand (whitenoise's storage), by the ends of their names."""
FOR_EVER = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


def static_files(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with static files, and ask neither database nor anything else for them.

    Ranges are not given: no file is long, and a part of one is nothing to a page.
    """
    files = _collected(settings.STATIC_ROOT)

    def respond(request: HttpRequest) -> HttpResponse:
        name = request.path_info.removeprefix(settings.STATIC_URL)
        file = files.get(name) if name != request.path_info else None
        # What is packed has no address of its own: it answers for the file that it is of.
        if file is None or file.suffix in PACKED_AS or request.method not in {"GET", "HEAD"}:
            return get_response(request)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        response = PackedResponse(file.read_bytes(), content_type=f"{kind}{charset}")
        response.packed = {
            encoding: file.with_name(file.name + end).read_bytes()
            for end, encoding in PACKED_AS.items()
            if f"{name}{end}" in files
        }
        response["Last-Modified"] = http_date(file.stat().st_mtime)
        if _HASHED.search(name):
            response["Cache-Control"] = FOR_EVER
        return response

    return respond


def _collected(folder: Path) -> dict[str, Path]:
    """The files that stand when a process begins, packed ones too, by their names in `folder`."""
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
