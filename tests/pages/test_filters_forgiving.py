"""How lists meet a reader halfway: other spellings, slips, empty lists, the next choice in one click."""

from __future__ import annotations

import re

import pytest
from asking import read
from django.test import Client
from factories import make_country, make_event
from listing import CHOICES, LISTS, YEARS, followed, led_on, refused
from markup import Element, Page

from capitals.models import Country, FormerAddress
from capitals.pages.filters import country_spelt

pytestmark = pytest.mark.once


# One address for each list


@pytest.mark.parametrize("edition", ["", "/ru"])
@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/events/?country=&year=&kind=", "/events/"),
        (
            "/events/?country=&year_min=&year_max=2013&kind=forum&sort=&page=",
            "/events/?year_max=2013&kind=forum",
        ),
        # The page, the order and what is no filter stay as they were.
        ("/events/?utm=&page=2&kind=&sort=city", "/events/?utm=&page=2&sort=city"),
        ("/capitals/?page=", "/capitals/"),
        ("/capitals/?page=1", "/capitals/"),
        ("/events/?page=02&utm=x&utm=y", "/events/?page=2&utm=x&utm=y"),
        ("/events/?page=3&page=2&page=", "/events/?page=2"),
        # Of a repeated one the last that is not empty counts.
        ("/events/?country=az&country=", "/events/?country=AZ"),
        ("/capitals/?year=2017&year=2018", "/capitals/?year=2018"),
        ("/capitals/?country=AZ&kind=x&country=BY", "/capitals/?country=BY&kind=x"),
        ("/capitals/?country=AZ&country=AZ", "/capitals/?country=AZ"),
        ("/capitals/?year_min=2017&year_max=2017", "/capitals/?year=2017"),
        ("/capitals/?year_min=2012&year_max=2014&year=2013&country=AZ", "/capitals/?year=2013&country=AZ"),
        ("/events/?year=2013&year_min=+2013.0", "/events/?year=2013"),
        # A year and a span ask for what meets both; that it is the year, its chip tells.
        ("/events/?year=2017&year_min=2012", "/events/?year=2017"),
        ("/capitals/?country=az", "/capitals/?country=AZ"),
        ("/capitals/?country=aZERBAIJAN+", "/capitals/?country=AZ"),
        ("/capitals/?country=азербайджан", "/capitals/?country=AZ"),
        ("/capitals/?country=Azərbaycan", "/capitals/?country=AZ"),
        ("/centres/?country=Turkiye&operator=AZERBAIJAN", "/centres/?country=TR&operator=AZ"),
        ("/centres/?country=turkey&operator=РФ", "/centres/?country=TR&operator=RU"),
        ("/events/?country=russian+federation", "/events/?country=RU"),
        ("/capitals/?country=Белоруссия", "/capitals/?country=BY"),
        ("/capitals/?country=республика+молдова", "/capitals/?country=MD"),
        ("/events/?city=GANJA&kind=Forum&scope=Series", "/events/?city=ganja&kind=forum&scope=series"),
        ("/events/?city=Гянджа&sort=City", "/events/?city=ganja&sort=city"),
        ("/decisions/?body=Council-of-Heads-of-State", "/decisions/?body=council-of-heads-of-state"),
        ("/sources/?outlet=AZERNEWS&language=EN", "/sources/?outlet=Azernews&language=en"),
    ],
)
def test_what_is_understood_leads_on_to_the_one_way_to_write_it(
    address: str, own: str, edition: str, client: Client, db: None
) -> None:
    for ask in (client.get, client.head):
        response = ask(f"{edition}{address}")

        # Found, not moved: a form sends its empty fields each time.
        assert (response.status_code, response["Location"]) == (302, f"{edition}{own}")
    assert led_on(client, f"{edition}{own}") == f"{edition}{own}"


@pytest.mark.parametrize("path", LISTS)
def test_empty_values_are_no_filters_and_not_in_the_address(path: str, client: Client, db: None) -> None:
    query = "&".join(f"{name}=" for name in [*CHOICES[path], *YEARS[path], "year", "page"])

    assert led_on(client, f"{path}?{query}") == path
    # What was never a filter is left alone.
    assert led_on(client, f"{path}?&utm_source=") == f"{path}?&utm_source="
    assert read(client, path)[1].main.all(class_="chips") == []


