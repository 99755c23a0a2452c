"""How often each page asks the database: pinned, and the same for 10 rows and for 60, more than a page."""

from __future__ import annotations

import pytest
from bulk import fill
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from markup import Page

from capitals.words.languages import ENGLISH, RUSSIAN, address_in

pytestmark = pytest.mark.once

MOST_ON_A_LIST, MOST_ON_A_RECORD, MOST_IN_A_FEED = 12, 26, 8

LISTS = {
    "/": 9,
    "/capitals/": 10,
    "/cities/": 5,
    "/countries/": 4,
    "/events/": 12,
    "/series/": 4,
    "/centres/": 8,
    "/decisions/": 8,
    "/sources/": 8,
    "/programme/": 10,
    "/search/": 1,
    "/sitemap.xml": 5,
    "/sitemap-lists.xml": 3,
    "/sitemap-event.xml": 4,
    "/robots.txt": 1,
    "/healthz": 0,
    "/readyz": 2,
    "/data/wikidata.csv": 5,
    "/opensearch.xml": 1,
}
FILTERED = {
    "/capitals/?country=AA": 11,
    "/capitals/?year=2017": 11,
    "/capitals/?year_min=2017": 11,
    "/capitals/?year_max=2017": 11,
    "/capitals/?sort=oldest": 11,
    "/capitals/?sort=city": 11,
    "/capitals/?sort=country": 11,
    "/capitals/?country=AA&year_min=2016&year_max=2018&sort=city": 11,
    "/capitals/?year=abc": 2,
    "/capitals/?sort=abc": 2,
    "/events/?country=AA": 12,
    "/events/?year=2017": 12,
    "/events/?year_min=2017": 12,
    "/events/?year_max=2017": 12,
    "/events/?kind=concert": 12,
    "/events/?city=hub": 12,
    "/events/?scope=programme": 12,
    "/events/?scope=series": 12,
    "/events/?scope=other": 11,
    "/events/?sort=oldest": 12,
    "/events/?sort=city": 12,
    "/events/?sort=country": 12,
    "/events/?country=AA&year_min=2016&year_max=2018&kind=concert&city=hub&scope=programme&sort=city": 12,
    "/events/?year=abc": 3,
    "/centres/?country=AA": 8,
    "/centres/?operator=AA": 8,
    "/centres/?year=2016": 8,
    "/centres/?sort=city": 8,
    "/centres/?sort=newest": 8,
    "/centres/?sort=oldest": 8,
    "/centres/?country=AA&operator=AA&year=2016&sort=city": 8,
    "/centres/?year=abc": 2,
    "/decisions/?body=hub": 8,
    "/decisions/?year=2016": 8,
    "/decisions/?sort=oldest": 8,
    "/decisions/?body=hub&year=2016&sort=oldest": 8,
    "/decisions/?year=abc": 2,
    "/sources/?outlet=Outlet": 8,
    "/sources/?sort=oldest": 8,
    "/sources/?outlet=Outlet&language=en&year=2016&sort=oldest": 8,
    "/sources/?language=en": 8,
    "/sources/?year=2016": 8,
    "/sources/?year=abc": 3,
}
RECORDS = {
    "/about/": 15,
    "/data/": 18,
    "/capitals/2017/": 19,
    "/cities/hub/": 26,
    "/countries/hub/": 16,
    "/events/hub/": 14,
    "/series/hub/": 11,
    "/centres/hub/": 6,
    "/decisions/hub/": 10,
    "/bodies/hub/": 11,
    "/sources/hub/": 16,
}
SEARCHES = {
    "/search/?q=hub": 5,
    "/search/?q=hub&kind=event": 5,
    "/search/?q=hub&kind=country": 4,
    "/search/?q=hub&kind=body": 4,
    # A city, in a case too, with a year, its ceremonies; a question without either.
    "/search/?q=City+0": 9,
    "/search/?q=City+0+2017": 9,
    "/search/?q=City+0+2018+opening": 9,
    "/search/?q=which+city+was+next": 7,
    # Slips, and what is near to no name.
    "/search/?q=hubb": 12,
    "/search/?q=gorud+hub": 12,
    "/search/?q=qqqqqqqq": 5,
    # A word that nothing holds beside a city.
    "/search/?q=City+0+qqqqqqqq": 10,
    # What a reader may be about to type: found, too short, on neither layout.
    "/search/suggest?q=city": 4,
    "/search/suggest?q=c": 1,
    "/search/suggest?q=qqqq": 3,
    "/search/?q=%25": 1,
    "/search/?q=hub&kind=abc": 1,
}
FEEDS = {
    "/events.atom": 5,
    "/events.atom?country=AA&year_min=2016&year_max=2018&kind=concert&city=hub&scope=programme": 5,
    "/events.atom?year=abc": 3,
    "/cities/hub.atom": 4,
    "/countries/hub.atom": 4,
    "/changes.atom": 5,
}
CALENDARS = {
    "/events.ics": 5,
    "/events.ics?country=AA&year_min=2016&year_max=2018&kind=concert&city=hub&scope=programme": 5,
    "/events.ics?year=2050": 4,
    "/events.ics?year=abc": 3,
    "/cities/hub.ics": 4,
    "/countries/hub.ics": 4,
    "/capitals/2017.ics": 4,
    "/series/hub.ics": 4,
    "/events/hub.ics": 4,
}
DATA = {
    "/capitals.json": 9,
    "/cities.csv": 8,
    "/countries.json": 4,
    "/events.json": 12,
    "/events.csv?country=AA&year=2017": 12,
    "/series.csv": 6,
    "/centres.json": 6,
    "/decisions.csv": 7,
    "/bodies.json": 4,
    "/sources.json": 5,
    "/disputes.json": 5,
    "/statements.csv": 5,
    "/sister-titles.json": 6,
    "/changes.csv": 3,
    "/events.json?year=abc": 3,
    "/capitals/2017.json": 9,
    "/cities/hub.json": 7,
    "/events/hub.json": 9,
    "/openapi.json": 21,
}
LEADING_ON = {"/cities/City-0/": 3, "/cities/City-0.ics": 3, "/cities/Город+hub/": 3, "/events/moved/": 3}
ANOTHER_WAY_TO_WRITE_IT = {
    "/events/?country=&year=2017&kind=": 3,
    "/events.ics?country=&year=2017&kind=": 3,
    "/capitals/?country=aa": 4,
}
EMPTY = {"/events/?kind=forum&country=AA&year=2050&city=hub": 11, "/sources/?year=2050": 9}
GONE = {"/events/gone/": 3}
NOTHING = {
    "/cities/nothing/": 5,
    "/capitals/1999/": 3,
    "/events/?page=999": 5,
    "/events/nothing/": 3,
    "/nothing/": 2,
    "/.well-known/security.txt": 2,
}
PINNED = (
    LISTS | FILTERED | ANOTHER_WAY_TO_WRITE_IT | EMPTY | SEARCHES | RECORDS | FEEDS | CALENDARS | LEADING_ON
) | (GONE | NOTHING | DATA)
FOR_MACHINES = (
    *DATA,
    "/sitemap.xml",
    "/sitemap-lists.xml",
    "/sitemap-event.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/data/wikidata.csv",
    "/.well-known/security.txt",
)
"""Addresses that are the same for both languages."""


