"""Addresses that lead on: a city by any of its spellings, and addresses that once were."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from factories import make_city
from markup import Page
from spellings import ways_to_type

from capitals.models import City, CityName, FormerAddress
from capitals.search.spellings import city_called


def ask(client: Client, spelling: str, edition: str = "") -> Any:
    """What the address of a city answers for this spelling, percent-encoded."""
    return client.get(f"{edition}/cities/{quote(spelling, safe='')}/")


def spell(city: City, name: str, kind: str = "search", language: str = "und") -> None:
    CityName.objects.create(city=city, name=name, kind=kind, language=language)


def lead_to(response: Any, address: str) -> bool:
    return bool(response.status_code == 301 and response.headers["Location"] == address)


def says_that_nothing_is_there(response: Any, edition: str = "") -> bool:
    """Whether it is the 404 page in the site's own look."""
    page = Page(response.content.decode())
    heading = "Страница не найдена" if edition else "Page not found"
    return (
        response.status_code == 404
        and page.main.one("h1").text == heading
        and page.one("meta", name="robots").attributes["content"] == "noindex"
        and f"{edition}/capitals/" in page.main.one("ul", class_="ways-in").hrefs
        and page.one("header").hrefs != []
    )


# Spellings of cities


def called(spelling: str) -> str:
    """The key of the city that is called so: where its address leads, as other tests see."""
    city = city_called(spelling)
    return city.pk if city else ""


@pytest.mark.once
def test_any_displayed_spelling_of_a_city_leads_to_it(db: None) -> None:
    names = {
        *CityName.objects.displayed().values_list("name", "city"),
        *City.objects.values_list("name", "pk"),
    }
    asked = {(way, key) for name, key in names for way in ways_to_type(name) if way != key}

    missed = [(way, key) for way, key in sorted(asked) if called(way) != key]

    assert len(names) > 250
    assert len(asked) > 600
    assert missed == []


@pytest.mark.once
def test_any_spelling_for_the_search_alone_leads_to_its_city(db: None) -> None:
    """No two cities of the record share one; where they do, see below."""
    names = CityName.objects.filter(kind="search").values_list("name", "city")

    missed = [(name, key) for name, key in names if called(name) != key]

    assert len(names) > 250
    assert missed == []


@pytest.mark.parametrize("edition", ["", "/ru"])
@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Гянджа", "ganja"),
        ("Gəncə", "ganja"),
        ("KIROVABAD", "ganja"),
        ("Գյումրի", "gyumri"),
        ("нурсултан", "astana"),
        ("st petersburg", "saint-petersburg"),
        ("St. Petersburg", "saint-petersburg"),
        ("saintpetersburg", "saint-petersburg"),
        ("Saint_Petersburg", "saint-petersburg"),
        ("Кӯлоб", "kulob"),
        ("Lachin", "lachin"),
        ("o'sh", "osh"),
    ],
)
def test_what_a_reader_types_behind_cities_leads_there(
    spelling: str, key: str, edition: str, client: Client, db: None
) -> None:
    response = client.get(f"{edition}/cities/{quote(spelling)}/", follow=True)

    assert response.redirect_chain == [(f"{edition}/cities/{key}/", 301)]
    assert response.status_code == 200
    assert Page(response.content.decode()).one("html").attributes["lang"] == (edition.strip("/") or "en")


def test_without_its_last_slash_it_leads_there_too(client: Client, db: None) -> None:
    for edition in ("", "/ru"):
        response = client.get(f"{edition}/cities/{quote('Гянджа')}", follow=True)

        assert response.redirect_chain[-1] == (f"{edition}/cities/ganja/", 301)
        assert response.status_code == 200


def test_under_ru_the_names_of_any_city_lead_to_its_russian_page(client: Client, db: None) -> None:
    """Other spellings are looked up alike in both editions."""
    names = City.objects.values_list("name", "name_ru", "pk")
    asked = {(name, key) for english, russian, key in names for name in (english, russian)}

    missed = [
        (name, key) for name, key in asked if not lead_to(ask(client, name, "/ru"), f"/ru/cities/{key}/")
    ]

    assert len(asked) > 80
    assert missed == []


@pytest.mark.parametrize("spelling", ["Атлантида", "ganj", "%", "🎭", "щ" * 900, "gan\0ja", "<script>"])
def test_under_ru_what_no_city_is_called_is_not_found_in_russian(
    spelling: str, client: Client, db: None
) -> None:
    response = ask(client, spelling, "/ru")

    assert says_that_nothing_is_there(response, "/ru")
    page = Page(response.content.decode())
    assert page.one("html").attributes["lang"] == "ru"
    assert re.fullmatch("[А-Яа-яё ,.;]+", page.main.one("p", class_="lede").text)


