"""Titles on the pages of cities and of years: answers first, each page with a job of its own."""

from __future__ import annotations

import re

import pytest
from asking import get, on
from conftest import Pages
from django.test import Client
from factories import make_city, make_country, make_decision, make_designation, make_dispute, make_event

from capitals.models import Designation, Event

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def without_numbers(text: str) -> str:
    return re.sub(r"\[\d+\]", "", text)


def test_every_title_has_its_answers_on_its_city_s_page_and_on_its_year_s(site: Pages, db: None) -> None:
    for title in Designation.objects.with_places():
        questions = ["Decided"] if title.replaced_by_id else ["Decided", "Opened", "Handed over", "Closed"]
        strips = site[f"/cities/{title.city_id}/"].main.all("dl", class_="answers")
        assert questions in [[dt.text for dt in strip.all("dt")] for strip in strips], title
        (section,) = (
            one for one in site[f"/capitals/{title.year}/"].main.all("section", aria_labelledby=title.pk)
        )
        assert [dt.text for dt in section.one("dl", class_="answers").all("dt")] == questions
        assert section.hrefs[0] == f"/cities/{title.city_id}/"
        assert title.get_absolute_url() in section.hrefs


def test_a_plan_and_what_is_missing_are_told_apart_in_the_answers(client: Client, empty_record: None) -> None:
    title = make_designation(city=make_city(slug="gomel", name="Gomel"), year=2017)
    make_event(start="2017-12-01", status=Event.Status.PLANNED, titles=((title, "closing"),))

    for path in ("/cities/gomel/", "/capitals/2017/"):
        strip = get(client, path).main.one("dl", class_="answers")
        assert without_numbers(strip.text) == (
            "Decided not recorded Opened not recorded Handed over not recorded Closed 1 December 2017 planned"
        )


def test_running_facts_are_counted_with_links_to_the_capitals_before(
    client: Client, empty_record: None
) -> None:
    country = make_country(name="Belarus")
    for year, name in ((2011, "Gomel"), (2013, "Mogilev"), (2019, "Brest")):
        make_designation(city=make_city(slug=name.lower(), name=name, country=country), year=year)

    page = get(client, "/cities/brest/").main
    assert (
        page.one("p", class_="turn").text
        == "The third capital of Belarus, after Gomel 2011 and Mogilev 2013."
    )
    assert page.one("p", class_="turn").hrefs == ["/cities/gomel/", "/cities/mogilev/"]
    assert get(client, "/capitals/2011/").main.one("p", class_="turn").text == "The first capital of Belarus."


def test_a_city_leads_to_its_year_and_to_the_capitals_before_and_after(
    client: Client, empty_record: None
) -> None:
    for year, name in ((2011, "Gomel"), (2013, "Mogilev"), (2013, "Gyumri"), (2019, "Brest")):
        make_designation(city=make_city(slug=name.lower(), name=name), year=year)

    page = get(client, "/cities/mogilev/").main
    assert page.one("p", class_="kicker").hrefs == ["/capitals/2013/"]
    beside = page.one("nav", class_="beside")
    assert [(link.attributes["href"], link.text) for link in beside.all("a")] == [
        ("/capitals/2011/", "← 2011 Gomel"),
        ("/capitals/2019/", "2019 Brest →"),
    ]
    after = get(client, "/capitals/2011/").main.one("nav", class_="beside").all("a")
    assert [link.text for link in after] == ["2013 Gyumri · Mogilev →"]


def test_a_year_shows_the_strip_of_all_years_and_its_own_events_alone(
    client: Client, empty_record: None
) -> None:
    city = make_city(slug="gomel")
    titles = {year: make_designation(city=city, year=year) for year in (2011, 2020)}
    make_event(slug="own", start="2012-01-05", titles=((titles[2011], "closing"),))
    make_event(slug="of-the-other", start="2011-05-05", titles=((titles[2020], "programme"),))
    make_event(slug="of-neither", start="2011-05-05", city=city)

    page = get(client, "/capitals/2011/").main

    strip = page.one("nav", class_="year-strip")
    assert strip.hrefs == ["/capitals/2011/", "/capitals/2020/"]
    assert strip.one("a", aria_current="page").text == "2011"
    assert [card.one("h3").hrefs for card in page.all("article", class_="card")] == [["/events/own/"]]


def test_the_history_and_the_disputes_are_the_city_s_and_the_year_leads_to_them(
    client: Client, empty_record: None
) -> None:
    title = make_designation(city=make_city(slug="gomel", name="Gomel"), year=2017)
    make_decision(names=(title,))
    make_dispute(designation=title, question="Who decided?", step="decision")
    make_dispute(designation=title, question="How many events?")

    city, year = (get(client, path).main for path in ("/cities/gomel/", "/capitals/2017/"))

    assert [one.one("summary").text for one in city.all("details", class_="dispute")] == [
        "Sources differ Who decided?",
        "Sources differ How many events?",
    ]
    assert city.all("ol", class_="history")
    assert year.all("details", class_="dispute") == year.all("ol", class_="history") == []
    assert "Gomel: the title, step by step (sources differ on 2 points)" in year.text


def test_events_of_a_city_s_title_stand_first_and_others_are_folded(
    client: Client, empty_record: None
) -> None:
    city = make_city(slug="gomel")
    title = make_designation(city=city, year=2011)
    for day in range(1, 6):
        make_event(slug=f"own-{day}", start=f"2011-05-0{day}", titles=((title, "programme"),))
    make_event(slug="later", start="2020-01-01", city=city)

    page = get(client, "/cities/gomel/").main

    cards = [card.one("h3").hrefs[0] for card in page.all("article", class_="card")]
    assert cards == [*(f"/events/own-{day}/" for day in range(1, 6)), "/events/later/"]
    folded = [one.one("summary").text for one in page.all("details", class_="folded")]
    assert folded == ["2 more events", f"Other events in {city.name} 1", "Cite this page"]


def test_a_city_whose_year_went_to_another_says_so_and_claims_no_title(
    client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2024, 1, 1, monkeypatch)
    kept = make_designation(city=make_city(slug="gomel", name="Gomel"), year=2023)
    make_designation(city=make_city(slug="comrat", name="Comrat"), year=2023, replaced_by=kept)

    page = get(client, "/cities/comrat/").main

    assert "Named for 2023" in page.one("p", class_="kicker").text
    assert page.one("p", class_="replaced").text == "Named, but the year went to Gomel"
    assert page.all("p", class_="turn") == []
