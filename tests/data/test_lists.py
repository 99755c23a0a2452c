"""Lists and records as data: JSON, CSV, the pages and the dataset tell the same, record for record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from bulk import fill
from conftest import Pages
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from doorway import DoorClient
from factories import make_city, make_event, make_source
from markup import Page

from capitals.data.fields import SEPARATOR
from capitals.data.formats import BYTE_ORDER_MARK, Origin
from capitals.data.forms import FORMS
from capitals.data.ourselves import LICENCE_ADDRESS
from capitals.data.package import dataset
from capitals.models import FormerAddress, RecordState
from capitals.models.whole import PAGES, TABLES
from capitals.pages import data as data_pages
from capitals.words.languages import RUSSIAN, address_in

LISTED = {
    "capitals": "/capitals/",
    "cities": "/cities/",
    "countries": "/countries/",
    "events": "/events/",
    "series": "/series/",
    "centres": "/centres/",
    "decisions": "/decisions/",
    "sources": "/sources/",
}
"""The tables whose list has a page."""

Row = dict[str, Any]


def body(response: HttpResponseBase) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return bytes(content).decode()


def rows_of(client: Client, address: str) -> list[Row]:
    response = client.get(address)
    assert response.status_code == 200, address
    document = json.loads(body(response))
    assert document["count"] == len(document["results"])
    return list(document["results"])


def table_of(text: str) -> list[dict[str, str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def cell_of(value: Any) -> str:
    """What JSON's value is in a cell of CSV; lists apart."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value[0] in "=+-@\t\r" else str(value)


def assert_same(row: Row, cells: Mapping[str, str]) -> None:
    assert {name: cells[name] for name, value in row.items() if not isinstance(value, list)} == {
        name: cell_of(value) for name, value in row.items() if not isinstance(value, list)
    }
    for name, value in row.items():
        if isinstance(value, list):
            assert len(cells[name].split(SEPARATOR)) == max(len(value), 1), (name, cells[name])
            assert bool(cells[name]) == bool(value)


@pytest.mark.once
def test_json_csv_the_pages_and_the_dataset_tell_the_same(client: Client, db: None, site: Pages) -> None:
    files = dataset(Origin("v", "", "https://example.org/"))

    for name, form in FORMS.items():
        rows = rows_of(client, f"/{name}.json")
        assert json.loads(files[f"{name.replace('-', '_')}.json"])["results"] == rows
        source = json.loads(body(client.get(f"/{name}.json")))["source"]
        assert urlsplit(source).path in site
        table = table_of(body(client.get(f"/{name}.csv")))
        assert [list(cells) for cells in table[:1]] == [[column.name for column in form.columns]] * bool(rows)
        of_dataset = table_of(files[f"{name.replace('-', '_')}.csv"].decode())
        assert len(rows) == len(table) == len(of_dataset)
        for row, cells, flat in zip(rows, table, of_dataset, strict=True):
            assert_same(row, cells)
            assert flat == {column: cells[column] for column in flat}
        if name not in TABLES:
            continue
        assert len(rows) == TABLES[name]._default_manager.count() > 3
        of_pages = {row["key"]: path for row in rows if (path := urlsplit(row["url"]).path) in site}
        if TABLES[name] in PAGES.values():
            assert set(of_pages) == {row["key"] for row in rows}
            headings = {row["key"]: row["title"] if "title" in row else row["name"] for row in rows}
            for key, path in of_pages.items():
                assert site[path].main.one("h1").text.strip("[]") == headings[key]
                assert address_in(RUSSIAN, path) in site


@pytest.mark.once
def test_a_list_has_the_records_of_its_page_in_their_order(client: Client, db: None) -> None:
    filters = ("", "?country=AZ", "?sort=oldest", "?year=2017", "?country=BY&year_min=2013")
    for name, path in LISTED.items():
        for query in filters if name in {"capitals", "events"} else ("",):
            shown: list[str] = []
            number = 1
            while True:
                page = Page(
                    client.get(
                        f"{path}{query}{'&' if query else '?'}page={number}", follow=True
                    ).content.decode()
                )
                wanted = "/cities/" if name == "capitals" else path
                part = page.main.one("tbody") if name == "capitals" else page.main
                links = [urlsplit(href).path for href in part.hrefs if "#" not in href]
                shown += [link.split("/")[2] for link in links if link.startswith(wanted) and link != wanted]
                number += 1
                if not page.main.all("a", rel="next"):
                    break
            rows = rows_of(client, f"/{name}.json{query}")
            keys = [row["city"] if name == "capitals" else row["key"] for row in rows]
            if name in {"cities", "countries", "capitals"}:
                assert set(shown) == set(keys), (name, query)
            else:
                assert list(dict.fromkeys(link for link in shown if link in set(keys))) == keys, (name, query)


