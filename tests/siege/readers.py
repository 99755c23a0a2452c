"""Readers who walk through the site's pages without rest, and what they were given."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from serving import Site

EDITIONS = ("first", "second")
"""Of the small record (tests/minimal.py): each of its texts names its edition."""


@dataclass
class Walk:
    """What the readers were given."""

    asked: int = 0
    failures: list[str] = field(default_factory=list)
    """Of requests without an answer, or with another than 200."""
    mixed: list[str] = field(default_factory=list)
    """Pages that hold texts of two editions, or of another than their version is of."""
    slowest: float = 0.0
    """Seconds."""
    longest_gap: float = 0.0
    """Seconds between two answers, whoever got them."""
    versions: dict[str, set[str]] = field(default_factory=dict)
    """The editions that pages of a version held."""
    _last: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, path: str, began: float, status: int | str, version: str, text: str) -> None:
        now = time.monotonic()
        with self._lock:
            self.asked += 1
            self.slowest = max(self.slowest, now - began)
            if status != 200:
                self.failures.append(f"{path}: {status} after {now - began:.2f} s")
                return
            self.longest_gap = max(self.longest_gap, now - self._last)
            self._last = now
            found = {edition for edition in EDITIONS if f"({edition} edition)" in text}
            known = self.versions.setdefault(version, set())
            known |= found
            if len(known) > 1 or len(found) > 1:
                self.mixed.append(f"{path} of {version}: {sorted(found)}, known {sorted(known)}")


@contextmanager
def readers(site: Site, pages: Sequence[str], number: int = 4) -> Iterator[Walk]:
    """So many readers ask for the pages in turn until the block ends."""
    walk, over = Walk(), threading.Event()

    def go(first: int) -> None:
        position = first
        while not over.is_set():
            path = pages[position % len(pages)]
            position += 1
            began = time.monotonic()
            try:
                answer = site.get(path)
            except (OSError, http.client.HTTPException) as error:
                walk.note(path, began, repr(error), "", "")
            else:
                walk.note(path, began, answer.status, answer.headers.get("Record-Version", ""), answer.text)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield walk
    finally:
        over.set()
        for thread in threads:
            thread.join()
