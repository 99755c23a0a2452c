"""What a page says of itself to browsers and to services where a reader shares it."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from asking import get, read
from django.contrib.staticfiles import finders
from django.test import Client
from factories import make_event
from markup import Page

from capitals.words.languages import ENGLISH, RUSSIAN, address_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

SITE = {ENGLISH: "CIS Cultural Capitals", RUSSIAN: "Культурные столицы СНГ"}
"""The site's name in each language."""
HOST = "http://127.0.0.1:8000"

PAGES = ("/", "/capitals/", "/cities/lachin/", "/events/lachin-2025-opening/", "/sources/", "/about/")
FILTERED = {
    "/capitals/?year=2013&utm_source=x&country=AZ": "/capitals/?country=AZ&year=2013",
    "/events/?page=2&utm_source=": "/events/?page=2",
    "/events/?sort=city&kind=concert": "/events/?kind=concert&sort=city",
    "/centres/?year=abc": "/centres/",
    "/decisions/?utm_source=x&year=2024": "/decisions/?year=2024",
    "/sources/?outlet=Azernews&language=en": "/sources/?language=en&outlet=Azernews",
    "/about/?utm_source=x": "/about/",
}
"""Addresses of lists as readers may have them, and the one that each page gives as its own."""

both_languages = pytest.mark.parametrize("language", [ENGLISH, RUSSIAN])


def head(client: Client, address: str) -> Page:
    _, page = read(client, address)
    return page


def shared(page: Page) -> dict[str, str]:
    """The page's Open Graph properties."""
    properties = (element.attributes for element in page.one("head").all("meta"))
    return {one["property"]: one["content"] for one in properties if "property" in one}


@both_languages
@pytest.mark.parametrize("address", PAGES)
def test_a_shared_page_gives_its_own_title_description_address_and_language(
    address: str, language: str, client: Client
) -> None:
    page = head(client, address_in(language, address))

    told = shared(page)

    assert page.title == f"{told['og:title']} · {SITE[language]}"
    assert told["og:description"] == page.description
    assert told["og:url"] == page.one("link", rel="canonical").attributes["href"]
    assert told["og:url"] == HOST + address_in(language, address)
    assert told["og:site_name"] == SITE[language]
    assert told["og:locale"] == {ENGLISH: "en_GB", RUSSIAN: "ru_RU"}[language]
    assert page.one("html").attributes["lang"] == language


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_says_of_itself_is_in_its_language(address: str, client: Client) -> None:
    english, russian = (shared(head(client, address_in(language, address))) for language in SITE)

    for name in ("og:title", "og:description", "og:image:alt"):
        assert not re.search("[А-я]", english[name]), english[name]
        assert re.search("[А-я]", russian[name]), russian[name]


@both_languages
@pytest.mark.parametrize(("address", "own"), FILTERED.items())
def test_a_filtered_list_gives_one_address_of_its_own_everywhere(
    address: str, own: str, language: str, client: Client
) -> None:
    page = head(client, address_in(language, address))

    told = shared(page)
    assert told["og:url"] == HOST + address_in(language, own)
    assert page.one("link", rel="canonical").attributes["href"] == told["og:url"]
    assert page.one("p", class_="frame").text == told["og:url"]


@both_languages
@pytest.mark.parametrize(("address", "own"), {**{address: address for address in PAGES}, **FILTERED}.items())
def test_a_page_names_its_twins_the_english_one_for_every_other_reader(
    address: str, own: str, language: str, client: Client
) -> None:
    """Both twins name the same three, themselves among them: else search engines heed none."""
    page = head(client, address_in(language, address))

    twins = [link.attributes for link in page.twins]
    assert {twin["hreflang"]: twin["href"] for twin in twins} == {
        "en": HOST + own,
        "ru": HOST + address_in(RUSSIAN, own),
        "x-default": HOST + own,
    }
    assert len(twins) == 3
    assert read(client, address_in(language, own))[0] == 200


@both_languages
@pytest.mark.parametrize("address", [*PAGES, *FILTERED, "/search/?q=ganja&page=1", "/nothing/"])
def test_the_switch_leads_to_the_same_address_in_the_other_language(
    address: str, language: str, client: Client
) -> None:
    page = head(client, address_in(language, address))

    switch = page.one("p", class_="language-switch").one("a").attributes
    other = RUSSIAN if language == ENGLISH else ENGLISH
    assert switch["href"] == address_in(other, address)
    assert switch["hreflang"] == switch["lang"] == other


