"""Linked data: two readers find on each kind of page what the record states, in the words of schema.org."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import reader
from django.test import Client
from factories import (
    make_body,
    make_centre,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
    make_series,
)
from markup import Page

from capitals.data import linked
from capitals.models import Event, RecordState
from capitals.words.dates import PartialDate
from capitals.words.languages import ENGLISH, RUSSIAN, address_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

HOST = "http://127.0.0.1:8000"
SCHEMA = "https://schema.org/"
TYPES = {
    "/": {"WebSite"},
    "/about/": {"WebSite", "Dataset", "BreadcrumbList"},
    "/events/": {"BreadcrumbList"},
    "/capitals/2025/": {"WebPage", "City", "BreadcrumbList"},
    "/cities/lachin/": {"WebPage", "City", "BreadcrumbList"},
    "/countries/azerbaijan/": {"WebPage", "Country", "BreadcrumbList"},
    "/events/lachin-2025-opening/": {"WebPage", "Event", "BreadcrumbList"},
    "/series/uzeyir-hajibayli-international-music-festival/": {"WebPage", "EventSeries", "BreadcrumbList"},
    "/centres/azerbaijan-centre-paris/": {"WebPage", "Organization", "BreadcrumbList"},
    "/decisions/moscow-2024-10-08/": {"WebPage", "CreativeWork", "BreadcrumbList"},
    "/bodies/council-of-heads-of-state/": {"WebPage", "Organization", "BreadcrumbList"},
    "/bodies/ministry-of-culture-of-azerbaijan/": {"WebPage", "GovernmentOrganization", "BreadcrumbList"},
    "/sources/azernews-2025-06-04-lachin-round-table/": {"WebPage", "NewsArticle", "BreadcrumbList"},
}
"""What a page of each kind tells of, at the top."""
ASKED_OF = {
    "WebSite": {"name", "url"},
    "WebPage": {"name", "url", "inLanguage", "license", "publisher", "isPartOf"},
    "Dataset": {"name", "description", "license", "version", "url", "creator"},
    "BreadcrumbList": {"itemListElement"},
    "Event": {"name", "startDate", "location", "description", "organizer"},
    "EventSeries": {"name", "location"},
    "City": {"name"},
    "NewsArticle": {"name", "datePublished", "publisher"},
}
"""What readers of these types ask for; of Event and Dataset what Google's rich results do."""


def told_by(page: Page) -> list[dict[str, Any]]:
    """The nodes that a page tells, as they are written."""
    scripts = page.all("script", type="application/ld+json")
    texts = ["".join(child for child in one.children if isinstance(child, str)) for one in scripts]
    found: list[dict[str, Any]] = []
    for text in texts:
        assert not set("<>&") & set(text)
        document = json.loads(text)
        assert document.pop("@context") == linked.VOCABULARY
        found += document.get("@graph", [document])
    return found


def node(page: Page, kind: str) -> dict[str, Any]:
    (found,) = (one for one in told_by(page) if one["@type"] == kind)
    return found


def shown(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


def vocabulary(address: str, options: dict[str, Any]) -> dict[str, Any]:
    """In place of the network: every word is one of schema.org."""
    assert address == linked.VOCABULARY
    context = {"@context": {"@vocab": SCHEMA}}
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": context,
    }


def all_nodes(expanded: Any) -> Iterator[dict[str, Any]]:
    """Every node within, those within nodes too."""
    if isinstance(expanded, list):
        for one in expanded:
            yield from all_nodes(one)
    elif isinstance(expanded, dict):
        if "@type" in expanded:
            yield expanded
        for value in expanded.values():
            yield from all_nodes(value)


