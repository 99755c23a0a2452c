"""A finished response in one encoding, and how it answers a request that has conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.utils.http import parse_http_date_safe

from capitals.kept.encodings import FEWEST_BYTES, PACKED, PLAIN, UNPACKED, is_compressible

Headers = list[tuple[str, str]]
Environ = Mapping[str, Any]
"""A request as WSGI has it (PEP 3333)."""

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_TOLD_UNCHANGED = {
    "access-control-allow-origin",
    "cache-control",
    "content-location",
    "etag",
    "last-modified",
    "record-version",
    "vary",
}
"""What a 304 says again of a response (RFC 9110, 15.4.5), and what scripts of other sites must see."""
NOT_WANTED = (("Cache-Control", "no-store"), ("Content-Length", "0"))
"""What a 412 says: it is for who asked, on that condition."""
_HEADERS_WEIGH = 2_000
"""Bytes that a response takes beside its body, about."""


class PackedResponse(HttpResponse):
    """A response whose body has been packed beforehand: `packed` has it by encodings."""

    packed: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Whole:
    """A response as a view made it, in no encoding yet."""

    status: str
    headers: tuple[tuple[str, str], ...]
    """Without those that depend on the encoding."""
    body: bytes
    packed: Mapping[str, bytes]

    @classmethod
    def of(cls, response: HttpResponse) -> Whole:
        """What Django made; `response` is not needed afterwards."""
        headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
        status = f"{response.status_code} {response.reason_phrase}"
        return cls(status, headers, response.content, getattr(response, "packed", {}))


@dataclass(frozen=True, slots=True)
class Variant:
    """A response in one encoding, ready to be sent."""

    whole: Whole
    """The response without its body, from which other encodings are made."""
    encoding: str
    headers: Headers
    body: bytes
    tag: str
    """The strong entity tag, of the bytes that are sent; empty for all but 200."""
    modified: int | None
    """Seconds of `Last-Modified`, since 1970."""
    unchanged: Headers
    """The headers of a 304."""

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return len(self.body) + sum(map(len, self.whole.packed.values())) + _HEADERS_WEIGH

    def unpacked(self) -> Whole:
        """The response with its plain body again."""
        whole = self.whole
        return Whole(whole.status, whole.headers, UNPACKED[self.encoding](self.body), whole.packed)

    def answer(self, environ: Environ) -> tuple[str, Headers, bytes]:
        """Status, headers and body for a GET or HEAD with the conditions that `environ` has.

        RFC 9110, 13.2.2. `If-Unmodified-Since` is passed over: it guards writing, and nothing is written.
        """
        if self.tag:
            wanted = environ.get("HTTP_IF_MATCH")
            if wanted is not None and not names(wanted, self.tag, weakly=False):
                return "412 Precondition Failed", [*NOT_WANTED, ("ETag", self.tag)], b""
            known = environ.get("HTTP_IF_NONE_MATCH")
            if known is not None:
                if known == self.tag or names(known, self.tag):
                    return "304 Not Modified", self.unchanged, b""
            elif self.modified is not None and "HTTP_IF_MODIFIED_SINCE" in environ:
                since = parse_http_date_safe(environ["HTTP_IF_MODIFIED_SINCE"])
                if since is not None and self.modified <= since:
                    return "304 Not Modified", self.unchanged, b""
        return self.whole.status, self.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else self.body


def variant_of(whole: Whole, encoding: str) -> Variant:
    """The response in that encoding, or plain where it does not grow smaller by it."""
    headers = dict(whole.headers)
    body = whole.body
    if not is_compressible(headers.get("Content-Type", "")):
        encoding = PLAIN
    else:
        headers["Vary"] = _with("Accept-Encoding", headers.get("Vary", ""))
        if encoding != PLAIN:
            packed = whole.packed.get(encoding) or (
                PACKED[encoding](body) if len(body) >= FEWEST_BYTES else body
            )
            if len(packed) < len(body):
                body = packed
                headers["Content-Encoding"] = encoding
            else:
                encoding = PLAIN
    tag = ""
    if whole.status.startswith("200 "):
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers["ETag"] = tag
    headers["Content-Length"] = str(len(body))
    bodiless = Whole(whole.status, whole.headers, b"", whole.packed)
    modified = parse_http_date_safe(headers.get("Last-Modified", ""))
    unchanged = [(name, value) for name, value in headers.items() if name.lower() in _TOLD_UNCHANGED]
    return Variant(bodiless, encoding, list(headers.items()), body, tag, modified, unchanged)


def _with(name: str, names: str) -> str:
    """The list `names` of a header `Vary` with `name`."""
    given = [one.strip() for one in names.split(",") if one.strip()]
    return ", ".join(given if name.lower() in map(str.lower, given) else [*given, name])


def names(condition: str, tag: str, *, weakly: bool = True) -> bool:
    """Whether a list of entity tags has `tag`, or is the star; a weak one is the same only `weakly`."""
    if condition.strip() == "*":
        return True
    return any(
        found[1] == tag and (weakly or not found[0].startswith("W/")) for found in _TAG.finditer(condition)
    )
