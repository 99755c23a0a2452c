"""What the filters of each list find, and in which order."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from factories import (
    make_body,
    make_centre,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
    make_source,
)
from listing import (
    EVERY_SORT,
    LISTS,
    SORTS,
    finds,
    followed,
    get,
    led_on,
    listed,
)
from markup import Page

from capitals.models import CulturalCentre, Source
from capitals.words.dates import PartialDate

# What is found, in the real record


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("country=AZ", {"gabala-2013", "ganja-2017", "lachin-2025"}),
        ("year=2013", {"gabala-2013", "gyumri-2013", "mogilev-2013"}),
        ("year_min=2016&year_max=2019", {"dashoguz-2016", "ganja-2017", "goris-2018", "brest-2019"}),
        ("year_min=2026", {"meghri-2026", "molodechno-2027"}),
        ("year_max=2012", {"gomel-2011", "ulyanovsk-2011", "astana-2012", "mary-2012"}),
        ("country=AZ&year=2013", {"gabala-2013"}),
        ("country=AM&year_min=2014", {"goris-2018", "meghri-2026"}),
        ("country=MD", {"comrat-2023"}),
        ("country=GE", set()),
        ("year=2030", set()),
        ("year=1991", set()),
        ("year=2100", set()),
    ],
)
def test_capitals_are_found_by_country_and_year(
    query: str, found: set[str], client: Client, db: None
) -> None:
    rows = finds(client, f"/capitals/?{query}")

    assert set(rows) == found
    assert len(rows) == len(found)


def test_all_capitals_stand_on_one_page_newest_first(client: Client, db: None) -> None:
    rows = finds(client, "/capitals/")

    assert len(rows) == 24
    assert (rows[0], rows[-1]) == ("molodechno-2027", "ulyanovsk-2011")
    assert [row[-4:] for row in rows] == sorted((row[-4:] for row in rows), reverse=True)


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("", "molodechno-2027", "ulyanovsk-2011"),
        ("oldest", "gomel-2011", "molodechno-2027"),
        ("city", "almaty-2014", "voronezh-2015"),
        ("country", "meghri-2026", "samarkand-2024"),
    ],
)
def test_capitals_are_sorted_as_asked(sort: str, first: str, last: str, client: Client, db: None) -> None:
    rows = finds(client, led_on(client, f"/capitals/?sort={sort}"))

    assert len(rows) == 24
    assert (rows[0], rows[-1]) == (first, last)


def test_the_round_table_is_found_by_its_country_and_year(client: Client, db: None) -> None:
    assert "lachin-2025-intercultural-round-table" in finds(client, "/events/?country=AZ&year=2025")
    assert "lachin-2025-intercultural-round-table" not in finds(client, "/events/?country=AZ&year=2024")
    assert "lachin-2025-intercultural-round-table" not in finds(client, "/events/?country=AM&year=2025")


@pytest.mark.parametrize("query", ["country=BY", "country=KZ", "city=brest", "city=shymkent", "year=2019"])
def test_the_handover_from_brest_to_shymkent_is_found_on_both_sides(
    query: str, client: Client, db: None
) -> None:
    assert "brest-2019-handover" in finds(client, f"/events/?{query}")


def test_the_six_state_centres_are_found_by_host_operator_and_year(client: Client, db: None) -> None:
    six = {
        f"azerbaijan-centre-{city}" for city in ("vienna", "paris", "berlin", "rome", "ankara", "tashkent")
    }

    assert six < set(finds(client, "/centres/"))
    assert six <= set(finds(client, "/centres/?operator=AZ"))
    assert not six & set(finds(client, "/centres/?operator=RU"))
    assert finds(client, "/centres/?country=IT") == ["azerbaijan-centre-rome"]
    of_2012 = set(finds(client, "/centres/?year=2012"))
    assert of_2012 >= {"azerbaijan-centre-vienna", "azerbaijan-centre-paris"}
    assert "azerbaijan-centre-rome" not in of_2012
    assert finds(client, "/centres/?operator=AM") == []


def test_the_moscow_decision_is_found_by_body_and_year(client: Client, db: None) -> None:
    found = finds(client, "/decisions/?body=council-of-heads-of-state&year=2024")

    assert "moscow-2024-10-08" in found
    assert "moscow-2024-10-08" not in finds(client, "/decisions/?body=council-of-heads-of-state&year=2023")
    assert "moscow-2024-10-08" not in finds(client, "/decisions/?body=council-of-foreign-ministers")


def test_the_founding_articles_stand_first_and_are_found_by_outlet_language_and_year(
    client: Client, db: None
) -> None:
    founding = set(Source.objects.filter(founding=True).values_list("pk", flat=True))

    assert len(founding) == 2
    assert set(finds(client, "/sources/")[:2]) == founding
    assert set(finds(client, "/sources/?outlet=Azernews&language=en")[:2]) == founding
    assert len(set(finds(client, "/sources/?year=2018")) & founding) == 1


# What is found, with records made for the purpose


def test_every_event_filter_narrows_alone_and_together(client: Client, empty_record: None) -> None:
    country = make_country(code="AZ")
    city = make_city(slug="ganja", country=country)
    title = make_designation(city=city, year=2017)
    make_event(slug="right", city=city, kind="concert", start="2017-05-01", titles=((title, "programme"),))
    make_event(slug="other-kind", city=city, kind="forum", start="2017", titles=((title, "programme"),))
    make_event(slug="other-year", city=city, kind="concert", start="2018", titles=((title, "programme"),))
    make_event(slug="other-scope", city=city, kind="concert", start="2017")
    make_event(slug="other-place", kind="concert", start="2017", city=make_city(slug="osh"))

    everything = {"right", "other-kind", "other-year", "other-scope", "other-place"}
    for query, without in {
        "country=AZ": "other-place",
        "city=ganja": "other-place",
        "kind=concert": "other-kind",
        "year=2017": "other-year",
        "year_max=2017": "other-year",
        "scope=programme": "other-scope",
    }.items():
        assert everything - set(finds(client, f"/events/?{query}")) - {"other-place", "other-scope"} <= {
            without
        }
        assert without not in finds(client, f"/events/?{query}"), query
    together = "country=AZ&city=ganja&kind=concert&year_min=2016&year_max=2017&scope=programme"
    assert finds(client, f"/events/?{together}") == ["right"]


def test_an_event_that_spans_the_new_year_is_in_both_years(client: Client, empty_record: None) -> None:
    make_event(slug="spanning", start="2016-12-20", end="2017-01-10")
    make_event(slug="only-reported", start=None, reported_on="2018-02-03")

    assert finds(client, "/events/?year=2016") == ["spanning"]
    assert finds(client, "/events/?year=2017") == ["spanning"]
    assert finds(client, "/events/?year=2018") == ["only-reported"]
    assert finds(client, "/events/?year_min=2017&year_max=2018") == ["only-reported", "spanning"]


def test_the_card_of_an_event_tells_the_title_year_beside_its_own(client: Client, empty_record: None) -> None:
    title = make_designation(city=make_city(name="Gabala"), year=2013)
    make_event(start="2014-03-15", titles=((title, "closing"),))

    _, page = get(client, "/events/?year=2014")

    card = page.main.one("article").text
    assert "15 March 2014" in card
    assert "Gabala 2013: closing of the year" in card


def test_sources_are_found_by_an_outlet_with_signs_in_its_name(client: Client, empty_record: None) -> None:
    make_source(slug="right", outlet="Kultura & Život «№ 1» + more", language="ru", date=PartialDate(2012))
    make_source(slug="wrong", outlet="Kultura", language="ru", date=PartialDate(2012))

    _, page = get(client, f"/sources/?outlet={quote('Kultura & Život «№ 1» + more')}&language=ru&year=2012")

    assert listed(page) == ["right"]
    # Its own removal link keeps the rest, and the other chips' links keep it.
    (language,) = (link for link in page.main.all("a", class_="chip") if "Language" in link.text)
    assert finds(client, followed("/sources/", language)) == ["right"]


# Sorting


def groups(page: Page) -> list[tuple[str, list[str]]]:
    """The groups that a list of events stands in: each one's heading and the events' keys."""
    found = []
    for section in page.main.all("section", class_="grouped"):
        heading = section.one("h2").text
        assert section.attributes["aria-label"] == heading
        cards = section.all("article", class_="card")
        found.append((heading, [card.one("h3").hrefs[0].strip("/").split("/")[-1] for card in cards]))
    return found


def make_events_in_three_places() -> None:
    armenia, belarus = make_country(name="Armenia"), make_country(name="Belarus")
    goris, brest = make_city(name="Goris", country=armenia), make_city(name="Brest", country=belarus)
    gyumri = make_city(name="Gyumri", country=armenia)
    make_event(slug="goris-old", city=goris, start="2018-03")
    make_event(slug="goris-new", city=goris, start=None, reported_on="2019-05-01")
    make_event(slug="goris-undated", city=goris, start=None)
    make_event(slug="brest", city=brest, start="2019-01-02")
    make_event(slug="gyumri", city=gyumri, start="2018-07-01")
    # A title of Brest is no place where it was held.
    title = make_designation(city=brest, year=2019)
    make_event(slug="nowhere", city=None, start="2020", titles=((title, "programme"),))


def test_events_sorted_by_city_stand_in_groups_by_city_and_those_without_one_last(
    client: Client, empty_record: None
) -> None:
    make_events_in_three_places()

    assert groups(get(client, "/events/?sort=city")[1]) == [
        ("Brest", ["brest"]),
        ("Goris", ["goris-new", "goris-old", "goris-undated"]),
        ("Gyumri", ["gyumri"]),
        ("City not recorded", ["nowhere"]),
    ]


def test_events_sorted_by_country_stand_in_groups_by_country_and_those_without_one_last(
    client: Client, empty_record: None
) -> None:
    make_events_in_three_places()

    assert groups(get(client, "/events/?sort=country")[1]) == [
        ("Armenia", ["goris-new", "gyumri", "goris-old", "goris-undated"]),
        ("Belarus", ["brest"]),
        ("Country not recorded", ["nowhere"]),
    ]


def test_events_sorted_by_date_stand_in_groups_by_year_and_those_without_one_last(
    client: Client, empty_record: None
) -> None:
    make_events_in_three_places()

    newest = [
        ("2020", ["nowhere"]),
        ("2019", ["goris-new", "brest"]),
        ("2018", ["gyumri", "goris-old"]),
        ("Date not recorded", ["goris-undated"]),
    ]
    assert groups(get(client, "/events/")[1]) == newest
    assert groups(get(client, "/events/?sort=oldest")[1]) == [
        *((year, slugs[::-1]) for year, slugs in newest[2::-1]),
        newest[3],
    ]


def test_two_cities_of_one_name_do_not_mingle_their_events(client: Client, empty_record: None) -> None:
    here, there = (make_city(slug=f"brest-{country}", name="Brest") for country in ("by", "fr"))
    for number, city in enumerate((here, there, here, there)):
        make_event(slug=f"{city.pk}-{number}", city=city, start=f"201{number}")

    held = [slug[:8] for slug in finds(client, "/events/?sort=city")]

    assert held == sorted(held)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["graz", "vienna", "nowhere", "tashkent"]),
        ("city", ["graz", "tashkent", "vienna", "nowhere"]),
        ("newest", ["tashkent", "graz", "nowhere", "vienna"]),
        ("oldest", ["nowhere", "graz", "tashkent", "vienna"]),
    ],
)
def test_centres_are_sorted_as_asked(sort: str, order: list[str], client: Client, empty_record: None) -> None:
    austria, uzbekistan = make_country(name="Austria"), make_country(name="Uzbekistan")
    graz, vienna = make_city(name="Graz", country=austria), make_city(name="Vienna", country=austria)
    tashkent = make_city(name="Tashkent", country=uzbekistan)
    make_centre(slug="vienna", host_city=vienna)
    # It is as old as its founding, whenever the doors opened.
    make_centre(slug="graz", host_city=graz, established=PartialDate(2012), inaugurated=PartialDate(2020))
    make_centre(slug="tashkent", host_city=tashkent, inaugurated=PartialDate(2015, 2))
    make_centre(slug="nowhere", host_city=vienna, established=PartialDate(2010))
    CulturalCentre.objects.filter(pk="nowhere").update(host_city=None)

    assert finds(client, led_on(client, f"/centres/?sort={sort}")) == order


@pytest.mark.parametrize(
    ("sort", "order"), [("", ["new", "old", "undated"]), ("oldest", ["old", "new", "undated"])]
)
def test_decisions_and_sources_are_sorted_as_asked(
    sort: str, order: list[str], client: Client, empty_record: None
) -> None:
    body = make_body(sources=0)
    for slug, date in (("undated", None), ("new", "2020"), ("old", "2010-05")):
        make_decision(slug=slug, date=date, body=body, sources=0)
        make_source(slug=slug, date=PartialDate.parse(date) if date else None)
    make_source(slug="founding", date=PartialDate(2015), founding=True)

    assert finds(client, led_on(client, f"/decisions/?sort={sort}")) == order
    assert finds(client, led_on(client, f"/sources/?sort={sort}")) == ["founding", *order]


@pytest.mark.parametrize(("path", "sort"), EVERY_SORT)
def test_another_order_finds_the_same(path: str, sort: str, client: Client, db: None) -> None:
    _, plain = get(client, path)
    _, sorted_ = get(client, f"{path}?sort={sort}")

    assert sorted_.main.one("h2", class_="count").text == plain.main.one("h2", class_="count").text
    assert listed(sorted_)[:20] != listed(plain)[:20]


@pytest.mark.parametrize("path", LISTS)
def test_the_list_s_own_order_is_offered_as_that_without_a_parameter(
    path: str, client: Client, db: None
) -> None:
    own = {"/centres/": "country"}.get(path, "newest first")

    options = get(client, path)[1].main.one("select", name="sort").all("option")

    assert [option.attributes["value"] for option in options] == ["", *SORTS[path]]
    assert options[0].text == own
    # An order leaves every record: a number beside it would tell nothing.
    assert not [option.text for option in options if "(" in option.text]