@pytest.mark.parametrize("path", ["/capitals/", "/events/"])
def test_one_year_stands_in_both_fields_of_the_span(path: str, client: Client, db: None) -> None:
    _, page = read(client, f"{path}?year=2017")

    span = page.main.one("form", class_="filters").one("fieldset")
    assert span.one("legend").text == "Years"
    assert [label.text for label in span.all("label")] == ["from", "to"]
    assert [(one.attributes["name"], one.attributes["value"]) for one in span.all("input")] == [
        ("year_min", "2017"),
        ("year_max", "2017"),
    ]


def test_a_name_of_two_countries_stands_for_neither(client: Client, empty_record: None) -> None:
    for code in ("AA", "BB"):
        make_country(code=code, name="Sameland")

    refused(client, "/capitals/?country=sameland", "country")


def test_a_year_beside_a_span_is_told_to_be_what_counts(client: Client, db: None) -> None:
    page = read(client, led_on(client, "/events/?year=2017&year_min=2012"))[1]

    assert [chip.text for chip in page.main.all("a", class_="chip")] == ["Remove Year: 2017 ×"]


def test_what_is_typed_for_a_country_stands_for_it_alone_and_on_no_page(client: Client, db: None) -> None:
    typed = {spelling: country.code for country in Country.objects.all() for spelling in country.also_typed()}

    assert len(typed) > 40
    assert {spelling: country_spelt(spelling) for spelling in typed} == typed
    turkey = read(client, "/countries/turkiye/")[1]
    assert "Turkey" not in turkey.text
    assert "Турецкая" not in read(client, "/ru/countries/turkiye/")[1].text


# What may have been meant


def offered(page: Page) -> dict[str, str]:
    """The links at the fields in error, by what they say."""
    notes = page.main.one("form", class_="filters").all("p", class_="field-error")
    return {link.text: followed("", link) for note in notes for link in note.all("a")}


@pytest.mark.parametrize(
    ("query", "names", "meant"),
    [
        ("country=azerbajan&sort=city", ["country"], {"Azerbaijan": "/events/?country=AZ&sort=city"}),
        ("kind=concrt&city=ganjja", ["kind", "city"], {"concert": "kind=concert", "Ganja": "city=ganja"}),
        ("country=Atlantis&year_min=2012", ["country"], {}),
        # Which of the two is wrong nobody can tell, but which way the years would run.
        (
            "year_min=2020&year_max=2011",
            ["year_min", "year_max"],
            {"2011–2020": "year_max=2020&year_min=2011"},
        ),
        ("year=2013&year_min=2014&kind=forum", ["year_min", "year_max"], {"2013–2014": "kind=forum&"}),
    ],
)
def test_a_refused_value_comes_with_links_to_what_is_near(
    query: str, names: list[str], meant: dict[str, str], client: Client, db: None
) -> None:
    page = refused(client, f"/events/?{query}", *names)

    links = offered(page)
    assert list(links) == list(meant)
    for label, part in meant.items():
        assert part in links[label]
        assert client.get(links[label]).status_code == 200


@pytest.mark.parametrize(
    ("edition", "message"),
    [
        ("", "The years run backwards: from 2020 to 2011. Did you mean: 2011–2020?"),
        ("/ru", "Годы идут в обратном порядке: с 2020 по 2011. Возможно, вы имели в виду: 2011–2020?"),
    ],
)
def test_a_span_turned_round_is_told_and_kept_as_it_was_typed(
    edition: str, message: str, client: Client, db: None
) -> None:
    page = refused(client, f"{edition}/capitals/?year_min=2020&year_max=2011", "year_min", "year_max")

    assert page.main.one("p", class_="field-error").text == message
    assert [one.attributes["value"] for one in page.main.all("input")] == ["2020", "2011"]


def test_what_is_out_of_range_and_what_is_no_year_are_told_apart(client: Client, db: None) -> None:
    page = refused(client, "/capitals/?year_min=1812&year_max=soon", "year_min", "year_max")

    assert page.main.one("p", class_="field-error").text == (
        "1812 is out of range. Please type a year from 1991 to 2100. "
        "“soon” is not a year. Please type four digits, such as 2013."
    )


# Where nothing matched


def loosened(page: Page) -> list[tuple[str, str]]:
    """What an empty list offers to do without, and where that leads."""
    return [
        (link.text, followed("", link)) for link in page.main.one("div", class_="empty").one("ul").all("a")
    ]


