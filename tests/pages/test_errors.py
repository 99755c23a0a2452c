"""What is refused, gone or broken answers in the site's own look."""

from __future__ import annotations

from typing import Any

import pytest
from asking import get
from conftest import Pages
from django.test import Client
from markup import Page

from capitals.models import (
    RecordState,
)

# Also those that only read the pages rendered once: alone they must find the database made.
pytestmark = [pytest.mark.once, pytest.mark.django_db]


def complaints(site: Pages, wrong: Any) -> list[str]:
    """The addresses of which `wrong(page)` is true or says something, with what it says."""
    said = ((path, wrong(page)) for path, page in site.items())
    return [f"{path}: {what}" for path, what in said if what]


def has_our_look(page: Page, heading: str) -> bool:
    """Whether an error page has the frame of every page and ways on."""
    assert page.one("h1").text == heading
    assert page.one("a", class_="brand").attributes["href"] == "/"
    assert page.one("html").attributes["lang"] == "en"
    assert [
        link
        for link in page.all("link", rel="stylesheet")
        if link.attributes["href"].startswith("/static/site")
    ]
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.title.startswith(heading)
    return {"/capitals/", "/cities/", "/events/"} <= set(page.main.hrefs)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/cities/nowhere/",
        "/cities/lachin/more/",
        "/events/nothing/",
        "/decisions/nothing/",
        "/bodies/nothing/",
        "/bodies/",
        "/series/nothing/",
        "/centres/nothing/",
        "/sources/nothing/",
        "/countries/AZ/",
        "/capitals/20134/",
        "/capitals/201/",
        "/capitals/abcd/",
        "/capitals/1990/",
        "/capitals/2101/",
        "/capitals/-2013/",
        "/cities/%00/",
        "/cities/%ED%A0%80/",
        "/cities/%FF/",
        "/cities/🎭/",
        "/cities/" + "x" * 1900 + "/",
        "/cities/.json",
        "/cities/ganja.JSON",
        "/cities/../../etc/passwd",
        "/admin/",
        "/static/nothing.css",
    ],
    ids=lambda path: path[:24],
)
def test_an_address_without_a_page_is_404_in_our_look(path: str, client: Client, db: None) -> None:
    assert has_our_look(get(client, path, 404), "Page not found")


@pytest.mark.parametrize("spelling", ["LACHIN", "Lachin", "Laçın", "Лачин"])
def test_a_city_s_name_in_any_spelling_leads_to_its_one_address(
    spelling: str, client: Client, db: None
) -> None:
    response = client.get(f"/cities/{spelling}/")

    assert response.status_code == 301
    assert response["Location"] == "/cities/lachin/"


def test_a_year_without_a_capital_is_404_and_says_how_far_the_record_runs(client: Client, db: None) -> None:
    page = get(client, "/capitals/1999/", 404)

    assert "No capital is recorded for 1999. The record runs from 2011 to 2027." in page.main.text


@pytest.mark.parametrize(
    "address",
    [
        "/cities/" + "x" * 2000 + "/",
        "/cities/" + "x" * 2000,
        "/search/?q=" + "x" * 2000,
        "/events/?" + "&".join(f"x{number}" for number in range(1100)),
        "/events.json?city=" + "x" * 60_000,
        "/static/" + "x" * 2000,
    ],
    ids=lambda address: address[:20],
)
def test_an_address_that_is_too_long_is_414_in_our_look_and_nothing_of_it_is_shown(
    address: str, client: Client, db: None
) -> None:
    page = get(client, address, 414)

    assert has_our_look(page, "This address is too long")
    response = client.get(address)
    assert b"xxx" not in response.content
    assert b"x99" not in response.content


def test_a_404_never_shows_what_was_asked_for(client: Client, db: None) -> None:
    page = get(client, "/%3Cscript%3Ealert(1)%3C/script%3E/", 404)

    assert page.scripts == []
    assert "alert" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/capitals/?year=abc", "/cities/lachin/", "/nothing/", "/healthz"])
def test_what_is_not_reading_is_405_in_our_look(method: str, path: str, db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.generic(method, path, data=b"a=b")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert has_our_look(Page(response.content.decode()), "This site is read-only")


def test_a_host_that_is_not_ours_is_400_in_our_look(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert has_our_look(Page(response.content.decode()), "We could not read this request")
    assert b"evil" not in response.content


def test_a_fault_of_ours_is_500_in_our_look_and_tells_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("capitals.pages.home.draw", fail)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert has_our_look(Page(response.content.decode()), "Something went wrong here")
    assert b"secret" not in response.content
    assert b"Traceback" not in response.content


def test_without_a_record_the_site_says_so_with_503(client: Client, db: None) -> None:
    RecordState.objects.all().delete()

    page = get(client, "/capitals/", 503)

    assert has_our_look(page, "The record cannot be read just now")
    assert "The record has not been loaded yet." in page.main.text


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client, db: None) -> None:
    response = client.get("/cities/lachin?x=1")

    assert response.status_code == 301
    assert response["Location"] == "/cities/lachin/?x=1"


def test_every_page_shows_the_version_of_its_record(site: Pages, db: None) -> None:
    version = RecordState.objects.get().version

    assert complaints(site, lambda page: version not in page.one("footer").text) == []
