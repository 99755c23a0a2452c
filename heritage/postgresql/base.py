"""Django's backend for PostgreSQL, on connections that wait for no answer without end.

A server may hang and still accept what is sent: its own `statement_timeout` is of no use then, nor are
timeouts of TCP, for its kernel acknowledges every packet.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.backends.postgresql import base

from heritage.database import SECONDS_FOR_AN_ANSWER


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises OperationalError where an answer does not come in time."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.wait = partial(connection.wait, timeout=SECONDS_FOR_AN_ANSWER)
        return connection
