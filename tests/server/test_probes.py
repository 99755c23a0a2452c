"""What machines ask that watch over the site."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from capitals.models import Designation, Event, RecordState

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_that_it_is_alive_needs_neither_a_record_nor_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    RecordState.objects.all().delete()

    for host in ("localhost", "10.0.0.7:8000", "evil.example", ""):
        response = Client().get("/healthz", headers={"host": host})

        assert (response.status_code, response.content) == (200, b"ok\n")
        assert response["Cache-Control"] == "no-store"


def test_that_it_is_ready_says_which_record_stands_and_how_much_of_it_there_is() -> None:
    state = RecordState.objects.get()

    response = Client().get("/readyz", headers={"host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    told = response.json()
    assert (told["version"], told["load"]) == (state.version, state.load_number)
    assert told["counts"]["designations"] == Designation.objects.count()
    assert told["counts"]["events"] == Event.objects.count()


def test_without_a_record_or_an_answer_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OperationalError

    RecordState.objects.all().delete()
    assert Client().get("/readyz").status_code == 503
    monkeypatch.setattr(RecordState.objects, "with_edition", fail)
    unread = Client().get("/readyz")

    assert (unread.status_code, unread["Retry-After"]) == (503, "10")
    assert unread["Cache-Control"] == "no-store"
