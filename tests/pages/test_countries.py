"""Countries: what they are to the CIS, their titles in a sentence, and what a replaced title counts as."""

from __future__ import annotations

import datetime

import pytest
from asking import get, on
from django.test import Client
from django.utils import translation
from factories import make_centre, make_city, make_country, make_designation, make_event
from markup import Page

from capitals.derived.standing import titles_today
from capitals.models import Country, Designation
from capitals.templatetags.facts import number_of_capitals

pytestmark = pytest.mark.django_db

TODAY = (2026, 11, 22)


def opening(page: Page) -> list[str]:
    """The sentences with which a country's page tells of its titles."""
    head = page.main.one("div", class_="page-head")
    return [paragraph.text for paragraph in head.all("p") if "/capitals/" in "".join(paragraph.hrefs)]


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch, empty_record: None) -> Country:
    """One with titles held, of this year, to come, and one that went to a city elsewhere."""
    on(*TODAY, monkeypatch)
    here = make_country(slug="here", name="Utopia", name_ru="Утопия", standing="member")
    cities = {
        slug: make_city(slug=slug, name=name, name_ru=name_ru, country=here, latitude="40", longitude="47")
        for slug, name, name_ru in (
            ("first", "First", "Первый"),
            ("now", "Now", "Нынешний"),
            ("next", "Next", "Будущий"),
            ("lost", "Lost", "Забытый"),
        )
    }
    elsewhere = make_designation(city=make_city(slug="taker", name="Taker", name_ru="Другой"), year=2023)
    for slug, year in (("first", 2013), ("now", 2026), ("next", 2028)):
        make_designation(city=cities[slug], year=year)
    make_designation(city=cities["lost"], year=2023, replaced_by=elsewhere)
    return here


def test_a_country_opens_with_its_titles_in_a_sentence(country: Country, client: Client) -> None:
    assert opening(get(client, "/countries/here/")) == [
        "Utopia has had two capitals: First 2013 and Now 2026 (this year).",
        "Next is to be the capital of 2028.",
        "Lost was named for 2023, but the year went to Taker.",
    ]
    assert opening(get(client, "/ru/countries/here/")) == [
        "Культурных столиц здесь было две: Первый 2013 и Нынешний 2026 (в этом году).",
        "Будущий станет культурной столицей 2028 года.",
        "На 2023 год был назван город Забытый, но год перешёл к городу Другой.",
    ]


def test_a_country_shows_its_cities_on_the_map_and_one_without_titles_no_map(
    country: Country, client: Client
) -> None:
    make_country(slug="without")

    figure = get(client, "/countries/here/").main.one("figure", class_="map")

    dots = {link.attributes["href"]: link.classes for link in figure.one("svg", role="group").all("a")}
    assert set(dots) == {"/cities/first/", "/cities/now/", "/cities/next/", "/cities/lost/"}
    following = get(client, "/countries/here/").main.one("section", aria_labelledby="capitals").hrefs
    assert {href.partition("#")[0] for href in following} >= set(dots)
    assert get(client, "/countries/without/").main.all("figure") == []


def test_a_replaced_title_is_a_designation_and_never_held_on_every_page(
    country: Country, client: Client
) -> None:
    assert get(client, "/capitals/?country=" + country.code).main.one("h2", class_="count").text == (
        "4 titles"
    )
    cities = get(client, "/cities/").main
    assert cities.one("h2", id="capitals").text == "4 capitals"
    assert cities.one("section", aria_labelledby="replaced").hrefs == ["/cities/lost/"]
    assert "/cities/lost/" not in cities.one("section", aria_labelledby="capitals").hrefs
    (row,) = get(client, "/countries/").main.one("section", aria_labelledby="member").all("tr")[1:]
    assert row.all("td")[0].text == (
        "2013, 2026 (this year), 2028 (to come) 2023 (named, but the year went to another)"
    )
    (listed,) = get(client, "/countries/here/").main.all("ul", class_="index")
    assert [item.one("p").text for item in listed.all("li") if item.all("p")] == [
        "Named, but the year went to Taker"
    ]
    covered = [row.text for row in get(client, "/about/").main.all("tr") if "/capitals/2023/" in row.hrefs]
    assert "Lost (named, but the year went to another)" in covered[0]
    titles = titles_today(Designation.objects.order_by("pk"), datetime.date(*TODAY))
    assert [title.pk for title in titles.replaced] == ["lost-2023"]
    assert "lost-2023" not in {title.pk for title in titles.held}


def test_countries_stand_by_what_they_are_to_the_cis_with_what_is_told_of_it(
    client: Client, empty_record: None
) -> None:
    make_country(slug="host", name="A host")
    make_country(slug="left", name="B left", standing="related", relation="It left.", relation_as_of="2009")
    make_country(slug="member", name="C member", standing="member", sources=2)

    main = get(client, "/countries/").main

    sections = {section.attributes["aria-labelledby"]: section for section in main.all("section")}
    assert [
        (name, section.hrefs[-1] if name == "outside" else section.one("th", scope="row").hrefs[0])
        for name, section in sections.items()
        if name != "sources"
    ] == [("member", "/countries/member/"), ("related", "/countries/left/"), ("outside", "/countries/host/")]
    assert "It left. As of 2009." in sections["related"].text
    # What they are is a fact, with its sources, as every fact is.
    assert len(sections["member"].all("sup", class_="cite")) == 2
    assert len(sections["related"].all("sup", class_="cite")) == 1
    assert sections["outside"].all("sup", class_="cite") == []


def test_a_long_list_of_events_or_centres_is_folded_and_nothing_is_lost(
    client: Client, empty_record: None
) -> None:
    here = make_country(slug="here")
    city = make_city(country=here)
    for number in range(1, 6):
        make_event(slug=f"event-of-{number}", city=city, start=f"2017-05-0{number}")
        make_centre(slug=f"centre-{number}", host_city=city)
    for number in range(4):
        make_centre(slug=f"abroad-{number}", operating_country=here)

    main = get(client, "/countries/here/").main

    def cards(name: str) -> tuple[int, int]:
        section = main.one("section", aria_labelledby=name)
        folded = sum(len(part.all("article")) for part in section.all("details", class_="folded"))
        return len(section.all("article")) - folded, folded

    assert {name: cards(name) for name in ("events", "hosted", "abroad")} == {
        "events": (3, 2),
        "hosted": (3, 2),
        "abroad": (3, 1),
    }
    summaries = [part.one("summary").text for part in main.all("details", class_="folded")]
    assert summaries == ["2 more events", "2 more centres", "1 more centre", "Cite this page"]


def test_numbers_of_capitals_stand_in_words_as_far_as_sentences_have_them() -> None:
    assert [number_of_capitals(number) for number in (1, 3, 6, 7)] == ["one", "three", "six", "7"]
    with translation.override("ru"):
        assert [number_of_capitals(number) for number in (1, 2, 7)] == ["одна", "две", "7"]
