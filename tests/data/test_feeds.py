"""The Atom feeds, as a reader of feeds takes them."""

from __future__ import annotations

import datetime
import html
import warnings
from typing import Any

import pytest
from conftest import reader
from django.test import Client
from factories import make_city, make_designation, make_event, make_source

from capitals.data.editions import NAMES
from capitals.models import Change, Correction, Event, RecordState, SearchEntry
from capitals.search.indexing import search_entries
from capitals.words.dates import PartialDate

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTILE = "A, b; c\\d ]]> <b>&amp; \x00\x07\x1b\uffff\r\nnext\u2028line"


def feed(client: Client, address: str) -> Any:
    """The feed at `address`, read; it has no fault that the reader would forgive."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = reader("feedparser").parse(response.content)
    assert not found.bozo, (address, found.get("bozo_exception"))
    return found


def change(date: str, key: str, kind: str = "added", table: str = "events", **fields: str) -> None:
    Change.objects.create(date=date, table=table, key=key, kind=kind, **fields)


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/events.atom", "/events/"),
        ("/events.atom?country=AZ&year=2025", "/events/?country=AZ&year=2025"),
        ("/events.atom?year=2050", "/events/?year=2050"),
        ("/cities/ganja.atom", "/cities/ganja/"),
        ("/countries/belarus.atom", "/countries/belarus/"),
        ("/changes.atom", "/data/"),
    ],
)
def test_a_reader_of_feeds_finds_no_fault(client: Client, prefix: str, address: str, page: str) -> None:
    Correction.objects.create(slug="one", date=PartialDate(2026, 3), path="/cities/ganja/", text=HOSTILE)

    found = feed(client, prefix + address)

    assert found.feed.language == ("ru" if prefix else "en")
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"] == f"http://127.0.0.1:8000{prefix}{address}"
    assert links["alternate"] == f"http://127.0.0.1:8000{prefix}{page}"
    assert links["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "CC BY 4.0" in found.feed.rights
    assert found.feed.author_detail.name
    assert len({entry.id for entry in found.entries}) == len(found.entries) <= 50
    assert found.feed.updated == max((entry.updated for entry in found.entries), default=found.feed.updated)
    for entry in found.entries:
        assert entry.title
        assert entry.link.startswith(f"http://127.0.0.1:8000{prefix}/")
        assert entry.id.startswith("urn:uuid:")
        assert entry.content[0].value


def test_a_feed_has_the_events_of_its_page_with_all_that_tells_of_them(client: Client) -> None:
    city = feed(client, "/ru/cities/lachin.atom")
    events = {event.get_absolute_url(): event for event in Event.objects.in_city("lachin")}
    entries = {entry.link.rpartition("/ru")[2]: entry for entry in city.entries}

    assert set(entries) == set(events)
    for address, entry in entries.items():
        event = events[address]
        assert entry.title == event.called("ru").words
        assert html.unescape(entry.summary) == event.summary_ru
        assert entry.tags[0].term == event.kind
        content = entry.content[0].value
        assert event.summary_ru in html.unescape(content)
        for source in event.sources.all():
            assert source.told("outlet", "ru").words in html.unescape(content)
            assert f'href="{html.escape(source.address)}"' in content or not source.address


def test_an_event_that_changed_stands_before_newer_ones(client: Client, empty_record: None) -> None:
    for number, start in enumerate(["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"]):
        make_event(slug=f"event-{number}", start=start)
    for number in range(4):
        change("2024-05-01", f"event-{number}")
    change("2024-06-01", "event-0", "mended")

    found = feed(client, "/events.atom")

    assert [entry.link.rstrip("/")[-1] for entry in found.entries] == ["0", "3", "2", "1"]
    dates = [entry.updated[:10] for entry in found.entries]
    assert dates == ["2024-06-01", "2024-05-01", "2024-05-01", "2024-05-01"]
    assert found.feed.updated == "2024-06-01T00:00:00+00:00"


def test_what_no_edition_lists_is_of_the_day_of_the_load(client: Client, empty_record: None) -> None:
    make_event()
    RecordState.objects.update(loaded_at=datetime.datetime(2026, 2, 3, 4, 5, tzinfo=datetime.UTC))

    dated = [feed(client, address) for address in ("/events.atom", "/events.atom?year=2050", "/changes.atom")]

    assert [found.feed.updated for found in dated] == ["2026-02-03T00:00:00+00:00"] * 3
    assert [len(found.entries) for found in dated] == [1, 0, 0]
    assert dated[0].entries[0].updated == "2026-02-03T00:00:00+00:00"


def test_an_entry_is_the_same_in_both_languages_on_each_host_and_after_each_load(
    client: Client, settings: Any
) -> None:
    before = feed(client, "/cities/ganja.atom")
    russian = feed(client, "/ru/cities/ganja.atom")
    settings.SITE_URL = "https://record.example.org"
    RecordState.objects.update(version="another", load_number=2, loaded_at="2027-01-01T00:00:00Z")
    after = feed(client, "/cities/ganja.atom")

    ids = [{entry.id for entry in found.entries} for found in (before, russian, after)]
    assert ids[0] == ids[1] == ids[2] != set()
    assert before.feed.id == after.feed.id != russian.feed.id
    assert after.entries[0].link.startswith("https://record.example.org/events/")
    assert "127.0.0.1" not in str(after.entries)
    assert client.get("/events.atom", headers={"host": "localhost"}).content.count(b"localhost") == 0


def test_hostile_texts_stay_texts(client: Client, empty_record: None) -> None:
    source = make_source(outlet=HOSTILE, address="https://example.org/?a=1&b=]]>\"'<")
    event = make_event(title=HOSTILE, summary=HOSTILE, venue=HOSTILE)
    event.sources.set([source])

    entry = feed(client, "/events.atom").entries[0]

    assert entry.title == "A, b; c\\d ]]> <b>&amp; next line"
    assert " ".join(html.unescape(entry.summary).split()) == "A, b; c\\d ]]> <b>&amp; next line"
    assert "<b>" not in entry.content[0].value


def test_a_filtered_feed_answers_as_the_list_does(client: Client) -> None:
    assert (
        client.get("/events.atom?country=azerbaijan&kind=").headers["Location"] == "/events.atom?country=AZ"
    )
    assert client.get("/ru/events.ics?year=&year=2025").status_code == 302
    assert client.get("/events.atom?page=7").content == client.get("/events.atom").content
    assert client.get("/events.atom?sort=oldest").content == client.get("/events.atom").content

    for address in ("/events.atom?country=XX&year=12", "/ru/events.ics?country=XX&year=12"):
        refused = client.get(address)
        assert refused.status_code == 400
        assert refused["Content-Type"] == "application/problem+json"
        told = refused.json()
        assert (told["type"], told["status"]) == ("about:blank", 400)
        assert {error["parameter"] for error in told["errors"]} == {"country", "year"}
        assert all(error["message"] for error in told["errors"])


@pytest.mark.parametrize("suffix", ["atom", "ics"])
def test_a_city_is_found_by_any_spelling_and_nothing_else_is_made_up(client: Client, suffix: str) -> None:
    led = client.get(f"/ru/cities/Гянджа.{suffix}")
    assert (led.status_code, led["Location"]) == (301, f"/ru/cities/ganja.{suffix}")
    for address in ("cities/nowhere", "countries/nowhere"):
        assert client.get(f"/{address}.{suffix}").status_code == 404


def test_the_changes_of_an_edition_stand_by_tables_with_the_names_of_records(
    client: Client, empty_record: None
) -> None:
    city = make_city(slug="here", name="Here & there", name_ru="Здесь")
    make_designation(city=city, year=2017)
    event = make_event(slug="met", title="Met")
    SearchEntry.objects.bulk_create(search_entries("default"))
    change("2026-11-30", "here", table="cities")
    change("2026-11-30", "here-2017", table="capitals")
    change("2026-11-30", event.pk)
    change("2026-12-24", event.pk, "mended")
    change("2026-11-30", "gone")
    change("2026-12-24", "gone", "withdrawn", name="What was", name_ru="Что было")
    Correction.objects.create(
        slug="year", date=PartialDate(2026, 12), path="/events/met/", text="The year.", text_ru="Год."
    )

    english, russian = feed(client, "/changes.atom"), feed(client, "/ru/changes.atom")

    assert [entry.title for entry in english.entries] == [
        "24 December 2026, events: 1 mended, 1 withdrawn",
        "Correction: The year.",
        "30 November 2026, titles: 1 added",
        "30 November 2026, cities: 1 added",
        "30 November 2026, events: 2 added",
    ]
    assert [entry.title for entry in russian.entries][:2] == [
        "24 декабря 2026 года, мероприятия: исправлено 1, снято 1",
        "Исправление: Год.",
    ]
    assert [entry.id for entry in english.entries] == [entry.id for entry in russian.entries]
    newest, correction, titles, cities, events = (entry.content[0].value for entry in russian.entries)
    assert f'<a href="http://127.0.0.1:8000/ru/events/{event.pk}/">Met</a>' in newest
    assert "<li>Что было</li>" in newest
    assert "http://127.0.0.1:8000/ru/events/met/" in correction
    assert '<a href="http://127.0.0.1:8000/ru/cities/here/#here-2017">Здесь 2017</a>' in titles
    assert '<a href="http://127.0.0.1:8000/ru/cities/here/">Здесь</a>' in cities
    # What is no more has no address, and the name that it went by.
    assert "<li>Что было</li>" in events
    assert "Here &amp; there" in english.entries[3].content[0].value


def test_an_edition_that_changed_everything_names_the_first(client: Client, empty_record: None) -> None:
    Change.objects.bulk_create(
        Change(date="2026-11-30", table="sources", key=f"key-{number:03}", kind="added")
        for number in range(NAMES + 37)
    )

    entry = feed(client, "/changes.atom").entries[0]

    assert entry.title == f"30 November 2026, sources: {NAMES + 37} added"
    assert entry.content[0].value.count("<li>") == NAMES
    assert "and 37 more" in entry.content[0].value
