"""The moment that a kept response is of: the record that stands, and the day.

Asked at each request, so it costs a stat of the SQLite file; on PostgreSQL nothing, for there a
thread asks the database a few times a second.
"""

from __future__ import annotations

import os
import time
from collections.abc import Hashable
from threading import Lock, Thread
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.db import Error, connection

from capitals.models import RecordState
from capitals.words import dates

SECONDS_BETWEEN_LOOKS = 0.25
"""How long another process's load into PostgreSQL may go unnoticed; a tenth of a page is spent on a look."""
SECONDS_OF_SILENCE = 3
"""After this a database that says nothing, or refuses us, counts as gone: not for one look that fails, as
when of several hosts the one dies that a connection was to."""

Moment = tuple[Hashable, Hashable]


def served_file() -> str | None:
    """The SQLite file that pages are read from, and a load swaps for another; None where there is no such."""
    name = str(connection.settings_dict["NAME"])
    if not name.startswith("file:") or "immutable=1" not in name:
        return None
    return unquote(urlsplit(name).path)


def identity(file: str) -> tuple[int, int, int]:
    """What tells a file from the next at the same path; FileNotFoundError where there is none."""
    # Not by pathlib, which takes as long as all else that a kept answer costs.
    status = os.stat(file)  # noqa: PTH116
    return status.st_dev, status.st_ino, status.st_mtime_ns


class Watch(Protocol):
    """Notices when another record stands."""

    def record(self) -> Hashable:
        """What tells the record that stands from any other."""

    def lost_for(self) -> float:
        """For how many seconds the record could not be seen; 0 while it can."""

    def is_of(self, record: Hashable, version: str | None) -> bool:
        """Whether a response that names `version` may be kept for readers of `record`."""


class FileWatch:
    """Looks at the SQLite file: a load swaps in another one."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._last: Hashable = None
        self._lost_at: float | None = None

    def record(self) -> Hashable:
        # Without a file the last record goes on: what is kept of it needs no file.
        try:
            self._last = identity(self.file)
            self._lost_at = None
        except OSError:
            self._lost_at = self._lost_at or time.monotonic()
        return self._last

    def lost_for(self) -> float:
        if self._lost_at:
            self.record()
        lost_at = self._lost_at
        return time.monotonic() - lost_at if lost_at else 0.0

    def is_of(self, record: Hashable, version: str | None) -> bool:
        # The file was looked at before it was read: the page is of that record or of a newer one.
        return True


class ServerWatch:
    """Asks PostgreSQL from a thread of its own, so that no reader waits, not even for one that hangs."""

    def __init__(self) -> None:
        self._last: str | None = None
        self._seen_at = 0.0
        self._begun = False
        self._beginning = Lock()

    def record(self) -> Hashable:
        if not self._begun:
            with self._beginning:
                if not self._begun:
                    self._seen_at = time.monotonic()
                    # Only now: a thread does not outlive the fork of a process.
                    Thread(target=self._keep_looking, name="watch of the record", daemon=True).start()
                    self._begun = True
        return self._last

    def lost_for(self) -> float:
        silence = time.monotonic() - self._seen_at
        return silence if self._begun and silence > SECONDS_OF_SILENCE else 0.0

    def is_of(self, record: Hashable, version: str | None) -> bool:
        # A page may come from another host than the look, and that one lag behind.
        return version is None or version == record

    def _keep_looking(self) -> None:
        while True:
            try:
                state = RecordState.objects.first()
                self._last = state.as_told if state else None
                self._seen_at = time.monotonic()
            except Error:
                connection.close()
            time.sleep(SECONDS_BETWEEN_LOOKS)


def watch() -> Watch:
    """What notices another record in the database that pages are read from."""
    file = served_file()
    return FileWatch(file) if file else ServerWatch()


def moment_of(record: Watch) -> Moment:
    """The moment: two alike have the same pages."""
    return record.record(), dates.today()
