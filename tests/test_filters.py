"""The filters of each list: what they find, refuse, show and keep."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

import pytest
from bulk import fill
from django.http import QueryDict
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
from markup import Element, Page

from capitals.models import CulturalCentre, Source
from capitals.pages.filtering import RecordFilterSet
from capitals.pages.filters import (
    CulturalCentreFilterSet,
    DecisionFilterSet,
    DesignationFilterSet,
    EventFilterSet,
    SourceFilterSet,
)
from capitals.words.dates import PartialDate
from capitals.words.languages import language_name

LISTS = ("/capitals/", "/events/", "/centres/", "/decisions/", "/sources/")
FILTERSETS: dict[str, type[RecordFilterSet]] = {
    "/capitals/": DesignationFilterSet,
    "/events/": EventFilterSet,
    "/centres/": CulturalCentreFilterSet,
    "/decisions/": DecisionFilterSet,
    "/sources/": SourceFilterSet,
}
CHOICES = {
    "/capitals/": ("country", "sort"),
    "/events/": ("country", "kind", "city", "scope", "sort"),
    "/centres/": ("country", "operator", "sort"),
    "/decisions/": ("body", "sort"),
    "/sources/": ("outlet", "language", "sort"),
}
YEARS = {
    "/capitals/": ("year", "year_min", "year_max"),
    "/events/": ("year", "year_min", "year_max"),
    "/centres/": ("year",),
    "/decisions/": ("year",),
    "/sources/": ("year",),
}
EVERY_CHOICE = [(path, name) for path, names in CHOICES.items() for name in names]
EVERY_YEAR = [(path, name) for path, names in YEARS.items() for name in names]
EVERY_FILTER = EVERY_CHOICE + EVERY_YEAR
SORTS = {
    "/capitals/": ("oldest", "city", "country"),
    "/events/": ("oldest", "city", "country"),
    "/centres/": ("city", "newest", "oldest"),
    "/decisions/": ("oldest",),
    "/sources/": ("oldest",),
}
EVERY_SORT = [(path, sort) for path, sorts in SORTS.items() for sort in sorts]
SITE = "http://127.0.0.1:8000"

HOSTILE = {
    "nul": "%00",
    "nul-inside": "A%00Z",
    "half-surrogate": "%ED%A0%80",
    "broken-utf-8": "%FF%FE",
    "right-to-left": quote("\u202eגומל"),
    "emoji": quote("🎭"),
    "5000-characters": "x" * 5000,
    "markup": quote("<script>alert(1)</script>\"'><img src=x>"),
    "template": quote("{{ 1|add:1 }}{% now 'Y' %}"),
    "percent-s": quote("%(value)s %s"),
    "sql": quote("' OR 1=1 --"),
}
BAD_YEARS = {
    "word": "abc",
    "exponent": "1e9",
    "20-digits": "99999999999999999999",
    "5000-digits": "9" * 5000,
    "before-the-cis": "1990",
    "too-late": "2101",
    "negative": "-2013",
    "zero": "0",
    "fraction": "2013.5",
    "hexadecimal": "0x7DD",
    "not-a-number": "nan",
    "plus-zero-padded-huge": "%2B0",
}


def get(client: Client, address: str) -> tuple[int, Page]:
    response = client.get(address)
    return response.status_code, Page(response.content.decode())


def listed(page: Page) -> list[str]:
    """The keys of the records that a list shows, in order; of capitals, city and year."""
    found = []
    for row in page.main.all("tr"):
        for head in row.all("th", scope="row"):
            key = head.hrefs[0].strip("/").split("/")[-1]
            years = row.all("td", class_="year")
            found.append(f"{key}-{years[0].text}" if years else key)
    for card in page.main.all("article", class_="card"):
        found.append(card.one("h3").hrefs[0].strip("/").split("/")[-1])
    for sources in page.main.all("ul", class_="source-list"):
        found += [item.hrefs[0].strip("/").split("/")[-1] for item in sources.all("li")]
    return found


def finds(client: Client, address: str) -> list[str]:
    """What the list at `address` finds; it must answer 200."""
    status, page = get(client, address)
    assert status == 200
    return listed(page)


def followed(path: str, link: Element) -> str:
    """Where a link on the list at `path` leads."""
    return urljoin(path, link.attributes["href"])


def refused(client: Client, address: str, *fields: str) -> Page:
    """The page for a filter that is not understood: 400, the form, a message at each of `fields`."""
    return refuses(client.get(address), *fields)


def refuses(response: Any, *fields: str) -> Page:
    """That page, as the answer `response`."""
    assert response.status_code == 400
    page = Page(response.content.decode())
    form = page.main.one("form", class_="filters")
    with_message = []
    for field in form.all("div", class_="field"):
        (control,) = field.all("input", "select")
        for message in field.all("p", class_="field-error"):
            assert message.text
            # The message is tied to its control for those who do not see it.
            assert control.attributes["aria-invalid"] == "true"
            assert message.attributes["id"] in control.attributes["aria-describedby"].split()
            with_message.append(control.attributes["name"])
    assert with_message == list(fields)
    assert form.all("p", role="alert")
    assert listed(page) == []
    assert page.main.all("h2", class_="count") == []
    return page


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
        ("year=2013&year_min=2014", set()),
        ("year_min=2019&year_max=2016", set()),
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
    rows = finds(client, f"/capitals/?sort={sort}")

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
    together = "country=AZ&city=ganja&kind=concert&year=2017&year_min=2016&year_max=2017&scope=programme"
    assert finds(client, f"/events/?{together}") == ["right"]


def test_an_event_that_spans_the_new_year_is_in_both_years(client: Client, empty_record: None) -> None:
    make_event(slug="spanning", start="2016-12-20", end="2017-01-10")
    make_event(slug="only-reported", start=None, reported_on="2018-02-03")

    assert finds(client, "/events/?year=2016") == ["spanning"]
    assert finds(client, "/events/?year=2017") == ["spanning"]
    assert finds(client, "/events/?year=2018") == ["only-reported"]
    assert finds(client, "/events/?year_min=2017&year_max=2017") == ["spanning"]


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

    assert finds(client, f"/centres/?sort={sort}") == order


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

    assert finds(client, f"/decisions/?sort={sort}") == order
    assert finds(client, f"/sources/?sort={sort}") == ["founding", *order]


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


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lists with ten records a page, so that few make several pages; gives enough for three."""
    monkeypatch.setattr("capitals.pages.lists.RECORDS_PER_PAGE", 10)
    monkeypatch.setattr("capitals.pages.designations.CAPITALS_PER_PAGE", 10)
    return 21