def test_an_empty_list_tells_which_filter_to_loosen_the_most_fruitful_first(
    client: Client, empty_record: None
) -> None:
    for number in range(3):
        make_event(kind="forum", start="2013", slug=f"forum-{number}")
    make_event(kind="concert", start="2017")

    page = read_anew(client, "/events/?year=2017&kind=forum&sort=oldest")
    hopeless = read_anew(client, "/events/?year=2030&kind=forum&scope=series")

    assert loosened(page) == [
        ("Without “Year: 2017”: 3 events", "/events/?kind=forum&sort=oldest"),
        ("Without “Kind: forum”: 1 event", "/events/?sort=oldest&year=2017"),
    ]
    for text, address in loosened(page):
        count = read_anew(client, address).main.one("h2", class_="count").text
        assert text.endswith(f": {count}")
    # No filter alone is in the way.
    assert hopeless.main.one("div", class_="empty").hrefs == ["/events/"]


def read_anew(client: Client, address: str) -> Page:
    return Page(client.get(address).content.decode())


# The next choice in one click

SHORTCUTS = {
    "/capitals/?year_min=2013&year_max=2018": ["By country"],
    "/events/?kind=concert": ["By country", "By kind"],
    "/centres/?operator=AZ": ["By host country", "Whose centres"],
    "/decisions/": [],
    "/sources/": [],
}


def shortcuts(page: Page) -> dict[str, list[Element]]:
    groups = page.main.all("details", class_="shortcuts")
    return {group.one("ul").attributes["aria-label"]: group.all("li") for group in groups}


@pytest.mark.parametrize(("address", "labels"), SHORTCUTS.items())
def test_each_value_stands_as_a_link_with_what_it_leads_to(
    address: str, labels: list[str], client: Client, db: None
) -> None:
    groups = shortcuts(read(client, address)[1])

    assert list(groups) == labels
    for items in groups.values():
        numbers = [int(item.text.rpartition(" ")[2]) for item in items]
        assert numbers == sorted(numbers, reverse=True)
        assert min(numbers) > 0
        links = [item for item in items if item.all("a")]
        for item in links[:2] + links[-1:]:
            _, page = read(client, followed("", item.one("a")))
            count = page.main.one("h2", class_="count").text
            assert count.split()[0] == item.text.rpartition(" ")[2]
            # The other filters stay.
            assert set(re.findall("(year_min|operator)=", address)) <= set(
                re.findall("(year_min|operator)=", followed("", item.one("a")))
            )


def test_the_value_in_force_is_marked_and_leads_nowhere(client: Client, db: None) -> None:
    by_kind = shortcuts(read(client, "/events/?kind=concert")[1])["By kind"]

    [chosen] = [item for item in by_kind if not item.all("a")]
    assert chosen.one("strong").text.startswith("concert ")


# The edition that has no prefix


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/en/", "/"),
        ("/en", "/"),
        ("/en/cities/ganja/", "/cities/ganja/"),
        ("/en//cities/ganja/", "/cities/ganja/"),
        ("/en/events/?country=AZ&year=2017", "/events/?country=AZ&year=2017"),
        ("/en/search/?q=//evil.example", "/search/?q=//evil.example"),
        # What the page would lead on to, in one step.
        ("/en/cities/%D0%93%D1%8F%D0%BD%D0%B4%D0%B6%D0%B0/", "/cities/ganja/"),
        ("/en/events/?country=az&year=", "/events/?country=AZ"),
        ("/en/cities/ganja", "/cities/ganja/"),
        ("/en/events/old/", "/events/lachin-2025-opening/"),
    ],
)
def test_english_pages_are_found_with_a_prefix_too_in_one_step(
    address: str, own: str, client: Client, db: None
) -> None:
    FormerAddress.objects.create(path="/events/old/", new_path="/events/lachin-2025-opening/")

    for ask in (client.get, client.head):
        response = ask(address)

        assert response.status_code in {301, 302}
        assert response["Location"] == own
        assert client.get(own).status_code == 200


@pytest.mark.parametrize(
    "rest", ["nothing/", "en/", "ru/", "cities/nowhere/", "/evil.example/", "%2F%2Fevil.example/", "%5Cevil/"]
)
def test_where_no_page_stands_none_stands_below_the_prefix(rest: str, client: Client, db: None) -> None:
    assert client.get(f"/en/{rest}").status_code == 404


def test_a_filter_that_is_refused_is_refused_below_the_prefix_too(client: Client, db: None) -> None:
    refused(client, "/en/events/?country=Atlantis", "country")
