"""Pages made before a reader asks for them: after a load, and after midnight, while nobody is waiting."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from capitals.kept.door import Door
from capitals.kept.moment import Moment, moment_of

ENCODING = "br"
"""What browsers take; another is made of it when somebody asks."""
SECONDS_OF_REST = 0.2
"""How long no reader may have asked before a page is made ahead."""
SECONDS_BETWEEN_LOOKS = 1
FULLEST = 0.9
"""The part of the store that is filled so: what readers ask for beside it must not push pages out at once."""

_PLACE = re.compile("<loc>(.*?)</loc>")


def keep_warm(door: Door) -> None:
    """Begin a thread which has `door` make the pages of the sitemap, whenever they are of another moment."""
    Thread(target=_go_on, args=(door,), name="pages made ahead", daemon=True).start()


def _go_on(door: Door) -> None:
    warm: Moment | None = None
    while True:
        moment = moment_of(door.watch)
        if moment != warm and not door.watch.lost_for() and warm_up(door, moment):
            warm = moment
        time.sleep(SECONDS_BETWEEN_LOOKS)


def warm_up(door: Door, moment: Moment) -> bool:
    """Make the pages of the sitemap; False where another moment came meanwhile, or the record
    was lost, and all begins anew."""
    for address in _addresses(door):
        while door.seconds_at_rest() < SECONDS_OF_REST:
            time.sleep(SECONDS_OF_REST / 4)
        if moment_of(door.watch) != moment or door.watch.lost_for():
            return False
        if door.store.size > door.store.capacity * FULLEST:
            break
        door.prepare(_asked(address), ENCODING)
    return True


def _addresses(door: Door) -> Iterator[str]:
    """The paths of all pages, those of the shortest lists first, as the sitemap has them."""
    for section in _places(door, "/sitemap.xml"):
        yield from _places(door, section)


def _places(door: Door, address: str) -> list[str]:
    """The addresses that a sitemap names, without scheme and host."""
    sitemap = door.prepare(_asked(address), "gzip")
    body = sitemap.unpacked().body.decode() if sitemap else ""
    places = map(urlsplit, _PLACE.findall(body))
    return [place.path + (f"?{place.query}" if place.query else "") for place in places]


def _asked(address: str) -> dict[str, Any]:
    """A request for that address, as WSGI has it, from a reader whom we need not answer."""
    path, _, query = address.partition("?")
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
