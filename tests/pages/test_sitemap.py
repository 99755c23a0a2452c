"""The sitemaps: every page with its twin, when it last changed, under the site's own address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from browsing import node_tool
from conftest import reader, sitemap
from django.test import Client
from factories import make_event

from capitals.models import Change, RecordState
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
    named = dict(zip(places, texts(index, "map:sitemap/map:lastmod"), strict=True))
    for kind, table in {"event": "events", "body": "bodies"}.items():
        last = max(Change.objects.last_dates_by_table()[table].values())
        assert named[f"{SITE}/sitemap-{kind}.xml"] == last.isoformat()


def test_every_page_names_its_twin_and_the_day_of_the_edition(client: Client, db: None) -> None:
    urls = read(client, "/sitemap-city.xml").findall("map:url", NAMES)

    edition = str(RecordState.objects.with_edition().get().edition)
    assert len(urls) > 90
    for url in urls:
        [place], [changed] = texts(url, "map:loc"), texts(url, "map:lastmod")
        twins = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("xhtml:link", NAMES)}
        path = place.removeprefix(SITE)
        english, russian = (f"{SITE}{address_in(language, path)}" for language in ("en", "ru"))
        assert twins == {"en": english, "ru": russian, "x-default": english}
        assert changed == edition


def days(client: Client, section: str) -> dict[str, str]:
    """When each English page of a section last changed, by its address."""
    urls = read(client, f"/sitemap-{section}.xml").findall("map:url", NAMES)
    found = {texts(url, "map:loc")[0].removeprefix(SITE): texts(url, "map:lastmod")[0] for url in urls}
    return {path: day for path, day in found.items() if not path.startswith("/ru/")}


def test_a_page_of_one_record_has_the_day_of_its_last_change(client: Client, empty_record: None) -> None:
    listed, unlisted = make_event(), make_event()
    loaded = str(RecordState.objects.get().loaded_on)
    assert set(days(client, "lists").values()) == {loaded}

    for date, kind in {"2020-01-02": "added", "2020-02-03": "mended"}.items():
        Change.objects.create(date=date, table="events", key=listed.pk, kind=kind)
    Change.objects.create(date="2020-03-04", table="cities", key="city", kind="added")

    assert days(client, "event") == {
        listed.get_absolute_url(): "2020-02-03",
        unlisted.get_absolute_url(): loaded,
    }
    assert set(days(client, "lists").values()) == {"2020-03-04"}
    # Not of a day, as the framework has it: a copy from before a second load on it would pass for fresh.
    assert client.get("/sitemap-event.xml")["Last-Modified"] == client.get("/")["Last-Modified"]


SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:map="{map}" targetNamespace="{target}"
  elementFormDefault="qualified">{declared}</schema>"""
INDEX = """<include schemaLocation="{file}"/>
  <element name="sitemapindex"><complexType><sequence>
    <element name="sitemap" maxOccurs="50000"><complexType><sequence>
      <element name="loc" type="map:tLoc"/>
      <element name="lastmod" type="map:tLastmod" minOccurs="0"/>
    </sequence></complexType></element>
  </sequence></complexType></element>"""
"""The protocol's index, which the package lacks, made of the protocol's own types."""
LINK = """<element name="link"><complexType>
  <attribute name="rel" fixed="alternate" use="required"/>
  <attribute name="hreflang" type="language" use="required"/>
  <attribute name="href" type="anyURI" use="required"/>
</complexType></element>"""
"""What a sitemap says of a page's twin: the protocol wants it declared, and XHTML's own schema is large."""


@pytest.mark.once
def test_the_sitemaps_and_their_index_are_valid_by_the_schema_of_the_protocol(
    client: Client, db: None, tmp_path: Path
) -> None:
    etree = reader("lxml.etree")
    protocol = node_tool("sitemap/schema/sitemap.xsd").as_uri()
    names = {"map": NAMES["map"]}
    (tmp_path / "link.xsd").write_text(SCHEMA.format(**names, target=NAMES["xhtml"], declared=LINK))
    whole = (
        f'''<import namespace="{NAMES["xhtml"]}" schemaLocation="link.xsd"/>{INDEX.format(file=protocol)}'''
    )
    (tmp_path / "whole.xsd").write_text(SCHEMA.format(**names, target=NAMES["map"], declared=whole))
    schema = etree.XMLSchema(file=str(tmp_path / "whole.xsd"))

    index = client.get("/sitemap.xml").content
    sections = [urlsplit(place).path for place in texts(ElementTree.fromstring(index), "map:sitemap/map:loc")]
    for content in (index, *(client.get(section).content for section in sections)):
        schema.assertValid(etree.fromstring(content))

    assert len(sections) == 9
    assert not schema.validate(etree.fromstring(index.replace(b"lastmod>", b"modified>")))


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
