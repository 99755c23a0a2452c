"""The door of the site: it answers from kept responses, and asks Django for the others.

A response is a function of the record's version, the day, the address and the encoding. So one that
was made for a reader is right for the next, until another record or another day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from threading import Lock
from typing import Any, cast
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.http import StreamingHttpResponse
from django.http.request import split_domain_port, validate_host
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_sequence

from capitals.kept.encodings import PACKED, PLAIN, encoding_for, is_compressible
from capitals.kept.moment import Moment, Watch, moment_of
from capitals.kept.store import Store
from capitals.kept.variants import Headers, Variant, Whole, names, variant_of
from capitals.pages.keeping import kept_as

ENCODINGS = (PLAIN, *PACKED)
TURNS = 64
"""Pages that may be made at a time; two that share a turn wait for each other needlessly."""


class Door:
    """A WSGI application before Django's, with a store of `capacity` bytes; nothing is kept where it is 0.

    `application` gives what Django's does: a response whole, or one that streams. It is asked by so many
    threads of the door's own as there are `makers`, and the server's threads only wait for them: however
    many readers ask for what is not kept, others get what is, and the database has few connections.
    With none of them each asks in its own thread.
    """

    def __init__(self, application: WSGIApplication, watch: Watch, capacity: int, makers: int = 0) -> None:
        self.application = application
        self.makers = ThreadPoolExecutor(makers, "maker of pages") if makers else None
        self.watch = watch
        self.store = Store(capacity)
        self.hosts = tuple(settings.ALLOWED_HOSTS)
        self.needs_tls = settings.SECURE_SSL_REDIRECT
        self._of: Moment | None = None
        """The moment that what is kept is of."""
        self._turns = [Lock() for _ in range(TURNS)]
        self._asked_at = time.monotonic()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        self._asked_at = time.monotonic()
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        address = self._kept_as(environ)
        if address is not None:
            made = self._kept(environ, address, encoding)
        else:
            whole = self._made(environ, environ.get("QUERY_STRING", ""))
            made = whole if isinstance(whole, StreamingHttpResponse) else variant_of(whole, encoding)
        if isinstance(made, StreamingHttpResponse):
            return _streamed(made, environ, start_response)
        status, headers, body = made.answer(environ)
        start_response(status, headers)
        return [body]

    def seconds_at_rest(self) -> float:
        """How long ago somebody last asked."""
        return time.monotonic() - self._asked_at

    def prepare(self, environ: dict[str, Any], encoding: str) -> bytes:
        """Make and keep the answer before somebody asks; gives its plain body, empty where it is not kept."""
        address = self._kept_as(environ)
        made = self._kept(environ, address, encoding) if address else None
        return made.unpacked().body if isinstance(made, Variant) else b""

    def _kept_as(self, environ: dict[str, Any]) -> str | None:
        """The address under which the answer may be kept; None where it may not.

        What a foreign host asks for is refused, and what comes without TLS is led on: by Django.
        """
        if not is_ours(environ.get("HTTP_HOST", ""), self.hosts):
            return None
        if self.needs_tls and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return None
        return kept_as(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))

    def _kept(self, environ: dict[str, Any], address: str, encoding: str) -> Variant | StreamingHttpResponse:
        """The answer in that encoding, kept or made; one that many ask for at once is made once."""
        moment = moment_of(self.watch)
        if moment != self._of:
            self.store.clear()
            self._of = moment
        found = self.store.get((moment, address, encoding))
        if found is not None:
            return found
        with self._turns[hash(address) % TURNS]:
            # Made while this request waited for its turn, perhaps.
            found = self.store.get((moment, address, encoding))
            if found is not None:
                return found
            whole = self._unpacked(moment, address) or self._made(environ, address.partition("?")[2])
            if isinstance(whole, StreamingHttpResponse):
                return whole
            variant = variant_of(whole, encoding)
            version = dict(whole.headers).get("Record-Version")
            if variant.tag and self.watch.is_of(moment[0], version):
                self.store.put((moment, address, encoding), variant)
            return variant

    def _unpacked(self, moment: Moment, address: str) -> Whole | None:
        """The answer from what is kept of it in another encoding, if anything is."""
        for encoding in ENCODINGS:
            found = self.store.get((moment, address, encoding))
            if found is not None:
                return found.unpacked()
        return None

    def _made(self, environ: dict[str, Any], query: str) -> Whole | StreamingHttpResponse:
        """What Django answers to a GET with that query: the head of a page is told of the whole."""
        asked = {**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": query}
        return self.makers.submit(self._make, asked).result() if self.makers else self._make(asked)

    def _make(self, environ: dict[str, Any]) -> Whole | StreamingHttpResponse:
        response: Any = self.application(environ, _passed_over)
        if response.streaming:
            return response  # type: ignore[no-any-return]
        try:
            return Whole.of(response)
        finally:
            response.close()


@lru_cache(maxsize=256)
def is_ours(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether a request for `host` is one for this site, as Django would decide."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def _passed_over(_status: str, _headers: Headers, _error: object = None) -> Callable[[bytes], object]:
    """What Django starts its response with is in the response itself; nothing of ours writes otherwise."""
    return bytes


def _streamed(
    response: StreamingHttpResponse, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    """What is too long to be kept, sent as it is read; packed as it goes where gzip is taken."""
    # Weak: it is of the record's version, in whichever encoding.
    tag = response["ETag"] = f"W/{response['ETag']}"
    if is_compressible(response["Content-Type"]):
        patch_vary_headers(response, ("Accept-Encoding",))
        if encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""), ("gzip",)) == "gzip":
            response.streaming_content = compress_sequence(cast(Iterator[bytes], response.streaming_content))
            response["Content-Encoding"] = "gzip"
    unchanged = names(environ.get("HTTP_IF_NONE_MATCH", ""), tag.removeprefix("W/"))
    start_response("304 Not Modified" if unchanged else "200 OK", list(response.items()))
    if unchanged or environ["REQUEST_METHOD"] == "HEAD":
        response.close()
        return []
    return response