@pytest.mark.once
def test_each_record_has_its_own_document(client: Client, db: None) -> None:
    for name in TABLES:
        for row in rows_of(client, f"/{name}.json")[:2]:
            response = client.get(f"/{name}/{row['key']}.json")
            document = json.loads(response.content)
            assert response["Content-Type"] == "application/json"
            assert document.pop("result") == row
            assert document["source"] == row["url"]
            assert (document["licence"], document["version"]) == (
                LICENCE_ADDRESS,
                RecordState.objects.get().version,
            )


def test_a_record_says_what_is_known_and_where_from(client: Client, db: None) -> None:
    ganja = json.loads(client.get("/cities/ganja.json").content)["result"]
    capital = json.loads(client.get("/capitals/ganja-2017.json").content)["result"]
    of_year = rows_of(client, "/capitals/2017.json")

    assert (ganja["name"], ganja["name_ru"], ganja["country_code"]) == ("Ganja", "Гянджа", "AZ")
    assert isinstance(ganja["latitude"], float)
    assert {"Gəncə", "Гянджа"} <= {name["name"] for name in ganja["names"]}
    assert any("latitude" in source["states"] for source in ganja["sources"] if source["states"])
    assert [capital[f"decided{part}"] for part in ("", "_precision", "_earliest", "_latest")] == [
        "2016-09-16",
        "day",
        "2016-09-16",
        "2016-09-16",
    ]
    assert (capital["handed_over"], capital["handed_over_precision"]) == (None, None)
    assert of_year == [capital]


def test_a_vague_date_stands_with_the_days_that_it_can_mean(client: Client, empty_record: None) -> None:
    make_event(slug="vague", start="2012-02")

    event = json.loads(client.get("/events/vague.json").content)["result"]

    told = [event[f"start{part}"] for part in ("", "_precision", "_earliest", "_latest")]
    assert told == ["2012-02", "month", "2012-02-01", "2012-02-29"]


@pytest.mark.parametrize("text", ["=1+1", "+7 495", "-1", "@here", "\tx", '=HYPERLINK("x")'])
def test_no_cell_of_csv_is_a_formula(text: str, client: Client, empty_record: None) -> None:
    make_event(slug="formula", title=text, summary=f"a\n{text}, “b”; c")

    [cells] = table_of(client.get("/events.csv").content.decode())

    assert cells["title"] == f"'{text}"
    assert cells["summary"] == f"a\n{text}, “b”; c"


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("/events.json?country=XX", {"country"}),
        ("/events.csv?year=abc&kind=party", {"year", "kind"}),
        ("/capitals.json?year_min=2020&year_max=2013", {"year"}),
        ("/sources.csv?sort=weight&language=zz", {"sort", "language"}),
        # A slip in a filter's name would be answered with everything.
        ("/events.json?yaer=2025&country=AZ", {"yaer"}),
        ("/events.csv?year[]=2025", {"year[]"}),
        ("/events.atom?citi=ganja", {"citi"}),
        ("/cities.json?country=AZ", {"country"}),
        ("/cities/ganja.json?year=2017", {"year"}),
        ("/capitals/2025.json?country=RU", {"country"}),
    ],
)
def test_a_filter_that_is_not_understood_is_refused_with_reasons(
    address: str, parameters: set[str], client: Client, db: None
) -> None:
    response = client.get(address)
    told = json.loads(response.content)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert told["status"] == 400
    assert {error["parameter"] for error in told["errors"]} == parameters
    assert all(error["message"] for error in told["errors"])


