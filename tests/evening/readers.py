"""Readers who ask the site through its proxy, while an operator works."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread

NAME = "example.org"
NUMBERS = count()
"""No two readers ask the same, of which nginx would have a copy."""


def ask(certificate: Path, path: str) -> tuple[int, str | None]:
    """The status and the record's version of one answer."""
    trusted = ssl.create_default_context(cafile=certificate)
    with closing(http.client.HTTPConnection(NAME)) as connection:
        connection.sock = trusted.wrap_socket(
            socket.create_connection(("127.0.0.1", 443), 30), server_hostname=NAME
        )
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["Record-Version"]


class Walk:
    """What readers met."""

    def __init__(self) -> None:
        self.statuses: Counter[int | str] = Counter()
        self.versions: set[str | None] = set()

    def __str__(self) -> str:
        return f"{sum(self.statuses.values())} requests, {dict(self.statuses)}, {len(self.versions)} versions"


@contextmanager
def reading(certificate: Path) -> Iterator[Walk]:
    """Two readers ask for pages, of which no copy is kept, until the block ends; none may fail."""
    walk, ended = Walk(), Event()

    def read() -> None:
        while not ended.is_set():
            path = f"/search/?q=lachin+{next(NUMBERS)}"
            try:
                status, version = ask(certificate, path)
                walk.versions.add(version)
                walk.statuses[status] += 1
            except (OSError, http.client.HTTPException) as error:
                walk.statuses[repr(error)] += 1
            ended.wait(0.05)

    threads = [Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield walk
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert set(walk.statuses) == {200}, walk
