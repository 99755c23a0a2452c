"""Each page of each filtered list: its address, its title, and the way to the next."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from asking import read
from bulk import fill
from django.http import QueryDict
from django.test import Client
from factories import (
    make_centre,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
    make_source,
)
from listing import (
    CHOICES,
    EVERY_CHOICE,
    EVERY_FILTER,
    EVERY_SORT,
    FILTERSETS,
    LISTS,
    SITE,
    YEARS,
    finds,
    followed,
    get,
    led_on,
    listed,
    refused,
)
from markup import Page

from capitals.words.dates import PartialDate

pytestmark = pytest.mark.once


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lists with ten records a page, so that few make several pages; gives enough for three."""
    monkeypatch.setattr("capitals.pages.lists.RECORDS_PER_PAGE", 10)
    monkeypatch.setattr("capitals.pages.designations.CAPITALS_PER_PAGE", 10)
    return 21


@pytest.mark.parametrize(("path", "sort"), EVERY_SORT)
def test_paging_keeps_the_order_and_what_is_known_alone(
    path: str, sort: str, client: Client, empty_record: None, short_pages: int
) -> None:
    fill(short_pages)
    year = {"/capitals/": "2017", "/events/": "2017"}.get(path, "2016")
    query = f"utm_source=x&sort={sort}&page=2&year={year}"

    _, page = get(client, f"{path}?{query}")

    (previous,), (following,) = (page.main.all("a", rel=rel) for rel in ("prev", "next"))
    # The first page has no number.
    for link, number in ((previous, {}), (following, {"page": ["3"]})):
        left = parse_qs(urlsplit(link.attributes["href"]).query, keep_blank_values=True)
        assert left == {"sort": [sort], "year": [year], **number}
    first, second = finds(client, followed(path, previous)), listed(page)
    assert not set(first) & set(second)
    chips = {chip.text: followed(path, chip) for chip in page.main.all("a", class_="chip")}
    assert set(chips.values()) == {f"{path}?sort={sort}", f"{path}?year={year}"}
    (without_year,) = (href for text, href in chips.items() if "Year" in text or "Established" in text)
    # Each record of this year's: without the filter the same stand in the same order.
    assert finds(client, without_year) == first


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "number", ["0", "-1", "999", "abc", "1.5", "99999999999999999999", "%00", "1e1", "last"]
)
def test_a_page_that_is_not_there_is_404(path: str, number: str, client: Client, db: None) -> None:
    status, page = get(client, f"{path}?page={number}")

    assert status == 404
    assert "This list has no such page." in page.main.text


def test_events_come_fifty_a_page_and_the_pages_keep_the_filters(client: Client, empty_record: None) -> None:
    for number in range(101):
        make_event(slug=f"e-{number:03}", kind="concert", start="2017-05-01", sources=0)
    make_event(slug="other", kind="forum", start="2017-05-01", sources=0)
    query = "year=2017&kind=concert"

    pages = (query, f"{query}&page=2", f"{query}&page=3")
    first, second, third = (finds(client, f"/events/?{page}") for page in pages)

    assert [len(first), len(second), len(third)] == [50, 50, 1]
    assert first + second + third == [f"e-{number:03}" for number in range(101)]
    _, page = get(client, f"/events/?{query}&page=2&utm=x")
    (previous,) = page.main.all("a", rel="prev")
    (following,) = page.main.all("a", rel="next")
    for link, leads_to in ((previous, {}), (following, {"page": ["3"]})):
        left = parse_qs(urlsplit(link.attributes["href"]).query)
        assert left == {"year": ["2017"], "kind": ["concert"], **leads_to}
    assert finds(client, followed("/events/", following)) == third
    assert "Page 2 of 3" in page.main.text
    assert page.main.one("h2", class_="count").text == "101 events"
    assert client.get(f"/events/?{query}&page=4").status_code == 404


def test_capitals_are_paged_only_past_two_hundred(client: Client, empty_record: None) -> None:
    country = make_country()
    for number in range(201):
        city = make_city(slug=f"c-{number:03}", country=country, names=0, sources=0)
        make_designation(city=city, year=2017, sources=0)

    assert len(finds(client, "/capitals/")) == 200
    assert len(finds(client, "/capitals/?page=2")) == 1


def test_a_page_of_one_has_no_paging(client: Client, empty_record: None) -> None:
    for _ in range(50):
        make_source()

    _, page = get(client, "/sources/")

    assert page.main.all("nav", class_="pagination") == []


def test_an_empty_record_has_honest_lists_without_filters_in_force(
    client: Client, empty_record: None
) -> None:
    for path in LISTS:
        assert finds(client, path) == []


@pytest.mark.parametrize(("path", "name"), EVERY_CHOICE)
def test_every_choice_that_the_form_offers_is_understood(
    path: str, name: str, client: Client, db: None
) -> None:
    _, page = read(client, path)
    options = page.main.one("select", name=name).all("option")
    values = [option.attributes["value"] for option in options if option.attributes["value"]]

    assert values
    assert len(values) == len(set(values))
    filterset = FILTERSETS[path]
    everything = filterset._meta.model._default_manager.all()
    for value in values:
        assert filterset(QueryDict(urlencode({name: value})), everything).is_valid(), value
    for value in values[:2]:
        assert client.get(path, {name: value}).status_code == 200, value


