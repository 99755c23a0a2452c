"""The calendars, as two readers of iCalendar take them."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest
from conftest import reader
from django.test import Client
from factories import make_city, make_event, make_source

from capitals.models import Change, City, Country, Designation, Event, EventSeries, RecordState
from capitals.models.events import EventQuerySet

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client: Client, address: str) -> Any:
    """The calendar at `address`; a second reader finds the same events in it."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"] == (
        f'inline; filename="{address.partition("?")[0].rpartition("/")[2]}"'
    )
    body = response.content
    assert body.count(b"\n") == body.count(b"\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 75
    calendar: Any = icalendar.Calendar.from_ical(body)
    other = reader("vobject").readOne(body.decode())
    assert [event.uid.value for event in getattr(other, "vevent_list", [])] == [
        str(event["uid"]) for event in calendar.walk("VEVENT")
    ], address
    assert not any(part.errors for part in calendar.walk()), address
    return calendar


def events_in(client: Client, address: str) -> dict[str, Any]:
    """The events of a calendar by the paths of their pages."""
    return {
        str(event["url"]).removeprefix("http://127.0.0.1:8000"): event
        for event in read(client, address).walk("VEVENT")
    }


def with_a_day(events: EventQuerySet) -> set[str]:
    """The pages of those events that are known to the day, counted by hand."""
    return {
        f"/events/{event.pk}/"
        for event in events
        if event.start and event.start.day and (event.end is None or event.end.day)
    }


def test_every_city_country_year_and_series_has_a_calendar_of_all_its_dated_events(client: Client) -> None:
    events = Event.objects.all()
    calendars = {"/events.ics": events, "/events.ics?year=2050": events.none()}
    calendars |= {
        f"/cities/{key}.ics": events.in_city(key) for key in City.objects.values_list("pk", flat=True)
    }
    calendars |= {
        f"/countries/{country.pk}.ics": events.in_country(country.code) for country in Country.objects.all()
    }
    calendars |= {f"/capitals/{year}.ics": events.of_title_year(year) for year in Designation.objects.years()}
    calendars |= {f"/series/{one.pk}.ics": one.editions.all() for one in EventSeries.objects.all()}
    filtered = events.in_country("AZ").held_in(2025).filter(kind="festival")
    calendars["/events.ics?country=AZ&kind=festival&year=2025"] = filtered

    found = {address: set(events_in(client, address)) for address in calendars}

    assert found == {address: with_a_day(chosen) for address, chosen in calendars.items()}
    assert len(found["/events.ics"]) > 50  # all at once, not one page of a list
    assert found["/events.ics"] < {f"/events/{event.pk}/" for event in events}


def test_an_event_lasts_to_the_day_before_its_end(client: Client, empty_record: None) -> None:
    for slug, start, end in (
        ("one-day", "2020-02-29", None),
        ("to-new-year", "2020-12-30", "2020-12-31"),
        ("year", "2020", None),
        ("month", "2020-03", "2020-03-05"),
        ("open-end", "2020-03-05", "2020-04"),
        ("nothing", None, None),
    ):
        make_event(slug=slug, start=start, end=end)

    found = events_in(client, "/events.ics")

    days = {path: (event.start, event.end) for path, event in found.items()}
    assert days == {
        "/events/one-day/": (datetime.date(2020, 2, 29), datetime.date(2020, 3, 1)),
        "/events/to-new-year/": (datetime.date(2020, 12, 30), datetime.date(2021, 1, 1)),
    }
    assert all(event["dtstart"].params["VALUE"] == "DATE" for event in found.values())
    assert [len(events_in(client, f"/events/{slug}.ics")) for slug in ("one-day", "year")] == [1, 0]


def test_a_plan_is_tentative_and_what_was_called_off_is_cancelled(client: Client, empty_record: None) -> None:
    for status in Event.Status:
        make_event(slug=status.value, status=status)

    english, russian = events_in(client, "/events.ics"), events_in(client, "/ru/events.ics")

    assert {path.split("/")[2]: str(event["status"]) for path, event in english.items()} == {
        "held": "CONFIRMED",
        "announced": "TENTATIVE",
        "planned": "TENTATIVE",
        "cancelled": "CANCELLED",
    }
    assert "Announced; no report that it was held." in english["/events/announced/"]["description"]
    assert "Held" not in english["/events/held/"]["description"]
    assert "Запланировано." in russian["/ru/events/planned/"]["description"]


def test_an_event_tells_when_it_changed_where_it_is_and_who_states_it(
    client: Client, empty_record: None
) -> None:
    city = make_city(name="Ganja", name_ru="Гянджа", latitude="40.6828", longitude="46.3606")
    event = make_event(
        slug="met", title="Met", title_ru="Встреча", summary_ru="Они.", venue="Hall", city=city
    )
    event.sources.set([make_source(outlet="Azertag", address="https://example.org/a;b,c", date="2017-06-04")])
    Change.objects.create(date="2026-11-30", table="events", key="met", kind="added")
    Change.objects.create(date="2026-12-24", table="events", key="met", kind="mended")

    calendar = read(client, "/ru/events/met.ics")
    entry = calendar.walk("VEVENT")[0]

    changed = datetime.datetime(2026, 12, 24, tzinfo=datetime.UTC)
    assert entry["dtstamp"].dt == entry["last-modified"].dt == changed
    assert (entry["geo"].latitude, entry["geo"].longitude) == (40.6828, 46.3606)
    assert entry["location"] == f"Hall, Гянджа, {city.country.name}"
    assert entry["summary"] == "Встреча"
    assert entry["description"] == "Они.\n\nИсточники:\nAzertag, 4 июня 2017 года: https://example.org/a;b,c"
    assert [str(kind) for kind in entry["categories"].cats] == ["Фестиваль"]
    assert calendar["x-wr-calname"] == calendar["name"] == "Встреча · Культурные столицы СНГ"
    assert calendar["refresh-interval"].dt == datetime.timedelta(days=1)
    assert "method" not in calendar


def test_an_event_is_the_same_in_both_languages_in_every_calendar_on_each_host_and_after_each_load(
    client: Client, settings: Any
) -> None:
    def uids(address: str) -> set[str]:
        return {str(event["uid"]) for event in read(client, address).walk("VEVENT")}

    before = uids("/cities/ganja.ics")
    settings.SITE_URL = "https://record.example.org"
    RecordState.objects.update(version="another", load_number=2, loaded_at="2027-01-01T00:00:00Z")

    assert before
    assert uids("/cities/ganja.ics") == uids("/ru/cities/ganja.ics") == before < uids("/events.ics")
    body = client.get("/events.ics", headers={"host": "localhost"}).content
    assert b"localhost" not in body
    assert b"URL:https://record.example.org/events/" in body


def test_hostile_texts_stay_within_their_property(client: Client, empty_record: None) -> None:
    hostile = "A, b; c\\d ]]>\x00\x07\r\nEND:VEVENT\u2028BEGIN:VEVENT\x0bX\r"
    event = make_event(title=hostile, summary=hostile, venue=hostile)
    event.sources.set([make_source(outlet=hostile)])

    (entry,) = events_in(client, "/events.ics").values()

    assert entry["summary"] == entry["location"] == "A, b; c\\d ]]> END:VEVENT BEGIN:VEVENT X"
    assert str(entry["description"]).startswith("A, b; c\\d ]]>\nEND:VEVENT\nBEGIN:VEVENT\nX\n\nSources:\n")


def test_an_empty_calendar_is_one_too(client: Client) -> None:
    calendar = read(client, "/events.ics?year=2050")

    # The standard wants a component; this one shows nothing.
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert calendar["name"] == "Events: 2050 · CIS Cultural Capitals"


@pytest.mark.parametrize("path", ["capitals/1999", "capitals/1900", "series/nothing", "events/nothing"])
def test_there_is_no_calendar_of_what_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/{path}.ics").status_code == 404
