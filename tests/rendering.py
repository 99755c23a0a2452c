"""Ask the site in a process of its own, with settings of its own: `python rendering.py < requests`.

Reads a JSON list of requests (path, headers, secure, encodings) from standard input and writes
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
    encodings: tuple[str, ...] = ("",),
) -> dict[str, Any]:
    """The answer in the last of these encodings, its body unpacked; it must be the same in each."""
    from capitals.kept.encodings import PLAIN, UNPACKED

    bodies = set()
    for encoding in encodings:
        accepted = {"accept-encoding": encoding} if encoding else {}
        told, body = _called(application, path, {**accepted, **(headers or {})}, secure)
        bodies.add(UNPACKED[told["headers"].get("Content-Encoding", PLAIN)](body))
    assert len(bodies) == 1, f"{path} differs by encoding"
    (body,) = bodies
    shown = hashlib.sha256(body).hexdigest() if only_hash else body.decode("utf-8", "replace")
    return {**told, "body": shown}


def _called(application: Any, path: str, headers: dict[str, str], secure: bool) -> tuple[Any, bytes]:
    """What a WSGI call gives, as a server makes it: status and headers, the body."""
    from urllib.parse import unquote

    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "https" if secure else "http",
        "wsgi.input": sys.stdin.buffer,
        "wsgi.errors": sys.stderr,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }
    told: dict[str, Any] = {}

    def start_response(status: str, lines: list[tuple[str, str]]) -> None:
        told.update(status=int(status.split()[0]), headers=dict(lines))

    response = application(environ, start_response)
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return told, body


if __name__ == "__main__":
    main()
