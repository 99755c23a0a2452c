"""What errors of the database mean: that the record cannot be read now, or a fault of ours."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError

SQLITE_IS_UNREADABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""What SQLite says of a file that is not there, or is not whole (sqlite.org/rescode.html)."""


def is_unreadable(error: BaseException | None) -> bool:
    """Whether `error` says that the database does not answer, or holds no whole record; else we erred."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        if code is None:
            # Of Python's own: this one it raises for text in the file that is none.
            return isinstance(cause, sqlite3.OperationalError)
        # The lower byte is the kind, the upper ones say more of it.
        return code & 0xFF in SQLITE_IS_UNREADABLE
    return isinstance(error, (OperationalError, InterfaceError))


def has_no_tables(error: DatabaseError) -> bool:
    """Whether `error` says that nobody has migrated or loaded."""
    return getattr(error.__cause__, "sqlstate", "") == "42P01" or str(error).startswith("no such table")