@pytest.mark.parametrize(
    ("address", "status", "place"),
    [
        ("/events.json?country=azerbaijan&kind=", 302, "/events.json?country=AZ"),
        ("/events.csv?year=2017&year=2018", 302, "/events.csv?year=2018"),
        ("/ru/events.json?year=2017", 301, "/events.json?year=2017"),
        ("/ru/cities/ganja.json", 301, "/cities/ganja.json"),
        ("/en/cities.csv", 301, "/cities.csv"),
        ("/cities/Гянджа.json", 301, "/cities/ganja.json"),
        ("/countries/az.json", 301, "/countries/azerbaijan.json"),
        ("/events/moved.json", 301, "/events/there.json"),
        ("/events/told-of.json", 301, "/about/"),
    ],
)
def test_what_is_written_otherwise_leads_to_the_one_address(
    address: str, status: int, place: str, client: Client, db: None
) -> None:
    FormerAddress.objects.create(path="/events/moved/", new_path="/events/there/")
    FormerAddress.objects.create(path="/events/told-of/", new_path="/about/")

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (status, place)
    assert address.startswith("/en/") or response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/events.xml", 404, "/events.json, /events.csv, /events.atom, /events.ics"),
        ("/ru/cities.pdf", 404, "/cities.csv"),
        ("/cities/ganja.html", 404, "/cities/ganja.json, /cities/ganja.atom"),
        ("/cities/ganja.csv", 404, "/cities/ganja.json"),
        ("/events/nothing.json", 404, "/events.json"),
        ("/capitals/1999.json", 404, "1999"),
        ("/capitals/2222.json", 404, "/capitals.json"),
        ("/changes/x.json", 404, "/changes.json"),
        ("/countries/%C2%84.json", 404, "/countries.json"),
        ("/events/gone.json", 410, "will not come back"),
    ],
)
def test_what_is_not_there_says_what_is(
    address: str, status: int, words: str, client: Client, db: None
) -> None:
    FormerAddress.objects.create(path="/events/gone/")

    response = client.get(address)

    assert response.status_code == status
    assert words in response.content.decode()


def test_programs_of_other_sites_may_read_data_and_pages_stay_closed(client: Client, db: None) -> None:
    for address in (
        "/events.json",
        "/cities.csv",
        "/cities/ganja.json",
        "/events.json?kind=x",
        "/openapi.json",
    ):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*", address
        licensed = f'<{LICENCE_ADDRESS}>; rel="license"' in response.get("Link", "")
        assert licensed == (response.status_code == 200), address
    for address in ("/events/", "/cities/ganja/", "/data/"):
        assert "Access-Control-Allow-Origin" not in client.get(address)


def test_pages_announce_their_data_in_the_head_in_a_header_and_to_readers(client: Client, db: None) -> None:
    for path, address in {
        "/events/?country=AZ&page=2": "/events.json?country=AZ",
        "/capitals/?sort=city": "/capitals.csv?sort=city",
        "/ru/events/?year=2025": "/ru/events.ics?year=2025",
        "/ru/cities/": "/cities.json",
        "/cities/ganja/": "/cities/ganja.atom",
        "/capitals/2017/": "/capitals/2017.ics",
        "/ru/series/": "/series.csv",
        "/bodies/council-of-heads-of-state/": "/bodies/council-of-heads-of-state.json",
    }.items():
        response = client.get(path)
        page = Page(response.content.decode())
        absolute = f"http://127.0.0.1:8000{address}"
        assert absolute in [link.attributes["href"] for link in page.all("link", rel="alternate")], path
        assert f'<{absolute}>; rel="alternate"' in response["Link"]
        assert address in page.main.one("div", class_="download").hrefs
        for link in page.main.one("div", class_="download").hrefs:
            if link.startswith("/"):
                assert client.get(link).status_code == 200, link
    refused = Page(client.get("/events/?kind=party").content.decode())
    assert refused.all("link", rel="alternate", type="application/json") == []
    assert refused.main.all("div", class_="download") == []


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_a_long_list_is_sent_as_it_is_read_and_is_the_same(
    suffix: str, client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(30)
    whole = client.get(f"/events.{suffix}")
    monkeypatch.setattr(data_pages, "STREAMED_FROM", 20)
    monkeypatch.setattr(data_pages, "ROWS_AT_ONCE", 7)

    streamed = client.get(f"/events.{suffix}")
    again = DoorClient().get(f"/events.{suffix}", headers={"if-none-match": streamed["ETag"]})

    assert not whole.streaming
    assert streamed.streaming
    assert body(streamed) == whole.content.decode()
    assert again.status_code == 304


def test_a_cell_parts_what_is_several_in_a_way_that_no_value_holds(client: Client, db: None) -> None:
    keys = {row["key"] for name in TABLES for row in rows_of(client, f"/{name}.json")}

    assert len(keys) > 1000
    assert not [key for key in keys if SEPARATOR.strip() in key]


def test_hostile_texts_come_through(client: Client, empty_record: None) -> None:
    text = 'a "b" \\ </script> \u2028 \u0007 é 🎭'
    make_city(slug="odd", name=text, sources=0).sources.add(make_source(slug="one", title=text))

    assert json.loads(client.get("/cities/odd.json").content)["result"]["sources"][0]["title"] == text
    assert table_of(client.get("/cities.csv").content.decode())[0]["name"] == text
    assert connection.vendor in {"sqlite", "postgresql"}
