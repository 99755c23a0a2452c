"""A record that is much longer than today's: pages stay short, and lists are read by indexes."""

from __future__ import annotations

import pytest
from bulk import fill
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from markup import Page

ROWS = 510
"""More than a form has as choices."""
MOST_ROWS = 260
"""Of cards, table rows and entries of an index together: two hundred cities, or less."""

PAGES = ("/", "/cities/", "/series/", "/capitals/2017/", "/countries/hub/", "/bodies/hub/", "/about/")
FILTERED = ("/events/", "/events/?city=one-7", "/events/?kind=concert", "/events/?scope=programme")
"""What all events share, such as their country here, a database rightly reads without an index."""


@pytest.fixture
def long_record(empty_record: None) -> None:
    fill(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def shown(page: Page) -> int:
    """How many cards, table rows and entries of an index the page shows."""
    main = page.main
    links = [link for index in main.all("ul", class_="index") for link in index.all("a")]
    cities = [link for link in links if link.attributes["href"].startswith("/cities/")]
    return len([*main.all("article"), *main.all("tr"), *cities])


def plan(sql: str) -> str:
    """How the database would answer that, in its own words."""
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.once
def test_a_long_record_has_short_pages(client: Client, long_record: None) -> None:
    long = {address: shown(Page(client.get(address).content.decode())) for address in PAGES}
    assert {address: number for address, number in long.items() if number > MOST_ROWS} == {}
    assert client.get("/cities/?page=3").status_code == 200
    assert len(Page(client.get("/").content.decode()).main.one("figure").all("a")) < 70

    # A city is typed, by any of its names, where a list of all would be too long.
    form = Page(client.get("/events/?city=one-7").content.decode()).main.one("form", class_="filters")
    assert form.one("input", name="city").attributes["value"] == "City 7"
    assert client.get("/events/?city=city+7")["Location"] == "/events/?city=one-7"
    refused = client.get("/events/?city=Cityy+7")
    assert refused.status_code == 400
    assert "?city=one-7" in refused.content.decode()


def test_the_filters_of_a_long_list_use_indexes(client: Client, long_record: None) -> None:
    for address in FILTERED:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        pages = [query["sql"] for query in queries if "LIMIT 50" in query["sql"]]
        assert pages, address
        for sql in pages:
            lines = [line for line in plan(sql).splitlines() if "SCAN" in line or "Seq Scan" in line]
            bare = [line for line in lines if "USING" not in line and "capitals_event" in line]
            assert bare == [], (address, sql)