@pytest.mark.parametrize("language", [ENGLISH, RUSSIAN])
@pytest.mark.parametrize(("address", "types"), TYPES.items())
def test_two_readers_find_what_a_page_tells(
    address: str, types: set[str], language: str, client: Client
) -> None:
    own = address_in(language, address)
    body = client.get(own).content.decode()
    pyld = reader("pyld").jsonld
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        extracted = reader("extruct").extract(body, base_url=HOST + own, syntaxes=["json-ld"])["json-ld"]

    expanded = [one for text in extracted for one in pyld.expand(text, {"documentLoader": vocabulary})]

    top = [one for whole in expanded for one in whole.get("@graph", [whole])]
    assert {one["@type"][0].removeprefix(SCHEMA) for one in top} == types
    for one in top:
        [kind] = one["@type"]
        assert kind.startswith(SCHEMA)
        words = {word.removeprefix(SCHEMA) for word in one}
        assert ASKED_OF.get(kind.removeprefix(SCHEMA), {"name"}) <= words
        assert one.get("@id", HOST).startswith(HOST)
    for one in all_nodes(expanded):
        for value in (value for word in one if word.startswith(SCHEMA) for value in one[word]):
            assert value.get("@value") not in ("", None) or {"@id", "@type"} & set(value), one
    # It expands to triples: nothing in it hangs loose.
    assert all(pyld.to_rdf(text, {"documentLoader": vocabulary})["@default"] for text in extracted)


def test_both_editions_tell_of_the_same_thing_each_with_its_own_page(client: Client) -> None:
    english, russian = (shown(client, path) for path in ("/cities/lachin/", "/ru/cities/lachin/"))

    one, other = node(english, "City"), node(russian, "City")
    assert one["@id"] == other["@id"] == f"{HOST}/cities/lachin/#subject"
    assert (one["name"], other["name"]) == ("Lachin", "Лачин")
    assert (one["url"], other["url"]) == (f"{HOST}/cities/lachin/", f"{HOST}/ru/cities/lachin/")
    assert "Лачин" in one["alternateName"]
    assert "Lachin" in other["alternateName"]
    assert one["name"] not in one["alternateName"]
    page = node(russian, "WebPage")
    assert (page["@id"], page["about"]) == (f"{HOST}/ru/cities/lachin/", [{"@id": one["@id"]}])


def test_breadcrumbs_are_told_as_they_are_shown(client: Client) -> None:
    for address in ("/cities/lachin/", "/ru/events/", "/ru/sources/azernews-2025-06-04-lachin-round-table/"):
        page = shown(client, address)
        items = node(page, "BreadcrumbList")["itemListElement"]
        steps = page.one("nav", class_="breadcrumbs").all("li")
        assert [item["name"] for item in items] == [step.text for step in steps]
        assert [item["position"] for item in items] == list(range(1, len(steps) + 1))
        assert [item.get("item") for item in items[:-1]] == [HOST + step.hrefs[0] for step in steps[:-1]]
        assert "item" not in items[-1]


def test_a_city_has_its_place_its_country_its_names_elsewhere_and_the_titles_it_held(
    client: Client, empty_record: None
) -> None:
    city = make_city(
        slug="one",
        country=make_country(name="Land"),
        latitude="39.6374",
        longitude="-46.5",
        geonames=148099,
        wikidata="Q1",
    )
    held = make_designation(city=make_city(), year=2018)
    make_designation(city=city, year=2017)
    make_designation(city=city, year=2018, replaced_by=held)

    told = node(shown(client, "/cities/one/"), "City")

    assert told["geo"] == {"@type": "GeoCoordinates", "latitude": 39.6374, "longitude": -46.5}
    assert told["containedInPlace"]["name"] == "Land"
    assert told["sameAs"] == ["https://sws.geonames.org/148099/", "http://www.wikidata.org/entity/Q1"]
    assert [(one["name"], one["value"]) for one in told["additionalProperty"]] == [
        ("CIS Cultural Capital", 2017)
    ]
    bare = node(shown(client, f"/cities/{held.city_id}/"), "City")
    assert {"geo", "sameAs", "description"} & set(bare) == set()


