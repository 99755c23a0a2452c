"""The answers that must be there, page by page."""

from __future__ import annotations

import pytest
from asking import get
from conftest import Pages
from django.test import Client
from factories import (
    make_body,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
    make_series,
)
from markup import Element, Page

from capitals.models import (
    CityName,
    Country,
    Designation,
    Event,
)
from capitals.templatetags.facts import as_date

# Also those that only read the pages rendered once: alone they must find the database made.
pytestmark = pytest.mark.django_db

SIX_CENTRES = {"vienna", "paris", "berlin", "rome", "ankara", "tashkent"}


def steps(page: Page) -> list[Element]:
    (history,) = page.main.all("ol", class_="history")
    return [item for item in history.children if isinstance(item, Element)]


def step_of(page: Page, href: str) -> Element:
    """The step of the history that leads to `href` first."""
    (found,) = (step for step in steps(page) if step.hrefs[0] == href)
    return found


def test_the_history_of_lachin_stands_in_date_order_each_step_with_its_sources(site: Pages, db: None) -> None:
    page = site["/cities/lachin/"]
    titles = Designation.objects.with_history().get(pk="lachin-2025")
    decisions = [step.get_absolute_url() for step in titles.decisions.all()]

    order = [step.hrefs[0] for step in steps(page)]

    assert set(decisions) <= set(order)
    for earlier, later in (
        ("/decisions/moscow-2024-10-08/", "/events/lachin-2025-opening/"),
        ("/events/lachin-2025-presentation/", "/events/lachin-2025-opening/"),
        ("/events/lachin-2025-opening/", "/events/lachin-2025-closing/"),
    ):
        assert order.index(earlier) < order.index(later)
    for step in steps(page):
        assert step.all("p", class_="when")[0].text
        assert step.all("sup", class_="cite")
    days = [step.all("p", class_="when")[0].text for step in steps(page)]
    assert "8 October 2024" in days


def test_the_dispute_over_lachin_stands_beside_the_decision_with_its_versions(site: Pages) -> None:
    step = step_of(site["/cities/lachin/"], "/decisions/moscow-2024-10-08/")

    dispute = step.one("details", class_="dispute")

    assert dispute.attributes["id"] == "lachin-2025-deciding-body"
    assert dispute.all("summary")[0].text == "Sources differ Which body decided?"
    versions = [item for item in dispute.all("li") if item.parent is dispute.all("ul")[0]]
    assert len(versions) == 3
    assert all(version.all("sup", class_="cite") for version in versions)
    assert "Council of Heads of State" in versions[0].text
    assert "Council for Humanitarian Cooperation" in versions[1].text
    assert "Our reading:" in dispute.text


def test_the_decision_of_moscow_shows_its_dispute_and_its_three_capitals(site: Pages) -> None:
    page = site["/decisions/moscow-2024-10-08/"]

    assert "lachin-2025-deciding-body" in page.ids
    for city in ("lachin-2025", "meghri-2026", "molodechno-2027"):
        assert f"/cities/{city[:-5]}/#{city}" in page.main.hrefs
    assert "8 October 2024" in page.main.text
    assert "/bodies/council-of-heads-of-state/" in page.main.hrefs


def test_the_round_table_has_both_speakers_the_theme_and_the_countries_as_stated(site: Pages) -> None:
    page = site["/events/lachin-2025-intercultural-round-table/"]

    speakers = [item.text for item in page.main.all("section", aria_labelledby="speakers")[0].all("li")]
    assert speakers == [
        "Farrukh Jumayev, Head of the International Relations Department at the Azerbaijan Culture Ministry",
        "Nurlan Seytimov, Deputy Secretary-General of the Commonwealth of Independent States (CIS)",
    ]
    assert "seven countries" in page.main.text
    assert "round table" in page.main.all("p", class_="kicker")[0].text
    assert "Lachin 2025: part of the programme" in page.main.text
    assert "/sources/azernews-2025-06-04-lachin-round-table/" in page.main.hrefs
    assert "/events/lachin-2025-intercultural-round-table/" in site["/cities/lachin/"].main.hrefs
    assert "/events/lachin-2025-intercultural-round-table/" in site["/capitals/2025/"].main.hrefs


def test_the_handover_from_brest_to_shymkent_stands_in_both_histories(
    site: Pages, client: Client, db: None
) -> None:
    brest = step_of(site["/cities/brest/"], "/events/brest-2019-handover/")
    shymkent = step_of(site["/cities/shymkent/"], "/events/brest-2019-handover/")

    assert "Title handed over, closing of the year" in brest.text
    assert "Title received" in shymkent.text
    assert "9 December 2019" in brest.text
    assert "9 December 2019" in shymkent.text
    for country in ("BY", "KZ"):
        listed = get(client, f"/events/?country={country}&year=2019").main.hrefs
        assert "/events/brest-2019-handover/" in listed


