"""The door of the site: it answers from kept responses, and asks Django for the others.

A response is a function of the record's version, the day, the address and the encoding. So one that
was made for a reader is right for the next, until another record or another day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from math import ceil
from threading import BoundedSemaphore, Lock
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
MOST_WHO_WAIT = 32
"""Requests that wait for what is made; whoever comes then is refused at once. Of the server's threads
(`manage.py serve`) so many are left for what is kept, and nobody waits for what will come too late."""
SECONDS_AT_MOST = 10
"""How long a request is held, whatever the database does."""
ALIVE = "/healthz"
"""What is answered though all who make pages are busy."""
UNREADABLE = "capitals.record_is_unreadable"
"""In the environment of a request: that the record need not be asked for, for it would not answer."""
KEPT = "capitals.kept"
"""In the environment of a request, for the access log: that the answer was kept."""


class Busy(Exception):
    """Too many wait already, or the wait was too long."""


class Door:
    """A WSGI application before Django's, with a store of `capacity` bytes; nothing is kept where it is 0.

    `application` gives what Django's does: a response whole, or one that streams. It is asked by so many
    threads of the door's own as there are `makers`, and the server's threads only wait for them: however
    many readers ask for what is not kept, others get what is, and the database has few connections.
    With none of them each asks in its own thread.

    While the record cannot be read, what is kept of it is given on, marked as stale (RFC 9211).
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
        self._places = BoundedSemaphore(MOST_WHO_WAIT)
        self._asked_at = time.monotonic()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        self._asked_at = time.monotonic()
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        address = self._kept_as(environ)
        made = self._kept(environ, address, encoding) if address else self._anew(environ, encoding)
        if isinstance(made, StreamingHttpResponse):
            return _streamed(made, environ, start_response)
        status, headers, body = made.answer(environ)
        if lost_for := self.watch.lost_for():
            headers = _marked_stale(headers, lost_for)
        start_response(status, headers)
        return [body]

    def seconds_at_rest(self) -> float:
        """How long ago somebody last asked."""
        return time.monotonic() - self._asked_at

    def prepare(self, environ: dict[str, Any], encoding: str) -> Variant | None:
        """Make and keep the answer before somebody asks; None where it is not kept."""
        address = self._kept_as(environ)
        made = self._kept(environ, address, encoding) if address else None
        return made if isinstance(made, Variant) else None

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
        moment = self._moment()
        found = self.store.get((moment, address, encoding))
        if found is not None:
            environ[KEPT] = True
            return found
        try:
            with self._place() as give_up, self._turn(address, give_up):
                # Made while this request waited for its turn, perhaps.
                found = self.store.get((moment, address, encoding))
                return found or self._made_to_keep(environ, moment, address, encoding, give_up)
        except Busy:
            return self._refusal(environ, encoding)

    def _made_to_keep(
        self, environ: dict[str, Any], moment: Moment, address: str, encoding: str, give_up: float
    ) -> Variant | StreamingHttpResponse:
        packed = self._unpacked(moment, address)
        whole = packed or self._made(environ, address.partition("?")[2], give_up)
        if isinstance(whole, StreamingHttpResponse):
            return whole
        variant = variant_of(whole, encoding)
        version = dict(whole.headers).get("Record-Version")
        if variant.tag and self.watch.is_of(moment[0], version):
            self.store.put((moment, address, encoding), variant)
        return variant

    def _anew(self, environ: dict[str, Any], encoding: str) -> Variant | StreamingHttpResponse:
        """The answer to what is never kept, made for this request alone."""
        query = environ.get("QUERY_STRING", "")
        try:
            if environ.get("PATH_INFO") == ALIVE:
                whole = self._make(_asked(environ, query))
            else:
                with self._place() as give_up:
                    whole = self._made(environ, query, give_up)
        except Busy:
            return self._refusal(environ, encoding)
        return whole if isinstance(whole, StreamingHttpResponse) else variant_of(whole, encoding)

    def _moment(self) -> Moment:
        """The moment that stands; while the record cannot be seen, the last one, though a day begins."""
        moment = moment_of(self.watch)
        if moment != self._of and not (self._of and self.watch.lost_for()):
            self.store.clear()
            self._of = moment
        return self._of or moment

    @contextmanager
    def _place(self) -> Iterator[float]:
        """A place among those who wait, with the time at which to give up; Busy where none is free."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            yield time.monotonic() + SECONDS_AT_MOST
        finally:
            self._places.release()

    @contextmanager
    def _turn(self, address: str, give_up: float) -> Iterator[None]:
        """The right to make the page at `address`; Busy where it does not come in time."""
        turn = self._turns[hash(address) % TURNS]
        if not turn.acquire(timeout=max(0.0, give_up - time.monotonic())):
            raise Busy
        try:
            yield
        finally:
            turn.release()

    def _unpacked(self, moment: Moment, address: str) -> Whole | None:
        """The answer from what is kept of it in another encoding, if anything is."""
        for encoding in ENCODINGS:
            found = self.store.get((moment, address, encoding))
            if found is not None:
                return found.unpacked()
        return None

    def _made(self, environ: dict[str, Any], query: str, give_up: float) -> Whole | StreamingHttpResponse:
        """What Django answers to a GET with that query; Busy where it does not in time."""
        asked = _asked(environ, query)
        if self.makers is None:
            return self._make(asked)
        making = self.makers.submit(self._make, asked)
        try:
            return making.result(max(0.0, give_up - time.monotonic()))
        except TimeoutError:
            making.cancel()
            raise Busy from None

    def _refusal(self, environ: dict[str, Any], encoding: str) -> Variant | StreamingHttpResponse:
        """What Django answers without asking the record: that it cannot now."""
        whole = self._make({**_asked(environ, ""), UNREADABLE: True})
        return whole if isinstance(whole, StreamingHttpResponse) else variant_of(whole, encoding)

    def _make(self, environ: dict[str, Any]) -> Whole | StreamingHttpResponse:
        # Only now, for many may have waited while the record was lost.
        environ.setdefault(UNREADABLE, self.watch.lost_for() > 0)
        response: Any = self.application(environ, _passed_over)
        if response.streaming:
            return response  # type: ignore[no-any-return]
        try:
            return Whole.of(response)
        finally:
            response.close()


def _asked(environ: dict[str, Any], query: str) -> dict[str, Any]:
    """A GET with that query: the head of a page is told of the whole."""
    return {**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": query}


def _marked_stale(headers: Headers, lost_for: float) -> Headers:
    """The headers of an answer from the record, which could not be seen for so many seconds."""
    if not any(name == "Record-Version" for name, _value in headers):
        return headers
    status = f'site; hit; ttl=-{ceil(lost_for)}; detail="the record cannot be read"'
    return [*headers, ("Cache-Status", status)]


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
