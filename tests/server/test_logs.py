"""The lines that an operator reads, and the number that a request has in them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from capitals.kept.door import KEPT
from heritage.access import WithAccessLog, address_of, id_of
from heritage.logs import JsonLines, Lines, ReadersNews, Seldom, request_id

pytestmark = pytest.mark.once

ID = "0123456789abcdef"


@pytest.fixture
def logged() -> Iterator[list[logging.LogRecord]]:
    """What the access log is told."""
    records: list[logging.LogRecord] = []

    class Collecting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler, logger = Collecting(), logging.getLogger("heritage.access")
    logger.addHandler(handler)
    yield records
    logger.removeHandler(handler)


def asked(path: str, query: str = "", **told: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "192.0.2.7",
        **told,
    }


def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """An application that answers from what is kept."""
    environ[KEPT] = True
    start_response("200 OK", [("Content-Length", "5")])
    return [b"hello"]


def test_a_request_is_one_line_with_its_number_which_the_reader_has_too(
    logged: list[logging.LogRecord],
) -> None:
    told: list[Any] = []

    body = WithAccessLog(answer)(
        asked("/cities/\xd0\x9b/", "a=1", HTTP_USER_AGENT="Reader/1.0"),
        lambda status, headers: told.extend((status, headers)),
    )

    (record,) = logged
    line = json.loads(JsonLines().format(record))
    assert (told[0], b"".join(body)) == ("200 OK", b"hello")
    assert dict(told[1])["X-Request-ID"] == line["request_id"]
    assert line.pop("milliseconds") >= 0
    assert {name: line[name] for name in ("address", "method", "target", "status", "bytes", "kept")} == {
        "address": "192.0.2.7",
        "method": "GET",
        "target": "/cities/%D0%9B/?a=1",
        "status": 200,
        "bytes": 5,
        "kept": True,
    }
    assert line["time"].endswith("Z")
    assert f"192.0.2.7 {line['request_id']} GET /cities/%D0%9B/?a=1 200 5 B" in Lines().format(record)


def test_nothing_that_a_reader_sends_makes_a_line_of_its_own(logged: list[logging.LogRecord]) -> None:
    forged = "\n2026-12-01T00:00:00.000Z 192.0.2.1 forged GET / 200\x1b[2J"

    WithAccessLog(answer)(asked(forged, forged, HTTP_USER_AGENT=forged), lambda *_told: None)

    (record,) = logged
    for formatter in (Lines(), JsonLines()):
        line = formatter.format(record)
        assert "\n" not in line
        assert line.isascii()
        assert line.isprintable()


def test_what_fails_before_it_answers_is_logged_as_a_fault(logged: list[logging.LogRecord]) -> None:
    def fail(environ: object, start_response: object) -> list[bytes]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        WithAccessLog(fail)(asked("/"), lambda *_told: None)

    (record,) = logged
    assert json.loads(JsonLines().format(record))["status"] == 500


@pytest.mark.parametrize(
    ("behind_tls", "given", "taken"),
    [
        (True, ID, True),
        (False, ID, False),
        (True, "short", False),
        (True, "a" * 65, False),
        (True, "0123456789\n forged", False),
        (True, "", False),
    ],
)
def test_the_number_of_a_request_is_the_proxy_s_where_there_is_one(
    behind_tls: bool, given: str, taken: bool, settings: Any
) -> None:
    settings.BEHIND_TLS = behind_tls

    number = id_of({"HTTP_X_REQUEST_ID": given})

    assert (number == given) is taken
    assert len(number) >= 8
    assert number != id_of({})


def test_the_address_of_a_reader_is_the_last_that_our_proxy_names(settings: Any) -> None:
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "made.up, 192.0.2.7"}

    settings.BEHIND_TLS = False
    assert address_of(told) == "10.0.0.1"
    settings.BEHIND_TLS = True
    assert address_of(told) == "192.0.2.7"
    assert address_of({"REMOTE_ADDR": "10.0.0.1"}) == "10.0.0.1"


def record_of(logger: str, at: float = 0.0) -> logging.LogRecord:
    record = logging.LogRecord(logger, logging.WARNING, __file__, 1, "It failed: %s", ("why",), None)
    record.created = at
    return record


def test_a_fault_has_the_number_of_its_request_and_its_traceback() -> None:
    record = record_of("django.request")
    try:
        raise ValueError("inside")
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    of_this_request = request_id.set(ID)
    try:
        line, lines = json.loads(JsonLines().format(record)), Lines().format(record)
    finally:
        request_id.reset(of_this_request)

    assert (line["request_id"], line["message"], line["level"]) == (ID, "It failed: why", "warning")
    assert line["traceback"].endswith("ValueError: inside")
    assert f"[request {ID}] It failed: why\nTraceback" in lines
    ReadersNews().filter(record)
    assert "traceback" in json.loads(JsonLines().format(record))
    record.name = "django.security.DisallowedHost"
    ReadersNews().filter(record)
    assert "traceback" not in json.loads(JsonLines().format(record))


def test_what_is_said_hundreds_of_times_a_second_is_said_once_and_counted() -> None:
    seldom = Seldom()
    times = [100.0, 100.1, 105.0, 109.9, 110.5, 130.0]
    records = [record_of("heritage.record", at) for at in times]

    said = [record.getMessage() for record in records if seldom.filter(record)]

    assert said == ["It failed: why", "It failed: why (3 more like this before)", "It failed: why"]
    # What is a fault of ours each time is told each time.
    assert all(seldom.filter(record_of("django.request", 130.1)) for _ in range(3))