@pytest.mark.parametrize(("path", "sort"), EVERY_SORT)
def test_paging_keeps_the_order_and_what_is_known_alone(
    path: str, sort: str, client: Client, empty_record: None, short_pages: int
) -> None:
    fill(short_pages)
    year = {"/capitals/": "2017", "/events/": "2017"}.get(path, "2016")
    query = f"utm_source=x&sort={sort}&page=2&year={year}&{CHOICES[path][0]}="

    _, page = get(client, f"{path}?{query}")

    for rel, number in (("prev", "1"), ("next", "3")):
        for link in page.main.all("a", rel=rel):
            left = parse_qs(urlsplit(link.attributes["href"]).query, keep_blank_values=True)
            assert left == {"sort": [sort], "year": [year], "page": [number]}
    assert page.main.all("a", rel="prev")
    (previous,) = page.main.all("a", rel="prev")
    first, second = finds(client, followed(path, previous)), listed(page)
    assert not set(first) & set(second)
    chips = {chip.text: followed(path, chip) for chip in page.main.all("a", class_="chip")}
    assert set(chips.values()) == {f"{path}?sort={sort}", f"{path}?year={year}"}
    (without_year,) = (href for text, href in chips.items() if "Year" in text or "Established" in text)
    # Each record of this year's: without the filter the same stand in the same order.
    assert finds(client, without_year) == first


