"""What is answered where the database fails in the middle of a page, and what where we do."""

from __future__ import annotations

from typing import Any

import pytest
from django import shortcuts
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.db.models.expressions import RawSQL
from doorway import DoorClient

from capitals.models import RecordState
from heritage.logs import Lines
from heritage.unreadable import is_unreadable

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PAGE = "/programme/"


def meets(errors: list[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page's view meet these errors, one each time; then it does what it does."""
    render = shortcuts.render

    def fails(*arguments: Any, **named: Any) -> Any:
        if errors:
            raise errors.pop(0)
        return render(*arguments, **named)

    monkeypatch.setattr("capitals.pages.programme.render", fails)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_whose_connection_breaks_is_read_once_more(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    meets([error("server closed the connection unexpectedly")], monkeypatch)

    assert DoorClient().get(PAGE).status_code == 200


def test_a_page_whose_connection_breaks_again_is_to_be_asked_for_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    meets([OperationalError("no answer"), OperationalError("no answer")], monkeypatch)
    client = DoorClient()

    response = client.get(PAGE)

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Cache-Control"] == "no-store"
    assert "The record cannot be read just now" in response.content.decode()
    assert client.get(PAGE).status_code == 200
    said = [record for record in caplog.records if record.name == "heritage.record"]
    assert [(one.getMessage(), one.exc_info) for one in said] == [
        ("The record could not be read: no answer", None)
    ] * 2


@pytest.mark.parametrize("error", [ProgrammingError, DatabaseError, ValueError])
def test_a_fault_of_ours_is_told_by_a_number_which_the_log_has_too(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    meets([error("secret detail")] * 2, monkeypatch)
    caplog.handler.setFormatter(Lines())

    response = DoorClient().get(PAGE)

    number = response["X-Request-ID"]
    assert response.status_code == 500
    assert number in response.content.decode()
    assert "secret" not in response.content.decode()
    logged = caplog.text
    assert f"ERROR [request {number}] Internal Server Error: {PAGE}" in logged
    assert "secret detail" in logged


def test_text_of_a_garbled_file_is_unreadable_and_no_fault_of_ours() -> None:
    with pytest.raises(OperationalError) as garbled:
        RecordState.objects.annotate(text=RawSQL("CAST(x'ff' AS TEXT)", [])).get()
    with pytest.raises(OperationalError) as mistyped:
        RecordState.objects.annotate(text=RawSQL("no_such_column", [])).get()

    assert is_unreadable(garbled.value)
    assert not is_unreadable(mistyped.value)