def test_the_six_centres_are_told_with_host_operator_and_our_inference(site: Pages) -> None:
    listed = {href for href in site["/centres/"].main.hrefs if href.startswith("/centres/azerbaijan-")}

    assert listed >= {f"/centres/azerbaijan-centre-{city}/" for city in SIX_CENTRES}
    for city in SIX_CENTRES:
        page = site[f"/centres/azerbaijan-centre-{city}/"]
        assert {"/countries/azerbaijan/", f"/cities/{city}/"} <= set(page.main.hrefs)
        # The founding article names none of the six: which they are is our conclusion, and said to be.
        assert page.main.all("p", class_="remark"), city
        assert "/sources/azernews-2025-06-04-lachin-round-table/" in page.main.hrefs, city


def test_the_four_series_are_there_and_said_to_be_outside_the_programme(site: Pages) -> None:
    four = {
        "/series/world-forum-on-intercultural-dialogue/",
        "/series/uzeyir-hajibayli-international-music-festival/",
        "/series/bulbul-international-vocalists-competition/",
        "/series/baku-international-theatre-conference/",
    }

    assert {href for href in site["/series/"].main.hrefs if href.startswith("/series/")} == four
    for address in four:
        assert "Not part of the programme" in site[address].main.text
        assert "/sources/azernews-2018-11-14-belarus-azerbaijan-conference/" in site[address].main.hrefs


def test_the_minsk_conference_is_there_with_viktor_guminsky(site: Pages) -> None:
    page = site["/events/minsk-2018-belarus-azerbaijan-conference/"]

    assert "Viktor Guminsky" in page.main.all("section", aria_labelledby="speakers")[0].text
    assert "November 2018" in page.main.text
    assert "Not part of the programme" in page.main.text
    assert "/sources/azernews-2018-11-14-belarus-azerbaijan-conference/" in page.main.hrefs


def test_each_capital_stands_in_the_table_once_with_its_year_country_and_decision(
    site: Pages, db: None
) -> None:
    rows = site["/capitals/"].main.one("tbody").all("tr")

    assert len(rows) == Designation.objects.count() == 24
    shown = {(row.all("td")[0].text, row.one("th").hrefs[0], row.all("td")[1].hrefs[0]) for row in rows}
    assert shown == {
        (str(d.year), d.city.get_absolute_url(), d.city.country.get_absolute_url())
        for d in Designation.objects.select_related("city__country")
    }
    for row in rows:
        decided = row.all("td")[2]
        assert decided.text == "not recorded" or (
            decided.hrefs[0].startswith("/decisions/") and decided.all("sup", class_="cite")
        )


def test_a_year_shows_its_capitals_side_by_side_and_the_years_beside_it(site: Pages) -> None:
    page = site["/capitals/2013/"]

    (beside,) = page.main.all("div", class_="side-by-side")
    assert [h.text for h in beside.all("h2")] == ["Gabala", "Gyumri", "Mogilev"]
    assert page.one("a", rel="prev").attributes["href"] == "/capitals/2012/"
    assert page.one("a", rel="next").attributes["href"] == "/capitals/2014/"
    assert site["/capitals/2011/"].all("a", rel="prev") == []
    assert site["/capitals/2027/"].all("a", rel="next") == []


def test_a_country_without_a_capital_says_so(site: Pages) -> None:
    page = site["/countries/georgia/"]

    assert "No city of Georgia is recorded as a CIS Cultural Capital." in page.main.text
    assert "As of" in page.main.text


def test_what_a_country_a_city_and_a_year_lack_is_said(client: Client, empty_record: None) -> None:
    country = make_country(slug="georgia", name="Georgia")
    city = make_city(slug="tbilisi", name="Tbilisi", country=country)

    page = get(client, "/countries/georgia/").main.text
    assert "No city of Georgia is recorded as a CIS Cultural Capital." in page
    assert "No event in Georgia, or of its capitals, is recorded." in page
    assert "No foreign cultural centre in Georgia is recorded, and none of its own abroad." in page

    page = get(client, "/cities/tbilisi/").main.text
    assert "Tbilisi has not held the title." in page
    assert "No event in Tbilisi is recorded." in page

    make_designation(city=city, year=2017)
    year = get(client, "/capitals/2017/").main
    assert "No events are recorded for the capitals of 2017." in year.text
    assert [answer.text for answer in year.one("dl", class_="answers").all("dd")] == ["not recorded"] * 4