# What is refused


def in_the_form(path: str, names: Iterable[str]) -> list[str]:
    """Those filters of the list, in the order of its form."""
    return [name for name in FILTERSETS[path].base_filters if name in names]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", ["XX", "az", "AZ,AM", "*", "None", "0"])
def test_an_unknown_choice_is_refused_at_its_field(path: str, value: str, client: Client, db: None) -> None:
    names = list(CHOICES[path])
    # "az" is a language of the record's sources, spelt like a country but no country's code.
    if "language" in names and value == "az":
        assert finds(client, f"{path}?language=az")
        names.remove("language")
    query = "&".join(f"{name}={value}" for name in names)

    page = refused(client, f"{path}?{query}", *in_the_form(path, names))

    assert page.main.text.count("is not one of the choices") == len(names)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", BAD_YEARS.values(), ids=BAD_YEARS)
def test_what_is_no_year_of_the_cis_is_refused_at_its_field(
    path: str, value: str, client: Client, db: None
) -> None:
    query = "&".join(f"{name}={value}" for name in YEARS[path])

    refused(client, f"{path}?{query}", *in_the_form(path, YEARS[path]))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_value_is_refused_and_never_echoed_as_markup(
    path: str, value: str, client: Client, db: None
) -> None:
    names = in_the_form(path, (*CHOICES[path], *YEARS[path]))

    response = client.get(f"{path}?{'&'.join(f'{name}={value}' for name in names)}")

    # A bare NUL is allowed nowhere in HTML.
    assert b"\0" not in response.content
    page = refuses(response, *names)
    assert page.all("script") == page.all("img") == []


@pytest.mark.parametrize("path", LISTS)
def test_every_mistake_is_told_at_once(path: str, client: Client, db: None) -> None:
    names = [*CHOICES[path], *YEARS[path]]
    query = "&".join(f"{name}=@" for name in names)

    status, page = get(client, f"{path}?{query}")

    assert status == 400
    assert len(page.main.all("p", class_="field-error")) == len(names)


@pytest.mark.parametrize("path", LISTS)
def test_a_mistake_stays_a_mistake_beside_a_page_number(path: str, client: Client, db: None) -> None:
    refused(client, f"{path}?year=abc&page=2", "year")


def test_a_refused_form_keeps_what_was_typed(client: Client, db: None) -> None:
    page = refused(client, "/capitals/?country=AZ&year=abc", "year")

    assert page.main.one("input", name="year").attributes["value"] == "abc"
    country = page.main.one("select", name="country")
    assert [o.attributes["value"] for o in country.all("option") if "selected" in o.attributes] == ["AZ"]


@pytest.mark.parametrize("path", LISTS)
def test_a_form_in_error_explains_nothing_but_the_error(path: str, client: Client, db: None) -> None:
    page = refused(client, f"{path}?year=abc", "year")

    assert page.main.all("p", class_="hint") == []
    assert page.main.all("optgroup") == []
    for name in CHOICES[path]:
        options = page.main.one("select", name=name).all("option")
        assert len(options) > 1
        assert not [option.text for option in options if re.search(r"\(\d+\)$", option.text)]


# What is forgiven


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("country=XX&country=AZ&year=2013", ["gabala-2013"]),
        ("year=2017&year=abc&year=2013&country=AZ", ["gabala-2013"]),
        ("country=AZ&country=&year=2013&sort=city", ["gabala-2013", "gyumri-2013", "mogilev-2013"]),
    ],
)
def test_of_a_repeated_parameter_the_last_counts(
    query: str, found: list[str], client: Client, db: None
) -> None:
    assert finds(client, f"/capitals/?{query}") == found