@both_languages
@pytest.mark.parametrize("address", [*PAGES, *FILTERED])
def test_a_title_is_one_line_the_same_in_every_place(address: str, language: str, client: Client) -> None:
    page = head(client, address_in(language, address))

    title = shared(page)["og:title"]
    assert title == " ".join(title.split())
    assert page.title == f"{title} · {SITE[language]}"


def test_signs_in_a_title_are_the_same_text_in_every_place(client: Client, empty_record: None) -> None:
    make_event(slug="signs", title="Songs & “dances” <of> the 'river'")

    page = get(client, "/events/signs/")

    assert shared(page)["og:title"].startswith("Songs & “dances” <of> the 'river', ")
    assert page.title.startswith("Songs & “dances” <of> the 'river', ")


def test_the_shared_picture_has_an_absolute_address_its_true_size_and_a_text(client: Client) -> None:
    told = shared(head(client, "/"))

    address = told["og:image"]
    assert address.startswith(f"{HOST}/static/sharing.")
    response = client.get(address.removeprefix(HOST))
    assert response["Content-Type"] == "image/png"
    width, height = struct.unpack(">II", response.getvalue()[16:24])
    assert (width, height) == (1200, 630)
    assert (told["og:image:width"], told["og:image:height"]) == (str(width), str(height))
    assert told["og:image:alt"]


def test_every_icon_that_a_page_names_is_what_it_says(client: Client) -> None:
    page = head(client, "/")

    icons = {link.attributes["rel"]: link for link in page.all("link") if "icon" in link.attributes["rel"]}
    assert set(icons) == {"icon", "apple-touch-icon"}
    touch = client.get(icons["apple-touch-icon"].attributes["href"]).getvalue()
    assert struct.unpack(">II", touch[16:24]) == (180, 180)
    [small, drawn] = page.all("link", rel="icon")
    assert client.get(small.attributes["href"]).getvalue()[:4] == b"\0\0\1\0"
    assert b"<svg" in client.get(drawn.attributes["href"]).getvalue()


def test_the_colour_of_the_browser_s_frame_is_that_of_the_paper_in_both_schemes(client: Client) -> None:
    themes = head(client, "/").all("meta", name="theme-color")

    assert {theme.attributes["media"]: theme.attributes["content"] for theme in themes} == {
        "(prefers-color-scheme: light)": "#faf8f3",
        "(prefers-color-scheme: dark)": "#191714",
    }
    style = Path(str(finders.find("site.css"))).read_text()
    assert "--paper: light-dark(#faf8f3, #191714);" in style


@pytest.mark.parametrize(
    ("address", "fonts"),
    [
        ("/", ["golos-text-latin", "literata-display", "literata-latin"]),
        # Its figures and punctuation come with the Latin letters.
        ("/ru/", ["golos-text-cyrillic", "golos-text-latin", "literata-cyrillic", "literata-latin"]),
    ],
)
def test_the_fonts_that_a_page_loads_early_are_those_of_the_style_sheet(
    address: str, fonts: list[str], client: Client
) -> None:
    page = head(client, address)

    early = [link.attributes for link in page.all("link", rel="preload")]
    style = client.get(page.one("link", rel="stylesheet").attributes["href"]).getvalue().decode()
    assert sorted(font["href"].split("/")[-1].split(".")[0] for font in early) == fonts
    for font in early:
        # Without it browsers fetch the font twice.
        assert "crossorigin" in font
        assert font["href"].removeprefix("/static/") in style


@both_languages
@pytest.mark.parametrize("address", ["/nothing/", "/cities/nothing/", "/capitals/1999/"])
def test_an_error_is_nothing_to_share(address: str, language: str, client: Client) -> None:
    page = head(client, address_in(language, address))

    assert shared(page) == {}
    assert page.all("link", rel="canonical") == page.all("link", rel="alternate") == []
    assert page.title.endswith(f" · {SITE[language]}")
    assert page.one("html").attributes["lang"] == language


@both_languages
def test_every_page_shows_its_address_on_paper_alone(language: str, client: Client) -> None:
    for address in PAGES:
        own = address_in(language, address)
        assert head(client, own).one("p", class_="printed").text == HOST + own
