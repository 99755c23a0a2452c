"""Loads that are killed under readers: `tests/siege` in a short form."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from siege.kills import kill_loads

ROUNDS, SEED = 4, 20261201


def test_loads_that_are_killed_harm_no_reader_and_no_later_load(database_url: str, tmp_path: Path) -> None:
    found = kill_loads(database_url, tmp_path, ROUNDS, SEED)

    assert found.killed > 0
    assert found.failed_afterwards == []
    assert found.walk.failures == []
    assert found.walk.mixed == []
    assert found.walk.asked > ROUNDS
    if connection.vendor == "sqlite":
        assert found.left == ["record.sqlite3", "record.sqlite3.lock"]