def test_a_decision_leads_to_the_other_steps_towards_its_titles(client: Client, empty_record: None) -> None:
    lachin, meghri = make_designation(year=2025), make_designation(year=2026)
    draft = make_decision(names=(lachin,), kind="drafted", date="2024-10-07", title="Draft on Lachin")
    decision = make_decision(names=(lachin, meghri), date="2024-10-08", title="Both named")
    make_decision(names=(make_designation(year=2024),), title="Another year")

    steps = get(client, decision.get_absolute_url()).main.one("section", aria_labelledby="other-steps")

    assert [step.text for step in steps.all("li")] == ["7 October 2024: Draft on Lachin (draft approved)[2]"]
    make_decision(names=(lachin,), kind="proposed", date=None, title="Lachin put forward")
    steps = get(client, draft.get_absolute_url()).main.one("section", aria_labelledby="other-steps")
    assert [step.text.partition(" (")[0] for step in steps.all("li")] == [
        "8 October 2024: Both named",
        "Date not recorded: Lachin put forward",
    ]


def test_who_took_part_stands_in_the_order_of_names(client: Client, empty_record: None) -> None:
    bodies = [make_body(slug=slug, name=name) for slug, name in (("a", "Union"), ("b", "Foundation"))]
    event, series = make_event(), make_series()
    event.organisers.set(bodies)
    series.organisers.set(bodies)
    countries = (("c", "Uzbekistan"), ("d", "Armenia"))
    event.participating_countries.set([make_country(slug=slug, name=name) for slug, name in countries])

    for address in (event.get_absolute_url(), series.get_absolute_url()):
        named = [link for link in get(client, address).main.hrefs if link.startswith("/bodies/")]
        assert named == ["/bodies/b/", "/bodies/a/"], address
    joined = get(client, event.get_absolute_url()).main.hrefs
    assert [link for link in joined if link in {"/countries/c/", "/countries/d/"}] == [
        "/countries/d/",
        "/countries/c/",
    ]


def test_a_cancelled_event_says_so_on_its_card(client: Client, empty_record: None) -> None:
    make_event(title="Opening in March", status=Event.Status.CANCELLED)

    card = get(client, "/events/").main.one("article")

    assert card.all("li")[0].text == "cancelled"


def test_the_relation_to_the_cis_is_dated_where_it_is_not_plain_membership(site: Pages, db: None) -> None:
    related = Country.objects.exclude(relation="")

    assert {country.pk for country in related} >= {"georgia", "moldova", "turkmenistan", "ukraine"}
    for country in related:
        assert f"As of {as_date(country.relation_as_of)}." in site[country.get_absolute_url()].main.text


def test_a_name_that_only_some_use_tells_who(site: Pages, db: None) -> None:
    used = CityName.objects.filter(kind=CityName.Kind.USED_BY)

    assert used.filter(city="lachin").exists()
    for name in used:
        assert " ".join(name.note.split()) in site[f"/cities/{name.city_id}/"].main.text


def test_an_event_in_a_list_can_be_read_without_opening_its_page(site: Pages, db: None) -> None:
    page = site["/events/"]

    cards = page.main.all("article", class_="card")
    assert cards
    for card in cards:
        event = Event.objects.get(pk=card.one("h3").hrefs[0].split("/")[2])
        assert " ".join(event.summary.split()) in card.text
        assert any(href.startswith("/sources/") for href in card.hrefs)
        assert event.get_kind_display().capitalize() in card.text


def test_events_stand_in_groups_by_year_the_newest_first_and_those_without_a_date_last(
    client: Client, empty_record: None
) -> None:
    for slug, start, reported_on in (
        ("spring", "2013-03-01", None),
        ("autumn", "2013-10", None),
        ("later", "2014", None),
        ("told", None, "2012-05-02"),
        ("unknown", None, None),
    ):
        make_event(slug=slug, start=start, reported_on=reported_on)

    groups = get(client, "/events/").main.all("section", class_="grouped")

    shown = [
        (group.one("h2").text, [card.one("h3").hrefs[0] for card in group.all("article")]) for group in groups
    ]
    assert shown == [
        ("2014", ["/events/later/"]),
        ("2013", ["/events/autumn/", "/events/spring/"]),
        ("2012", ["/events/told/"]),
        ("Date not recorded", ["/events/unknown/"]),
    ]


def test_a_badge_leads_to_the_title_and_the_series_that_it_names(client: Client, empty_record: None) -> None:
    title = make_designation(city=make_city(slug="gomel"), year=2011)
    series = make_series(slug="forum")
    make_event(slug="both", series=series, titles=((title, "programme"),))

    badges = get(client, "/events/").main.one("ul", class_="badges")

    assert badges.hrefs == ["/cities/gomel/#gomel-2011", "/series/forum/"]


def test_an_event_that_no_source_reports_as_held_is_marked(client: Client, empty_record: None) -> None:
    title = make_designation(city=make_city(slug="gomel"), year=2011)
    make_event(slug="plan", status=Event.Status.PLANNED, titles=((title, "opening"),))

    for address in ("/events/", "/events/plan/", "/cities/gomel/"):
        badges = get(client, address).main.all(class_="planned")
        assert [badge for badge in badges if "planned" in badge.text], address
    assert step_of(get(client, "/cities/gomel/"), "/events/plan/").classes == ["planned"]
