"""The home page on one day and another, and what pages say that have little to show."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from asking import get, on
from conftest import Pages, sitemap
from django.test import Client
from factories import (
    make_body,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
)

from capitals.models import Designation, Event

# Also those that only read the pages rendered once: alone they must find the database made.
pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_home_shows_this_year_s_capital_what_is_not_recorded_and_the_next(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2025, 1, 15, monkeypatch)

    page = get(client, "/")

    (current,) = page.main.all("section", class_="current")
    assert current.one("h2").text == "Lachin"
    assert page.main.one("div", class_="next").hrefs[0] == "/cities/meghri/"
    rungs = {rung.all("a")[0].text: rung.classes for rung in page.main.one("ol", class_="ladder").all("li")}
    assert rungs["2025"] == ["now"]
    assert rungs["2026"] == rungs["2027"] == ["to-come"]
    assert rungs["2024"] == []


def test_home_answers_on_each_capital_with_sources_and_says_up_to_when_was_searched(
    client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2017, 6, 1, monkeypatch)
    opened = make_designation(city=make_city(name="A"), year=2017)
    silent = make_designation(
        city=make_city(name="B"), year=2017, searched_to="2017-05", next_search="2017-06"
    )
    vague = make_designation(
        city=make_city(name="C"), year=2017, searched_to="2017-05", next_search="2017-05"
    )
    council = make_body(name="Council")
    make_decision(body=council, date="2016-03-04", names=(opened, silent))
    make_decision(body=council, date=None, names=(vague,))
    make_event(start="2017-02-03", titles=((opened, "opening"),))

    capitals = get(client, "/").main.all(class_="current")

    assert [re.sub(r"\[\d+\]", "", capital.one("dl", class_="answers").text) for capital in capitals] == [
        "Decided 4 March 2016 Council Opened 3 February 2017 Handed over to come Closed to come",
        "Decided 4 March 2016 Council Opened not recorded Handed over to come Closed to come",
        "Decided date not recorded Council Opened not recorded Handed over to come Closed to come",
    ]
    assert [len(capital.all("sup", class_="cite")) for capital in capitals] == [2, 1, 1]
    searched = "“Not recorded”: we found no report. The newest pages that we could read date from May 2017."
    assert [[note.text for note in capital.all("p", class_="note")] for capital in capitals] == [
        [],
        [f"{searched} We will look again in June 2017."],
        [searched],  # what is due is no news once it is over
    ]


def test_home_says_what_the_programme_is_and_the_record_agrees(client: Client, db: None) -> None:
    what = get(client, "/").main.one("p", class_="what")

    held = Counter(Designation.objects.held().values_list("year", flat=True))
    assert (min(held), sorted(set(held.values()))) == (2011, [1, 2, 3])
    assert set(held) == set(range(min(held), max(held) + 1))
    assert what.text.startswith(
        "Each year since 2011 the Commonwealth of Independent States (CIS) has named one to three"
    )
    assert what.hrefs == ["/programme/"]
    assert "/programme/" in get(client, "/").one("nav", class_="site-navigation").hrefs


def test_home_names_no_next_capital_when_there_is_none(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2027, 12, 31, monkeypatch)
    assert get(client, "/").main.all("div", class_="next") == []

    on(2028, 1, 1, monkeypatch)
    page = get(client, "/")
    assert "No capital is recorded for 2028." in page.main.text
    assert page.main.all("section", class_="current") == []


def test_what_is_missing_of_a_title_is_said_with_the_day_to_which_was_searched(site: Pages, db: None) -> None:
    said = [page.main.text for path, page in site.items() if path.startswith("/cities/")]

    gaps = [text for text in said if "“Not recorded”" in text]
    assert gaps
    assert all("we found no report. The newest pages that we could read date from" in text for text in gaps)


def test_only_held_events_are_called_latest(client: Client, empty_record: None) -> None:
    make_event(slug="held", start="2017-01-01")
    make_event(slug="plan", start="2030-01-01", status=Event.Status.PLANNED)

    page = get(client, "/")

    assert [card.one("h3").hrefs for card in page.main.all("article")] == [["/events/held/"]]


def test_an_empty_record_still_answers_every_list(client: Client, empty_record: None) -> None:
    paths = sitemap(client)

    assert len(paths) >= 10
    for path in paths:
        assert get(client, path).main.text


def test_a_record_with_nothing_but_what_is_required_says_not_recorded(
    client: Client, empty_record: None
) -> None:
    city = make_city(slug="bare", names=0)
    title = make_designation(city=city, year=2017)
    make_event(slug="bare", start=None, titles=((title, "opening"),))
    make_decision(slug="bare", date=None, names=(title,))

    for path in sitemap(client):
        page = get(client, path)
        assert not re.search(r"\bNone\b(?! of | so far)", page.main.text), path
    assert "date not recorded" in get(client, "/events/bare/").main.text
    assert "not recorded" in get(client, "/decisions/bare/").main.text
    assert "not recorded" in get(client, "/cities/bare/").main.text


def test_more_events_than_a_page_shows_are_led_to(client: Client, empty_record: None) -> None:
    city = make_city(slug="gomel", country=make_country(slug="belarus", code="BY"))
    title = make_designation(city=city, year=2011)
    for _ in range(51):
        make_event(city=city, titles=((title, "programme"),), sources=0)

    for address, shown, more in (
        ("/cities/gomel/", 50, "/events/?city=gomel"),
        ("/countries/belarus/", 10, "/events/?country=BY"),
    ):
        page = get(client, address)
        assert len(page.main.all("article", class_="card")) == shown
        (link,) = (link for link in page.main.all("a") if link.attributes["href"] == more)
        assert "51" in link.text
        assert "51 events" in get(client, more).main.text


def test_events_of_a_year_beyond_what_its_page_shows_can_be_reached(
    client: Client, empty_record: None
) -> None:
    title = make_designation(year=2011)
    events = [make_event(start="2011", titles=((title, "programme"),), sources=0) for _ in range(51)]

    first = get(client, "/capitals/2011/")
    [onward] = [href for href in first.main.hrefs if href.startswith("?page=")]
    second = get(client, f"/capitals/2011/{onward}")

    hrefs = [*first.main.hrefs, *second.main.hrefs]
    assert {event.get_absolute_url() for event in events} <= set(hrefs)


def test_what_a_source_writes_is_never_markup(client: Client, empty_record: None) -> None:
    sly = "<script>alert(1)</script>\"'&"
    city = make_city(slug="sly", name=sly, description=sly, region=sly)
    title = make_designation(city=city, year=2017, summary=sly, events_planned=sly)
    make_event(slug="sly", title=sly, summary=sly, venue=sly, titles=((title, "opening"),))
    make_decision(slug="sly", title=sly, summary=sly, place=sly, names=(title,))

    for path in sitemap(client):
        assert get(client, path).scripts == [], path
