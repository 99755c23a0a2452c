"""Pages made before somebody asks."""

from __future__ import annotations

import pytest
from bulk import fill
from conftest import sitemap
from django.test import Client
from doorway import DoorClient

from capitals.kept import warmth
from capitals.kept.moment import moment_of
from capitals.models import RecordState

pytestmark = pytest.mark.once


@pytest.fixture
def client(empty_record: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> DoorClient:
    """A site of a few records, at rest."""
    fill(2)
    monkeypatch.setattr(warmth, "SECONDS_OF_REST", 0)
    return DoorClient()


def test_after_that_no_reader_waits_for_a_page_of_the_sitemap(client: DoorClient) -> None:
    assert warmth.warm_up(client.door, moment_of(client.door.watch))
    made = len(client.rendered)

    pages = sitemap(Client())
    answers = {page: client.get(page, headers={"Accept-Encoding": "gzip, br"}) for page in pages}

    assert len(pages) > 40
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {answer["Content-Encoding"] for answer in answers.values()} == {"br"}
    assert len(client.rendered) == made


def test_a_load_in_between_begins_it_anew(client: DoorClient) -> None:
    moment = moment_of(client.door.watch)
    RecordState.objects.update(load_number=77)

    assert not warmth.warm_up(client.door, moment)


def test_a_full_store_is_left_as_it_is(client: DoorClient) -> None:
    client.door.store.capacity = 60_000

    assert warmth.warm_up(client.door, moment_of(client.door.watch))

    assert 0 < client.door.store.size <= 60_000
    assert len(client.rendered) < len(sitemap(Client()))
