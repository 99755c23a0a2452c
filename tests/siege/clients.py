"""Clients that hold connections: silent, dribbling, kept open after an answer, gone before the answer."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from serving import PATIENCE, Site

from siege.hostile import megabytes

PROBED = ("/healthz", "/cities/lachin/", "/search/?q=lachin")


@dataclass(frozen=True)
class Held:
    """What other readers were answered while such clients held their connections."""

    what: str
    connections: int
    statuses: list[int]
    slowest: float
    """Seconds, of the readers' requests."""
    megabytes: float


def hold(site: Site, number: int) -> Iterator[Held]:
    """So many clients of each kind, one kind after another, with readers beside them."""
    _raise_limit(2 * number + 500)
    asked = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for what, letters in (("silent", b""), ("dribbling", b"GET / HTTP/1.1\r\n"), ("kept open", asked)):
        with _connected(site, number, letters) as sockets, _dribbled(sockets if what == "dribbling" else []):
            yield _probed(site, what, number)
    search = b"GET /search/?q=capital+%d HTTP/1.1\r\nHost: localhost\r\n\r\n"
    gone = max(1, number * 2 // 5)
    for position in range(gone):
        with socket.create_connection(("127.0.0.1", site.port), PATIENCE) as client:
            client.sendall(search % position)
    held = _probed(site, "gone at once", gone)
    held.statuses.append(_after_the_queue(site))
    yield held


def _probed(site: Site, what: str, connections: int) -> Held:
    statuses, slowest = [], 0.0
    for path in PROBED * 3:
        began = time.monotonic()
        statuses.append(site.get(path).status)
        slowest = max(slowest, time.monotonic() - began)
    return Held(what, connections, statuses, slowest, megabytes(site))


def _after_the_queue(site: Site) -> int:
    """What a reader is answered who comes again, as 503 asks, until those who have gone are worked off."""
    give_up = time.monotonic() + PATIENCE
    while (status := site.get(PROBED[-1]).status) == 503 and time.monotonic() < give_up:
        time.sleep(0.1)
    return status


@contextmanager
def _connected(site: Site, number: int, letters: bytes) -> Iterator[list[socket.socket]]:
    with ExitStack() as opened:
        sockets = []
        for _ in range(number):
            client = opened.enter_context(socket.create_connection(("127.0.0.1", site.port), PATIENCE))
            client.sendall(letters)
            sockets.append(client)
        yield sockets


@contextmanager
def _dribbled(sockets: list[socket.socket]) -> Iterator[None]:
    """Let each of them send a letter of a header now and then."""
    over = threading.Event()

    def go() -> None:
        while not over.wait(0.5):
            for client in sockets:
                try:
                    client.sendall(b"x")
                except OSError:
                    # The server has lost its patience.
                    continue

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _raise_limit(files: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, hard), hard))
