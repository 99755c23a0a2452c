"""The moment that a kept response is of: the record that stands, and the day.

Asked at each request, so it costs a stat of the SQLite file; on PostgreSQL nothing, for there a
thread asks the database a few times a second.
"""

from __future__ import annotations

import os
import time
from collections.abc import Hashable
from contextlib import suppress
from threading import Lock, Thread
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.db import Error, connection

from capitals.models import RecordState
from capitals.words import dates

SECONDS_BETWEEN_LOOKS = 0.25
"""How long another process's load into PostgreSQL may go unnoticed; a tenth of a page is spent on a look."""

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

    def is_of(self, record: Hashable, version: str | None) -> bool:
        """Whether a response that names `version` may be kept for readers of `record`."""


class FileWatch:
    """Looks at the SQLite file: a load swaps in another one."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._last: Hashable = None

    def record(self) -> Hashable:
        # Without a file the last record goes on: what is kept of it needs no file.
        with suppress(OSError):
            self._last = identity(self.file)
        return self._last

    def is_of(self, record: Hashable, version: str | None) -> bool:
        # The file was looked at before it was read: the page is of that record or of a newer one.
        return True


class ServerWatch:
    """Asks PostgreSQL from a thread of its own, so that no reader waits, not even for one that hangs."""

    def __init__(self) -> None:
        self._last: str | None = None
        self._begun = False
        self._beginning = Lock()

    def record(self) -> Hashable:
        if not self._begun:
            with self._beginning:
                if not self._begun:
                    # Only now: a thread does not outlive the fork of a process.
                    Thread(target=self._keep_looking, name="watch of the record", daemon=True).start()
                    self._begun = True
        return self._last

    def is_of(self, record: Hashable, version: str | None) -> bool:
        # A page may come from another host than the look, and that one lag behind.
        return version is None or version == record

    def _keep_looking(self) -> None:
        while True:
            try:
                state = RecordState.objects.first()
                self._last = state.as_told if state else None
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
