"""Django's backend for SQLite, on connections that can reach no file but the one that they read.

That file is opened read-only; `ATTACH` and `VACUUM INTO` would make others, and write to them.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base


class Cursor(base.SQLiteCursorWrapper):
    """Says of a garbled file what Python stumbles over when it reads SQLite's own words on it."""

    def execute(self, query: Any, params: Any = None) -> Any:
        try:
            return super().execute(query, params)
        except UnicodeDecodeError as error:
            raise sqlite3.OperationalError(f"malformed database schema: {error}") from error


class DatabaseWrapper(base.DatabaseWrapper):
    """Refuses to attach another file."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
