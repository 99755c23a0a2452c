"""The sitemaps: every page with its twin, when it last changed, under the site's own address."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import sitemap
from django.test import Client
from factories import make_event

from capitals.models import RecordState
from capitals.pages.sitemap import Section
from capitals.words.languages import address_in

SITE = "http://127.0.0.1:8000"
NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def read(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def texts(element: ElementTree.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, NAMES)]


def test_the_index_leads_to_a_sitemap_for_each_kind_of_page(client: Client, db: None) -> None:
    index = read(client, "/sitemap.xml")

    places = texts(index, "map:sitemap/map:loc")
    assert [place.removeprefix(f"{SITE}/sitemap-") for place in places] == [
        *("lists.xml", "city.xml", "country.xml", "event.xml", "series.xml", "centre.xml"),
        *("decision.xml", "body.xml", "source.xml"),
    ]
    loaded = RecordState.objects.get().loaded_at
    assert set(texts(index, "map:sitemap/map:lastmod")) == {loaded.isoformat()}


def test_every_page_names_its_twin_and_the_day_of_the_load(client: Client, db: None) -> None:
    urls = read(client, "/sitemap-city.xml").findall("map:url", NAMES)

    loaded = str(RecordState.objects.get().loaded_on)
    assert len(urls) > 90
    for url in urls:
        [place], [changed] = texts(url, "map:loc"), texts(url, "map:lastmod")
        twins = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("xhtml:link", NAMES)}
        path = place.removeprefix(SITE)
        english, russian = (f"{SITE}{address_in(language, path)}" for language in ("en", "ru"))
        assert twins == {"en": english, "ru": russian, "x-default": english}
        assert changed == loaded


def test_what_grows_long_is_cut_into_pages_which_the_index_names(
    client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [make_event() for _ in range(5)]
    monkeypatch.setattr(Section, "limit", 4)

    places = texts(read(client, "/sitemap.xml"), "map:sitemap/map:loc")
    of_events = [place.removeprefix(SITE) for place in places if "sitemap-event" in place]
    named = [texts(read(client, place), "map:url/map:loc") for place in of_events]

    assert of_events == ["/sitemap-event.xml", "/sitemap-event.xml?p=2", "/sitemap-event.xml?p=3"]
    assert [len(page) for page in named] == [4, 4, 2]
    paths = {place.removeprefix(SITE) for page in named for place in page}
    english = {event.get_absolute_url() for event in events}
    assert paths == english | {address_in("ru", path) for path in english}


@pytest.mark.parametrize(
    "address", ["/sitemap-nothing.xml", "/sitemap-event.xml?p=9", "/sitemap-event.xml?p=x", "/sitemap-.xml"]
)
def test_a_sitemap_that_is_not_there_is_404(address: str, client: Client, db: None) -> None:
    assert client.get(address).status_code == 404


def test_search_engines_are_told_of_the_index(client: Client, db: None) -> None:
    robots = client.get("/robots.txt").content.decode()

    [place] = re.findall("^Sitemap: (.*)$", robots, re.MULTILINE)
    assert place == f"{SITE}/sitemap.xml"
    assert len(sitemap(client)) > 2000


def test_addresses_are_those_of_the_setting(client: Client, db: None, settings: Any) -> None:
    settings.SITE_URL = "https://capitals.example"

    for address in ("/sitemap.xml", "/sitemap-body.xml"):
        named = re.findall('<loc>(.*?)</loc>|href="(.*?)"', client.get(address).content.decode())
        assert named
        assert {"".join(place)[:24] for place in named} == {"https://capitals.example"}