def test_a_repeated_parameter_whose_last_value_is_bad_is_refused(client: Client, db: None) -> None:
    refused(client, "/capitals/?year=2013&year=abc", "year")


@pytest.mark.parametrize("path", LISTS)
def test_an_unknown_parameter_changes_nothing(path: str, client: Client, db: None) -> None:
    everything = finds(client, path)

    assert everything
    for query in ("utm_source=x", "countries=AZ", "Year=abc", "%00=%00", "&&=", "=1", "?"):
        assert finds(client, f"{path}?{query}") == everything, query


@pytest.mark.parametrize("path", LISTS)
def test_empty_values_filter_nothing_and_show_no_chip(path: str, client: Client, db: None) -> None:
    query = "&".join(f"{name}=" for name in [*CHOICES[path], *YEARS[path], "page"])

    status, page = get(client, f"{path}?{query}")

    assert status == 200
    assert listed(page) == finds(client, path)
    assert page.main.all(class_="chips") == []


@pytest.mark.parametrize("value", ["%202013%20", "2013.0", "02013"])
def test_a_year_is_read_as_people_write_it(value: str, client: Client, db: None) -> None:
    assert len(finds(client, f"/capitals/?year={value}")) == 3


# What the form shows


@pytest.mark.parametrize("address", ["/capitals/?country=GE", "/capitals/?year=2030", "/events/?year=1995"])
def test_a_well_formed_value_without_match_is_an_honest_empty_page(
    address: str, client: Client, db: None
) -> None:
    status, page = get(client, address)

    assert status == 200
    assert listed(page) == []
    assert page.main.one("h2", class_="count").text.startswith("0 ")
    empty = page.main.one("p", class_="empty")
    assert " is recorded for this choice." in empty.text
    assert empty.hrefs == [urlsplit(address).path]
    assert page.main.all(class_="field-error") == []


@pytest.mark.parametrize("path", LISTS)
def test_the_form_asks_with_get_for_its_own_filters_alone(path: str, client: Client, db: None) -> None:
    _, page = get(client, path)

    form = page.main.one("form", class_="filters")
    assert "method" not in form.attributes
    assert "action" not in form.attributes
    controls = form.all("input", "select")
    assert {control.attributes["name"] for control in controls} == {*CHOICES[path], *YEARS[path]}
    labels = {label.attributes["for"] for label in form.all("label") if label.text}
    assert labels == {control.attributes["id"] for control in controls}


@pytest.mark.parametrize("path", LISTS)
def test_clear_all_is_not_offered_while_nothing_is_in_force(path: str, client: Client, db: None) -> None:
    for address in (path, f"{path}?utm_source=x"):
        _, page = get(client, address)
        assert "Clear all" not in page.text


@pytest.mark.parametrize(("path", "name"), EVERY_YEAR)
@pytest.mark.parametrize("value", ["2013", "abc"], ids=["in force", "in error"])
def test_clear_all_leads_to_the_whole_list(
    path: str, name: str, value: str, client: Client, db: None
) -> None:
    _, page = get(client, f"{path}?{name}={value}")

    (clear,) = (link for link in page.main.all("a") if link.text == "Clear all")
    assert clear.attributes["href"] == path


