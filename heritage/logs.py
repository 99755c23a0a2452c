"""What an operator reads: a line for each request where that is asked for, and for what goes wrong.

Lines are for people, or JSON for programs (`LOG_FORMAT=json`). Those of one request share its id, which
readers see in the header `X-Request-ID`, and on the page of a fault.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock

REFUSALS = "django.security."
"""The loggers of what Django refuses to read."""
UNREADABLE = "heritage.record"
"""The logger of a database that does not answer."""
SECONDS_BETWEEN_ALIKE = 10
"""How often one logger may say the like; a database that is gone fails hundreds of requests a second."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread works for."""


class Lines(logging.Formatter):
    """Lines for people: the time in UTC, how bad, what."""

    def format(self, record: logging.LogRecord) -> str:
        when = _when(record)
        if line := getattr(record, "line", None):
            # What readers send is quoted, so that none makes a line of its own.
            target, agent = ascii(line["target"])[1:-1], ascii(line["user_agent"])
            who = f"{line['address']} {line['request_id']} {line['method']} {target}"
            took = f"{line['bytes']} B {line['milliseconds']} ms {'kept' if line['kept'] else 'made'}"
            return f"{when} {who} {line['status']} {took} {agent}"
        request = f" [request {request_id.get()}]" if request_id.get() else ""
        said = f"{when} {record.levelname}{request} {record.getMessage()}"
        return "\n".join([said, *_traceback(self, record)])


class JsonLines(logging.Formatter):
    """A JSON object for each line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"time": _when(record), "level": record.levelname.lower(), "logger": record.name}
        if line := getattr(record, "line", None):
            return json.dumps({**told, **line}, ensure_ascii=True)
        told["message"] = record.getMessage()
        if request_id.get():
            told["request_id"] = request_id.get()
        if traceback := _traceback(self, record):
            told["traceback"] = "\n".join(traceback)
        return json.dumps(told, ensure_ascii=True)


def _when(record: logging.LogRecord) -> str:
    return (
        datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    return [formatter.formatException(record.exc_info)] if record.exc_info else []


class ReadersNews(logging.Filter):
    """Drops the traceback of what a reader did, as to ask for a host that is not ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(REFUSALS):
            record.exc_info = None
        return True


class NotWhileUnreadable(logging.Filter):
    """Leaves out that a request was answered with 503: why is said by `heritage.record`, and seldom."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503


class Seldom(logging.Filter):
    """Lets a logger that speaks of every request speak every ten seconds, and say how often it was silent."""

    def __init__(self) -> None:
        super().__init__()
        self._spoke: dict[str, float] = {}
        self._silent: dict[str, int] = {}
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith((REFUSALS, UNREADABLE)):
            return True
        with self._lock:
            if record.created - self._spoke.get(record.name, 0.0) < SECONDS_BETWEEN_ALIKE:
                self._silent[record.name] = self._silent.get(record.name, 0) + 1
                return False
            self._spoke[record.name] = record.created
            silent = self._silent.pop(record.name, 0)
        if silent:
            record.msg, record.args = f"{record.getMessage()} ({silent} more like this before)", ()
        return True
