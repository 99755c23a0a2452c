"""Ask the site in a process of its own, with settings of its own: `python rendering.py < requests`.

Reads a JSON list of requests (path, method, headers, secure) from standard input and writes
the answers to standard output: status, headers, body as text or, when asked, its hash.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

from processes import ROOT, printed


def render(*requests: str | dict[str, Any], **environment: str) -> list[dict[str, Any]]:
    """The answers to `requests` (a path stands for a plain GET) under these settings."""
    wanted = [{"path": request} if isinstance(request, str) else request for request in requests]
    answers: list[dict[str, Any]] = json.loads(printed(__file__, stdin=json.dumps(wanted), **environment))
    return answers


def main() -> None:
    """Answer the requests on standard input, through the serving entry point."""
    sys.path[0] = str(ROOT)
    from heritage.wsgi import application

    answers = []
    for request in json.load(sys.stdin):
        answers.append(answer(application, **request))
    json.dump(answers, sys.stdout)


def answer(
    application: Any,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    secure: bool = False,
    only_hash: bool = False,
) -> dict[str, Any]:
    """One answer: a WSGI call, as a server makes it."""
    from urllib.parse import unquote

    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "https" if secure else "http",
        "wsgi.input": sys.stdin.buffer,
        "wsgi.errors": sys.stderr,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()},
    }
    told: dict[str, Any] = {}

    def start_response(status: str, lines: list[tuple[str, str]]) -> None:
        told.update(status=int(status.split()[0]), headers=dict(lines))

    response = application(environ, start_response)
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    shown = hashlib.sha256(body).hexdigest() if only_hash else body.decode("utf-8", "replace")
    return {**told, "body": shown}


if __name__ == "__main__":
    main()
