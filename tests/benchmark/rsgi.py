"""The site behind granian's own interface, RSGI, to see what it would give.

What is kept is answered on the event loop, straight from the door's store; everything else goes to
the site's WSGI application in a thread, so that no page that is kept waits for one that is made.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from granian._granian import RSGIHTTPProtocol
from granian.rsgi import Scope

# First: it sets Django up.
from heritage.wsgi import door

# isort: split
from capitals.kept.door import is_ours
from capitals.kept.encodings import encoding_for
from capitals.kept.moment import moment_of
from capitals.pages.keeping import kept_as

THREADS = 2
CONDITIONS = ("if-match", "if-none-match", "if-modified-since")

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]
threads = ThreadPoolExecutor(THREADS)
written: dict[int, tuple[Headers, Headers]] = {}
"""Headers by their identity, and the same in small letters. Nobody empties it: it is for measuring alone."""


async def application(scope: Scope, protocol: RSGIHTTPProtocol) -> None:
    """Answer from the store, or when the site has answered."""
    answer = kept(scope)
    if answer is None:
        answer = await asyncio.get_running_loop().run_in_executor(threads, made, environment(scope))
    protocol.response_bytes(*answer)


def kept(scope: Scope) -> Answer | None:
    """What the store has for this request, if anything."""
    headers = scope.headers
    address = kept_as(scope.path, scope.query_string)
    if address is None or not is_ours(headers.get("host", ""), door.hosts):
        return None
    encoding = encoding_for(headers.get("accept-encoding", ""))
    found = door.store.get((moment_of(door.watch), address, encoding))
    if found is None:
        return None
    told = {"REQUEST_METHOD": scope.method}
    for name in CONDITIONS:
        value = headers.get(name)
        if value is not None:
            told[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return answered(*found.answer(told))


def answered(status: str, headers: Headers, body: bytes) -> Answer:
    """An answer of WSGI as RSGI has it."""
    return int(status[:3]), in_small_letters(headers), body


def in_small_letters(headers: Headers) -> Headers:
    """The headers as RSGI wants their names, written once for each answer that is kept."""
    found = written.get(id(headers))
    if found is None or found[0] is not headers:
        found = written[id(headers)] = headers, [(name.lower(), value) for name, value in headers]
    return found[1]


def environment(scope: Scope) -> dict[str, Any]:
    """The request as WSGI tells it."""
    host, _, port = scope.server.rpartition(":")
    told = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in scope.headers.items()}
    return {
        **told,
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path,
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "HTTP_HOST": told.get("HTTP_HOST", scope.authority or scope.server),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def made(environ: dict[str, Any]) -> Answer:
    """The site's answer, whole."""
    begun: list[tuple[str, Headers]] = []

    def begin(status: str, headers: Headers, _error: Any = None, /) -> Callable[[bytes], object]:
        begun.append((status, headers))
        return bytes

    body = b"".join(door(environ, begin))
    return answered(*begun[0], body)
