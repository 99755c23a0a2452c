"""Plain search over names and titles."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from factories import make_city, make_event, make_source
from markup import Page

from capitals.models import CityName


def search(client: Client, query: str) -> Page:
    """The page of results for `query`; it must answer 200."""
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return Page(response.content.decode())


def results(page: Page) -> list[str]:
    return [href for group in page.main.all("ul", class_="index") for href in group.hrefs]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("Lachin", "/cities/lachin/"),
        ("lachin", "/cities/lachin/"),
        ("Laçın", "/cities/lachin/"),
        ("LACIN", "/cities/lachin/"),
        ("Лачин", "/cities/lachin/"),
        ("лачин", "/cities/lachin/"),
        ("Gəncə", "/cities/ganja/"),
        ("Гянджа", "/cities/ganja/"),
        ("Գյումրի", "/cities/gyumri/"),
        ("Гомель", "/cities/gomel/"),
        ("Санкт-Петербург", "/cities/saint-petersburg/"),
        ("Санкт Петербург", "/cities/saint-petersburg/"),
        ("Шымкент", "/cities/shymkent/"),
        ("Azərbaycan", "/countries/azerbaijan/"),
        ("Казахстан", "/countries/kazakhstan/"),
        ("sustainable development", "/events/lachin-2025-intercultural-round-table/"),
        ("DEVELOPMENT intercultural", "/events/lachin-2025-intercultural-round-table/"),
        ("Bülbül", "/series/bulbul-international-vocalists-competition/"),
        ("vocalists", "/series/bulbul-international-vocalists-competition/"),
        ("heads of state", "/bodies/council-of-heads-of-state/"),
        ("Guminsky", "/events/minsk-2018-belarus-azerbaijan-conference/"),
        ("jumayev farrukh", "/events/lachin-2025-intercultural-round-table/"),
    ],
)
def test_a_spelling_or_title_word_in_the_record_leads_to_it(
    query: str, address: str, client: Client, db: None
) -> None:
    assert address in results(search(client, query))


def test_every_displayed_name_leads_to_its_city(client: Client, db: None) -> None:
    """In every script: each distinct spelling of the record, asked once."""
    names = CityName.objects.displayed().values_list("name", "city")
    missed = [
        (name, city)
        for name, city in names
        if len(name) > 1 and f"/cities/{city}/" not in results(search(client, name))
    ]

    assert len(names) > 100
    assert missed == []


def test_every_word_must_be_there_and_a_result_comes_once(client: Client, empty_record: None) -> None:
    make_event(slug="both", title="Festival of Gabala in Baku", sources=0)
    make_event(slug="one", title="Festival in Baku", sources=0)

    assert results(search(client, "baku gabala festival festival")) == ["/events/both/"]


def test_an_original_title_is_searched_too_and_texts_are_not(client: Client, empty_record: None) -> None:
    make_event(
        slug="one",
        title="Days of culture",
        title_original="Дни культуры",
        original_language="ru",
        summary="hidden",
        sources=0,
    )

    assert results(search(client, "дни")) == ["/events/one/"]
    page = search(client, "hidden")
    assert results(page) == []
    assert "No name or title in the record holds these words." in page.main.text


def test_results_stand_in_groups_with_their_number(client: Client, empty_record: None) -> None:
    make_city(slug="alpha", name="Alpha", names=0, sources=0)
    make_event(slug="alpha", title="Alpha", sources=0)

    page = search(client, "alpha")

    assert results(page) == ["/cities/alpha/", "/events/alpha/"]
    assert page.main.one("p", role="status").text == "2 records for “alpha”"
    assert [heading.text for heading in page.main.all("h2")] == ["Cities", "Events"]


def test_no_more_than_fifty_of_a_kind_are_shown_and_the_page_says_so(
    client: Client, empty_record: None
) -> None:
    for number in range(51):
        make_source(title=f"Same {number}")

    page = search(client, "same")

    assert len(results(page)) == 50
    assert "Only the first 50 are shown." in page.main.text


def test_exactly_fifty_are_not_called_the_first(client: Client, empty_record: None) -> None:
    for number in range(50):
        make_source(title=f"Same {number}")

    page = search(client, "same")

    assert len(results(page)) == 50
    assert "Only the first" not in page.main.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a",
        "я",
        "%",
        "_",
        "%%",
        "__",
        "\\",
        "\\\\",
        "...",
        "—!?",
        "%_%",
        "\0",
        "x" * 500,
        "'",
        '"',
    ],
    ids=lambda query: ascii(query)[:12],
)
def test_what_holds_no_word_to_look_for_is_refused_with_a_message(
    query: str, client: Client, db: None
) -> None:
    response = client.get(f"/search/?q={quote(query)}")
    page = Page(response.content.decode())

    assert response.status_code == 400
    assert page.main.one("p", id="id_q_error").text
    assert results(page) == []
    assert page.main.one("form", class_="search-form").all("input", name="q")


@pytest.mark.parametrize(
    "query",
    [
        "%ED%A0%80%ED%A0%80",
        "%FF%FE",
        quote("\u202e" * 3),
        quote("🎭🎭"),
        "ab%00",
        quote("a%"),
        quote("a_"),
        quote("%%a%%"),
    ],
)
def test_a_strange_query_never_fails_and_never_finds_everything(query: str, client: Client, db: None) -> None:
    response = client.get(f"/search/?q={query}")
    page = Page(response.content.decode())

    assert response.status_code in {200, 400}
    assert "/cities/mogilev/" not in results(page) or "a" in query


def test_signs_of_a_pattern_are_no_wildcards(client: Client, empty_record: None) -> None:
    make_city(slug="lachin", name="Lachin", names=0, sources=0)

    # "L%n" folds to the words "l" and "n", "l_chin" to "l" and "chin": no sign stands for a letter.
    assert results(search(client, "lax%in")) == []
    assert results(search(client, "l_xchin")) == []


def test_a_query_is_never_echoed_as_markup(client: Client, db: None) -> None:
    page = search(client, "<script>alert(1)</script>\"'><img src=x>")

    assert page.all("script") == page.all("img") == []
    assert "“<script>alert(1)</script>" in page.main.text
    assert page.main.one("input", name="q").attributes["value"].startswith("<script>")


def test_of_a_repeated_query_the_last_counts(client: Client, db: None) -> None:
    response = client.get("/search/?q=%00&q=lachin")

    assert response.status_code == 200
    assert "/cities/lachin/" in results(Page(response.content.decode()))


def test_without_a_query_there_is_only_the_form(client: Client, db: None) -> None:
    response = client.get("/search/")
    page = Page(response.content.decode())

    assert response.status_code == 200
    assert page.main.all("p", class_="field-error") == []
    assert results(page) == []


def test_results_are_not_for_search_engines(client: Client, db: None) -> None:
    assert search(client, "lachin").one("meta", name="robots").attributes["content"] == "noindex"