def test_each_filter_in_force_has_a_chip_that_takes_it_alone_away(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?country=AZ&year_min=2012&year_max=2020&sort=city&utm=x&page=1")

    chips = {chip.text: followed("/capitals/", chip) for chip in page.main.all("a", class_="chip")}
    assert list(chips) == [
        "Remove Country: Azerbaijan ×",
        "Remove Year from: 2012 ×",
        "Remove Year to: 2020 ×",
        "Remove Sort: city ×",
    ]
    for text, name in zip(chips, ("country", "year_min", "year_max", "sort"), strict=True):
        left = parse_qs(urlsplit(chips[text]).query)
        # Neither the page, which may no longer be there, nor what is no filter.
        assert set(left) == {"country", "year_min", "year_max", "sort"} - {name}
    (without_country,) = (href for text, href in chips.items() if "Country" in text)
    assert finds(client, without_country) == [
        *("almaty-2014", "astana-2012", "brest-2019", "dashoguz-2016", "gabala-2013", "ganja-2017"),
        *("goris-2018", "gyumri-2013", "kulob-2015", "mary-2012", "mogilev-2013", "osh-2014"),
        *("shymkent-2020", "voronezh-2015"),
    ]


def test_removing_the_only_filter_leads_to_the_whole_list(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?country=AZ")

    (chip,) = page.main.all("a", class_="chip")

    # An empty reference would lead to the same address, filter and all.
    assert chip.attributes["href"] in {"?", "/capitals/"}


def test_a_chip_removes_every_repetition_of_its_parameter(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?year=2012&year=2013&country=AZ")

    (year,) = (chip for chip in page.main.all("a", class_="chip") if "2013" in chip.text)
    assert followed("/capitals/", year) == "/capitals/?country=AZ"


def test_a_form_in_error_shows_no_chips(client: Client, db: None) -> None:
    assert refused(client, "/capitals/?country=AZ&year=abc", "year").main.all("a", class_="chip") == []


# Paging


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "number", ["0", "-1", "999", "abc", "1.5", "99999999999999999999", "%00", "1e1", "last"]
)
def test_a_page_that_is_not_there_is_404(path: str, number: str, client: Client, db: None) -> None:
    status, page = get(client, f"{path}?page={number}")

    assert status == 404
    assert "This list has no such page." in page.main.text


def test_events_come_fifty_a_page_and_the_pages_keep_the_filters(client: Client, empty_record: None) -> None:
    for number in range(101):
        make_event(slug=f"e-{number:03}", kind="concert", start="2017-05-01", sources=0)
    make_event(slug="other", kind="forum", start="2017-05-01", sources=0)
    query = "year=2017&kind=concert"

    first, second, third = (finds(client, f"/events/?{query}&page={number}") for number in (1, 2, 3))

    assert [len(first), len(second), len(third)] == [50, 50, 1]
    assert first + second + third == [f"e-{number:03}" for number in range(101)]
    assert finds(client, f"/events/?{query}") == first
    _, page = get(client, f"/events/?{query}&page=2&utm=x")
    (previous,) = page.main.all("a", rel="prev")
    (following,) = page.main.all("a", rel="next")
    for link, leads_to in ((previous, "1"), (following, "3")):
        left = parse_qs(urlsplit(link.attributes["href"]).query)
        assert left == {"year": ["2017"], "kind": ["concert"], "page": [leads_to]}
    assert finds(client, followed("/events/", following)) == third
    assert "Page 2 of 3" in page.main.text
    assert page.main.one("h2", class_="count").text == "101 events"
    assert client.get(f"/events/?{query}&page=4").status_code == 404


def test_capitals_are_paged_only_past_two_hundred(client: Client, empty_record: None) -> None:
    country = make_country()
    for number in range(201):
        city = make_city(slug=f"c-{number:03}", country=country, names=0, sources=0)
        make_designation(city=city, year=2017, sources=0)

    assert len(finds(client, "/capitals/")) == 200
    assert len(finds(client, "/capitals/?page=2")) == 1


def test_a_page_of_one_has_no_paging(client: Client, empty_record: None) -> None:
    for _ in range(50):
        make_source()

    _, page = get(client, "/sources/")

    assert page.main.all("nav", class_="pagination") == []


def test_an_empty_record_has_honest_lists_without_filters_in_force(
    client: Client, empty_record: None
) -> None:
    for path in LISTS:
        assert finds(client, path) == []


@pytest.mark.parametrize(("path", "name"), EVERY_CHOICE)
def test_every_choice_that_the_form_offers_is_understood(
    path: str, name: str, client: Client, db: None
) -> None:
    _, page = get(client, path)
    options = page.main.one("select", name=name).all("option")
    values = [option.attributes["value"] for option in options if option.attributes["value"]]

    assert values
    assert len(values) == len(set(values))
    filterset = FILTERSETS[path]
    everything = filterset._meta.model._default_manager.all()
    for value in values:
        assert filterset(QueryDict(urlencode({name: value})), everything).is_valid(), value
    for value in values[:2]:
        assert client.get(path, {name: value}).status_code == 200, value


def test_a_decision_and_a_centre_are_found_by_their_own_filters(client: Client, empty_record: None) -> None:
    decision = make_decision(slug="right", date="2016")
    make_decision(slug="wrong", date="2016")
    centre = make_centre(slug="right", established=PartialDate(2016))
    make_centre(slug="wrong", established=PartialDate(2016))

    assert finds(client, f"/decisions/?body={decision.body_id}&year=2016") == ["right"]
    query = f"country={centre.host_country.code}&operator={centre.operating_country.code}&year=2016"
    assert finds(client, f"/centres/?{query}") == ["right"]


# What the form explains


def numbered(page: Page, name: str) -> dict[str, tuple[str, int, bool]]:
    """The options of a select by value: label, number, and whether it is told that nothing is left."""
    found = {}
    for option in page.main.one("select", name=name).all("option"):
        if option.attributes["value"]:
            label, _, number = option.text.rpartition(" (")
            group = option.parent
            assert group is not None
            nothing = group.tag == "optgroup"
            assert not nothing or group.attributes["label"] == "Nothing would be found"
            found[option.attributes["value"]] = (label, int(number.removesuffix(")")), nothing)
    return found


def hints(page: Page) -> dict[str, str]:
    """The hint at each field by the control's name; each must be tied to its control."""
    found = {}
    for field in page.main.one("form", class_="filters").all("div", class_="field"):
        (control,) = field.all("input", "select")
        for hint in field.all("p", class_="hint"):
            assert hint.attributes["id"] == f"{control.attributes['id']}_helptext"
            assert hint.attributes["id"] in control.attributes["aria-describedby"].split()
            found[control.attributes["name"]] = hint.text
    return found


def test_an_option_tells_how_many_it_would_leave_and_those_of_none_stand_apart(
    client: Client, db: None
) -> None:
    countries = numbered(get(client, "/capitals/?year=2013")[1], "country")

    assert countries["AZ"] == ("Azerbaijan", 1, False)
    assert countries["BY"] == ("Belarus", 1, False)
    assert countries["KZ"] == ("Kazakhstan", 0, True)
    assert sum(number for _, number, _ in countries.values()) == 3


def test_options_respect_the_other_filters_and_not_their_own(client: Client, db: None) -> None:
    alone = numbered(get(client, "/capitals/")[1], "country")
    chosen = get(client, "/capitals/?country=AZ&sort=city")[1]

    assert numbered(chosen, "country") == alone
    selected = [option for option in chosen.main.all("option") if "selected" in option.attributes]
    assert [option.attributes["value"] for option in selected] == ["AZ", "city"]


def test_an_option_chosen_without_match_is_still_the_one_chosen(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?country=GE")

    assert numbered(page, "country")["GE"] == ("Georgia", 0, True)
    [georgia] = [option for option in page.main.all("option") if option.attributes["value"] == "GE"]
    assert "selected" in georgia.attributes


def test_options_without_any_of_none_stand_in_no_group(client: Client, empty_record: None) -> None:
    make_decision()

    assert get(client, "/decisions/")[1].main.all("optgroup") == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/capitals/", {"year": "2011–2027", "year_min": "from 2011", "year_max": "to 2027"}),
        ("/capitals/?country=AZ", {"year": "2013–2025", "year_min": "from 2013", "year_max": "to 2025"}),
        # The years' own fields do not narrow each other: with them one could not be left again.
        (
            "/capitals/?country=AZ&year=2017&year_min=2015",
            {"year": "2013–2025", "year_min": "from 2013", "year_max": "to 2025"},
        ),
        ("/capitals/?country=GE", {"year": "no year", "year_min": "no year", "year_max": "no year"}),
    ],
)
def test_a_year_field_tells_the_years_that_there_are(
    address: str, expected: dict[str, str], client: Client, db: None
) -> None:
    assert hints(get(client, address)[1]) == expected


@pytest.mark.parametrize("path", LISTS)
def test_every_year_field_has_its_hint(path: str, client: Client, empty_record: None) -> None:
    _, empty = get(client, path)
    assert hints(empty) == dict.fromkeys(YEARS[path], "no year")

    title = make_designation(year=2012, sources=0)
    make_designation(city=title.city, year=2016, sources=0)
    for first, last in (("2011-12-31", "2012-01-01"), ("2015", None)):
        make_event(start=first, end=last, sources=0)
    make_event(start=None, reported_on="2016-02-03", sources=0)
    make_event(start=None, sources=0)
    for date in ("2013-05", "2018", None):
        day = PartialDate.parse(date) if date else None
        make_decision(date=date, sources=0)
        make_source(date=day)
        make_centre(established=day, sources=0)
    make_centre(inaugurated=PartialDate(2019), sources=0)

    first_year, last_year = {
        "/capitals/": (2012, 2016),
        "/events/": (2011, 2016),
        "/centres/": (2013, 2019),
        "/decisions/": (2013, 2018),
        "/sources/": (2013, 2018),
    }[path]
    told = {
        "year": f"{first_year}–{last_year}",
        "year_min": f"from {first_year}",
        "year_max": f"to {last_year}",
    }
    assert hints(get(client, path)[1]) == {name: told[name] for name in YEARS[path]}


def test_languages_of_sources_are_told_in_words(client: Client, db: None) -> None:
    _, page = get(client, "/sources/?language=ru")

    languages = numbered(page, "language")
    assert {code: label for code, (label, *_) in languages.items()} == {
        code: str(language_name(code)) for code in Source.objects.values_list("language", flat=True)
    }
    assert languages["ru"][0] == "Russian"
    labels = [label for label, _, nothing in languages.values() if not nothing]
    assert labels == sorted(labels)
    (chip,) = page.main.all("a", class_="chip")
    assert chip.text == "Remove Language: Russian ×"


def test_outlets_stand_in_alphabetical_order_whatever_their_script(
    client: Client, empty_record: None
) -> None:
    for outlet in ("ТАСС", "azernews", "Sputnik", "Новости", "Əsas", "BelTA"):
        make_source(outlet=outlet)

    outlets = numbered(get(client, "/sources/")[1], "outlet")

    assert list(outlets) == ["azernews", "BelTA", "Əsas", "Новости", "Sputnik", "ТАСС"]


# What the page says of itself


def canonical(page: Page) -> str:
    address = page.one("link", rel="canonical").attributes["href"]
    assert page.one("meta", property="og:url").attributes["content"] == address
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


def title(page: Page) -> str:
    """What the page's title says before the name of the site, white space collapsed as browsers do."""
    said, name, rest = " ".join(page.title.split()).rpartition(" · CIS Cultural Capitals")
    assert name
    assert not rest
    return said


def indexable(page: Page) -> bool:
    """Whether search engines may keep the page."""
    robots = [meta.attributes["content"] for meta in page.all("meta", name="robots")]
    assert robots in ([], ["noindex"])
    return not robots


def a_value(page: Page, name: str) -> str:
    """A value that the form offers for that filter."""
    if name.startswith("year"):
        return "2016"
    options = page.main.one("select", name=name).all("option")
    return next(option.attributes["value"] for option in options if option.attributes["value"])


@pytest.mark.parametrize("path", LISTS)
def test_a_list_without_filters_or_with_one_may_be_indexed(path: str, client: Client, db: None) -> None:
    _, whole = get(client, path)
    assert indexable(whole)

    for name in (*CHOICES[path], *YEARS[path]):
        others = "&".join(f"{other}=" for other in (*CHOICES[path], *YEARS[path]) if other != name)
        query = f"{name}={quote(a_value(whole, name))}"
        for address in (f"{path}?{query}", f"{path}?{others}&{query}&utm_source=x"):
            _, page = get(client, address)
            assert indexable(page), address
            assert canonical(page) == f"{path}?{query.replace('%20', '+')}"


@pytest.mark.parametrize("path", LISTS)
def test_several_filters_at_once_are_not_for_search_engines(path: str, client: Client, db: None) -> None:
    _, whole = get(client, path)
    names = [*CHOICES[path], *YEARS[path]]

    for name in names:
        # The order counts as a filter: it too would give every list another address.
        other = "sort" if name != "sort" else "year"
        _, page = get(client, f"{path}?{name}={quote(a_value(whole, name))}&{other}={a_value(whole, other)}")
        assert not indexable(page), name


@pytest.mark.parametrize(("path", "name"), EVERY_FILTER)
def test_a_form_in_error_is_not_for_search_engines(path: str, name: str, client: Client, db: None) -> None:
    page = refused(client, f"{path}?{name}=@", name)

    assert not indexable(page)
    assert canonical(page) == path


@pytest.mark.parametrize("path", LISTS)
def test_a_filtered_list_has_one_address_whatever_the_reader_s_has(
    path: str, client: Client, db: None
) -> None:
    _, whole = get(client, path)
    values = {name: a_value(whole, name) for name in (*YEARS[path], *reversed(CHOICES[path]))}
    query = "&".join(f"{name}={quote(value)}" for name, value in values.items())
    known = f"{path}?{urlencode(sorted(values.items()))}"

    for address in (
        f"{path}?{query}",
        f"{path}?utm_source=x&{query}&page=1&=1",
        f"{path}?sort=&year=1999&{query}&page=",
        f"{path}?{query.replace('=2016', '=%202016.0%20')}",
    ):
        assert canonical(get(client, address)[1]) == known, address
    for address in (f"{path}?utm_source=x", f"{path}?page=1", f"{path}?sort=&year=&page="):
        assert canonical(get(client, address)[1]) == path, address


@pytest.mark.parametrize("path", LISTS)
def test_a_further_page_has_its_own_address_and_its_number_in_the_title(
    path: str, client: Client, empty_record: None, short_pages: int
) -> None:
    fill(short_pages)
    _, first = get(client, f"{path}?page=1")
    _, second = get(client, f"{path}?utm_source=x&page=2&sort=oldest")

    assert canonical(first) == path
    assert canonical(second) == f"{path}?page=2&sort=oldest"
    assert indexable(second)
    assert "Page" not in title(first)
    assert title(second) == f"{title(first)} · Sort: oldest first · Page 2"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/capitals/?year_min=2012&country=AZ", "Capitals by year · Country: Azerbaijan · Year from: 2012"),
        ("/events/?kind=concert&city=brest", "Events · Kind: concert · City: Brest"),
        ("/events/?scope=other&utm_source=x", "Events · Scope: neither"),
        ("/centres/?operator=AZ&sort=city", "Cultural centres · Operating country: Azerbaijan · Sort: city"),
        ("/decisions/?year=2024", "Decisions · Year: 2024"),
        ("/sources/?outlet=Azernews&language=en", "Sources · Outlet: Azernews · Language: English"),
        ("/sources/?outlet=&page=1", "Sources"),
        ("/sources/?year=abc&language=en", "Sources"),
    ],
)
def test_the_title_names_the_filters_in_force(address: str, expected: str, client: Client, db: None) -> None:
    _, page = get(client, address)

    assert title(page) == expected
    assert page.one("meta", property="og:title").attributes["content"].strip() == expected