def test_an_event_tells_when_where_by_whom_and_whether_it_was_called_off(
    client: Client, empty_record: None
) -> None:
    city, beside, series, body = make_city(), make_city(), make_series(), make_body()
    title = make_designation(city=city, year=2017)
    whole = make_event(
        slug="whole",
        start="2017-05",
        end="2017-06-01",
        status=Event.Status.CANCELLED,
        city=city,
        venue="House of Culture",
        online=True,
        series=series,
        titles=((title, "opening"),),
    )
    whole.organisers.add(body)
    whole.other_cities.add(beside)
    make_event(slug="bare", start=None, reported_on="2017-05-01")
    make_event(slug="planned", status=Event.Status.PLANNED)

    told = node(shown(client, "/events/whole/"), "Event")

    assert (told["startDate"], told["endDate"]) == ("2017-05", "2017-06-01")
    assert told["eventStatus"] == f"{linked.VOCABULARY}/EventCancelled"
    venue, other, online = told["location"]
    assert (venue["@type"], venue["name"]) == ("Place", "House of Culture")
    assert venue["address"]["addressLocality"] == city.name
    assert venue["address"]["addressCountry"] == city.country.code
    assert (other["name"], online["@type"]) == (beside.name, "VirtualLocation")
    assert [one["name"] for one in told["organizer"]] == [body.name]
    assert (told["superEvent"]["@type"], told["superEvent"]["name"]) == ("EventSeries", series.name)
    assert [one["name"] for one in told["about"]] == [f"{city.name} 2017"]
    # The day of a report is no day of the event, and what was held has no status to be sure of.
    bare = node(shown(client, "/events/bare/"), "Event")
    assert {"startDate", "endDate", "location", "eventStatus", "organizer"} & set(bare) == set()
    planned = node(shown(client, "/events/planned/"), "Event")
    assert planned["eventStatus"] == f"{linked.VOCABULARY}/EventScheduled"


def test_centre_decision_and_body_tell_what_is_recorded(client: Client, empty_record: None) -> None:
    country = make_country()
    body = make_body(kind="ministry", country=country)
    make_decision(
        slug="step", body=body, place="Minsk", names=(make_designation(), make_designation(year=2018))
    )
    centre = make_centre(slug="centre", established=PartialDate(2010), street_address="1 High Street")

    decision = node(shown(client, "/decisions/step/"), "CreativeWork")
    assert (decision["dateCreated"], decision["locationCreated"]["name"]) == ("2016-10-01", "Minsk")
    assert decision["creator"]["@id"] == f"{HOST}/bodies/{body.pk}/#subject"
    assert len(decision["about"]) == 2
    told = node(shown(client, "/centres/centre/"), "Organization")
    assert (told["foundingDate"], told["address"]["streetAddress"]) == ("2010", "1 High Street")
    assert told["address"]["addressCountry"] == centre.host_country.code
    ministry = node(shown(client, f"/bodies/{body.pk}/"), "GovernmentOrganization")
    assert ministry["areaServed"]["name"] == country.name


def test_a_page_cites_the_articles_that_its_record_rests_on(client: Client, empty_record: None) -> None:
    event = make_event(slug="one", sources=2)
    first, second = event.sources.order_by("slug")
    second.address = ""
    second.save()

    page = node(shown(client, "/events/one/"), "WebPage")

    assert set(page["citation"]) == {first.address, f"{HOST}/sources/{second.pk}/"}
    source = shown(client, f"/sources/{first.pk}/")
    assert node(source, "WebPage")["citation"] == [first.address]
    assert node(source, "NewsArticle")["url"] == first.address


def test_no_text_ends_the_element_that_the_data_stands_in(client: Client, empty_record: None) -> None:
    hostile = '</script><script>alert(1)</script> <!-- & ]]> \\u003C "quoted" \\ {x} | \u2028 end'
    make_event(slug="hostile", title=hostile, summary=hostile)

    page = shown(client, "/events/hostile/")

    assert {script.attributes["type"] for script in page.all("script")} == {"application/ld+json"}
    told = node(page, "Event")
    assert told["name"] == hostile
    assert told["description"] == hostile
    assert node(page, "BreadcrumbList")["itemListElement"][-1]["name"] == " ".join(hostile.split())


def test_a_data_set_names_its_downloads() -> None:
    state = RecordState.objects.with_edition().get()
    download = linked.distribution("/data/record.zip", "application/zip", "All tables")

    told = json.loads(linked.written(linked.dataset("/data/", state, [download])))

    assert told["@context"] == linked.VOCABULARY
    assert told["url"] == f"{HOST}/data/"
    assert 50 <= len(told["description"]) <= 5000
    assert told["distribution"] == [
        {
            "@type": "DataDownload",
            "contentUrl": f"{HOST}/data/record.zip",
            "encodingFormat": "application/zip",
            "name": "All tables",
        }
    ]
