"""What a record's own page adds to its card: its account, how we know, and where to go on from it."""

from __future__ import annotations

from typing import Any

import pytest
from asking import get
from django.test import Client
from factories import make_centre, make_city, make_decision, make_designation, make_event, make_series
from markup import Element, Page

from capitals.models import Cited
from capitals.record.writing import write_search_entries

pytestmark = pytest.mark.django_db


def links(section: Element) -> list[tuple[str, str]]:
    """Each link of the section's list with what stands before it."""
    return [(item.one("span", class_="meta").text, item.hrefs[0]) for item in section.all("li")]


def test_an_event_leads_to_those_before_and_after_it_in_each_of_its_titles(
    client: Client, empty_record: None
) -> None:
    brest = make_designation(city=make_city(slug="brest", name="Brest"), year=2019)
    shymkent = make_designation(city=make_city(slug="shymkent", name="Shymkent"), year=2020)
    make_event(slug="concert", start="2019-11", titles=((brest, "programme"),))
    both = ((brest, "outgoing"), (brest, "closing"), (shymkent, "incoming"))
    make_event(slug="handover", start="2019-12-09", titles=both)
    make_event(slug="opening", start="2020-03-01", titles=((shymkent, "opening"),))
    make_event(slug="later", start="2020-04", titles=((shymkent, "programme"),))
    make_event(slug="undated", start=None, titles=((shymkent, "programme"),))
    make_event(slug="mention", start="2019-12-10", titles=((shymkent, "mentioned"), (brest, "mentioned")))

    main = get(client, "/events/handover/").main

    assert links(main.one("section", aria_labelledby="around-brest-2019")) == [
        ("Before, November 2019", "/events/concert/")
    ]
    assert links(main.one("section", aria_labelledby="around-shymkent-2020")) == [
        ("After, 1 March 2020", "/events/opening/")
    ]
    main = get(client, "/events/later/").main
    assert links(main.one("section", aria_labelledby="around-shymkent-2020")) == [
        ("Before, 1 March 2020", "/events/opening/"),
        ("After, date not recorded", "/events/undated/"),
    ]
    assert get(client, "/events/mention/").main.all("section", aria_labelledby="around-brest-2019") == []


def test_an_event_leads_to_the_decisions_on_its_titles_and_to_other_editions(
    client: Client, empty_record: None
) -> None:
    title, other = make_designation(year=2025), make_designation(year=2026)
    make_decision(slug="both", names=(title, other), date="2024-10-08")
    make_decision(slug="draft", names=(title,), kind="drafted", date="2024-10-07")
    make_decision(slug="elsewhere", names=(make_designation(year=2024),))
    forum = make_series(name="Forum")
    make_event(slug="old", series=forum, start="2019-05-02")
    make_event(slug="new", series=forum, start="2021-05-01")
    make_event(slug="ours", series=forum, start="2020", titles=((title, "programme"), (other, "presented")))

    main = get(client, "/events/ours/").main

    decisions = main.one("section", aria_labelledby="decisions")
    assert decisions.one("h2").text == "Decisions on the titles"
    assert links(decisions) == [
        ("7 October 2024, draft approved", "/decisions/draft/"),
        ("8 October 2024, decided", "/decisions/both/"),
    ]
    assert links(main.one("section", aria_labelledby="editions")) == [
        ("1 May 2021", "/events/new/"),
        ("2 May 2019", "/events/old/"),
    ]
    assert get(client, "/events/old/").main.all("section", aria_labelledby="decisions") == []


def test_a_record_s_page_tells_its_account_and_how_we_know_and_the_search_finds_both(
    client: Client, empty_record: None
) -> None:
    told: dict[str, Any] = {
        "account": "Told marmalade.\n\nTold rhubarb.",
        "note": "Counted quinces.",
        "account_ru": "Рассказ о мармеладе.",
        "note_ru": "Подсчитана айва.",
    }
    records: list[Cited] = [
        make_event(**told),
        make_decision(**told),
        make_centre(**told),
        make_series(**told),
    ]
    write_search_entries("default")

    def page(record: Cited, prefix: str = "") -> Page:
        return get(client, prefix + record.get_absolute_url())

    for record in records:
        head = page(record).main.one("div", class_="page-head")
        told_there = [paragraph.text for paragraph in head.all("p")]
        assert told_there[told_there.index("Told marmalade.") + 1] == "Told rhubarb."
        assert head.one("p", class_="remark").text == "How we know: Counted quinces."
        head = page(record, "/ru").main.one("div", class_="page-head")
        assert "Рассказ о мармеладе." in head.text
        assert head.one("p", class_="remark").text == "Откуда это известно: Подсчитана айва."
    for words in ("rhubarb", "quinces", "мармеладе", "айва"):
        found = get(client, f"/search/?q={words}").main.one("div", class_="results").hrefs
        assert {record.get_absolute_url() for record in records} <= set(found), words


def test_a_list_of_a_decision_s_capitals_is_one_column_in_the_order_of_years(
    client: Client, empty_record: None
) -> None:
    titles = tuple(make_designation(year=year) for year in (2027, 2025, 2026))

    named = get(client, make_decision(names=titles).get_absolute_url()).main.one("ul", class_="in-order")

    assert [item.hrefs[1] for item in named.all("li")] == [
        "/capitals/2025/",
        "/capitals/2026/",
        "/capitals/2027/",
    ]