def test_the_key_of_a_city_is_its_page_and_leads_nowhere(client: Client, empty_record: None) -> None:
    make_city(slug="zeta", name="Alpha", names=0)
    make_city(slug="alpha", name="Zeta", names=0)

    assert client.get("/cities/zeta/").status_code == 200
    assert lead_to(ask(client, "Zeta"), "/cities/alpha/")
    assert lead_to(ask(client, "Alpha"), "/cities/zeta/")


def test_a_spelling_for_the_search_alone_that_two_cities_share_leads_nowhere(
    client: Client, empty_record: None
) -> None:
    one, other = make_city(name="Alpha", names=0), make_city(name="Beta", names=0)
    spell(one, "Zeta")
    spell(one, "Omicron")
    spell(other, "Зета")

    assert says_that_nothing_is_there(ask(client, "zeta"))
    assert "No city here has that name, or more than one does." in ask(client, "zeta").content.decode()
    assert lead_to(ask(client, "omicron"), one.get_absolute_url())


def test_a_displayed_spelling_decides_before_one_for_the_search_alone(
    client: Client, empty_record: None
) -> None:
    one, other = make_city(name="Alpha", names=0), make_city(name="Beta", names=0)
    spell(one, "Zeta")
    spell(other, "Зета", "former", "ru")

    assert lead_to(ask(client, "zeta"), other.get_absolute_url())


@pytest.mark.parametrize("kind", ["official", "common", "local", "variant", "former", "used_by"])
def test_a_displayed_spelling_that_two_cities_share_leads_nowhere(
    kind: str, client: Client, empty_record: None
) -> None:
    for name in ("Alpha", "Beta"):
        city = make_city(name=name, names=0)
        CityName.objects.create(city=city, name="Zeta", kind=kind, language="en", note="Both.")

    assert says_that_nothing_is_there(ask(client, "zeta"))


def test_the_name_that_the_site_uses_is_as_good_as_any_spelling(client: Client, empty_record: None) -> None:
    one, other = make_city(name="Alpha", names=0), make_city(name="Beta", names=0)
    spell(other, "Alpha", "former", "en")
    spell(one, "Zeta", "former", "en")
    spell(one, "Zeta", "variant", "de")

    assert says_that_nothing_is_there(ask(client, "ALPHA"))
    assert lead_to(ask(client, "ZETA"), one.get_absolute_url())
    assert lead_to(ask(client, "beta"), other.get_absolute_url())


@pytest.mark.parametrize(
    "spelling",
    [
        "Atlantis",
        "Атлантида",
        "ganj",
        "anja",
        "ganja 2017",
        "ganjaganja",
        "%",
        "_anja",
        "g%",
        "ganj_",
        ".",
        "—",
        "🎭",
        "\u202e",
        "x" * 200,
        "x" * 201,
        "x" * 1900,
        "щ" * 900,
        "\0",
        "gan\0ja",
        "gan\nja\n2",
        "' OR 1=1; --",
        "<script>",
        "..",
    ],
    ids=lambda spelling: ascii(spelling)[:16],
)
def test_what_no_city_is_called_is_not_found_in_our_look(spelling: str, client: Client, db: None) -> None:
    response = ask(client, spelling)

    assert says_that_nothing_is_there(response)
    assert Page(response.content.decode()).scripts == []


@pytest.mark.parametrize(
    "path", ["%ED%A0%80", "gan%ED%A0%80ja", "%FF%FE", "%C0%80", "%D0", "ganja%00", "%2F", "a%2Fb"]
)
def test_bytes_that_are_no_text_are_not_found(path: str, client: Client, db: None) -> None:
    assert says_that_nothing_is_there(client.get(f"/cities/{path}/"))


def test_the_pages_of_cities_take_part_in_no_other_list(client: Client, db: None) -> None:
    """A spelling leads on among cities alone."""
    for kind in ("countries", "events", "centres", "sources", "bodies", "series", "decisions"):
        assert client.get(f"/{kind}/{quote('Гянджа')}/").status_code == 404
        assert client.get(f"/{kind}/Kirovabad/").status_code == 404


# Addresses that once were