def test_a_decision_and_a_centre_are_found_by_their_own_filters(client: Client, empty_record: None) -> None:
    decision = make_decision(slug="right", date="2016")
    make_decision(slug="wrong", date="2016")
    centre = make_centre(slug="right", established=PartialDate(2016))
    make_centre(slug="wrong", established=PartialDate(2016))

    assert finds(client, f"/decisions/?body={decision.body_id}&year=2016") == ["right"]
    query = f"country={centre.host_country.code}&operator={centre.operating_country.code}&year=2016"
    assert finds(client, f"/centres/?{query}") == ["right"]


def canonical(page: Page) -> str:
    address = page.one("link", rel="canonical").attributes["href"]
    assert page.one("meta", property="og:url").attributes["content"] == address
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


def title(page: Page) -> str:
    """What the page's title says before the name of the site, white space collapsed as browsers do."""
    said, name, rest = " ".join(page.title.split()).rpartition(" · CIS Cultural Capitals")
    assert name
    assert not rest
    return said


def indexable(page: Page) -> bool:
    """Whether search engines may keep the page."""
    robots = [meta.attributes["content"] for meta in page.all("meta", name="robots")]
    assert robots in ([], ["noindex"])
    return not robots


def a_value(page: Page, name: str) -> str:
    """A value that the form offers for that filter."""
    if name.startswith("year"):
        return "2016"
    options = page.main.one("select", name=name).all("option")
    return next(option.attributes["value"] for option in options if option.attributes["value"])


@pytest.mark.parametrize("path", LISTS)
def test_a_list_without_filters_or_with_one_may_be_indexed(path: str, client: Client, db: None) -> None:
    _, whole = read(client, path)
    assert indexable(whole)

    for name in (*CHOICES[path], *YEARS[path]):
        query = f"{name}={quote(a_value(whole, name))}"
        address = f"{path}?{query}&utm_source=x"
        _, page = read(client, address)
        assert indexable(page), address
        assert canonical(page) == f"{path}?{query.replace('%20', '+')}"


@pytest.mark.parametrize("path", LISTS)
def test_several_filters_at_once_are_not_for_search_engines(path: str, client: Client, db: None) -> None:
    _, whole = read(client, path)
    names = [*CHOICES[path], *YEARS[path]]

    for name in names:
        # The order counts as a filter: it too would give every list another address.
        other = "sort" if name != "sort" else YEARS[path][0]
        _, page = get(client, f"{path}?{name}={quote(a_value(whole, name))}&{other}={a_value(whole, other)}")
        assert not indexable(page), name


@pytest.mark.parametrize(("path", "name"), EVERY_FILTER)
def test_a_form_in_error_is_not_for_search_engines(path: str, name: str, client: Client, db: None) -> None:
    page = refused(client, f"{path}?{name}=@", name)

    assert not indexable(page)
    assert canonical(page) == path


@pytest.mark.parametrize("path", LISTS)
def test_a_filtered_list_has_one_address_whatever_the_reader_s_has(
    path: str, client: Client, db: None
) -> None:
    _, whole = read(client, path)
    values = {name: a_value(whole, name) for name in ("year", *reversed(CHOICES[path]))}
    query = "&".join(f"{name}={quote(value)}" for name, value in values.items())
    known = f"{path}?{urlencode(sorted(values.items()))}"

    for address in (
        f"{path}?{query}",
        f"{path}?utm_source=x&{query}&page=1&=1",
        f"{path}?sort=&year=1999&{query}&page=",
        f"{path}?{query.replace('=2016', '=%202016.0%20')}",
    ):
        assert canonical(read(client, led_on(client, address))[1]) == known, address
    for address in (f"{path}?utm_source=x", f"{path}?page=1", f"{path}?sort=&year=&page="):
        assert canonical(read(client, led_on(client, address))[1]) == path, address


@pytest.mark.parametrize("path", LISTS)
def test_a_further_page_has_its_own_address_and_its_number_in_the_title(
    path: str, client: Client, empty_record: None, short_pages: int
) -> None:
    fill(short_pages)
    _, first = get(client, path)
    _, second = get(client, f"{path}?utm_source=x&page=2&sort=oldest")

    assert canonical(first) == path
    assert canonical(second) == f"{path}?page=2&sort=oldest"
    assert indexable(second)
    assert "Page" not in title(first)
    assert title(second) == f"{title(first)} · Sort: oldest first · Page 2"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/capitals/?year_min=2012&country=AZ", "Capitals by year · Country: Azerbaijan · Years: from 2012"),
        ("/events/?kind=concert&city=brest", "Events · Kind: concert · City: Brest"),
        ("/events/?scope=other&utm_source=x", "Events · Part of: neither"),
        ("/centres/?operator=AZ&sort=city", "Cultural centres · Whose centre: Azerbaijan · Sort: city"),
        ("/decisions/?year=2024", "Decisions · Year: 2024"),
        ("/sources/?outlet=Azernews&language=en", "Sources · Outlet: Azernews · Language: English"),
        ("/capitals/?year_min=2012&year_max=2013", "Capitals by year · Years: 2012–2013"),
        ("/sources/", "Sources"),
        ("/sources/?year=abc&language=en", "Sources"),
    ],
)
def test_the_title_names_the_filters_in_force(address: str, expected: str, client: Client, db: None) -> None:
    _, page = read(client, address)

    assert title(page) == expected
    assert page.one("meta", property="og:title").attributes["content"].strip() == expected
