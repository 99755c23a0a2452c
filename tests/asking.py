"""The pages as a reader asks for them, on whichever day."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from markup import Page

from capitals.words import dates


def get(client: Client, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status
    return Page(response.content.decode())


_READ: dict[str, tuple[int, Page]] = {}


def read(client: Client, address: str) -> tuple[int, Page]:
    """The status and the page of the real record at `address`, rendered once for all who only read."""
    if address not in _READ:
        response = client.get(address)
        _READ[address] = response.status_code, Page(response.content.decode())
    return _READ[address]


def on(year: int, month: int, day: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it that day for the pages."""
    date = datetime.date(year, month, day)
    monkeypatch.setattr(dates, "today", lambda: date)
