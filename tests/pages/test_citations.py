"""Citations that do not shout: two numbers at a fact, the rest folded, and none of them lost."""

from __future__ import annotations

import pytest
from asking import get
from conftest import Pages
from django.db.models import Model
from django.test import Client
from factories import (
    make_centre,
    make_city,
    make_decision,
    make_designation,
    make_event,
    make_source,
)
from markup import Element

from capitals.models import City, CityName, Country, CulturalCentre, Decision, Designation, Event
from capitals.models.sources import in_citation_order
from capitals.pages.citations import MARKERS, SHORT_LIST

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def cites(child: Element | str) -> bool:
    return isinstance(child, Element) and child.classes == ["cite"]


def sources_of(*records: Model) -> set[str]:
    """The addresses of all that the records rest on."""
    return {source.get_absolute_url() for record in records for source in record.sources.all()}  # type: ignore[attr-defined]


def test_no_fact_of_any_page_has_more_than_two_numbers(site: Pages, db: None) -> None:
    shouting = [
        f"{path}: {element.tag} {element.text[:60]}"
        for path, page in site.items()
        for element in page.main
        if len([child for child in element.children if cites(child)]) > MARKERS
    ]
    assert not shouting


def test_every_source_of_what_a_city_s_page_tells_is_in_its_list(site: Pages, db: None) -> None:
    for city in City.objects.all():
        names = CityName.objects.displayed().filter(city=city)
        shown: list[Model] = [city, *names, *city.sister_titles.all()]
        for designation in Designation.objects.filter(city=city).with_history():
            shown += [designation, *designation.decisions.all()]
            shown += [link.event for link in designation.event_links.all()]
            shown += [version for dispute in designation.disputes.all() for version in dispute.versions.all()]
        shown += [*Event.objects.in_city(city.pk)[:50], *city.centres.all()]
        page = site[city.get_absolute_url()].main

        missing = sources_of(*shown) - set(page.one("section", class_="references").hrefs)
        assert not missing, city


def test_every_source_of_a_country_s_titles_is_in_the_list_of_its_page(site: Pages, db: None) -> None:
    for country in Country.objects.all():
        titles = Designation.objects.in_country(country.code).with_decisions()
        shown = [country, *(record for title in titles for record in title.naming())]
        page = site[country.get_absolute_url()].main

        missing = sources_of(*shown) - set(page.one("section", class_="references").hrefs)
        assert not missing, country


def test_every_number_and_every_folded_source_leads_to_the_list_and_back(site: Pages, db: None) -> None:
    for path, page in site.items():
        ids = set(page.ids)
        for place in (*page.main.all("sup", class_="cite"), *page.main.all("details", class_="more-sources")):
            assert {href.removeprefix("#") for href in place.hrefs} <= ids, path
        for back in page.main.all("a", class_="back"):
            assert back.attributes["href"].removeprefix("#") in ids, path


def test_numbers_run_in_the_order_of_appearance(site: Pages, db: None) -> None:
    for path, page in site.items():
        targets = [
            link.attributes["href"]
            for link in page.main.all("a")
            if link.attributes.get("href", "").startswith("#source-")
        ]
        first_seen = list(dict.fromkeys(targets))
        assert first_seen == [f"#source-{number}" for number in range(1, len(first_seen) + 1)], path


def cited(page: Element, row: str) -> list[str]:
    """The outlets that the row of a list of facts cites."""
    [value] = [dt.parent.one("dd") for dt in page.all("dt") if dt.parent and dt.text == row]
    return [number.one("a").attributes["aria-label"].partition(": ")[2] for number in value.all("sup")]


def test_each_fact_of_a_decision_a_centre_and_a_title_is_cited_to_what_states_it(
    client: Client, empty_record: None
) -> None:
    atlas, report = make_source(outlet="Atlas"), make_source(outlet="Report")
    title = make_designation(city=make_city(slug="gomel"), events_planned="30", events_held="20")
    decision = make_decision(
        slug="decision", names=(title,), place="Minsk", document="Решение", document_language="ru"
    )
    centre = make_centre(
        slug="centre", street_address="Street 1", established="2010", inaugurated="2011", operator="A city"
    )
    said = {
        Decision: (
            "/decisions/decision/",
            {"Date": "date"},
            {"Place": "place", "Document": "document"},
        ),
        CulturalCentre: (
            "/centres/centre/",
            {"Address": "street_address", "Established": "established"},
            {"Inaugurated": "inaugurated", "Operator": "operator"},
        ),
        Designation: ("/cities/gomel/", {"Events planned": "events_planned"}, {"Events held": "events_held"}),
    }
    for record in (title, decision, centre):
        address, by_atlas, by_report = said[type(record)]
        record.sources.set([atlas, report])
        record.supports = {atlas.pk: [*by_atlas.values()], report.pk: [*by_report.values()]}
        record.save()

        page = get(client, address).main

        assert {row: cited(page, row) for row in by_atlas} == {row: ["Atlas"] for row in by_atlas}
        assert {row: cited(page, row) for row in by_report} == {row: ["Report"] for row in by_report}


def test_a_field_is_cited_to_the_source_tied_to_it_and_the_whole_to_all(
    client: Client, empty_record: None
) -> None:
    atlas, report = make_source(outlet="Atlas"), make_source(outlet="Report")
    city = make_city(
        slug="gomel", region="Gomel Region", latitude="52.4", longitude="30.9", description="Old."
    )
    city.sources.set([atlas, report])
    City.objects.update(supports={atlas.pk: ["latitude", "longitude"]})

    page = get(client, "/cities/gomel/").main

    assert cited(page, "Coordinates") == ["Atlas"]
    assert cited(page, "Region") == ["Report"]
    description = page.all("sup", class_="cite")[0].parent
    assert description is not None
    assert [number.one("a").attributes["aria-label"] for number in description.all("sup")] == [
        "Source 1: Report",
        "Source 2: Atlas",
    ]


def test_what_goes_beyond_two_numbers_is_folded_by_the_names_of_the_outlets(
    client: Client, empty_record: None
) -> None:
    event = make_event(slug="feast", sources=5)

    paragraph = get(client, "/events/feast/").main.all("div", class_="cited")[0]

    assert len(paragraph.all("sup")) == 2
    folded = paragraph.one("details", class_="more-sources")
    assert folded.one("summary").text == "3 more sources"
    outlets = [source.outlet for source in event.sources_of()]
    assert [item.text.partition(". ")[2] for item in folded.all("li")] == outlets[2:]


@pytest.mark.parametrize(("sources", "closed"), [(SHORT_LIST, False), (SHORT_LIST + 1, True)])
def test_a_long_list_of_sources_is_closed_and_a_short_one_open(
    sources: int, closed: bool, client: Client, empty_record: None
) -> None:
    make_event(slug="feast", sources=sources)

    references = get(client, "/events/feast/").main.one("section", class_="references")

    assert bool(references.all("details")) is closed
    assert len(references.all("li")) == sources


def test_a_source_with_a_weakness_stands_behind_those_without(empty_record: None) -> None:
    weak = make_source(weakness="A copy.", date="2010")
    sound = make_source(date="2020")

    assert in_citation_order([weak, sound]) == [sound, weak]
