"""What the door gives again, and what it asks Django for."""

from __future__ import annotations

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from doorway import AskingWatch, DoorClient

from capitals.kept.door import Door
from capitals.kept.encodings import UNPACKED
from capitals.models import RecordState
from capitals.pages.keeping import PARAMETERS
from capitals.words import dates

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PAGE = "/cities/gyumri/"


def test_a_page_is_rendered_once_for_all_readers_of_any_encoding_and_of_its_head() -> None:
    client = DoorClient()
    first = client.get(PAGE)

    again = [
        client.get(PAGE),
        client.get(PAGE, headers={"Accept-Encoding": "br"}),
        client.get(PAGE, headers={"Accept-Encoding": "gzip"}),
        client.get(PAGE, headers={"Accept-Encoding": "zstd, gzip;q=0.5"}),
        client.head(PAGE),
        client.get(PAGE, headers={"host": "LOCALHOST:8000"}),
    ]

    assert client.rendered == [PAGE]
    assert again[0].content == first.content
    assert dict(again[0].headers) == dict(first.headers)
    assert [one.get("Content-Encoding") for one in again] == [None, "br", "gzip", "zstd", None, None]
    assert len({one["ETag"] for one in again}) == 4
    assert (again[4].content, again[4]["Content-Length"]) == (b"", str(len(first.content)))


def test_with_no_room_each_page_is_made_anew() -> None:
    client = DoorClient(capacity=0)

    assert client.get(PAGE).content == client.get(PAGE).content
    assert client.rendered == [PAGE, PAGE]


def test_a_head_asked_first_serves_for_the_whole() -> None:
    client = DoorClient()

    head, whole = client.head(PAGE), client.get(PAGE)

    assert client.rendered == [PAGE]
    assert head.content == b""
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ({"If-None-Match": "{tag}"}, 304),
        ({"If-None-Match": "W/{tag}"}, 304),
        ({"If-None-Match": '"a", W/"b,c", {tag} , "d"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"another"'}, 200),
        ({"If-None-Match": "{other}"}, 200),
        ({"If-None-Match": "without quotes"}, 200),
        ({"If-None-Match": ""}, 200),
        ({"If-Modified-Since": "{modified}"}, 304),
        ({"If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Modified-Since": "{modified}", "If-None-Match": '"another"'}, 200),
        ({"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT", "If-None-Match": "{tag}"}, 304),
        ({"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ({"If-Match": "{tag}"}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": "W/{tag}"}, 412),
        ({"If-Match": '"another"'}, 412),
        ({"Range": "bytes=0-0"}, 200),
        ({"Range": "bytes=0-0", "If-Range": '"another"'}, 200),
    ],
    ids=str,
)
@pytest.mark.parametrize("address", [PAGE, "/static/site.css", "/search/?q=gyumri"])
def test_conditions_are_answered_as_the_standard_says(
    address: str, condition: dict[str, str], status: int
) -> None:
    client = DoorClient()
    packed = {"Accept-Encoding": "gzip"}
    whole, other = client.get(address, headers=packed), client.get(address)
    known = {"tag": whole["ETag"], "other": other["ETag"], "modified": whole["Last-Modified"]}
    asked = {name: value.format(**known) for name, value in condition.items()}

    for answer in (
        client.get(address, headers={**packed, **asked}),
        client.head(address, headers={**packed, **asked}),
    ):
        assert answer.status_code == status
        assert answer["ETag"] == whole["ETag"]
        assert answer["Cache-Control"] == ("no-store" if status == 412 else whole["Cache-Control"])
        assert answer.get("Vary") == (None if status == 412 else "Accept-Encoding")
    if status != 200:
        assert (answer.content, answer.get("Content-Type")) == (b"", None)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/capitals/?year=abc",
        "/capitals",
        "/search/?q=gyumri",
        "/ru/search/?q=gyumri",
        "/search/suggest?q=gy",
        "/healthz",
        "/cities/Гюмри/",
        "/events.json?countri=AM",
        "/en/",
        "/capitals/%3Fcountry=AZ",
    ],
)
def test_neither_errors_nor_redirects_nor_what_was_typed_is_kept(address: str) -> None:
    client = DoorClient()

    client.get(address)
    client.get(address)

    assert len(client.rendered) == 2
    assert len(client.door.store) == 0


def test_what_a_foreign_host_asks_for_is_refused_and_never_kept() -> None:
    client = DoorClient()
    client.get(PAGE)

    refused = client.get(PAGE, headers={"host": "evil.example"})

    assert refused.status_code == 400
    assert refused["Cache-Control"] == "no-store"
    assert len(client.door.store) == 1
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert len(client.door.store) == 1


