"""One version of the record for each response; what is answered while it cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse

from capitals.kept.door import UNREADABLE
from capitals.kept.moment import identity, served_file
from capitals.models import RecordState
from capitals.pages.request import RecordRequest
from heritage.errors import record_missing, record_unreadable
from heritage.unreadable import has_no_tables, is_unreadable

GetResponse = Callable[[RecordRequest], HttpResponse]


def snapshot(get_response: GetResponse) -> GetResponse:
    """Render each response from one version of the record, named in `request.record`.

    A transaction does it on PostgreSQL (REPEATABLE READ, see heritage/database.py); an
    open SQLite file stays the same file when another is swapped in. Where the database goes away
    meanwhile, the response is made once more, on a new connection: of several hosts another may answer.
    """

    def respond(request: RecordRequest) -> HttpResponse:
        if request.META.get(UNREADABLE):
            return record_unreadable(request)
        response = _in_one_snapshot(get_response, request)
        if response.status_code == 503:
            connection.close()
            response = _in_one_snapshot(get_response, request)
        if response.status_code == 503:
            connection.close()
        return response

    return respond


def _in_one_snapshot(get_response: GetResponse, request: RecordRequest) -> HttpResponse:
    """The response, or 503 where the record cannot be read."""
    try:
        _reopen_swapped_file()
        with transaction.atomic():
            record = RecordState.objects.with_edition().first()
            if record is None:
                return record_missing(request)
            request.record = record
            response = get_response(request)
            response["Record-Version"] = record.as_told
            return response
    except DatabaseError as error:
        if has_no_tables(error):
            return record_missing(request)
        if not is_unreadable(error):
            raise
        return record_unreadable(request, error)


def _reopen_swapped_file() -> None:
    """Close this thread's connection when a load has swapped another file in."""
    file = served_file()
    try:
        current = identity(file) if file else None
    except FileNotFoundError:
        connection.close()
        return
    if current != getattr(connection, "file_identity", current):
        connection.close()
    # Before the file is opened, so that a swap in between is seen at the next request.
    connection.file_identity = current  # type: ignore[attr-defined]