def answer(address: str) -> int:
    """The status that the address answers with."""
    groups = {301: LEADING_ON, 302: ANOTHER_WAY_TO_WRITE_IT, 410: GONE, 404: NOTHING}
    found = [status for status, addresses in groups.items() if address in addresses]
    return found[0] if found else 400 if "abc" in address or "%25" in address else 200


def asked(client: Client, language: str) -> dict[str, int]:
    """How many SELECT statements each page takes; savepoints of the tests do not count."""
    counted = {}
    for address in PINNED:
        own = address if address in FOR_MACHINES else address_in(language, address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(own)
        assert response.status_code == answer(address), own
        assert response["Content-Language"] == (ENGLISH if own == address else RUSSIAN), own
        counted[address] = sum(query["sql"].lstrip("( ").startswith("SELECT") for query in queries)
    return counted


@pytest.mark.parametrize(("language", "rows"), [(ENGLISH, 60), (RUSSIAN, 10)])
def test_each_page_asks_exactly_as_often_as_pinned(
    language: str, rows: int, client: Client, empty_record: None
) -> None:
    fill(rows)

    assert asked(client, language) == PINNED


def test_the_pinned_numbers_keep_within_the_guide() -> None:
    lists = LISTS | FILTERED | EMPTY | SEARCHES | FEEDS | CALENDARS
    lists |= {address: number for address, number in DATA.items() if address != "/openapi.json"}
    assert {address: number for address, number in lists.items() if number > MOST_ON_A_LIST} == {}
    assert {address: number for address, number in RECORDS.items() if number > MOST_ON_A_RECORD} == {}
    feeds = FEEDS | CALENDARS
    assert {address: number for address, number in feeds.items() if number > MOST_IN_A_FEED} == {}


def test_the_pages_that_are_counted_show_what_they_hold(client: Client, empty_record: None) -> None:
    """A pinned number would be worth nothing on pages without rows."""
    fill(10)

    city = Page(client.get("/cities/hub/").content.decode()).main
    assert len(city.all("ol", class_="history")[0].all("p", class_="when")) == 20
    assert len(city.all("details", class_="dispute")) >= 10
    for address in (
        "/cities/hub/",
        "/capitals/2017/",
        "/events/",
        "/centres/",
        "/series/hub/",
        "/countries/hub/",
    ):
        assert len(Page(client.get(address).content.decode()).main.all("article")) >= 10, address
    for address in ("/capitals/", "/decisions/", "/countries/", "/bodies/hub/"):
        assert len(Page(client.get(address).content.decode()).main.one("tbody").all("tr")) == 10, address
    assert len(Page(client.get("/sources/hub/").content.decode()).main.one("section").all("a")) > 100
    for address in FILTERED:
        if answer(address) == 200 and "scope=other" not in address:
            count = Page(client.get(address).content.decode()).main.one("h2", class_="count").text
            assert count.split()[0] == "10", address
    for address, fewest in {"q=hub": 20, "q=hub&kind=event": 10, "q=hubb": 1, "q=gorud+hub": 1}.items():
        page = Page(client.get(f"/search/?{address}").content.decode())
        assert len(page.main.one("div", class_="results").all("article")) >= fewest, address
    for address in FEEDS:
        if answer(address) == 200:
            assert client.get(address).content.count(b"<entry>") >= 10, address
    for address in CALENDARS:
        if answer(address) == 200:
            rows = 0 if "2050" in address else 1 if address == "/events/hub.ics" else 10
            assert client.get(address).content.count(b"BEGIN:VEVENT") == rows, address
    for address in ("q=hub&kind=country", "q=qqqqqqqq"):
        assert Page(client.get(f"/search/?{address}").content.decode()).main.all(class_="empty")