def test_parameters_that_a_page_does_not_read_neither_make_it_anew_nor_fill_the_store() -> None:
    client = DoorClient()
    pages = [PAGE, "/capitals/?country=AZ&sort=city", "/static/site.css"]
    known = {page: client.get(page) for page in pages}
    size, rendered = client.door.store.size, len(client.rendered)

    for number in range(50):
        assert client.get(f"{PAGE}?utm_source={number}").content == known[PAGE].content
        filtered = f"/capitals/?x{number}=1&sort=city&country=AZ&{number}"
        assert client.get(filtered).content == known[pages[1]].content
        client.get(f"/static/site.css?{number}")
        client.get(f"/capitals/?country={'A' * number}&x")
        client.get(f"/capitals/?page=0{number}")
        client.get(f"/events/?q={number}&page={number + 1000}")
        client.get(f"/nothing-{number}/")

    assert client.door.store.size == size
    assert PAGE not in client.rendered[rendered:]
    assert pages[1] not in client.rendered[rendered:]


def test_from_the_address_of_another_edition_the_query_leads_on() -> None:
    client = DoorClient()

    assert client.get("/en/capitals/?country=AZ")["Location"] == "/capitals/?country=AZ"
    assert client.get("/en/search/?q=ganja")["Location"] == "/search/?q=ganja"


def test_a_question_mark_in_a_path_is_no_query() -> None:
    client = DoorClient()
    client.get("/capitals/?country=AZ")

    assert client.get("/capitals/%3Fcountry=AZ").status_code == 404


def test_a_static_file_is_packed_beforehand_and_that_has_no_address_of_its_own() -> None:
    client = DoorClient()
    plain = client.get("/static/site.css")

    for encoding, end in (("br", "br"), ("gzip", "gz")):
        packed = client.get("/static/site.css", headers={"Accept-Encoding": encoding})
        file = Path(settings.STATIC_ROOT) / f"site.css.{end}"
        assert packed.content == file.read_bytes()
        assert UNPACKED[encoding](packed.content) == plain.content
        assert client.get(f"/static/site.css.{end}").status_code == 404
    assert client.get("/static/../manage.py").status_code == 404


def test_a_page_with_parameters_of_others_shows_none_of_them() -> None:
    client = DoorClient()

    page = client.get("/capitals/?country=AZ&utm_source=letter")

    assert "letter" not in page.content.decode()


def test_every_page_that_reads_the_number_of_a_page_is_kept_by_it() -> None:
    """Whatever has pages says so at a number that it has not."""
    of_a_kind = {
        "sitemap-section": "/sitemap-event.xml",
        "series": "/series/uzeyir-hajibayli-international-music-festival/",
        "series-list": "/series/",
        "source": "/sources/azernews-2025-06-04-lachin-round-table/",
        "city": PAGE,
        "country": "/countries/armenia/",
        "year": "/capitals/2013/",
        "event": "/events/lachin-2025-opening/",
        "decision": "/decisions/moscow-2024-10-08/",
        "body": "/bodies/council-of-heads-of-state/",
        "home": "/",
        **{name: f"/{name}/" for name in ("cities", "countries", "programme", "about", "data")},
        **{name: f"/{name}/" for name in ("capitals", "events", "centres", "decisions", "sources")},
    }
    for name, address in of_a_kind.items():
        numbers = {"page", "p"} & PARAMETERS.get(name, frozenset())
        parameter = numbers.pop() if numbers else "page"
        told = Client().get(f"{address}?{parameter}=9999").status_code
        assert told == (404 if name in PARAMETERS else 200), name


def test_many_who_ask_at_once_have_one_page_rendered() -> None:
    asked: list[str] = []

    def slow(environ: Any, start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        time.sleep(0.1)
        return HttpResponse(b"x" * 1000)

    class Still:
        def record(self) -> str:
            return "one"

        def lost_for(self) -> float:
            return 0.0

        def is_of(self, record: object, version: str | None) -> bool:
            return True

    door = Door(slow, Still(), 1_000_000)
    together = threading.Barrier(8)

    def ask(number: int) -> bytes:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": PAGE, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
        together.wait()
        return b"".join(
            door({**environ, "HTTP_ACCEPT_ENCODING": "gzip" if number % 2 else ""}, nothing_wrong)
        )

    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(ask, range(8)))

    assert asked == [PAGE]
    assert len(set(bodies)) == 2


def nothing_wrong(status: str, headers: object) -> None:
    assert status == "200 OK"


def test_another_record_and_another_day_empty_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    client = DoorClient()
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2026, 12, 31))
    before = client.get("/")
    client.get(PAGE)

    monkeypatch.setattr(dates, "today", lambda: datetime.date(2027, 1, 1))
    next_day = client.get("/")
    RecordState.objects.update(load_number=77)
    next_load = client.get("/")

    assert client.rendered == ["/", PAGE, "/", "/"]
    assert len(client.door.store) == 1
    assert before.content != next_day.content
    assert before["Last-Modified"] != next_day["Last-Modified"] == "Fri, 01 Jan 2027 00:00:00 GMT"
    assert next_load["Record-Version"].endswith(";load=77")
    assert client.get("/", headers={"If-None-Match": before["ETag"]}).status_code == 200


def test_a_page_of_another_version_than_was_looked_at_is_given_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As from a standby that lags behind."""
    client = DoorClient()
    monkeypatch.setattr(AskingWatch, "record", lambda _self: "newer;load=2")

    assert client.get(PAGE).status_code == 200
    assert len(client.door.store) == 0
