"""How often each page asks the database: pinned, and the same for 10 rows and for 1,000."""

from __future__ import annotations

import pytest
from bulk import fill
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from markup import Page

MOST_ON_A_LIST, MOST_ON_A_RECORD = 12, 25

LISTS = {
    "/": 10,
    "/capitals/": 8,
    "/cities/": 4,
    "/countries/": 2,
    "/events/": 7,
    "/series/": 3,
    "/centres/": 6,
    "/decisions/": 6,
    "/sources/": 5,
    "/programme/": 10,
    "/search/": 1,
    "/search/?q=hub": 10,
    "/sitemap.xml": 10,
    "/robots.txt": 1,
    "/healthz": 1,
}
FILTERED = {
    "/capitals/?country=AA": 11,
    "/capitals/?year=2017": 9,
    "/capitals/?year_min=2017": 9,
    "/capitals/?year_max=2017": 9,
    "/capitals/?sort=oldest": 9,
    "/capitals/?sort=city": 9,
    "/capitals/?sort=country": 9,
    "/capitals/?country=AA&year=2017&year_min=2017&year_max=2017&sort=city": 11,
    "/capitals/?year=abc": 2,
    "/events/?country=AA": 9,
    "/events/?year=2017": 7,
    "/events/?year_min=2017": 7,
    "/events/?year_max=2017": 7,
    "/events/?kind=concert": 7,
    "/events/?city=hub": 9,
    "/events/?scope=programme": 7,
    "/events/?scope=series": 7,
    "/events/?country=AA&year=2017&kind=concert&city=hub&scope=programme": 11,
    "/events/?year=abc": 3,
    "/centres/?country=AA": 8,
    "/centres/?operator=AA": 8,
    "/centres/?year=2016": 6,
    "/centres/?year=abc": 3,
    "/decisions/?body=hub": 8,
    "/decisions/?year=2016": 6,
    "/decisions/?year=abc": 2,
    "/sources/?outlet=Outlet": 7,
    "/sources/?language=en": 7,
    "/sources/?year=2016": 5,
    "/sources/?year=abc": 3,
}
RECORDS = {
    "/about/": 14,
    "/capitals/2017/": 16,
    "/cities/hub/": 25,
    "/countries/hub/": 15,
    "/events/hub/": 11,
    "/series/hub/": 10,
    "/centres/hub/": 6,
    "/decisions/hub/": 10,
    "/bodies/hub/": 11,
    "/sources/hub/": 15,
}
NOTHING = {"/cities/nothing/": 2, "/nothing/": 1}
PINNED = LISTS | FILTERED | RECORDS | NOTHING


def asked(client: Client) -> dict[str, int]:
    """How many SELECT statements each page takes; savepoints of the tests do not count."""
    counted = {}
    for address in PINNED:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == (404 if address in NOTHING else 400 if "abc" in address else 200), (
            address
        )
        counted[address] = sum(query["sql"].lstrip("( ").startswith("SELECT") for query in queries)
    return counted


@pytest.mark.parametrize("rows", [10, 1000])
def test_each_page_asks_exactly_as_often_as_pinned(rows: int, client: Client, empty_record: None) -> None:
    fill(rows)

    assert asked(client) == PINNED


def test_the_pinned_numbers_keep_within_the_guide() -> None:
    lists = LISTS | FILTERED
    assert {address: number for address, number in lists.items() if number > MOST_ON_A_LIST} == {}
    assert {address: number for address, number in RECORDS.items() if number > MOST_ON_A_RECORD} == {}


def test_the_pages_that_are_counted_show_what_they_hold(client: Client, empty_record: None) -> None:
    """A pinned number would be worth nothing on pages without rows."""
    fill(10)

    for address in ("/cities/hub/", "/capitals/2017/"):
        page = Page(client.get(address).content.decode())
        assert len(page.main.all("ol", class_="history")[0].all("p", class_="when")) == 20
        assert len(page.main.all("article")) >= 10
        assert len(page.main.all("aside", class_="dispute")) >= 10
    for address in ("/events/", "/centres/", "/series/hub/", "/countries/hub/"):
        assert len(Page(client.get(address).content.decode()).main.all("article")) >= 10, address
    for address in ("/capitals/", "/decisions/", "/countries/", "/bodies/hub/"):
        assert len(Page(client.get(address).content.decode()).main.one("tbody").all("tr")) == 10, address
    assert len(Page(client.get("/sources/hub/").content.decode()).main.one("section").all("a")) > 100
