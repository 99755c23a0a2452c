"""The search as browsers use it: they find it on every page, and complete the names of cities."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from asking import get
from django.test import Client
from factories import make_city, make_country, make_designation

from capitals.record import LOAD_ALIAS
from capitals.record.writing import write_search_entries

pytestmark = [pytest.mark.once, pytest.mark.django_db]

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def suggested(client: Client, typed: str, edition: str = "") -> list[tuple[str, str, str]]:
    """Name, description and address of each suggestion."""
    response = client.get(f"{edition}/search/suggest", {"q": typed})
    assert response.status_code == 200, typed
    assert response["Content-Type"] == "application/x-suggestions+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    echoed, *columns = json.loads(response.content)
    assert echoed == typed
    assert len(columns[0]) <= 8
    return list(zip(*columns, strict=True))


def names(client: Client, typed: str, edition: str = "") -> list[str]:
    return [name for name, _, _ in suggested(client, typed, edition)]


@pytest.mark.parametrize(
    ("edition", "language", "name"), [("", "en", "CIS Capitals"), ("/ru", "ru", "Столицы СНГ")]
)
def test_every_page_leads_a_browser_to_a_description_of_the_search_in_its_language(
    edition: str, language: str, name: str, client: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://capitals.example"
    link = get(client, f"{edition}/cities/ganja/").one("link", rel="search").attributes

    response = client.get(link["href"])

    assert link == {
        "rel": "search",
        "type": response["Content-Type"],
        "title": name,
        "href": f"{edition}/opensearch.xml",
    }
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{SPACE}OpenSearchDescription"
    told = {child.tag.removeprefix(SPACE): child.text or "" for child in root}
    assert told["ShortName"] == name
    assert len(name) <= 16
    assert 0 < len(told["Description"]) <= 1024
    assert (told["Language"], told["InputEncoding"]) == (language, "UTF-8")
    templates = {url.attrib["type"]: url.attrib["template"] for url in root.findall(f"{SPACE}Url")}
    assert templates == {
        "text/html": f"https://capitals.example{edition}/search/?q={{searchTerms}}",
        "application/x-suggestions+json": f"https://capitals.example{edition}/search/suggest?q={{searchTerms}}",
        "application/opensearchdescription+xml": f"https://capitals.example{edition}/opensearch.xml",
    }
    for place in (templates["text/html"], templates["application/x-suggestions+json"]):
        answer = client.get(place.removeprefix(settings.SITE_URL).replace("{searchTerms}", "ganja"))
        assert "ganja" in answer.content.decode()
    picture = client.get(told["Image"].removeprefix(settings.SITE_URL))
    assert picture.status_code == 200
    assert picture.getvalue()


@pytest.mark.parametrize("typed", ["gan", "GƏN", "гян", "Գանձ", "kirov", "ganja", "Uzyl;", "пфтоф"])
def test_a_city_is_suggested_by_the_beginning_of_any_of_its_names_in_any_script(
    typed: str, client: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://capitals.example"

    first = suggested(client, typed)[0]
    russian = suggested(client, typed, "/ru")[0]

    assert first == (
        "Ganja",
        "Azerbaijan · CIS Cultural Capital 2017",
        "https://capitals.example/cities/ganja/",
    )
    assert russian == (
        "Гянджа",
        "Азербайджан · Культурная столица СНГ 2017 года",
        "https://capitals.example/ru/cities/ganja/",
    )


def test_any_word_of_a_name_and_names_with_or_without_spaces_are_completed(client: Client) -> None:
    assert "Saint Petersburg" in names(client, "peter")
    for typed in ("nur s", "nurs", "Нур-С"):
        assert names(client, typed)[0] == "Astana", typed
    assert names(client, "2017") == ["Ganja 2017"]
    assert suggested(client, "azer")[0][:2] == ("Azerbaijan", "country")
    # The middle of a word begins nothing.
    assert names(client, "anja") == []


def test_capitals_stand_before_other_cities_countries_and_titles(client: Client, empty_record: None) -> None:
    country = make_country(name="Astland")
    make_city(name="Astara", country=country)
    capital = make_city(name="New Astoria", country=country)
    former = make_city(name="Astonia", country=country)
    held = make_designation(city=capital, year=2016)
    make_designation(city=former, year=2016, replaced_by=held)
    write_search_entries(LOAD_ALIAS)

    assert [(name, told) for name, told, _ in suggested(client, "ast")] == [
        ("New Astoria", "Astland · CIS Cultural Capital 2016"),
        ("Astara", "Astland"),
        ("Astonia", "Astland"),
        ("Astland", "country"),
        ("New Astoria 2016", "Astland · CIS Cultural Capital 2016"),
    ]


@pytest.mark.parametrize("typed", ["", " ", "g", "г", "%", "||", "| |", "\0\0"])
def test_too_little_begins_no_name_and_is_no_mistake(typed: str, client: Client) -> None:
    echoed, *columns = json.loads(client.get("/search/suggest", {"q": typed}).content)

    assert echoed == typed.replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert columns == [[], [], []]


def test_without_anything_typed_nothing_is_suggested(client: Client) -> None:
    assert json.loads(client.get("/search/suggest").content) == ["", [], [], []]


def test_too_much_is_refused_in_a_form_that_programs_read(client: Client) -> None:
    assert client.get("/search/suggest", {"q": "x" * 200}).status_code == 200

    response = client.get("/ru/search/suggest", {"q": "x" * 201})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    told = json.loads(response.content)
    assert (told["status"], told["title"]) == (400, "Запрос слишком длинный.")
    assert told["errors"] == [{"parameter": "q", "message": told["detail"]}]
    assert "201" in told["detail"]