def test_a_former_address_leads_to_the_new_one_for_good(client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/events/old-name/", new_path="/events/gyumri-2013-opening/")

    response = client.get("/events/old-name/")

    assert lead_to(response, "/events/gyumri-2013-opening/")
    assert lead_to(client.head("/events/old-name/"), "/events/gyumri-2013-opening/")
    assert client.get("/events/old-name/", follow=True).status_code == 200


def test_a_former_address_without_a_new_one_is_gone(client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/events/old-name/")

    response = client.get("/events/old-name/")
    page = Page(response.content.decode())

    assert response.status_code == 410
    assert page.main.one("h1").text == "This page has been removed"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert "/capitals/" in page.main.one("ul", class_="ways-in").hrefs
    assert page.one("header").hrefs
    assert page.all("link", rel="canonical") == []
    assert "Content-Security-Policy" in response.headers
    assert client.head("/events/old-name/").status_code == 410


def test_under_ru_a_former_address_leads_to_the_russian_page(client: Client, db: None) -> None:
    """The record keeps the English addresses alone."""
    FormerAddress.objects.create(path="/events/old-name/", new_path="/events/gyumri-2013-opening/")

    assert lead_to(client.get("/ru/events/old-name/"), "/ru/events/gyumri-2013-opening/")
    assert lead_to(client.head("/ru/events/old-name/?page=2"), "/ru/events/gyumri-2013-opening/")
    assert lead_to(client.get("/events/old-name/"), "/events/gyumri-2013-opening/")
    followed = client.get("/ru/events/old-name/", follow=True)
    assert followed.status_code == 200
    assert Page(followed.content.decode()).one("html").attributes["lang"] == "ru"
    assert says_that_nothing_is_there(client.get("/ru/events/old-nam/"), "/ru")
    assert says_that_nothing_is_there(client.get("/ru/ru/events/old-name/"), "/ru")
    assert says_that_nothing_is_there(client.get("/russian/events/old-name/"))


def test_under_ru_a_former_address_without_a_new_one_is_gone_in_russian(client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/events/old-name/")

    response = client.get("/ru/events/old-name/")
    page = Page(response.content.decode())

    assert response.status_code == 410
    assert response.headers["Content-Language"] == "ru"
    assert page.one("html").attributes["lang"] == "ru"
    assert page.main.one("h1").text == "Эта страница удалена"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert "/ru/capitals/" in page.main.one("ul", class_="ways-in").hrefs
    assert page.all("link", rel="canonical") == []
    assert client.head("/ru/events/old-name/").status_code == 410


@pytest.mark.parametrize(
    "path", ["/cities/old-name/", "/centres/old-name/", "/old/place/", "/old", "/capitals/1999/", "/x.html"]
)
def test_any_address_can_be_a_former_one(path: str, client: Client, db: None) -> None:
    assert client.get(path, follow=True).status_code == 404
    FormerAddress.objects.create(path=path, new_path="/cities/ganja/")

    assert lead_to(client.get(path), "/cities/ganja/")


def test_what_stands_behind_the_question_mark_does_not_matter(client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/events/old-name/", new_path="/events/gyumri-2013-opening/")
    FormerAddress.objects.create(path="/events/older-name/")

    assert lead_to(client.get("/events/old-name/?page=2&q=%00"), "/events/gyumri-2013-opening/")
    assert client.get("/events/older-name/?page=2").status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "/events/old-nam/",
        "/events/OLD-NAME/",
        "/events/old-name/more/",
        "/old-name/",
        "/events/%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5/",
        "/events/old-name%00/",
        "/%00",
        "/events/%ED%A0%80/",
        "/events/%FF/",
        "/events/" + "x" * 1900 + "/",
        "/events/old-name%25/",
        "/events/old_name/",
    ],
)
def test_what_is_no_former_address_is_not_found(path: str, client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/events/old-name/", new_path="/events/gyumri-2013-opening/")

    assert says_that_nothing_is_there(client.get(path))


@pytest.mark.parametrize("new_path", ["/events/gyumri-2013-opening/", ""])
@pytest.mark.parametrize("path", ["/", "/cities/lachin/", "/capitals/2017/", "/search/", "/healthz"])
def test_a_former_address_never_hides_a_page_that_stands(
    path: str, new_path: str, client: Client, db: None
) -> None:
    editions = [path] if path == "/healthz" else [path, f"/ru{path}"]
    before = [client.get(each).content for each in editions]
    FormerAddress.objects.create(path=path, new_path=new_path)

    for each, content in zip(editions, before, strict=True):
        response = client.get(each)
        assert response.status_code == 200
        assert response.content == content


def test_a_former_address_never_hides_a_spelling_of_a_city_nor_a_refusal(client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/cities/Kirovabad/", new_path="/cities/lachin/")
    FormerAddress.objects.create(path="/capitals/", new_path="/cities/lachin/")

    for edition in ("", "/ru"):
        assert lead_to(client.get(f"{edition}/cities/Kirovabad/"), f"{edition}/cities/ganja/")
        assert client.get(f"{edition}/capitals/?year=abc").status_code == 400
        assert client.post(f"{edition}/cities/Kirovabad/").status_code == 405
